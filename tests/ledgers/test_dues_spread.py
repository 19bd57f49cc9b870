"""Dues of several months in one row become months when the sum is theirs; otherwise the clerk is
asked.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.intake.reading import read as intake
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing.written import NotReadable
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.parts import spread
from taizhang.ledgers.records import actions
from tests.ledgers.test_sheets import sheet
from tests.make import NAMES, Cast, save
from tests.sheet_rows import read_rows

DUES = KINDS["dues-payments"]
HEAD = ["姓名", "缴费月份", "金额", "交纳日期"]
WITH_DUE = ["姓名", "缴费月份", "月应交", "金额", "交纳日期"]
TITLE = ["2018年党费收缴台账"]


def _bring(people: Cast, now: datetime, *rows: list[Any]) -> int:
    actor = people.actor("clerk")
    found = read_rows(DUES, sheet(*rows), branch=people.own, actor=actor)
    return actions.record_many(kind=DUES, rows=found, actor=actor, now=now)


def _assess(people: Cast, now: datetime, year: str, monthly: str) -> None:
    save(people.own, people.actor("clerk"), now, "dues-assessments", person=NAMES[0], year=year, category="在职",
         basis="某月工资", monthly_due=monthly)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "first", "n"),
    [
        ("1-3月", (2018, 1), 3), ("1—3月份", (2018, 1), 3), ("2018年1月至3月", (2018, 1), 3), ("2018.1-2018.3", (2018, 1), 3),
        ("二〇一八年一月至三月", (2018, 1), 3), ("第一季度", (2018, 1), 3), ("2018年四季度", (2018, 10), 3), ("上半年", (2018, 1), 6),
        ("下半年", (2018, 7), 6), ("2018年全年", (2018, 1), 12), ("1、2、3月", (2018, 1), 3), ("1月和2月", (2018, 1), 2),
        ("2017年12月-2018年2月", (2017, 12), 3), ("3月", (2018, 3), 1), ("12月", (2018, 12), 1),
    ],
)  # fmt: skip
def test_months_as_people_write_them(written: str, first: tuple[int, int], n: int) -> None:
    found = spread.months(written, {"2018"})

    assert (found[0], len(found)) == (date(*first, 1), n)
    assert found == sorted(set(found))


@pytest.mark.parametrize("written", ["2018-03", "2018年3月", "201803", "2018年3月5日", "1-3", "第五季度", "", 43160.0])  # fmt: skip
def test_what_is_one_month_or_none_is_left_to_its_reader(written: object) -> None:
    assert spread.months(written, {"2018"}) == []


@pytest.mark.parametrize(
    ("written", "years", "told"),
    [
        ("1-3月", (), "没有写是哪一年"), ("1-3月", ("2017", "2018"), "没有写是哪一年"), ("12月-2月", ("2018",), "起止月份不对"), ("0-3月", ("2018",), "不存在的月份"),
        ("11-13月", ("2018",), "不存在的月份"), ("2018.1-3", (), "可能是一天，也可能是几个月"), ("2015年1月-2018年12月", (), "起止月份不对"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_asked(written: str, years: tuple[str, ...], told: str) -> None:
    with pytest.raises(NotReadable, match=told):
        spread.months(written, years)


def test_a_quarter_becomes_its_months_by_the_column_beside_it(people: Cast, now: datetime) -> None:
    row = [NAMES[0], "第一季度", 78.5, 235.5, "2018-02-10"]

    assert _bring(people, now, TITLE, WITH_DUE, row) == 3

    found = DuesPayment.objects.order_by("month").values_list("month", "amount", "paid_on")
    assert list(found) == [(date(2018, month, 1), 7850, date(2018, 2, 10)) for month in (1, 2, 3)]


def test_a_column_says_the_year_that_the_title_does_not(people: Cast, now: datetime) -> None:
    head = ["姓名", "年度", "缴费月份", "月应缴", "金额", "交纳日期"]

    assert _bring(people, now, head, [NAMES[0], 2017, "11-12月", 10, 20, "2017-12-10"]) == 2
    assert {p.month.year for p in DuesPayment.objects.all()} == {2017}


def test_without_such_a_column_it_is_by_what_was_laid_down(people: Cast, now: datetime) -> None:
    _assess(people, now, "2017", "70.00")
    _assess(people, now, "2018", "80.00")

    _bring(people, now, HEAD, [NAMES[0], "2017年12月-2018年2月", 230, "2018-02-10"])

    found = DuesPayment.objects.order_by("month").values_list("amount", flat=True)
    assert list(found) == [7000, 8000, 8000]


def test_a_sum_that_the_months_do_not_make_is_asked(people: Cast, now: datetime) -> None:
    with pytest.raises(
        BadInput, match=r"第3行“月份”列：“1-3月”交200\.00元，而这3个月应交234\.00元.*每月写一行"
    ):
        _bring(people, now, TITLE, WITH_DUE, [NAMES[0], "1-3月", 78, 200, "2018-02-10"])
    _assess(people, now, "2018", "78.00")
    with pytest.raises(BadInput, match=r"第3行“月份”列：.*交234\.01元，而这3个月应交234\.00元"):
        _bring(people, now, TITLE, HEAD, [NAMES[0], "1-3月", 234.01, "2018-02-10"])

    assert DuesPayment.objects.count() == 0


def test_dues_that_nobody_laid_down_are_asked(people: Cast, now: datetime) -> None:
    _assess(people, now, "2017", "78.00")

    with pytest.raises(BadInput, match=r"第2行“月份”列：.*没有此人2018年的党费核定"):
        _bring(people, now, HEAD, [NAMES[0], "2017年12月-2018年1月", 156, "2018-02-10"])


def test_a_stranger_and_an_amount_that_is_none_are_told_of_their_row(
    people: Cast, now: datetime
) -> None:
    with pytest.raises(BadInput, match="第3行“姓名”列：本支部花名册上没有“路人”"):
        _bring(people, now, TITLE, WITH_DUE, ["路人", "1-3月", 78, 234, "2018-02-10"])
    with pytest.raises(BadInput, match="第3行“月份”列：“1-3月”的金额“若干”不是金额"):
        _bring(people, now, TITLE, WITH_DUE, [NAMES[0], "1-3月", 78, "若干", "2018-02-10"])


def test_a_month_that_is_there_already_is_told_of_the_row(people: Cast, now: datetime) -> None:
    _bring(people, now, TITLE, WITH_DUE, [NAMES[0], "2月", 78, 78, "2018-02-10"])

    with pytest.raises(BadInput, match="第3行：台账里已有这条记录"):
        _bring(people, now, TITLE, WITH_DUE, [NAMES[0], "1-3月", 78, 234, "2018-03-10"])
    rows = [[NAMES[0], months, 78, 156, "2018-05-10"] for months in ("3-4月", "4-5月")]
    with pytest.raises(BadInput, match="第4行：与第3行重复"):
        _bring(people, now, TITLE, WITH_DUE, *rows)


def test_intake_shows_each_month_with_its_place() -> None:
    row = [NAMES[0], "1-3月", 78, 234, "2018-02-10"]
    found, *_ = intake.documents("党费.xlsx", sheet(TITLE, WITH_DUE, row))

    assert [(r.values["month"], r.values["amount"]) for r in found.records] == [
        (f"2018-0{month}", "78.00") for month in (1, 2, 3)
    ]
    assert {r.sources["month"] for r in found.records} == {"工作表“Sheet1” 第3行：1-3月，234.0"}
    assert [r.warnings for r in found.records] == [[], [], []]


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        (WITH_DUE, [NAMES[0], "1-3月", 78, 200, "2018-02-10"], "分不到各月"),
        (HEAD, [NAMES[0], "1-3月", 200, "2018-02-10"], "按此人的党费核定分到各月"),
    ],
)
def test_intake_asks_what_is_not_plain(head: list[str], row: list[Any], told: str) -> None:
    found, *_ = intake.documents("党费.xlsx", sheet(TITLE, head, row))

    (record,) = found.records
    assert not found.certain
    assert "月" in record.values["month"]
    assert told in "".join(record.warnings)
