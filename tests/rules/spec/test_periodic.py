"""At least so many rows in every window."""

from __future__ import annotations

from datetime import date

from taizhang.rules.base import Period
from taizhang.rules.kinds import Periodic
from tests.rules.conftest import Found

A_QUARTER = Periodic(
    id="x",
    severity="error",
    finding="",
    ledger="meetings",
    where={"kind": "members_assembly"},
    day="held_on",
    every="quarter",
)
HALF_YEAR = Period(date(2016, 1, 1), date(2016, 6, 30), date(2016, 6, 30))


def test_a_window_without_a_row_is_missing(found: Found) -> None:
    """没有记录的季度逐个列出；别的会议不顶替。"""
    tables = {
        "meetings": """
          branch_id | id | held_on    | kind
          ----------+----+------------+-----
          1         | 1  | 2016-02-01 | members_assembly
          2         | 2  | 2016-02-01 | party_lecture
        """
    }
    assert found(A_QUARTER, tables, HALF_YEAR) == [
        (1, "2016-Q2", 0, 1),
        (2, "2016-Q1", 0, 1),
        (2, "2016-Q2", 0, 1),
    ]


def test_both_ends_belong_to_the_window(found: Found) -> None:
    """季度的首日和末日都算在内。"""
    tables = {
        "meetings": """
          branch_id | id | held_on    | kind
          1         | 1  | 2016-03-31 | members_assembly
          1         | 2  | 2016-04-01 | members_assembly
        """
    }
    assert found(A_QUARTER, tables, HALF_YEAR) == []


def test_a_window_in_progress_is_not_due(found: Found) -> None:
    """没有结束的季度不算缺。"""
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    period = Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 6, 29))
    assert found(A_QUARTER, tables, period) == [(1, "2016-Q1", 0, 1)]


def test_a_branch_founded_within_the_window_is_not_asked(found: Found) -> None:
    """当季成立或撤销的支部，当季不要求。"""
    tables = {"branches": "branch_id | founded_on | dissolved_on\n1 | 2016-01-02 | 2016-06-30"}
    assert found(A_QUARTER, tables, HALF_YEAR) == []


def test_each_group_is_asked_for_itself(found: Found) -> None:
    """每个党小组各自核对，中途撤销的不要求。"""
    rule = Periodic(
        id="x",
        severity="error",
        finding="",
        ledger="meetings",
        day="held_on",
        every="half",
        per="group",
    )
    tables = {
        "groups": "branch_id | id | valid_from | valid_to\n1 | 7 | 2015-01-01 | \n1 | 8 | "
        "2015-01-01 | 2016-06-30\n1 | 9 | 2015-01-01 |",
        "meetings": "branch_id | id | held_on | group_id\n1 | 1 | 2016-05-01 | 7",
    }
    rows = found(rule, tables, HALF_YEAR, full=True)
    assert [(r.other, r.found) for r in rows] == [(9, 0)]


def test_only_rows_of_the_holder_count(found: Found) -> None:
    """只有由书记主讲的才算，卸任当天不再是书记。"""
    rule = Periodic.model_validate(
        {"id": "x", "severity": "error", "finding": "", "ledger": "meetings", "day": "held_on", "every": "year",
         "held_by": {"person": "lecturer_id", "belongs": "secretary"}}
    )  # fmt: skip
    tables = {
        "posts": "branch_id | id | person_id | post | from_on | to_on\n1 | 1 | 5 | secretary | "
        "2015-01-01 | 2016-05-01\n2 | 2 | 6 | secretary | 2015-01-01 |",
        "meetings": "branch_id | id | held_on | lecturer_id\n1 | 1 | 2016-05-01 | 5\n2 | 2 | "
        "2016-05-01 | 6",
    }
    assert found(rule, tables) == [(1, "2016", 0, 1)]


def test_held_late_is_told_of_the_month_that_was_missed(found: Found) -> None:
    """当月没有、次月有两次的，疑为补开。"""
    rule = Periodic(
        id="x",
        severity="warn",
        finding="",
        ledger="meetings",
        day="held_on",
        every="month",
        made_up=True,
    )
    tables = {
        "meetings": "branch_id | id | held_on\n1 | 1 | 2016-02-01\n1 | 2 | 2016-02-20\n1 | 3 | "
        "2016-04-01"
    }
    assert found(rule, tables, Period(date(2016, 1, 1), date(2016, 4, 30), date(2016, 4, 30))) == [
        (1, "2016-01", 0, 1)
    ]
