"""Quorum and majority: 以上 includes the number itself, 超过 does not (DOMAIN 0.2, 4.2)."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.rules.kinds import Ratio, Tally
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
        "votes": f"branch_id | id | meeting_id | on | entitled_present | entitled_expected\n1 | 1 | 9 | {day} | {present} | {expected}"
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
        "votes": "branch_id | id | meeting_id | on | entitled_present | entitled_expected\n1 | 1 | 9 | 2016-06-01 | | 16\n1 | 2 | 9 | 2016-06-01 | 3 | 0"
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
