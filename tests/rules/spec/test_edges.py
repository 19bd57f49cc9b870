"""The first and the last day that counts, and the least that is told, by every engine."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import NONE, Period
from taizhang.rules.kinds.no_repeat import NoRepeat
from taizhang.rules.kinds.similar_text import SimilarText
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
HEAD = {"id": "X", "severity": "warn", "finding": "重复"}
FULL_YEAR = Period(date(2016, 1, 1), date(2016, 12, 31), date(2018, 12, 31))


def _member(joined: str, reason: str = "") -> dict[str, str]:
    return {
        "members": f"branch_id | person_id | joined_on | left_on | join_reason\n1 | 1 | {joined} "
        f"| | {reason}",
        "stages": "branch_id | person_id | stage | status | from_on | to_on\n1 | 1 | full | "
        f"normal | {joined} |",
    }


@pytest.mark.parametrize(
    ("joined", "first"), [("2016-03-01", "2016-03"), ("2016-03-02", "2016-04"), ("2016-03-31", "2016-04")]
)  # fmt: skip
def test_who_came_during_a_month_pays_from_the_next(found: Found, joined: str, first: str) -> None:
    """转入党员：当月一日已在支部的交当月的，其后来的从下月起交。"""
    rows = found(RULES["L25:L25.2"], _member(joined), FULL_YEAR, full=True)
    assert rows[0].window == first
    assert {(row.subject, row.other) for row in rows} == {(NONE, 1)}


@pytest.mark.parametrize("joined", ["2016-03-01", "2016-03-02", "2016-03-31"])
def test_who_was_admitted_in_a_month_pays_for_it(found: Found, joined: str) -> None:
    """新党员从支部大会通过的当月起交，月末那天通过的也一样。"""
    rows = found(RULES["L25:L25.2"], _member(joined, "admitted"), FULL_YEAR)
    assert rows[0][1] == "2016-03"


@pytest.mark.parametrize(
    ("month", "told"), [("2016-02-01", 1), ("2016-03-01", 0), ("2016-04-01", 0)]
)
def test_dues_of_the_month_of_coming_are_no_strangers(found: Found, month: str, told: int) -> None:
    """月中来的，交当月的党费不算外人；前一个月的才提出。"""
    paid = f"branch_id | id | person_id | month\n1 | 1 | 1 | {month}"
    tables = _member("2016-03-31") | {"dues_payments": paid}
    assert len(found(RULES["L25:L25.6"], tables, FULL_YEAR)) == told


@pytest.mark.parametrize(
    ("last", "told"), [("2015-12-31", 0), ("2016-01-01", 1), ("2016-01-02", 1)]
)
def test_a_year_is_asked_from_its_first_day(found: Found, last: str, told: int) -> None:
    """民主评议年度的第一天就是核查的最后一天，也在核查之内。"""
    tables = {
        "assessments": "branch_id | id | person_id | year | year_on | grade\n1 | 1 | 5 | 2016 | "
        "2016-01-01 | qualified",
        "assessment_polls": "branch_id | id | year | held_on\n1 | 1 | 2016 | 2016-12-20",
        "stages": "branch_id | person_id | stage | status | from_on\n1 | 5 | full | normal | "
        "2016-12-21",
    }
    period = Period(date(2015, 1, 1), date.fromisoformat(last), date(2018, 12, 31))
    assert len(found(RULES["L32:LIFE-2"], tables, period)) == told


@pytest.mark.parametrize(
    "columns", [["payee"], ["payee", "voucher_no"], ["payee", "voucher_no", "activity"]]
)
@pytest.mark.parametrize(("value", "told"), [("甲店", 1), ("", 0), ('""', 0)])
def test_what_is_not_written_repeats_nothing(
    found: Found, columns: list[str], value: str, told: int
) -> None:
    """有一栏没填的，不算和别的一样；几栏一起比也是这样。"""
    others = " | ".join(["一号"] * (len(columns) - 1))
    head = " | ".join(["branch_id | id | spent_on", *columns])
    rows = [
        " | ".join(filter(None, [f"1 | {n} | 2016-03-0{n}", value or " ", others])) for n in (1, 2)
    ]
    rule = NoRepeat(**HEAD, ledger="expenses", day="spent_on", columns=columns)
    assert len(found(rule, {"expenses": "\n".join([head, *rows])})) == told


@pytest.mark.parametrize(("unlike", "per_cent"), [(7, 78), (8, 75), (9, None)])
def test_texts_are_alike_from_the_least_on(found: Found, unlike: int, per_cent: int | None) -> None:
    """相似度正好达到下限的也提出，差一格的不提；达到上限的归更重的规则。"""
    bands, ids = {f"b{at}": 1 for at in range(8)}, {"like_low": 0, "like_high": 0}
    rows = []
    for n, other in ((1, 0), (2, unlike)):
        slots = {f"s{at}": 2 if at < other else 1 for at in range(32)}
        cells = " | ".join(map(str, {**slots, **bands, **ids}.values()))
        rows.append(f"1 | meetings | {n} | x | 2016-03-0{n} | 200 | {cells}")
    names = " | ".join([*(f"s{at}" for at in range(32)), *bands, *ids])
    texts = "\n".join([f"branch_id | source | source_id | about | on | length | {names}", *rows])

    for below in (76, 75):
        rule = SimilarText(**HEAD, at_least=75, below=below)
        said = [row[2] for row in found(rule, {"texts": texts})]
        assert said == [per_cent] * (per_cent is not None and per_cent < below)
