"""Labels as a hand writes them: parted from what they ask by a blank, or in a line of their own; and what is no record."""

from __future__ import annotations

import pytest

from taizhang.intake.reading import read
from taizhang.ledgers.written import lines
from tests.intake.test_binder import made

LABELS = {"日期", "主持", "记录", "地点"}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("日期　　3月2日　　下午3:40", "日期：3月2日　　下午3:40"),
        ("主持  样某      记录  例某", "主持：样某      记录：例某"),
        ("主持  记录  地点", "主持  记录  地点"),
        ("主持 样某", "主持 样某"),
        ("样某  主持", "样某  主持"),
        ("主持", "主持"),
    ],
)
def test_a_wide_blank_parts_a_label_from_its_value(line: str, meant: str) -> None:
    assert lines.spaced(line, LABELS) == meant


def _read(name: str, *text: str) -> list[read.Document]:
    return read.documents(name, made({"word": list(text)}))


def test_one_blank_does_where_several_such_lines_stand_together() -> None:
    (found,) = _read(
        "a.docx", "集中学习记录", "学习时间 2019年9月25日", "学习地点 阶梯教室", "领学人 例某某"
    )
    (few,) = _read("a.docx", "集中学习记录", "学习时间 2019年9月25日", "学习地点 阶梯教室")

    assert found.records[0].values["place"] == "阶梯教室"
    assert found.records[0].values["lecturer"] == "例某某"
    assert not any("place" in one.values for one in few.records)


def test_a_heading_of_its_own_begins_what_minutes_call_so() -> None:
    (found,) = _read(
        "a.docx",
        "党员大会会议记录",
        "时间：2019年6月28日",
        "会议议程",
        "一、通报工作",
        "会议决议",
        "同意方案。",
    )

    values = found.records[0].values
    assert (values["agenda"], values["resolutions"]) == ("一、通报工作", "同意方案。")


def test_an_item_of_an_agenda_begins_no_document() -> None:
    (found,) = _read(
        "a.docx",
        "党员大会会议记录",
        "时间：2019年1月18日",
        "会议议程：",
        "1.听取工作报告",
        "2.民主评议党员",
        "会议决议：同意。",
    )

    assert found.records[0].values["agenda"] == "1.听取工作报告\n2.民主评议党员"


def test_a_label_that_minutes_do_not_ask_for_ends_the_name_before_it() -> None:
    (found,) = _read(
        "a.docx",
        "党课记录",
        "授课题目：做四有好老师",
        "授课人：样某某      职务：党支部书记",
        "时间：2018年6月20日",
    )

    assert found.records[0].values["lecturer_name"] == "样某某"


@pytest.mark.parametrize("ends", ["的通知", "方案", "议程"])
def test_what_calls_to_a_meeting_records_none(ends: str) -> None:
    (found,) = _read(
        "a.docx",
        f"关于召开党员大会{ends}",
        "定于2020年12月11日下午4:10在多功能活动室召开党员大会。",
        "会议内容：讨论接收预备党员。",
    )

    assert found.kind is None


def test_an_activity_is_no_place_to_gather() -> None:
    (found,) = _read("a.docx", "集中学习记录", "学习时间：2019年9月25日", "领学人：例某某")

    assert "place" not in found.records[0].values


def test_labels_tell_the_ledger_where_the_title_tells_of_another() -> None:
    rows = [
        ["专项活动名称", "“两学一做”学习教育", "时间", "2016年9月22日"],
        ["活动形式", "专题讨论", "活动主题", "讲道德、有品行"],
        ["具体内容", "观看宣传片。", "", ""],
    ]
    (found,) = read.documents(
        "a.docx", made({"word": ["专项活动学习记录", {"rows": rows, "merged": []}]})
    )

    assert found.kind is not None
    assert found.kind.slug == "campaigns"
    assert not found.certain
