"""Terms of a committee: the day on which they end, extensions, and lengths that changed (TERM of
DOMAIN 4.4).
"""

from __future__ import annotations

from datetime import date

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
HEAD = "branch_id | id | started_on | ended_on | extended_to"
PERIOD = Period(date(2015, 1, 1), date(2018, 12, 31), date(2018, 10, 25))


def _terms(*rows: str) -> dict[str, str]:
    return {"terms": "\n".join([HEAD, *(f"{n} | {n} | {row}" for n, row in enumerate(rows, 1))])}


def test_a_term_that_is_over(found: Found) -> None:
    """任期届满没有换届；届满当天换届的、有批准延期的不算，延期也过了的仍算。"""
    terms = _terms(
        "2015-10-25 | | ",
        "2015-10-24 | | ",
        "2012-03-01 | 2015-03-01 | ",
        "2012-03-01 | 2015-03-03 | ",
        "2015-03-01 | | 2018-12-31",
        "2015-03-01 | | 2018-06-30",
    )
    assert found(RULES["L15:L15.2"], terms, PERIOD) == [
        (2, "2015-10-24", 1, 3), (4, "2012-03-01", 2, 3), (6, "2015-03-01", 238, 3),
    ]  # fmt: skip


def test_a_term_that_may_last_longer(found: Found) -> None:
    """2017年10月24日至2018年7月11日产生的，三年届满为逾期，满五年才是超期。"""
    later = Period(date(2018, 1, 1), date(2023, 12, 31), date(2021, 6, 1))
    terms = _terms("2017-10-23 | | ", "2017-10-24 | | ", "2018-07-12 | | ")
    assert found(RULES["L15:L15.1"], terms, later) == [(2, "2017-10-24", 220, 3)]
    assert [row[0] for row in found(RULES["L15:L15.2"], terms, later)] == [1]
    last = Period(date(2018, 1, 1), date(2023, 12, 31), date(2022, 10, 24))
    assert [row[0] for row in found(RULES["L15:L15.1"], terms, last)] == [2]
    assert [row[0] for row in found(RULES["L15:L15.2"], terms, last)] == [1, 3]
    five = Period(date(2018, 1, 1), date(2023, 12, 31), date(2022, 10, 25))
    assert found(RULES["L15:L15.1"], terms, five) == []
    assert (2, "2017-10-24", 1, 3) in found(RULES["L15:L15.2"], terms, five)


def test_a_term_that_ends_soon(found: Found) -> None:
    """半年之内届满的提醒准备换届；已经换届的不提醒。"""
    terms = _terms(
        "2016-04-22 | | ",
        "2016-04-23 | | ",
        "2015-10-25 | | ",
        "2015-10-24 | | ",
        "2016-01-01 | 2018-09-01 | ",
        "2015-01-01 | | 2018-12-31",
    )
    assert found(RULES["L15:L15.2w"], terms, PERIOD) == [
        (1, "2016-04-22", 179, 3), (3, "2015-10-25", 0, 3), (6, "2015-01-01", 67, 3),
    ]  # fmt: skip


def test_an_extension_of_more_than_a_year(found: Found) -> None:
    """延期不超过一年，刚好一年的可以。"""
    terms = _terms("2014-03-01 | | 2018-03-01", "2014-03-01 | | 2018-03-02")
    assert found(RULES["L15:L15.2x"], terms, PERIOD) == [(2, "2014-03-01", 1, 3)]
