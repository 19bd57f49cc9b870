"""What one is told stays until it is read, once for each matter, and is nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as mails

from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import NotFound
from taizhang.kernel.jobs import worker
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


def test_what_is_unread_goes_out_as_one_mail_and_not_again(
    people: Cast, now: datetime, settings: Any, login: Any
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://taizhang.example.cn"]
    clerk = people.users["clerk"]
    clerk.email = "clerk@example.cn"
    clerk.save()
    for key in "abc":
        _told(people, now, key)
    messages.read(key=messages.of(clerk).get(key="c").pk, user=clerk, now=now)
    messages.tell(to=people.users["foreign"], text="没有邮箱", url="/", key="a", now=now)

    assert [messages.send_digests(now=now) for _ in range(2)] == [1, 0]

    worker.work_off()
    (mail,) = mails.outbox
    assert (mail.subject, mail.to) == ("【台账消息】2条未读", ["clerk@example.cn"])
    told = "已生成，可以下载：台账册"
    assert mail.body == f"{told}\n{told}\nhttps://taizhang.example.cn/messages/"
    assert dict(messages.of(clerk).values_list("key", "mailed_at")) == {
        "a": now,
        "b": now,
        "c": None,
    }


def test_a_file_is_made_once_told_of_and_its_workplace_is_its_owners_alone(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setitem(made_files.MAKERS, "greeting", lambda *_: made_files.Made("a.txt", "text/plain", b"x"))  # fmt: skip
    asked: dict[str, Any] = {"maker": "greeting", "about": {"n": 1}, "title": "问候", "by": people.users["clerk"]}  # fmt: skip
    made = made_files.ask(**asked, now=now)
    assert made_files.ask(**asked, now=now) == made

    assert worker.work_off() == 1

    made.refresh_from_db()
    assert (made.name, made.mime, made.problem, made.ended_at is None) == ("a.txt", "text/plain", "", False)  # fmt: skip
    with made_files.opened(made) as stream:
        assert stream.read() == b"x"
    assert [one.text for one in messages.unread(people.users["clerk"])] == [
        "已生成，可以下载：问候"
    ]
    assert made_files.ask(**asked, now=now) != made
    assert made_files.folder().stat().st_mode & 0o777 == 0o700


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


@pytest.mark.parametrize(("host", "told"), [("", False), ("mail.example.cn", True)])
def test_mail_is_promised_only_where_it_is_sent(
    people: Cast, login: Any, settings: Any, host: str, told: bool
) -> None:
    settings.EMAIL_HOST = host
    client = login(people.users["clerk"])
    page = client.get("/messages/").content.decode()
    assert ("未读的每天汇成一封邮件" in page) == told
    assert ("没有配置发信" in client.get("/me/").content.decode()) != told
