"""Months later, counted as the field counts them (DOMAIN 4.5.2)."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.kernel.calendar import plus_months


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 1, 31), 3, date(2016, 4, 30)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 3, 31), -1, date(2016, 2, 29)),
        (date(2016, 12, 31), 2, date(2017, 2, 28)),
    ],
)
def test_a_month_later_is_never_in_the_month_after(day: date, months: int, then: date) -> None:
    assert plus_months(day, months) == then
