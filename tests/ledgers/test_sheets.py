"""Sheets as people make them: what can be read is read, what cannot is told by row and column,
nothing is half stored.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.kernel.writing import personal
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.records import actions, queries
from tests.make import Cast
from tests.sheet_rows import read_rows

DUES = KINDS["dues-payments"]
HEAD = ["姓名", "月份", "金额", "交纳日期", "收据号"]


def sheet(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()


def bring(people: Cast, now: datetime, data: bytes, *, dry_run: bool = False) -> int:
    actor = people.actor("clerk")
    rows = read_rows(DUES, data, branch=people.own, actor=actor)
    return actions.record_many(kind=DUES, rows=rows, actor=actor, now=now, dry_run=dry_run)


def test_days_and_numbers_as_people_write_them(people: Cast, now: datetime) -> None:
    rows: list[list[Any]] = [
        ["示例甲", "2016-03", "78", "2016-03-10", "1"], ["示例甲", "2016年4月", 78.5, 42471, "2"],
        ["示 例 甲", "２０１６０５", "￥1,078.00元", "2016年5月10日", "3"], ["示例甲", "2016/6", "７８", 43613.5, "4"],
    ]  # fmt: skip
    assert bring(people, now, sheet(["党费收缴台账"], HEAD, *rows)) == 4
    found = DuesPayment.objects.order_by("month").values_list("month", "amount", "paid_on")
    assert list(found) == [
        (date(2016, 3, 1), 7800, date(2016, 3, 10)), (date(2016, 4, 1), 7850, date(2016, 4, 11)),
        (date(2016, 5, 1), 107800, date(2016, 5, 10)), (date(2016, 6, 1), 7800, date(2019, 5, 28)),
    ]  # fmt: skip


def test_every_problem_is_told_and_nothing_is_stored(people: Cast, now: datetime) -> None:
    rows = [
        ["示例甲", "2016-03", "78", "2016-03-10", ""], ["路人", "2016-03", "78", "2016-03-10", ""], ["示例甲二", "2016-03", "78", "2016-03-10", ""],
        ["示例乙", "2016-13", "七十八", "2016-02-30", ""], ["示例甲", "2016-03", "79", "2016-03-11", ""], ["", "2016-03", "78", "2016-03-10", ""],
        ["示例丙", "2016-03", "#REF!", "2016-03-10", ""],
    ]  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        bring(people, now, sheet(HEAD, *rows))
    told = {(p.row, p.column) for p in refusal.value.problems}
    assert told == {
        (3, "姓名"),
        (4, "姓名"),
        (5, "月份"),
        (5, "金额"),
        (5, "交纳日期"),
        (6, ""),
        (7, "姓名"),
        (8, "金额"),
    }
    assert "与第2行重复" in str(refusal.value)
    assert DuesPayment.objects.count() == 0


def test_a_member_of_another_branch_is_named_where_one_may_know(
    people: Cast, now: datetime
) -> None:
    rows = read_rows(
        DUES,
        sheet(HEAD, ["示例甲二", "2016-03", "78", "2016-03-10", ""]),
        branch=people.own,
        actor=people.actor("clerk"),
    )
    actor = people.actor("clerk")
    with pytest.raises(BadInput, match="花名册上没有"):
        actions.record_many(kind=DUES, rows=rows, actor=actor, now=now)


def test_a_dry_run_stores_nothing(people: Cast, now: datetime) -> None:
    assert (
        bring(people, now, sheet(HEAD, ["示例甲", "2016-03", "78", "2016-03-10", ""]), dry_run=True)
        == 1
    )
    assert DuesPayment.objects.count() == 0


def test_what_is_there_already_is_not_entered_again(people: Cast, now: datetime) -> None:
    data = sheet(HEAD, ["示例甲", "2016-03", "78", "2016-03-10", ""])
    bring(people, now, data)
    with pytest.raises(BadInput, match="已有这条记录"):
        bring(people, now, data)


def test_one_line_of_the_journal_for_an_import(people: Cast, now: datetime) -> None:
    bring(people, now, sheet(HEAD, ["示例甲", "2016-03", "78", "2016-03-10", ""]))
    line = JournalLine.objects.get(verb="ledgers.record_many")
    assert (line.detail["n"], line.subject) == (1, f"dues-payments:{people.own.pk}")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空"), (b"not a sheet", "xlsx"), (sheet(["甲", "乙"], [1, 2]), "没有找到表头"), (sheet(["姓名", "月份", "交纳日期"], ["a", "b", "c"]), "缺少必填的表头“金额”"),
        (sheet([*HEAD, "金额"], ["a"]), "出现了2次"), (sheet(["示例一校党支部2016年组织关系接转登记表"], ["姓名", "介绍信编号"], ["a", "1"]), "请到“党员组织关系接转”导入"), (sheet(HEAD), "没有可导入的数据行"),
        (sheet([*HEAD, "党支部"], ["示例甲", "2016-03", "78", "2016-03-10", "", "乙校"]), "没有党支部"), (b"PK\x03\x04", "损坏"),
    ],
    ids=["empty", "text", "headers", "missing", "twice", "other ledger", "no rows", "other branch", "broken"],
)  # fmt: skip
def test_a_bad_sheet_is_refused_in_plain_words(
    people: Cast, now: datetime, data: bytes, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        bring(people, now, data)
    assert DuesPayment.objects.count() == 0


def test_the_customary_roster_is_read_by_its_headers(people: Cast, now: datetime) -> None:
    members = KINDS["members"]
    head = [
        "序号",
        "姓名",
        "性别",
        "出生年月",
        "身份证号",
        "入党时间",
        "转正时间",
        "人员类别",
        "党小组",
        "联系电话",
        "组织关系转入时间",
        "备注",
    ]
    row = [
        1,
        "示例新",
        "女",
        "1990.05.06",
        f"99000019900506002{personal.check_place('99000019900506002')}",
        "2015年6月1日",
        42522,
        "正式党员",
        "第一党小组",
        "",
        "2017-09-01",
        "",
    ]
    data = sheet(["甲校党员花名册"], head, row, ["合计", "1人"], ["制表人："])
    rows = read_rows(members, data, branch=people.own, actor=people.actor("clerk"))

    assert actions.record_many(kind=members, rows=rows, actor=people.actor("clerk"), now=now) == 1
    spell = members.model.objects.order_by("-pk")[0]
    said = queries.as_written(members, spell)
    assert (said["name"], said["birth_on"], said["admitted_on"], said["full_on"], said["joined_on"]) == (
        "示例新", "1990-05-06", "2015-06-01", "2016-06-01", "2017-09-01",
    )  # fmt: skip


MONTHS = [f"{n}月" for n in range(1, 13)]


def test_dues_in_twelve_columns_are_unfolded(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    data = sheet(
        ["2016年党费收缴台账"], ["序号", "姓名", "月应交", *MONTHS, "合计"],
        [1, "示例甲", 12.5, 12.5, "", 13, *[""] * 9, 25.5], [2, "示例乙", 10, *[10] * 12, 120], ["", "合计", "", *[22.5] * 12, ""],
    )  # fmt: skip
    with pytest.raises(BadInput, match="每月几日交纳"):
        read_rows(DUES, data, branch=people.own, actor=actor)

    rows = read_rows(DUES, data, branch=people.own, actor=actor, given={"paid_day": "31"})

    assert actions.record_many(kind=DUES, rows=rows, actor=actor, now=now) == 14
    own = DuesPayment.objects.filter(person__name="示例甲").order_by("month")
    assert list(own.values_list("month", "amount", "paid_on")) == [
        (date(2016, 1, 1), 1250, date(2016, 1, 31)), (date(2016, 3, 1), 1300, date(2016, 3, 31)),
    ]  # fmt: skip
    assert DuesPayment.objects.get(person__name="示例乙", month="2016-02-01").paid_on == date(
        2016, 2, 29
    )


def test_days_beside_the_amounts_are_taken_and_a_missing_one_is_told(
    people: Cast, now: datetime
) -> None:
    actor = people.actor("clerk")
    head = ["姓名", *(cell for month in MONTHS for cell in (month, ""))]
    below = ["", *(["金额", "日期"] * 12)]
    good = ["示例甲", 12.5, "1.10", 12.5, "2月8日", *[""] * 20]
    rows = read_rows(DUES, sheet(["2016年"], head, below, good), branch=people.own, actor=actor)
    assert actions.record_many(kind=DUES, rows=rows, actor=actor, now=now) == 2
    assert [p.paid_on for p in DuesPayment.objects.order_by("pk")] == [
        date(2016, 1, 10),
        date(2016, 2, 8),
    ]

    bad = ["示例乙", 12.5, "", *[""] * 22]
    with pytest.raises(BadInput, match="第4行“交纳日期”列：1月没有写明交纳日期"):
        read_rows(DUES, sheet(["2016年"], head, below, bad), branch=people.own, actor=actor)


def test_a_year_that_is_written_nowhere_is_asked(people: Cast) -> None:
    data = sheet(["姓名", *MONTHS], ["示例甲", *[1] * 12])
    with pytest.raises(BadInput, match="“年度”里填写"):
        read_rows(
            DUES, data, branch=people.own, actor=people.actor("clerk"), given={"paid_day": "5"}
        )


def test_two_headers_for_one_field_are_refused(people: Cast) -> None:
    data = sheet(
        ["姓名", "入党日期", "入党时间", "进入支部日期"],
        ["示例新", "2015-06-01", "2015-06-02", "2017-09-01"],
    )
    with pytest.raises(BadInput, match="“入党时间”出现了2次"):
        read_rows(KINDS["members"], data, branch=people.own, actor=people.actor("clerk"))
