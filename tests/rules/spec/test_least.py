"""What is told exactly, and what stays untold where there is nothing to compare, by
every engine.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from taizhang.rules.kinds.agrees import Agrees
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
POSTS = ("secretary", "organisation", "publicity")
FULL_YEAR = Period(date(2016, 1, 1), date(2016, 12, 31), date(2018, 12, 31))


@pytest.mark.parametrize(("due", "told"), [("2016-05-31", 1), ("2016-06-01", 0), ("2016-06-02", 0)])
def test_a_plan_is_late_from_the_day_after_it_was_due(found: Found, due: str, told: int) -> None:
    tables = {"digest_plans": f"branch_id | id | due_on | done_on\n1 | 1 | {due} |"}
    until = Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 6, 1))
    rows = found(RULES["L23:L23.3w"], tables, until, full=True)
    assert [(r.window, r.found, r.certain) for r in rows] == [(due, -1, 1)] * told


@pytest.mark.parametrize(
    ("base", "permille", "told"),
    [("", "5", 0), ("300000", "", 0), ("300000", "5", 0), ("300000", "10", 1), ("300001", "5", 1)],
)
def test_a_rate_without_its_base_is_not_compared(
    found: Found, base: str, permille: str, told: int
) -> None:
    head = "branch_id | id | person_id | year | year_on | category | base | permille"
    row = f"1 | 1 | 7 | 2016 | 2016-01-01 | salaried | {base} | {permille}"
    rows = found(RULES["L25:L25.11"], {"dues_assessments": f"{head}\n{row}"}, FULL_YEAR)
    assert len(rows) == told


@pytest.mark.parametrize(
    ("op", "own", "told"),
    [("ne", 100, 1), ("ne", 101, 0), ("ge", 90, 0), ("ge", 89, 1), ("le", 110, 0), ("le", 111, 1), ("eq", 110, 0), ("eq", 111, 1)],
)  # fmt: skip
def test_a_tolerance_widens_a_bound_and_leaves_otherwise_as_it_is(
    found: Found, op: Any, own: int, told: int
) -> None:
    rule = Agrees(
        id="X", severity="warn", finding="不一致", ledger="dues_payments", day="month", column="amount",
        other_ledger="dues_assessments", match={"person_id": "person_id", "year": "year"}, theirs="monthly_due",
        op=op, tolerance=10,
    )  # fmt: skip
    tables = {
        "dues_payments": "branch_id | id | month | person_id | year | amount\n1 | 1 | "
        f"2016-02-01 | 5 | 2016 | {own}",
        "dues_assessments": "branch_id | id | person_id | year | monthly_due\n1 | 1 | 5 | "
        "2016 | 100",
    }
    assert len(found(rule, tables, FULL_YEAR)) == told


@pytest.mark.parametrize(("people", "told"), [((4,), 0), ((4, 5), 2), ((4, 5, 6), 3)])
def test_a_committee_of_one_has_nobody_to_talk_with(
    found: Found, people: tuple[int, ...], told: int
) -> None:
    posts = "\n".join(
        f"1 | {p} | {post} | 2015-01-01 |" for p, post in zip(people, POSTS, strict=False)
    )
    tables = {
        "posts": f"branch_id | person_id | post | from_on | to_on\n{posts}",
        "meetings": "branch_id | id | kind | held_on\n1 | 1 | org_life_meeting | 2016-12-20",
        "talks": "branch_id | id | held_on\n1 | 1 | 2015-01-01",
    }
    assert len(found(RULES["L12:L12.2"], tables, FULL_YEAR)) == told


@pytest.mark.parametrize(
    ("first", "begun", "due"),
    [("2016-04-01", ["2016-Q2", "2016-Q3"], ["2016-Q2"]), ("2016-04-02", ["2016-Q3"], [])],
)
def test_a_window_is_asked_from_the_day_it_begins(
    first: str, begun: list[str], due: list[str]
) -> None:
    period = Period(date.fromisoformat(first), date(2016, 12, 31), date(2016, 9, 29))
    assert [window.label for window in period.begun("quarter")] == begun
    assert [window.label for window in period.due("quarter")] == due


def test_every_member_has_his_dues_assessed_in_every_year(found: Found) -> None:
    """每名党员每年一次核定，不是每月一次。"""
    tables = {
        "members": "branch_id | person_id | joined_on | left_on | join_reason\n1 | 1 | "
        "2015-01-01 | |\n1 | 2 | 2015-01-01 | |",
        "stages": "branch_id | person_id | stage | status | from_on | to_on\n1 | 1 | full | "
        "normal | 2015-01-01 |\n1 | 2 | full | normal | 2015-01-01 |",
        "dues_assessments": "branch_id | id | person_id | year | year_on\n1 | 1 | 2 | 2016 | "
        "2016-01-01",
    }
    rows = found(RULES["L25:L25.1"], tables, FULL_YEAR, full=True)
    assert [(row.other, row.window) for row in rows] == [(1, "2016")]
