"""What is due at the beginning of a year is asked while the year runs; what tells of a year may
come after it.
"""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}


def _until(day: date) -> Period:
    return Period(date(2017, 1, 1), date(2018, 12, 31), day)


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        ("L17:L17.1w", "development_plans"),
        ("L18:L18.1", "study_plans"),
        ("L26:L26.1", "service_plans"),
        ("L31:L31.3b", "lecture_plans"),
        ("L35:L35.1", "budgets"),
    ],
)
def test_a_plan_must_be_there_by_the_end_of_march(found: Found, rule: str, table: str) -> None:
    """当年的计划（预算）到4月1日还没有的就问，不等到年底；3月31日以前不问。"""
    source = " | source" if table == "budgets" else ""
    one = f"branch_id | id | year_on{source}\n1 | 1 | 2017-01-01{' | unit' if source else ''}"

    tables = {table: one, "institutions": "branch_id\n1"}

    early = found(RULES[rule], tables, _until(date(2018, 3, 31)))
    late = found(RULES[rule], tables, _until(date(2018, 4, 1)))

    assert early == []
    assert late == [(1, "2018", 0, 1)]


def test_a_branch_founded_in_the_year_has_no_plan_of_it(found: Found) -> None:
    """年中成立的支部，当年的计划不问。"""
    founded = {"branches": "branch_id | founded_on\n1 | 2018-01-02\n2 | 2018-01-01"}
    told = found(RULES["L31:L31.3b"], founded, _until(date(2018, 6, 1)))
    assert told == [(2, "2018", 0, 1)]


def test_a_period_that_begins_in_the_year_asks_for_no_plan_of_it(found: Found) -> None:
    """督查期从年中开始的，不问那一年的计划。"""
    period = Period(date(2017, 1, 2), date(2018, 12, 31), date(2017, 12, 31))
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    assert found(RULES["L31:L31.3b"], tables, period) == []


def test_dues_of_a_year_may_be_published_after_it(found: Found) -> None:
    """党费收缴情况按所公布的年度算；年后90天内公布都来得及。"""
    published = {
        "disclosures": """
            branch_id | id | item | from_on    | about_on
            1         | 1  | dues | 2018-01-10 | 2017-01-01
            2         | 2  | dues | 2017-01-10 | 2016-01-01
        """
    }
    rule = RULES["L25:L25.9"]
    assert found(rule, published, _until(date(2018, 3, 30))) == []
    assert found(rule, published, _until(date(2018, 3, 31))) == [(2, "2017", 0, 1)]
