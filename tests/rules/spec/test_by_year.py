"""Rules are judged year by year only where no table that they rest on is cut by other days than
theirs.
"""

from __future__ import annotations

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Cut

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}


@pytest.mark.parametrize(
    ("rule", "cut", "by_year"),
    [
        ("L35:L35.2", {}, True),
        ("L35:L35.2", {"budgets": ("year_on",)}, True),
        ("L35:L35.2", {"budgets": ("adopted_on",)}, False),
        ("L35:L35.2", {"expenses": ("spent_on",)}, False),
        ("L23:L23.2", {}, False),
        ("L23:L23.2", {"search_attempts": ("done_on",)}, False),
    ],
)
def test_a_sum_is_judged_by_years_where_both_sides_are_whole(
    rule: str, cut: Cut, by_year: bool
) -> None:
    assert RULES[rule].one_year(cut) is by_year


@pytest.mark.parametrize(
    ("rule", "cut", "by_year"),
    [
        ("L16:L16.3", {}, True),
        ("L16:L16.3", {"meetings": ("held_on",)}, True),
        ("L21:L21.5c", {"dues_payments": ("month",)}, True),
        ("L21:L21.5c", {"dues_payments": ("paid_on",)}, False),
        ("L01:PD.4", {"phrases": ("on",)}, False),
        ("L21:L21.1", {"transfers": ("moved_on",)}, False),
    ],
)
def test_what_is_looked_up_by_the_day_judged_may_be_cut_by_that_day(
    rule: str, cut: Cut, by_year: bool
) -> None:
    assert RULES[rule].one_year(cut) is by_year
