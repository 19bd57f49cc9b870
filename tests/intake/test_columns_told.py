"""No column of a list goes by in silence: what is not read is told, in sheets of months and
quarters too.
"""

from __future__ import annotations

from typing import Any

from taizhang.intake.reading import read
from tests.intake import corpus

TITLE = "2019年党费收缴登记表"


def _told(*rows: list[Any]) -> list[str]:
    (found,) = read.documents("党费.xlsx", corpus._sheet(list(rows), TITLE))
    assert found.records
    return found.warnings


def test_columns_beside_months_are_told() -> None:
    told = _told(
        [],
        ["姓名", "1月", "2月", "3月", "合计", "缴纳日期", "缴纳方式", "签名"],
        ["样知行", 86, 86, 86, 258, "2019年3月15日", "现金", "样知行"],
    )

    assert told == ["未读入的列：缴纳日期（F列）、缴纳方式（G列）。"]


def test_columns_beside_quarters_are_told() -> None:
    told = _told(
        [],
        ["姓名", "月应缴", "一季度", "二季度", "收款人"],
        ["样知行", 60, 180, 180, "例青禾"],
    )

    assert told[0] == "未读入的列：收款人（E列）。"


def test_a_column_without_a_header_is_told() -> None:
    told = _told([], ["姓名", "1月", "2月", "3月", ""], ["样知行", 86, 86, 86, "5月转出"])

    assert told == ["未读入的列：没有表头（E列）。"]


def test_headers_in_two_rows_are_told_by_their_words() -> None:
    told = _told(
        [],
        ["姓名", "交纳金额", "", "", "备注"],
        ["", "1月", "2月", "3月", ""],
        ["样知行", 86, 86, 86, "5月转出"],
    )

    assert told == ["未读入的列：备注（E列）。"]


def test_a_sum_that_is_none_is_told() -> None:
    assert _told([], ["姓名", "1月", "2月", "3月", "合计"], ["样知行", 86, 86, 86, 250]) == [
        "未读入的列：合计（E列）。"
    ]


def test_a_member_of_whom_nothing_was_paid_is_told() -> None:
    told = _told(
        [],
        ["姓名", "1月", "2月", "3月", "备注"],
        ["样知行", 86, 86, 86, ""],
        ["例青禾", "", "", "", "免交"],
        ["合计", 86, 86, 86, ""],
        ["制表：例青禾", "", "", "", ""],
    )

    assert told == ["没有填金额、未读入的行：第4行例青禾。"]


def test_one_header_may_ask_several_numbers() -> None:
    rows: list[list[Any]] = [
        ["姓名", "测评票数（优秀/合格/基本合格/不合格）", "评定等次"],
        ["样知行", "20/4/0/0", "优秀"],
        ["例青禾", "18/6/0/0", "合格"],
    ]
    (found,) = read.documents("a.xlsx", corpus._sheet([[], *rows], "2018年度民主评议党员汇总表"))

    assert [
        [one.values[n] for n in ("excellent", "qualified", "basic", "unqualified")]
        for one in found.records
    ] == [["20", "4", "0", "0"], ["18", "6", "0", "0"]]


def test_numbers_that_no_header_names_are_told() -> None:
    rows: list[list[Any]] = [["姓名", "测评票数", "评定等次"], ["样知行", "20/4/0/0", "优秀"]]
    (found,) = read.documents("a.xlsx", corpus._sheet([[], *rows], "2018年度民主评议党员汇总表"))

    assert "excellent" not in found.records[0].values
    assert any("测评票数" in one for one in found.warnings)


def _of_both(*quarters: Any) -> dict[str, read.Document]:
    rows: list[list[Any]] = [
        ["2022年度党费核定及收缴情况表"],
        ["姓名", "计算基数（元）", "交纳比例", "月应交（元）", "第一季度", "第二季度"],
        ["样知行", 6200, "1%", 62, *quarters],
    ]
    found = read.documents("a.xlsx", corpus._sheet(rows))
    return {one.kind.slug: one for one in found if one.kind and one.records}


def test_a_sheet_that_is_called_by_both_ledgers_is_both() -> None:
    found = _of_both(186, 186)

    assert found.keys() == {"dues-payments", "dues-assessments"}
    assert len(found["dues-payments"].records) == 6


def test_where_nothing_was_paid_yet_it_is_the_assessment() -> None:
    assert _of_both("", "").keys() == {"dues-assessments"}


def test_a_sum_of_some_months_that_is_right_says_nothing_and_a_wrong_one_is_told() -> None:
    heads = ["姓名", "1月", "2月", "小计", "3月", "4月", "小计"]

    assert _told([], heads, ["样知行", 86, 86, 172, 80, 80, 160]) == []
    assert _told([], heads, ["样知行", 86, 86, 172, 80, 80, 170]) == ["未读入的列：小计（G列）。"]
