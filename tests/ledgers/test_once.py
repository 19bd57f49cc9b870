"""A save that comes twice is one record: from a form pressed twice, from a program that
asks again.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import SavedOnce
from taizhang.ledgers.records import actions
from tests.make import NAMES, Cast, raw

NOTES = KINDS["study-notes"]
SAID = {"person": NAMES[0], "written_on": "2018-03-02", "kind": "自学", "topic": "甲", "text": "乙"}


def _save(people: Cast, now: datetime, key: str, **other: str) -> Any:
    return actions.record(
        kind=NOTES,
        branch=people.own,
        values=SAID | other,
        actor=people.actor("clerk"),
        now=now,
        key=key,
    )


def test_the_same_key_is_the_same_record(people: Cast, now: datetime) -> None:
    lines = JournalLine.objects.count()
    assert _save(people, now, "k1").pk == _save(people, now, "k1").pk
    assert NOTES.model.objects.count() == 1
    assert JournalLine.objects.count() == lines + 1
    assert _save(people, now, "k2").pk != _save(people, now, "").pk
    assert NOTES.model.objects.count() == 3


def test_a_key_is_not_used_for_something_else(people: Cast, now: datetime) -> None:
    _save(people, now, "k1")
    with pytest.raises(BadInput, match="已经保存过"):
        _save(people, now, "k1", topic="丙")
    assert NOTES.model.objects.count() == 1


def test_a_refused_save_leaves_the_key_free(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput):
        _save(people, now, "k1", topic="")
    assert _save(people, now, "k1").pk


def test_two_at_one_time_cannot_both_take_a_key(people: Cast, now: datetime) -> None:
    _save(people, now, "k1")
    clerk = people.users["clerk"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedOnce.objects.create(by=clerk, key="k1", content="x", kind="study-notes", at=now)


def test_a_form_pressed_twice_saves_once(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get("/ledgers/meetings/new/").content.decode()
    (key,) = re.findall(r'name="key" value="([0-9a-f-]{36})"', page)
    said = raw("meetings") | {"key": key, "also-study-sessions": "1"}

    first, second = (clerk.post("/ledgers/meetings/new/", said) for _ in range(2))

    assert (first.status_code, first.url) == (302, second.url)
    assert KINDS["meetings"].model.objects.count() == 1
    assert KINDS["study-sessions"].model.objects.count() <= 1

    other = clerk.post("/ledgers/meetings/new/", said | {"title": "另一次"})
    assert other.status_code == 422
    assert "再按一次保存" in other.content.decode()
    (fresh,) = re.findall(r'name="key" value="([0-9a-f-]{36})"', other.content.decode())
    assert fresh != key
    clerk.post("/ledgers/meetings/new/", said | {"title": "另一次", "key": fresh})
    assert KINDS["meetings"].model.objects.count() == 2


def test_a_program_that_asks_again_has_the_same_answer(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    told = {"content_type": "application/json", "headers": {"Idempotency-Key": "a-1"}}
    one = [clerk.post("/api/ledgers/study-notes/", {"values": SAID}, **told) for _ in range(3)]
    assert {(answer.status_code, answer.json()["id"]) for answer in one} == {
        (201, one[0].json()["id"])
    }

    told["headers"] = {"Idempotency-Key": "a-2"}
    rows = [SAID | {"topic": "多条"}]
    many = [clerk.post("/api/ledgers/study-notes/bulk/", {"rows": rows}, **told) for _ in range(2)]
    assert [answer.json() for answer in many] == [{"count": 1, "stored": True}] * 2
    assert NOTES.model.objects.count() == 2

    del told["headers"]
    refused = clerk.post("/api/ledgers/study-notes/bulk/", {"rows": rows}, **told)
    assert (refused.status_code, "相同的记录" in refused.json()["message"]) == (422, True)
    again = clerk.post("/api/ledgers/study-notes/bulk/", {"rows": rows, "again": True}, **told)
    assert again.json()["count"] == 1
