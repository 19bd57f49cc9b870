"""Plans as tables: a line for each row in the ledger of the plan, and never a record of what was
done.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake.reading import read
from tests.intake import corpus
from tests.intake.test_binder import made

_HEADS = ["序号", "时间", "党课主题", "主讲人", "听课对象"]
_ROWS = [
    ["1", "3月", "站稳讲台", "样方程", "全体党员、积极分子"],
    ["2", "6月", "八项规定精神", "例坐标", "全体党员"],
]
_LINES = "1，3月，站稳讲台，样方程，全体党员、积极分子\n2，6月，八项规定精神，例坐标，全体党员"


def _sheet(*rows: list[Any], name: str = "a.xlsx") -> read.Document:
    (found,) = read.documents(name, corpus._sheet([*rows]))
    return found


def test_the_rows_of_a_plan_of_lectures_are_its_lines() -> None:
    found = _sheet(
        ["样港初级中学党支部2025年度党课计划安排表"], _HEADS, *_ROWS, ["制定时间：2025年2月20日"]
    )

    (record,) = found.records
    assert found.kind is not None
    assert found.kind.slug == "lecture-plans"
    assert record.values == {"year": "2025", "adopted_on": "2025-02-20", "items": _LINES}
    assert record.left == ["　".join(_HEADS)]


def test_a_plan_in_a_document_is_read_as_one_in_a_sheet() -> None:
    word = ["2025年党课计划表", {"rows": [_HEADS, *_ROWS], "merged": []}, "制定日期：2025年2月20日"]
    (found,) = read.documents("a.docx", made({"word": word}))

    assert found.records[0].values["items"] == _LINES


def test_a_plan_of_service_keeps_what_stands_above_its_rows() -> None:
    found = _sheet(
        ["样湾小学党支部2025年党员联系服务群众工作计划表"],
        ["结对单位：例湾村党支部    联系人：样邻里    计划服务次数：2次"],
        ["序号", "时间", "服务内容", "服务对象", "责任人"],
        ["1", "3月", "渡口志愿服务", "过渡群众", "样闻笛"],
        ["2", "5月", "送教上门", "残疾学生家庭", "例抱朴"],
    )

    told = found.records[0].values
    assert (
        told["activities"]
        == "1，3月，渡口志愿服务，过渡群众，样闻笛\n2，5月，送教上门，残疾学生家庭，例抱朴"
    )
    assert (told["partner"], told["contact"], told["planned_count"]) == (
        "例湾村党支部",
        "样邻里",
        "2",
    )


@pytest.mark.parametrize("title", ["2025年党课安排表", "2025年三会一课计划表", "专题党课工作安排"])
def test_what_is_planned_is_never_a_record_of_what_was_held(title: str) -> None:
    found = _sheet(
        [title],
        ["时间", "地点", "主题", "主讲人", "主持人"],
        ["3月", "会议室", "站稳讲台", "样方程", "例坐标"],
    )

    assert found.kind is None or found.kind.slug == "lecture-plans"


def test_lectures_with_their_days_are_no_plan() -> None:
    found = _sheet(
        ["2025年党课登记表"], ["授课时间", "党课题目", "主讲人", "地点"],
        ["2025年3月21日", "站稳讲台", "样方程", "会议室"],
    )  # fmt: skip

    assert found.kind is not None
    assert found.kind.slug == "meetings"
