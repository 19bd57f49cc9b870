"""More habits of those who keep ledgers: units in headers, two numbers in a cell, short years,
reports, letters, points of minutes.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.documents.blocks import Paragraph
from taizhang.intake.reading import read
from taizhang.intake.records.rows import units
from taizhang.intake.records.sentences.chosen import appointments
from taizhang.kernel.writing import written
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.written import tables
from tests.intake import corpus
from tests.intake.test_binder import made


def _read(*blocks: Any) -> list[read.Document]:
    word = [one if isinstance(one, str) else {"rows": one, "merged": []} for one in blocks]
    return read.documents("a.docx", made({"word": word}))


def _one(*blocks: Any) -> dict[str, str]:
    (found,) = _read(*blocks)
    return found.records[0].values


def _sheet(*rows: list[Any]) -> read.Document:
    (found,) = read.documents("a.xlsx", corpus._sheet([list(row) for row in rows]))
    return found


@pytest.mark.parametrize(
    ("head", "cell", "rate"),
    [
        ("交纳比例(%)", 1, "10"),
        ("交纳比例(%)", 0.5, "5"),
        ("交纳比例（‰）", 5, "5"),
        ("交纳比例", 0.005, "5"),
        ("交纳比例", "1.5%", "15"),
        ("交纳比例", 1, None),
        ("交纳比例", 0.5, None),
    ],
)
def test_a_rate_has_the_unit_of_its_header_or_is_left(
    head: str, cell: float | str, rate: str | None
) -> None:
    """A bare 1 may be of a hundred or of a thousand: it is left, and was read as 1‰ once."""
    found = _sheet(
        ["某校党支部2018年党费核定表"],
        ["姓名", "月工资收入", head, "月应交"],
        ["甘一苇", 4200, cell, 42],
    )

    (record,) = found.records
    assert record.values.get("permille") == rate
    assert bool(record.left) == (rate is None)


def test_two_numbers_under_one_header_are_two_fields() -> None:
    found = _sheet(
        ["某校党支部会议台账（2018年）"],
        ["会议时间", "会议类别", "地点", "主持人", "应到/实到", "主要内容"],
        ["2018.9.7", "支委会", "校史馆", "甘一苇", "5/4", "研究慰问"],
        ["2018.9.8", "党课", "校史馆", "甘一苇", "", "学习党章"],
    )

    first, second = (record.values for record in found.records)
    assert (first["expected_count"], first["present_count"]) == ("5", "4")
    assert "expected_count" not in second


def test_hours_in_the_header_are_no_day() -> None:
    found = _sheet(
        ["党员服务群众活动登记表"],
        ["活动日期", "活动主题", "活动地点", "参加人员", "服务时间（小时）"],
        ["2018.5.19", "宣讲", "长亭村", "甘一苇", 2],
    )

    (record,) = found.records
    assert (record.values["held_on"], record.values["hours"]) == ("2018-05-19", "2")


def test_a_number_without_its_partner_keeps_its_column() -> None:
    table = tables.Table([["应到/实到"], ["5/4"], ["七"]])
    names = {"应到": "expected_count", "实到": "present_count"}

    told = units.told(KINDS["meetings"], table, names)

    assert told.cells == [
        ["应到/实到", "应到人数", "实到人数"],
        ["", "5", "4"],
        ["七", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("18.3.5", "2018年3月5日"),
        ("’17年12月1日", "2017年12月1日"),
        ("18-3-5 15:00", "2018年3月5日 15:00"),
        ("2018.3.5", "2018.3.5"),
        ("1.18.3.5", "1.18.3.5"),
        ("55.3.5", "55.3.5"),
    ],
)
def test_a_year_of_two_numbers_is_of_this_century(text: str, whole: str) -> None:
    assert written.with_century(text) == whole


def test_a_short_year_is_read_and_asked() -> None:
    (minutes,) = _read(
        "支委会会议记录", [["时间", "18.3.5  下午2点40", "地点", "校史馆"], ["主持人", "甘一苇"]]
    )
    used = _sheet(
        ["党员活动室使用记录"],
        ["使用日期", "活动内容", "人数", "登记人"],
        ["18.3.20", "党员大会", 9, "甘一苇"],
    )

    record = minutes.records[0]
    assert (record.values["held_on"], record.values["starts_at"]) == ("2018-03-05", "14:40")
    assert any("年份只写了两位" in text for text in record.left)
    assert used.records[0].values["used_on"] == "2018-03-20"
    assert any("年份只写了两位" in text for text in used.records[0].warnings)
    assert not minutes.certain
    assert not used.certain


def test_a_birthday_takes_no_century() -> None:
    found = _sheet(
        ["党员花名册"], ["姓名", "性别", "民族", "出生日期"], ["甘一苇", "男", "汉", "18.3.5"]
    )

    assert "birth_on" not in found.records[0].values


def test_a_choice_that_is_also_a_header_is_no_second_header() -> None:
    found = _sheet(
        ["某校党支部2018年民主评议党员情况登记表"],
        ["党员姓名", "自我评价", "优秀", "合格", "评议等次"],
        ["甘一苇", "合格", 4, 14, "合格"],
        ["乙初晴", "合格", "", "", "不评定等次"],
    )

    assert [record.values["grade"] for record in found.records] == ["合格", "不评定等次"]


def test_a_form_with_names_and_numbers_is_no_list() -> None:
    """应到│22│实到│19 below 组织人│甲│记录人│乙 was taken for a row below headers, and nothing was read."""
    values = _one(
        "活动记录",
        [
            ["主题", "守护母亲河"],
            ["时间", "2018年4月28日", "地点", "石桥河堤"],
            ["牵头人", "易水寒", "联络人", "史册"],
            ["应到", "22", "实到", "19"],
            ["活动内容", "沿河捡拾垃圾。"],
        ],
    )

    assert (values["held_on"], values["place"]) == ("2018-04-28", "石桥河堤")


def test_signatures_that_nobody_gave_end_what_stands_above_them() -> None:
    values = _one(
        "支委会会议记录",
        [["时间", "2018年3月5日", "地点", "校史馆"], ["主持人", "甘一苇", "记录人", "乙初晴"], ["决议", "同意上报计划。"]],
        "记录人（签字）：          审核：",
    )  # fmt: skip

    assert values["resolutions"] == "同意上报计划。"


def test_a_heading_that_is_a_label_begins_its_field() -> None:
    values = _one(
        "支委会会议记录", "一、时间：2018年4月9日", "二、主持人：甘一苇", "三、形成决议", "1. 祭扫烈士墓。"
    )  # fmt: skip

    assert values["resolutions"] == "1. 祭扫烈士墓。"


def test_what_a_lecture_calls_its_content_was_taught() -> None:
    values = _one(
        "党课记录表",
        [
            ["课题", "学习新党章", "主讲", "甘一苇"],
            ["职务", "支部书记", "时间", "2018年6月29日"],
            ["主要内容", "一、修改的背景"],
        ],
    )

    assert (values["content"], values["lecturer_role"]) == ("一、修改的背景", "支部书记")
    assert "discussion" not in values


def test_days_beside_the_steps_of_a_case_are_its_steps() -> None:
    values = _one(
        "发展党员全程纪实表",
        [
            ["姓名", "丁宁", "性别", "男"],
            ["递交入党申请书时间", "2014年3月4日", "确定为积极分子时间", "2015年4月"],
        ],
    )

    assert values["steps"] == "递交入党申请书：2014-03-04\n推荐和确定入党积极分子：2015年4月"


def test_months_from_when_to_when_are_two() -> None:
    found = _sheet(
        ["党费减免登记表"],
        ["姓名", "少交或免交", "起止月份", "支部决定日期"],
        ["甘一苇", "少缴", "2018年1月至12月", "2018年1月8日"],
    )

    values = found.records[0].values
    assert (values["from_month"], values["to_month"]) == ("2018-01", "2018-12")
    assert values["kind"] == "少交"


def test_points_of_minutes_are_agenda_and_decisions() -> None:
    values = _one(
        "支委会会议纪要",
        "2018年10月9日上午，支委会在园长室召开，甘一苇主持会议，乙初晴、丁宁参加。",
        "会议研究了以下事项：",
        "一、关于重阳节志愿服务",
        "会议决定10月17日到敬老院开展活动。",
        "二、关于党费收缴",
        "会议要求10月底前收齐党费。",
    )

    assert values["agenda"] == "关于重阳节志愿服务\n关于党费收缴"
    assert values["resolutions"] == "10月17日到敬老院开展活动\n10月底前收齐党费"


def test_two_minutes_below_one_title_are_two() -> None:
    head = [["时间", "2018-9-10", "地点", "书记室"], ["主持", "甘一苇", "记录", "丁宁"]]
    found = _read("会议记录（二则）", "支委会", head, "党员大会", head)

    assert [one.records[0].values["kind"] for one in found] == ["支委会", "党员大会"]


def test_a_day_is_no_place() -> None:
    values = _one("支委会会议记录", "我支部于2018年1月25日召开支委会，甘一苇主持会议。")

    assert "place" not in values


def test_a_room_is_nobody_who_spoke() -> None:
    values = _one(
        "谈心谈话记录", "甘一苇同志于2018年10月12日下午3:00在书记室与丁宁同志谈心。", "谈话主题：评审"
    )  # fmt: skip

    assert (values["talker"], values["talked_to"], values["place"]) == (
        "甘一苇",
        "丁宁",
        "书记室",
    )


def test_a_report_of_an_election_says_who_counted_and_who_leads() -> None:
    values = _one(
        "换届选举情况报告",
        "2016年9月28日，支部召开党员大会进行换届选举。应到有选举权的党员31人，实到29人。",
        "推选沈浪为总监票人，铁手、无情为计票人。",
        "选举采用无记名投票、差额选举办法，应选委员5名。",
        "第一次支委会于2016年9月28日召开，选举萧十为书记。",
    )

    assert values["scrutineers"] == "沈浪（总监票人）、铁手（计票人）、无情（计票人）"
    assert (values["seats"], values["secretary_name"]) == ("5", "萧十")
    assert values["first_committee_on"] == "2016-09-28"
    assert "差额选举" in values["method"]


def test_a_report_of_a_life_meeting_says_its_theme_and_study() -> None:
    values = _one(
        "2018年度组织生活会情况报告",
        "我支部于2019年1月25日召开组织生活会，会议主题是“牢记宗旨”。会前，1月18日组织党员集中学习。",
        "一、征求意见情况",
        "收回意见4条。",
    )

    assert (values["theme"], values["study_on"]) == ("牢记宗旨", "2019-01-18")


def test_a_study_in_the_december_before_is_no_day_of_the_year() -> None:
    values = _one(
        "2018年度组织生活会情况报告",
        "我支部于2019年1月25日召开组织生活会。会前，12月28日组织党员集中学习。",
        "一、征求意见情况",
        "收回意见4条。",
    )

    assert "study_on" not in values


def test_a_visit_in_sentences_says_who_went_where() -> None:
    values = _one(
        "走访记录", "2018年7月9日，甘一苇、丁宁走访长亭村老石家（长亭村3组）。了解困难。", "意见：希望减免伙食费。"
    )  # fmt: skip

    assert (values["visitors"], values["object_name"]) == ("甘一苇、丁宁", "长亭村老石家")
    assert (values["address"], values["opinions"]) == ("长亭村3组", "希望减免伙食费。")
    assert "意见" not in values["content"]


def test_sums_and_counts_of_a_sentence_are_fields() -> None:
    money = _one(
        "党支部2017年度党建经费使用情况说明", "2017年初余额350元，本年收入8000元，本年支出7620元，年末余额730元。"
    )  # fmt: skip
    survey = _one(
        "党员组织关系排查情况报告",
        "一、排查情况",
        "截至2016年7月20日，支部在册党员17名，已排查17名，其中组织关系正常16名，流动党员1名。",
    )

    assert (money["opening"], money["closing"]) == ("350.00", "730.00")
    assert (survey["roster_count"], survey["n_mobile"]) == ("17", "1")


def test_a_letter_of_appointment_is_a_record_for_each() -> None:
    (found,) = _read(
        "关于甘一苇等同志任职的批复",
        "云委〔2018〕12号",
        "云岭小学党支部：",
        "同意甘一苇同志任支部书记，丁宁同志任组织委员。",
        "2018年5月2日",
    )

    assert [one.values for one in found.records] == [
        {"person": "甘一苇", "post": "书记", "approval_no": "云委〔2018〕12号", "approved_on": "2018-05-02"},
        {"person": "丁宁", "post": "组织委员", "approval_no": "云委〔2018〕12号", "approved_on": "2018-05-02"},
    ]  # fmt: skip


def test_other_ledgers_have_no_letters_of_appointment() -> None:
    line = Paragraph("同意甘一苇同志任支部书记。", "第1段")

    assert appointments.records(KINDS["talks"], [line]) == []
    assert len(appointments.records(KINDS["posts"], [line])) == 1


def test_a_recommendation_says_whom_for_what() -> None:
    values = _one(
        "中共云岭小学支部委员会",
        "关于推荐兰芷同志为优秀共产党员的报告",
        "云小支〔2018〕5号",
        "镇党委：",
        "推荐兰芷同志为2018年度镇优秀共产党员。兰芷同志爱岗敬业。",
        "2018年6月8日",
    )

    assert (values["person"], values["title"], values["year"]) == ("兰芷", "镇优秀共产党员", "2018")
    assert (values["document_no"], values["reported_on"]) == ("云小支〔2018〕5号", "2018-06-08")


def test_a_list_below_a_title_of_another_ledger_is_known_by_its_headers() -> None:
    found = _sheet(["党小组划分表"], ["党小组", "组长", "成员"], ["第一党小组", "甘一苇", "丁宁"])

    assert found.kind is KINDS["group-members"]
    assert [one.values for one in found.records] == [
        {"group": "第一党小组", "person": "甘一苇"},  # who leads a group is one of it
        {"group": "第一党小组", "person": "丁宁"},
    ]
    assert not found.certain


def test_a_label_may_stand_in_brackets() -> None:
    values = _one(
        "党小组会议记录", [["组长（主持）", "甘一苇", "地点", "校史馆"], ["时间", "2018年3月16日", "记录", "丁宁"]]
    )  # fmt: skip

    assert values["host_name"] == "甘一苇"


@pytest.mark.parametrize(
    "lines",
    [
        ("入团志愿书", "姓名：小满   性别：女", "出生年月：2004年5月"),
        ("食堂采购明细", "日期：2018年3月1日", "金额：260元"),
        ("学生资助工作领导小组会议记录", "时间：2018年3月6日", "主持：甘一苇", "内容：评审。"),
    ],
)
def test_papers_of_the_school_are_no_ledger(lines: tuple[str, ...]) -> None:
    (found,) = _read(*lines)

    assert found.kind is None


def test_a_value_beside_a_label_is_no_label() -> None:
    """文科党小组 ends like a label, and was taken for one beside 小组名称: it was neither read nor left."""
    values = _one(
        "党小组会议记录", [["小组名称", "文科党小组", "开会时间", "2018年6月5日"], ["主持人", "甘一苇", "地点", "文科办"]]
    )  # fmt: skip

    assert values["group"] == "文科党小组"


def test_common_labels_alone_name_no_ledger() -> None:
    (found,) = _read(
        "远足记录", [["时间", "2018年11月9日", "地点", "操场"], ["参加人员", "甘一苇、丁宁"]]
    )

    assert found.kind is None


def test_who_came_may_stand_behind_who_led() -> None:
    values = _one(
        "支委会会议记录", "2018年10月9日上午，支委会在园长室召开，甘一苇主持会议，乙初晴、丁宁参加。"
    )  # fmt: skip

    assert values["present"] == "乙初晴、丁宁"


def test_a_rule_named_in_other_words_is_a_rule() -> None:
    values = _one(
        "党费收缴使用管理制度", "第一条 按月交纳。", "本制度自2016年3月1日起执行。"
    )  # fmt: skip

    assert values["kind"] == "党费收缴、使用和管理制度"
    assert values["effective_from"] == "2016-03-01"


def test_a_list_is_of_the_ledger_of_its_labels_whatever_its_file_is_called() -> None:
    head = ["序号", "党员姓名", "个人自评", "优秀", "合格", "基本合格", "不合格", "支部评定等次"]
    row = ["1", "示例甲", "优秀", "14", "1", "0", "0", "优秀"]
    data = corpus._sheet([["示例小学2023年度评议一览"], ["评议时间：2024年1月19日"], head, row])
    (found,) = read.documents("2023年民主评议党员测评汇总.xlsx", data)
    assert found.kind is KINDS["assessments"]
    assert found.records[0].values["excellent"] == "14"
