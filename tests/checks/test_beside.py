"""What a suspicion compares, laid side by side: passages, times, the roster; nothing of a branch
that the reader may not see.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.models import SuspicionRow
from taizhang.checks.pages import comparison
from taizhang.checks.reasons import record_links
from taizhang.kernel.errors import NotFound
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from tests.make import Cast, inspected, picture, raw, save

HOURS = {"starts_at": "14:00", "ends_at": "15:30"}
TEXT = (
    "会议学习了上级关于基层党建工作的部署，结合学校实际研究了本月重点任务，要求各党小组认真落实并按时反馈情况。"
    * 4
)


def test_passages_that_both_have() -> None:
    pieces = comparison.passages(
        "甲说：认真学习有关文件精神，落实。", "乙：认真学习 有关文件，精神不错"
    )
    assert pieces == [("甲说：", False), ("认真学习有关文件精神", True), ("，落实。", False)]
    assert comparison.passages("短", "短") == [("短", False)]
    assert comparison.passages("", "什么都有的一段话") == []


def _checked(people: Cast, now: datetime) -> None:
    inspected(now, (2015, 2018), now.date())
    checking.check_all(name="reference", actor=None, now=now)


def _row(people: Cast, rule: str) -> SuspicionRow:
    return SuspicionRow.objects.filter(branch=people.own, rule=rule).latest("pk")


@pytest.mark.django_db
def test_two_minutes_of_the_same_words_and_hours(people: Cast, now: datetime, login: Any) -> None:
    clerk = people.actor("clerk")
    for day in ("2018-03-06", "2018-04-03"):
        save(
            people.own,
            clerk,
            now,
            "meetings",
            **raw("meetings") | {"held_on": day, "discussion": TEXT, **HOURS},
        )
    save(
        people.own,
        clerk,
        now,
        "meetings",
        **raw("meetings") | {"kind": "党课", "held_on": "2018-03-06", **HOURS},
    )
    _checked(people, now)
    alike = _row(people, "L29:AF-T1")
    laid = comparison.of(alike, "tianning-2018", clerk)
    assert len(laid.sides) == 2
    assert not laid.hidden
    assert any(
        same and len(piece) > 50
        for side in laid.sides
        for line in side.lines
        for piece, same in line.pieces
    )
    both = comparison.of(_row(people, "L29:MT.7"), "tianning-2018", clerk)
    assert len(both.bars) == 2
    assert both.both
    page = login(people.users["clerk"]).get(f"/suspicions/{alike.pk}/beside/").content.decode()
    assert "<mark>" in page
    assert (
        "对照"
        in login(people.users["clerk"])
        .get(f"/branches/{people.own.pk}/items/L29/")
        .content.decode()
    )


@pytest.mark.django_db
def test_one_picture_of_two_meetings(people: Cast, now: datetime, login: Any) -> None:
    clerk = people.actor("clerk")
    for day, colours in (("2018-03-06", (10, 90)), ("2018-04-03", (90,))):
        entry = save(
            people.own, clerk, now, "meetings", **raw("meetings") | {"held_on": day}
        )  # fmt: skip
        for colour in colours:
            taken = evidence.take_in(
                branch=people.own, name=f"{colour}.png", data=picture(colour), kind="", actor=clerk, now=now
            )  # fmt: skip
            evidence.attach(
                file=taken.file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=now
            )
    _checked(people, now)
    row = _row(people, "L28:AF-F1")
    sides = comparison.of(row, "tianning-2018", clerk).sides
    shown = [[(one.file.name, one.same) for one in side.files] for side in sides]
    assert sorted(shown) == [[("90.png", True)], [("90.png", True), ("10.png", False)]]
    client = login(people.users["clerk"])
    page = client.get(f"/suspicions/{row.pk}/beside/").content.decode()
    assert page.count("<mark>90.png</mark>") == 2
    item = client.get(f"/branches/{people.own.pk}/items/L28/").content.decode()
    assert "与2018年3月6日的另一次会议相同" in item
    assert f"/suspicions/{row.pk}/beside/" in item


@pytest.mark.django_db
def test_the_roster_of_the_day_beside_the_lists(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    given = raw("meetings") | {"kind": "党员大会", "held_on": "2018-03-06"}
    save(people.own, clerk, now, "meetings", **given | {"expected_count": "9"})
    _checked(people, now)
    laid = comparison.of(_row(people, "L28:L28.2"), "tianning-2018", clerk)
    assert {one.on_roster for one in laid.called} >= {True}
    assert any(one.differs for one in laid.called)


@pytest.mark.django_db
def test_the_other_branch_stays_hidden_from_the_clerk(people: Cast, now: datetime) -> None:
    clerk, office = people.actor("clerk"), people.actor("office")
    theirs = people.actor("foreign")
    for branch, keeper, day in (
        (people.own, clerk, "2018-03-06"),
        (people.other, theirs, "2018-03-07"),
    ):
        save(
            branch,
            keeper,
            now,
            "meetings",
            **raw("meetings") | {"held_on": day, "discussion": TEXT, **HOURS},
        )
    _checked(people, now)
    row = _row(people, "L29:AF-T2")
    assert comparison.of(row, "tianning-2018", clerk).hidden
    assert len(comparison.of(row, "tianning-2018", clerk).sides) == 1
    assert len(comparison.of(row, "tianning-2018", office).sides) == 2


@pytest.mark.django_db
def test_nothing_to_compare(people: Cast, now: datetime) -> None:
    _checked(people, now)
    rows = SuspicionRow.objects.filter(branch=people.own)
    known = engine.rules("tianning-2018")
    row = next(r for r in rows if not record_links.compares(known[r.rule], r.other))
    with pytest.raises(NotFound):
        comparison.of(row, "tianning-2018", people.actor("clerk"))


SAID = "同意这个安排，建议先把各组的分工列出来，再逐项对照落实，月底向全体党员报告一次进展情况"


@pytest.mark.django_db
def test_speeches_of_two_speakers_and_of_one_in_two_meetings(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = people.actor("clerk")
    first = f"示例甲：{SAID}。\n示例乙：{SAID}吧。\n示例丙：没有别的意见"
    for day, spoken in (("2018-03-06", first), ("2018-04-03", f"示例甲：{SAID}，好。")):
        values = raw("meetings") | {"held_on": day, "speeches": spoken}
        save(people.own, clerk, now, "meetings", **values)
    _checked(people, now)

    at_one = _row(people, "L29:AF-T3")
    (side,) = comparison.of(at_one, "tianning-2018", clerk).sides
    told = {line.label: line.pieces for line in side.lines}
    assert told["示例甲"][0] == (SAID, True)
    assert told["示例丙"] == [("没有别的意见", False)]

    again = _row(people, "L29:AF-T3b")
    one, two = comparison.of(again, "tianning-2018", clerk).sides
    assert [line.shared for line in one.lines] == [True]
    assert {line.label: line.shared for line in two.lines} == {
        "示例甲": True,
        "示例乙": False,
        "示例丙": False,
    }
    page = login(people.users["clerk"]).get(f"/suspicions/{at_one.pk}/beside/").content.decode()
    assert f"<mark>{SAID}" in page
