"""A notice in other words is inspected by the same rules: line by line, as the words or a person say."""

from __future__ import annotations

from datetime import datetime

from taizhang.inspection import actions
from taizhang.inspection.models import Round
from taizhang.notices import read
from tests.catalogue.edits import edited
from tests.make import Cast
from tests.notices.papers import SAMPLE


def _opened(text: str, people: Cast, now: datetime) -> Round:
    notice = read.notice(text.encode())
    return actions.open_round(
        notice=notice, source_name="n.txt", source=text.encode(), matches={}, actor=people.actor("office"), now=now
    )  # fmt: skip


def _linked(opened: Round) -> list[str]:
    return list(opened.items.filter(is_topic=False).values_list("catalogue_item", flat=True))


ALL = [f"L{n:02}" for n in range(1, 37)]


def test_one_changed_word_unlinks_nothing(people: Cast, now: datetime) -> None:
    text = SAMPLE.read_text("utf-8")
    opened = _opened(text.replace("每月召开一次", "每月至少召开一次", 1), people, now)
    assert (opened.catalogue, _linked(opened)) == ("tianning-2018", ALL)


def test_twenty_edits_unlink_nothing(people: Cast, now: datetime) -> None:
    assert _linked(_opened(edited(), people, now)) == ALL


def test_a_line_for_several_items_is_judged_by_each(people: Cast, now: datetime) -> None:
    old = "党员大会台账\n\t每季度召开一次"
    text = SAMPLE.read_text("utf-8")
    assert old in text
    opened = _opened(text.replace(old, "“三会一课”台账\n\t每季度召开一次", 1), people, now)

    split = opened.items.filter(title__startswith="“三会一课”台账")
    assert [item.catalogue_item for item in split] == ["L28", "L29", "L30", "L31"]
    assert split[0].title == "“三会一课”台账（党员大会台账）"
    assert [item.no for item in opened.items.all()] == [*range(1, opened.items.count() + 1)]
