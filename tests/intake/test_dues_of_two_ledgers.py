"""A sheet of dues serves two ledgers: the months are payments, the base and the monthly due are the
year's 核定.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.intake.models import Paper
from taizhang.intake.reading import read
from taizhang.intake.sheets import actions as sheets
from taizhang.intake.sheets import grid
from taizhang.ledgers.kinds import KINDS
from tests.intake import corpus
from tests.make import NAMES, Cast

MONTHS = [f"{n}月" for n in range(1, 13)]
YEAR = [
    ["序号", "姓名", "计算基数（元）", "月应交（元）", *MONTHS, "全年合计"],
    ["1", NAMES[0], "5200", "78", *["78"] * 12, "936"],
    ["2", NAMES[1], "4200", "63", *["63"] * 12, "756"],
    ["", "合计", "", "141", *["141"] * 12, "1692"],
]


def _found(rows: list[list[str]], title: str = "2018年党费收缴台账") -> dict[str, read.Document]:
    documents = read.documents("党费.xlsx", corpus._sheet(rows, title))
    return {one.kind.slug: one for one in documents if one.kind}


def test_the_months_are_payments_and_the_base_is_the_assessment_of_the_year() -> None:
    found = _found(YEAR)

    assert len(found["dues-payments"].records) == 24
    assessed = found["dues-assessments"]
    assert [one.values for one in assessed.records] == [
        {"person": NAMES[0], "base": "5200.00", "monthly_due": "78.00", "year": "2018"},
        {"person": NAMES[1], "base": "4200.00", "monthly_due": "63.00", "year": "2018"},
    ]
    assert assessed.records[0].sources["base"].endswith("第2行：5200")


def test_what_the_sheet_does_not_say_is_asked_and_not_supposed() -> None:
    assessed = _found(YEAR)["dues-assessments"]

    assert assessed.warnings == [
        "表里没有“人员类别”“核定依据”，请补上（各行相同的，在“各行相同”里填一次）。"
    ]
    assert not assessed.certain
    assert not {"category", "basis", "permille"} & assessed.records[0].values.keys()


def test_a_row_for_every_month_tells_the_assessment_once_with_the_year_of_its_month() -> None:
    rows = [["姓名", "月份", "工资基数", "月应交", "实交", "交纳日期"]]
    rows += [[NAMES[0], f"2018-{n:02d}", "5200", "78", "78", f"2018-{n:02d}-10"] for n in (1, 2)]

    found = _found(rows, "党费收缴登记表")

    assert len(found["dues-payments"].records) == 2
    (one,) = found["dues-assessments"].records
    assert (one.values["year"], one.values["monthly_due"]) == ("2018", "78.00")
    assert "2018-01" in one.sources["year"]


def test_dues_that_changed_within_the_year_are_both_told() -> None:
    rows = [["姓名", "月份", "工资基数", "月应交", "实交", "交纳日期"]]
    rows += [[NAMES[0], "2018-01", "5200", "78", "78", "2018-01-10"], [NAMES[0], "2018-09", "5467", "82", "82", "2018-09-10"]]  # fmt: skip

    assessed = _found(rows, "党费收缴登记表")["dues-assessments"]

    assert [one.values["monthly_due"] for one in assessed.records] == ["78.00", "82.00"]


def test_a_sheet_of_payments_alone_proposes_no_assessment() -> None:
    rows = [["姓名", "月份", "金额", "交纳日期"], [NAMES[0], "2018-01", "78", "2018-01-10"]]

    assert list(_found(rows)) == ["dues-payments"]


@pytest.mark.django_db
def test_both_are_entered_each_from_its_own_grid(people: Cast, login: Any, now: datetime) -> None:
    clerk, kind = login(people.users["clerk"]), KINDS["dues-payments"]
    paid = sheets.take_sheet(
        branch=people.own, kind=kind, name="党费.xlsx", data=corpus._sheet(YEAR, "2016年党费收缴台账"),
        given={"paid_day": "10"}, actor=people.actor("clerk"), now=now,
    )  # fmt: skip
    assessed = Paper.objects.get(kind="dues-assessments")

    answer = clerk.post(f"/intake/papers/{paid.pk}/")
    assert answer["Location"] == f"/intake/papers/{assessed.pk}/"
    clerk.post(
        f"/intake/papers/{assessed.pk}/", {"fill-category": "在职", "fill-basis": "某月工资"}
    )

    assert kind.model.objects.count() == 24
    entries: Any = KINDS["dues-assessments"].model.objects
    stored = entries.get(person__name=NAMES[0])
    assert (stored.year, stored.base, stored.monthly_due) == (2016, 520000, 7800)


@pytest.mark.django_db
def test_the_assessment_read_again_is_the_same(people: Cast, login: Any, now: datetime) -> None:
    clerk = login(people.users["clerk"])
    sheets.take_sheet(
        branch=people.own, kind=KINDS["dues-payments"], name="党费.xlsx", data=corpus._sheet(YEAR, "2016年党费收缴台账"),
        actor=people.actor("clerk"), now=now,
    )  # fmt: skip
    before = Paper.objects.get(kind="dues-assessments")

    clerk.post(f"/intake/papers/{before.pk}/kind/", {"kind": "dues-assessments"})

    again = Paper.objects.get(pk=before.pk)
    values = [[one.values for one in grid.records_of(paper)] for paper in (before, again)]
    assert values[0] == values[1]
