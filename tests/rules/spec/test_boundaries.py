"""The day itself: the last of a term, the first of a month, the day on which a rule ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from taizhang.rules.kinds import Complete, InOrder, Periodic
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
HEAD = {"id": "x", "severity": "error", "finding": "不符"}


def test_the_very_day_is_enough(found: Found) -> None:
    """须满一年的，满一年的当天即可；早一天不行。31日起算、目标月没有31日的，以月末为满。"""
    year = InOrder(**HEAD, ledger="cases", day="s7", earlier="s3", later="s7", least_months=12)
    month = InOrder(**HEAD, ledger="cases", day="s7", earlier="s3", later="s7", least_months=1)
    head = "branch_id | id | s3 | s7"

    years = {"cases": f"{head}\n1 | 1 | 2015-03-01 | 2016-03-01\n2 | 2 | 2015-03-01 | 2016-02-29"}
    months = {"cases": f"{head}\n1 | 1 | 2016-01-31 | 2016-02-29\n2 | 2 | 2016-01-31 | 2016-02-28"}

    assert [row[0] for row in found(year, years)] == [2]
    assert [row[0] for row in found(month, months)] == [2]


def test_the_last_day_to_do_it_in_time(found: Found) -> None:
    """一个月内办理的，满一个月的当天还算，次日不算。"""
    rule = InOrder(**HEAD, ledger="cases", day="s2", earlier="s1", later="s2", most_months=1)
    head = "branch_id | id | s1 | s2"
    cases = {"cases": f"{head}\n1 | 1 | 2016-01-31 | 2016-02-29\n2 | 2 | 2016-01-31 | 2016-03-01"}
    assert [row[0] for row in found(rule, cases)] == [2]


def test_a_rule_does_not_hold_on_the_day_of_its_repeal(found: Found) -> None:
    """规定废止的当天不再适用，前一天仍适用；施行的当天起适用。"""
    old = Complete(
        **HEAD, ledger="talks", day="held_on", fields={"place": "地点"}, until="2016-06-15"
    )
    new = Complete(
        **HEAD, ledger="talks", day="held_on", fields={"place": "地点"}, **{"from": "2016-06-15"}
    )
    talks = {
        "talks": """
            branch_id | id | held_on    | place
            1         | 1  | 2016-06-14 | ""
            1         | 2  | 2016-06-15 | ""
        """
    }
    assert [row[1] for row in found(old, talks)] == ["2016-06-14"]
    assert [row[1] for row in found(new, talks)] == ["2016-06-15"]


def test_a_window_that_begins_with_the_repeal_is_not_asked(found: Found) -> None:
    """按月要求的规定，自废止之月的月初起不再要求。"""
    rule = Periodic(**HEAD, ledger="meetings", day="held_on", every="month", until="2016-03-01")
    spring = Period(date(2016, 1, 1), date(2016, 4, 30), date(2016, 4, 30))
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    assert [row[1] for row in found(rule, tables, spring)] == ["2016-01", "2016-02"]


def test_on_the_day_of_repeal_a_branch_is_not_asked_how_it_stands(found: Found) -> None:
    """督查当日正是规定废止之日的，不再要求。"""
    rule = RULES["L34:L34.1"].model_copy(update={"until": date(2016, 6, 15)})
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    days = (date(2016, 6, 14), date(2016, 6, 15))
    periods = [Period(date(2016, 1, 1), date(2016, 12, 31), day) for day in days]
    assert [len(found(rule, tables, period)) for period in periods] == [1, 0]


@pytest.mark.parametrize(
    ("every", "first", "told"),
    [
        ("month", date(2016, 2, 2), ["2016-03"]),
        ("month", date(2016, 2, 1), ["2016-02", "2016-03"]),
        ("quarter", date(2016, 1, 2), []),
        ("quarter", date(2016, 1, 1), ["2016-Q1"]),
    ],
)
def test_a_window_begun_before_the_period_is_not_due(
    found: Found, every: str, first: date, told: list[str]
) -> None:
    """督查期开始以前就已开始的月份、季度不问。"""
    rule = Periodic(**HEAD, ledger="meetings", day="held_on", every=every)
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    period = Period(first, date(2016, 4, 29), date(2016, 4, 29))
    assert [row[1] for row in found(rule, tables, period)] == told


@pytest.mark.parametrize(
    ("left", "last"), [(date(2016, 3, 1), "2016-02"), (date(2016, 3, 2), "2016-03")]
)
def test_dues_are_asked_to_the_month_of_leaving(found: Found, left: date, last: str) -> None:
    """某月1日已经转出的，当月不再交党费；2日才转出的，当月仍要交。"""
    tables = {
        "members": f"branch_id | person_id | joined_on | left_on\n1 | 1 | 2015-05-05 | {left}",
        "stages": "branch_id | person_id | stage | status | from_on\n1 | 1 | full | normal | "
        "2014-01-01",
    }
    period = Period(date(2016, 1, 1), date(2016, 6, 30), date(2016, 6, 30))
    assert found(RULES["L25:L25.2"], tables, period)[-1][1] == last


def test_dues_are_asked_from_the_month_of_admission(found: Found) -> None:
    """当月接收的预备党员当月起交；当月转入的从次月起交。"""
    tables = {
        "members": """
            branch_id | person_id | joined_on  | join_reason
            1         | 1         | 2016-03-31 | admitted
            2         | 2         | 2016-03-31 | moved_in
        """,
        "stages": """
            branch_id | person_id | stage | status | from_on
            1         | 1         | full  | normal | 2016-03-31
            2         | 2         | full  | normal | 2014-01-01
        """,
    }
    period = Period(date(2016, 3, 1), date(2016, 4, 30), date(2016, 5, 2))
    rows = found(RULES["L25:L25.2"], tables, period)
    assert [row[:2] for row in rows] == [(1, "2016-03"), (1, "2016-04"), (2, "2016-04")]


def test_the_last_of_so_many_days_counts(found: Found) -> None:
    """至迟某天的，当天还算。"""
    rule = InOrder(**HEAD, ledger="cases", day="s2", earlier="s1", later="s2", most_days=7)
    first = date(2016, 2, 25)
    rows = [f"{n} | {n} | {first} | {first + timedelta(days=6 + n)}" for n in (1, 2)]
    cases = {"cases": "\n".join(["branch_id | id | s1 | s2", *rows])}
    assert [row[0] for row in found(rule, cases)] == [2]
