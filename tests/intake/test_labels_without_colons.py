"""Labels as a hand writes them: parted from what they ask by a blank, or in a line of their own;
and what is no record.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.ledgers.written import lines
from tests.intake import corpus
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


@pytest.mark.parametrize("line", ["会议于16:30结束。", "散会时间：16:30", "（16:30散会）"])
def test_when_a_meeting_was_over_is_no_part_of_what_it_decided(line: str) -> None:
    (found,) = _read("a.docx", "支委会会议记录", "时间：2022年6月15日15:00", "决议：同意。", line)

    values = found.records[0].values
    assert (values["resolutions"], values["ends_at"]) == ("同意。", "16:30")


def test_what_is_still_to_be_held_has_no_day() -> None:
    (found,) = _read(
        "a.docx",
        "关于召开党员大会进行换届选举的请示",
        "我支部拟于2022年5月20日召开党员大会进行换届选举。",
        "妥否，请批示。",
        "2022年4月15日",
    )

    assert all("held_on" not in one.values for one in found.records)


def test_a_heading_that_counts_on_begins_the_next_minutes() -> None:
    told = "日15:00，样城职中党支部在接待室召开支委会，支部书记样怀瑾主持会议。"
    found = _read(
        "a.docx",
        "支委会会议纪要（一）",
        f"2022年3月4{told}",
        "支委会会议纪要（二）",
        f"2022年4月8{told}",
    )

    assert [one.records[0].values["held_on"] for one in found] == ["2022-03-04", "2022-04-08"]


def test_a_group_is_named_by_the_book_of_its_minutes() -> None:
    minutes = ("地点：办公室", "主持：例某某", "内容：学习。")
    found = _read(
        "a.docx", "第一党小组会议记录本", "时间：2018.3.14", *minutes, "时间：2018.4.18", *minutes
    )

    assert [one.records[0].values["group"] for one in found] == ["第一党小组"] * 2


def test_a_title_alone_is_no_record() -> None:
    (found,) = _read("a.docx", "组织生活会会议记录", "见附件")

    assert found.records == []


def test_who_approved_stands_below_the_rows() -> None:
    rows: list[list[Any]] = [
        ["2023年党建经费支出明细表"],
        ["支出日期", "项目", "金额"],
        ["2023.7.1", "租车", 900],
        ["经办：例某某", "", "批准：样某某"],
    ]
    (found,) = read.documents("a.xlsx", corpus._sheet(rows))

    values = found.records[0].values
    assert (values["handler"], values["approver"]) == ("例某某", "样某某")


def test_the_league_is_not_the_party() -> None:
    rows = [["时间", "2021年5月4日", "地点", "会议室"], ["主持人", "样某某", "记录人", "例某某"]]
    (found,) = read.documents(
        "a.docx", made({"word": ["样中学教工团支部大会记录", {"rows": rows, "merged": []}]})
    )

    assert found.kind is None


def test_a_row_that_says_one_thing_is_of_no_ledger() -> None:
    rows: list[list[Any]] = [
        ["党建工作责任清单"],
        ["序号", "工作任务", "责任人", "完成时限"],
        [1, "开好组织生活会", "样某某", "2月底"],
    ]
    (found,) = read.documents("a.xlsx", corpus._sheet(rows))

    assert found.records == []


def test_those_entitled_are_told_in_other_words() -> None:
    (found,) = _read(
        "a.docx",
        "党员大会会议记录",
        "时间：2023年6月20日",
        "表决情况：有表决权的党员15名，到会14名，发出票14张，收回14张，赞成14票，反对0票，弃权0票。",
        "会议决议：同意接收例某某同志为中共预备党员。",
    )

    assert "应到：15；实到：14；发出：14；收回：14；赞成：14" in found.records[0].values["votes"]


def test_points_that_are_counted_are_of_the_agenda() -> None:
    rows = [["时间", "2023年5月9日"], ["议题一", "发展党员"], ["议题二", "党费收缴"]]
    (found,) = read.documents(
        "a.docx", made({"word": ["支委会会议记录", {"rows": rows, "merged": []}]})
    )

    assert found.records[0].values["agenda"] == "发展党员\n党费收缴"


def test_everybody_but_one_names_who_was_away_and_counts_nobody() -> None:
    (found,) = _read(
        "a.docx",
        "党员大会会议记录",
        "时间：2023年5月9日",
        "出席人员：全体党员（25人），请假1人（样某某）",
    )

    values = found.records[0].values
    assert values["absent"] == "样某某"
    assert not {"present", "present_count", "expected_count"} & values.keys()
    assert found.records[0].left == ["出席人员：全体党员（25人），请假1人（样某某）"]


def test_a_cell_with_several_members_is_a_record_for_each() -> None:
    rows: list[list[Any]] = [
        ["党小组成员名单"],
        ["党小组", "成员", "编入时间"],
        ["第一党小组", "样某某、例某某", "2021.3.1"],
    ]
    (found,) = read.documents("a.xlsx", corpus._sheet(rows))

    assert [one.values["person"] for one in found.records] == ["样某某", "例某某"]


def test_a_committee_that_met_on_the_day_of_its_election() -> None:
    (found,) = _read(
        "a.docx",
        "关于支部委员会换届选举结果的报告",
        "我支部于2021年5月18日召开党员大会，进行换届选举。发出选票30张，收回选票30张。",
        "同日召开的支部委员会第一次会议选举样某某同志为书记。",
        "2021年5月19日",
    )

    values = found.records[0].values
    assert (values["held_on"], values["first_committee_on"]) == ("2021-05-18", "2021-05-18")


def test_a_plan_is_made_on_the_day_on_which_a_meeting_studied_it() -> None:
    rows = [["时间", "主题", "主讲人"], ["3月", "学习党章", "样某某"], ["6月", "师德", "例某某"]]
    lead = "经2022年1月10日支委会研究，全年安排党课两次："
    (found,) = read.documents(
        "a.docx", made({"word": ["2022年党课计划", lead, {"rows": rows, "merged": []}]})
    )

    assert found.records[0].values["adopted_on"] == "2022-01-10"
