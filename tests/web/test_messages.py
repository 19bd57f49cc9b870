"""What one is told stays until it is read, once for each matter, and is nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import NotFound
from taizhang.kernel.jobs.models import MadeFile
from tests.make import Cast


def _told(people: Cast, now: datetime, key: str = "a") -> bool:
    return messages.tell(
        to=people.users["clerk"], text="已生成，可以下载：台账册", url="/me/", key=key, now=now
    )


def test_the_same_is_told_once(people: Cast, now: datetime) -> None:
    assert [_told(people, now), _told(people, now), _told(people, now, "b")] == [True, False, True]


def test_a_message_stands_in_the_head_and_on_the_page_until_it_is_read(
    people: Cast, now: datetime, login: Any
) -> None:
    _told(people, now)
    client = login(people.users["clerk"])
    assert '<span class="badge">1</span>' in client.get("/me/").content.decode()
    key = messages.unread(people.users["clerk"]).get().pk

    answer = client.post(f"/messages/{key}/open/")

    assert answer.headers["Location"] == "/me/"
    assert "badge" not in client.get("/me/").content.decode()
    assert "已读" in client.get("/messages/").content.decode()


def test_another_reads_nothing_of_it(people: Cast, now: datetime, login: Any) -> None:
    _told(people, now)
    key = messages.of(people.users["clerk"]).get().pk
    client = login(people.users["foreign"])
    assert "台账册" not in client.get("/messages/").content.decode()
    assert client.post(f"/messages/{key}/open/").status_code == 404


def test_all_are_read_at_once(people: Cast, now: datetime, login: Any) -> None:
    for key in "abc":
        _told(people, now, key)
    login(people.users["clerk"]).post("/messages/read/")
    assert not messages.unread(people.users["clerk"]).exists()


def test_what_was_read_long_ago_is_forgotten(people: Cast, now: datetime) -> None:
    _told(people, now)
    messages.read_all(user=people.users["clerk"], now=now)
    assert messages.forget_the_old(now + timedelta(days=100)) == 0
    assert messages.forget_the_old(now + timedelta(days=181)) == 1


def test_a_file_that_is_too_old_is_gone_and_says_so(people: Cast, now: datetime) -> None:
    made = MadeFile.objects.create(
        by=people.users["clerk"], maker="ledger-book", title="台账册", asked_at=now, place="old"
    )
    made_files.store().put("old", b"x")
    MadeFile.objects.update(ended_at=now - timedelta(days=4000))
    made_files._forget_the_old()
    made.refresh_from_db()
    with pytest.raises(NotFound):
        made_files.opened(made)
    assert not made_files.store().exists("old")
