"""Sheets in which names and days cross in marks: who came, who did not and why, by the legend or by
custom; what neither says is told.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.intake.records.attended import marks
from tests.intake import corpus

TITLE = "样例小学党支部2023年党员大会签到表"


def _read(*rows: list[Any], title: str = TITLE) -> read.Document:
    (found,) = read.documents("签到.xlsx", corpus._sheet([[], *rows], merged=title))
    return found


def _said(found: read.Document) -> list[tuple[str, ...]]:
    names = ("held_on", "present", "absent")
    return [tuple(one.values.get(name, "") for name in names) for one in found.records]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("注：√出勤 △病假 ○事假", {"√": "出勤", "△": "病假", "○": "事假"}),
        ("到会：√；请假：○", {"√": "到会", "○": "请假"}),
        ("○到会　√请假", {"○": "到会", "√": "请假"}),
        ("√出勤 △病假 △事假", {}),
        ("√ △ 出勤 病假", {}),
    ],
)
def test_a_legend_says_what_marks_mean_where_it_says_one_thing(
    line: str, told: dict[str, str]
) -> None:
    assert marks.legend([line]) == told


def test_names_down_and_days_across_become_a_meeting_for_each_day() -> None:
    found = _read(
        ["姓名", "3月10日", "6月16日", "备注"],
        ["样甲一", "√", "△", ""],
        ["样乙二", "外出培训", "√", "9月调出"],
        ["合计", 1, 1, ""],
        ["√出勤 △病假"],
    )

    assert _said(found) == [
        ("2023-03-10", "样甲一", "样乙二（外出培训）"),
        ("2023-06-16", "样乙二", "样甲一（病假）"),
    ]
    assert found.records[0].values["kind"] == "党员大会"
    assert found.records[1].sources["present"].startswith("工作表“Sheet1” 第1列和第3列：")
    assert "未读入的列：备注（D列）。" in found.warnings
    assert [one[:4] for one in found.passed] == ["第5行：", "第6行："]


def test_days_below_months_and_sorts_above_days_are_read() -> None:
    found = _read(
        ["姓名", "党员大会", "", "党课"],
        ["姓名", "1.18", "6.27", "3.21"],
        ["样甲一", "√", "√", "√"],
        ["样乙二", "√", "×", "√"],
        title="样例小学党支部2024年三会一课签到总表",
    )

    assert [one.values["kind"] for one in found.records] == ["党员大会", "党员大会", "党课"]
    assert _said(found)[1] == ("2024-06-27", "样甲一", "样乙二")

    below = _read(
        ["姓名", "1月", "2月"], ["姓名", "12日", 23], ["样甲一", "√", "√"], ["样乙二", "√", "√"],
        title="2024年主题党日签到表",
    )  # fmt: skip
    assert [one.values["held_on"] for one in below.records] == ["2024-01-12", "2024-02-23"]


def test_a_mark_without_a_legend_and_a_blank_are_neither_came_nor_away() -> None:
    found = _read(
        ["姓名", "3月10日", "6月16日"],
        ["样甲一", "√", "√"],
        ["样乙二", "√", "○"],
        ["样丙三", "√", ""],
        ["样丁四", "√", "迟到"],
    )

    assert _said(found)[1] == ("2023-06-16", "样甲一、样丁四", "")
    assert found.warnings == [
        "第3列迟到、早退而记作到会的：样丁四（迟到）。",
        "第3列没有记号、未作到会或缺席读入的：样丙三。",
        "第3列记号没有看懂、未读入的：样乙二“○”。",
    ]


def test_a_day_on_which_nothing_is_marked_is_told_and_no_meeting() -> None:
    found = _read(
        ["姓名", "3月10日", "6月16日"], ["样甲一", "√", ""], ["样乙二", "√", ""]
    )  # fmt: skip

    assert len(found.records) == 1
    assert "没有记号、未读入的列：C列。" in found.warnings


def test_names_across_become_who_came_and_what_else_a_row_says_stays() -> None:
    found = _read(
        ["学习日期", "学习内容", "样甲一", "样乙二"],
        ["2023-02-21", "学习党章", "√", "假"],
        title="党员集中学习签到表",
    )

    (one,) = found.records
    assert found.kind is not None
    assert found.kind.slug == "study-sessions"
    assert one.values["topic"] == "学习党章"
    assert one.values["attendees"] == "样甲一"
    assert "第3行没有到的：样乙二（假）。" in found.warnings


@pytest.mark.parametrize(
    "title", ["2024年3月教职工考勤表", "2024年党员积分登记", "第二党小组人员情况"]
)
def test_marks_under_a_heading_that_names_no_meeting_are_no_record(title: str) -> None:
    found = _read(
        ["姓名", "3月1日", "3月4日"], ["样甲一", "√", "√"], ["样乙二", "√", "√"], title=title
    )  # fmt: skip

    assert found.records == []


@pytest.mark.parametrize(
    ("title", "cells"), [("2023年党员学习学时统计表", [4, 2.5, 6]), ("2024年党员活动签到", ["√"] * 3)]
)  # fmt: skip
def test_names_and_months_alone_are_no_dues(title: str, cells: list[Any]) -> None:
    rows = (["姓名", "1月", "2月", "3月"], ["样甲一", *cells], ["样乙二", *cells])

    assert _read(*rows, title=title).records == []
    assert _read(*rows, title="2024年党费").kind is not None
