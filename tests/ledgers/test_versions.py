"""What a correction changed can be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions, versions
from taizhang.ledgers.records.queries import as_written
from tests.make import Cast, raw, save


def _correct(people: Cast, now: datetime, slug: str, entry: Any, **values: str) -> Any:
    return actions.correct(
        kind=KINDS[slug], entry=entry, values=raw(slug) | values, version=entry.version, reason="笔误",
        actor=people.actor("clerk"), now=now,
    )  # fmt: skip


def test_each_correction_tells_what_it_changed(people: Cast, now: datetime) -> None:
    entry = save(
        people.own,
        people.actor("clerk"),
        now,
        "activities",
        **raw("activities") | {"theme": "清洁社区"},
    )
    entry = _correct(people, now, "activities", entry, theme="清洁小区")
    entry = _correct(people, now, "activities", entry, theme="清洁小区", place="东门")

    last, first = versions.corrections(KINDS["activities"], entry, openly=True)

    assert [(c.label, c.pieces) for c in first.changes] == [
        ("活动主题", [("same", "清洁"), ("gone", "社"), ("new", "小"), ("same", "区")])
    ]
    assert [c.label for c in last.changes] == ["地点"]


def test_what_is_sensitive_is_told_only_openly(people: Cast, now: datetime) -> None:
    entry = save(
        people.own,
        people.actor("clerk"),
        now,
        "dues-assessments",
        **raw("dues-assessments") | {"base": "5000"},
    )
    entry = _correct(people, now, "dues-assessments", entry, base="6000")
    kind = KINDS["dues-assessments"]

    hidden, shown = (
        versions.corrections(kind, entry, openly=openly)[0].changes for openly in (False, True)
    )

    assert hidden[0].pieces == [("new", "有改动")]
    assert ("gone", "5000.00") in shown[0].pieces


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = versions.difference(old, new)
    assert "".join(text for op, text in pieces if op != "new") == old
    assert "".join(text for op, text in pieces if op != "gone") == new


def test_who_saves_while_another_is_saving_is_shown_the_newest_version(
    people: Cast, now: datetime, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, kind = people.actor("clerk"), KINDS["channels"]
    entry = save(people.own, clerk, now, "channels", **raw("channels"))
    correct, values = actions.correct, as_written(kind, entry)

    def overtaken(**asked: Any) -> Any:
        first: dict[str, Any] = {"values": values | {"name": "先改"}, "reason": "先", "version": 1}
        correct(kind=kind, entry=kind.model.objects.get(pk=entry.pk), actor=clerk, now=now, **first)
        return correct(**asked)

    monkeypatch.setattr(actions, "correct", overtaken)
    body = values | {"name": "后改", "reason": "后", "version": "1"}
    answer = login(people.users["clerk"]).post(f"/ledgers/channels/{entry.pk}/correct/", body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<input type="hidden" name="version" value="2">' in page
    assert "先改" in page
    assert "后改" in page
