"""Quorum and majority: 以上 includes the number itself, 超过 does not (DOMAIN 0.2, 4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taizhang.catalogue import load
from taizhang.catalogue.model import code_of
from taizhang.rules import reference
from taizhang.rules.kinds import Ratio, Tally
from tests.rules import pictures
from tests.rules.conftest import Found


def _ratio(**more: Any) -> Ratio:
    return Ratio(
        id="x",
        severity="error",
        finding="",
        ledger="votes",
        subject="meeting_id",
        of="entitled_present",
        to="entitled_expected",
        **more,
    )


def _votes(present: int, expected: int, day: str = "2016-06-01") -> dict[str, str]:
    return {
        "votes": "branch_id | id | meeting_id | on | entitled_present | entitled_expected\n1 | "
        f"1 | 9 | {day} | {present} | {expected}"
    }


@pytest.mark.parametrize(
    ("present", "expected", "good"), [(9, 16, True), (8, 16, False), (8, 15, True), (7, 15, False)]
)
def test_more_than_half(found: Found, present: int, expected: int, good: bool) -> None:
    """“超过半数”：刚好一半不够。"""
    wanted = [] if good else [(1, "2016-06-01", present, expected // 2 + 1)]
    assert found(_ratio(at_least="1/2", strict=True), _votes(present, expected)) == wanted


@pytest.mark.parametrize(("strict", "wanted"), [(True, [(1, "2016-06-01", 8, 9)]), (False, [])])
def test_eight_of_ten_is_four_fifths_and_not_more(
    found: Found, strict: bool, wanted: list[Any]
) -> None:
    """“不少于五分之四”：十人到八人够；“超过五分之四”不够。"""
    assert found(_ratio(at_least="4/5", strict=strict), _votes(8, 10)) == wanted


def test_eleven_need_nine_either_way(found: Found) -> None:
    """十一人的五分之四要九人。"""
    assert found(_ratio(at_least="4/5"), _votes(8, 11)) == [(1, "2016-06-01", 8, 9)]
    assert found(_ratio(at_least="4/5", strict=True), _votes(9, 11)) == []


def test_the_rule_of_the_day_of_the_event_counts(found: Found) -> None:
    """按会议当天的规定核对，失效当天起不再适用。"""
    old = Ratio.model_validate(
        _ratio(at_least="1/2", strict=True).model_dump() | {"until": "2016-06-01"}
    )
    assert found(old, _votes(1, 16, "2016-05-31")) == [(1, "2016-05-31", 1, 9)]
    assert found(old, _votes(1, 16, "2016-06-01")) == []


def test_nothing_is_said_of_what_is_not_written(found: Found) -> None:
    """没有填写的不核对。"""
    tables = {
        "votes": "branch_id | id | meeting_id | on | entitled_present | entitled_expected\n1 | 1 "
        "| 9 | 2016-06-01 | | 16\n1 | 2 | 9 | 2016-06-01 | 3 | 0"
    }
    assert found(_ratio(at_least="1/2"), tables) == []


def test_votes_must_add_up(found: Found) -> None:
    """赞成、反对、弃权合计应等于有效票。"""
    rule = Tally(
        id="x",
        severity="error",
        finding="",
        ledger="votes",
        subject="meeting_id",
        left=["in_favour", "against", "abstained"],
        op="eq",
        right=["valid"],
    )
    tables = {
        "votes": """
          branch_id | id | meeting_id | on         | in_favour | against | abstained | valid
          1         | 1  | 9          | 2016-06-01 | 14        | 0       | 1         | 15
          2         | 2  | 8          | 2016-06-01 | 14        | 0       | 0         | 15
        """
    }
    assert found(rule, tables) == [(2, "2016-06-01", 14, 15)]


_CAST = """
  branch_id | id | meeting_id | on         | in_favour | against | abstained | entitled_present | written
"""


def _no_more_than_came(**more: Any) -> Tally:
    return Tally(
        id="x",
        severity="warn",
        finding="",
        ledger="votes",
        subject="meeting_id",
        left=["in_favour", "against", "abstained"],
        as_written=True,
        op="le",
        right=["entitled_present"],
        or_else=["entitled_present", "written"],
        **more,
    )


def test_no_more_votes_than_people(found: Found) -> None:
    """票数合计不能多于到会的人；没有填写的票数不算，会前的书面意见可以加上。"""
    tables = {
        "votes": f"""{_CAST}
          1         | 1  | 9          | 2016-06-01 | 14        | 0       | 1         | 15               |
          1         | 2  | 8          | 2016-06-01 | 16        |         |           | 15               |
          1         | 3  | 7          | 2016-06-01 | 16        |         |           | 15               | 1
          1         | 4  | 6          | 2016-06-02 | 12        | 2       | 3         | 15               |
        """
    }
    assert found(_no_more_than_came(), tables) == [
        (1, "2016-06-01", 16, 15),
        (1, "2016-06-02", 17, 15),
    ]


def test_of_votes_that_nobody_counted_nothing_is_told(found: Found) -> None:
    """票数一个也没有填，或者没有填到会人数的，不作比较。"""
    tables = {
        "votes": f"""{_CAST}
          1         | 1  | 9          | 2016-06-01 |           |         |           | 15               |
          1         | 2  | 9          | 2016-06-01 | 16        |         |           |                  |
        """
    }
    assert found(_no_more_than_came(), tables) == []


TOO_MANY = ("VOTE-5e", "VOTE-5f", "VOTE-5g", "VOTE-5h")
_KINDS = ["members_assembly", "committee_meeting", "group_meeting", "party_lecture"]


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize(
    ("people", "codes"),
    [
        ({"entitled_present": 15, "meeting_present": 15}, ["VOTE-5e"]),
        ({"entitled_expected": 15, "meeting_present": 15}, ["VOTE-5f"]),
        ({"entitled_present": 15, "entitled_expected": 15}, ["VOTE-5e"]),
        ({"meeting_present": 15, "meeting_expected": 15}, ["VOTE-5g"]),
        ({"meeting_expected": 15}, ["VOTE-5h"]),
        ({"entitled_present": 16}, []),
        ({}, []),
    ],
)
def test_at_every_meeting_too_many_votes_are_told_once(
    kind: str, people: dict[str, int], codes: list[str]
) -> None:
    """任何会议上票数多于人数，都提示一次：先比表决自己的实到，再比应到，再比会议的实到、应到。"""
    rules = tuple(r for r in load.named("tianning-2018").rules() if code_of(r.id) in TOO_MANY)
    row = {"on": date(2016, 6, 1), "id": 1, "branch_id": 1, "meeting_id": 9, "meeting_kind": kind}
    tables: pictures.Table = {"votes": [row | {"in_favour": 16} | people]}

    in_columns = pictures.by_duckdb(rules, tables, pictures.A_YEAR)
    plainly = reference.once(
        rules, [s for r in rules for s in pictures.by_reference(r, tables, pictures.A_YEAR)]
    )

    assert [code_of(s.rule) for s in plainly] == codes
    assert [code_of(s.rule) for s in in_columns] == codes
