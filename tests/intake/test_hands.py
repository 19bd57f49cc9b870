"""Habits of those who keep ledgers, each read by its kind: speakers, sums of quarters, years of
titles, ditto marks, shares.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.intake.records.record import Record
from tests.intake import corpus
from tests.intake.test_binder import made


def _read(name: str, *blocks: Any) -> list[read.Document]:
    word = [one if isinstance(one, str) else {"rows": one, "merged": []} for one in blocks]
    return read.documents(name, made({"word": word}))


def _sheet(rows: list[list[Any]], name: str = "a.xlsx") -> list[read.Document]:
    return read.documents(name, corpus._sheet(rows))


def _minutes(*lines: str) -> Record:
    (found,) = _read(
        "a.docx", "支委会会议记录", "时间：2018年3月6日15:30", "主持人：甘一苇", *lines
    )
    return found.records[0]


def test_lines_that_begin_with_a_name_are_what_people_said() -> None:
    record = _minutes("讨论：", "甘一苇：先看方案。", "林 夏：同意，另加走访。", "大家一致同意。")

    assert record.values["speeches"] == "甘一苇：先看方案。\n林 夏：同意，另加走访。"
    assert record.values["discussion"] == "大家一致同意。"


def test_one_line_with_a_colon_is_no_speech() -> None:
    record = _minutes("讨论：", "要求：先看方案。", "学习内容：党章。", "甘一苇：先看。")

    assert "speeches" not in record.values


def test_speakers_who_were_not_there_are_no_speakers() -> None:
    record = _minutes("出席：甘一苇、林夏", "讨论：", "语文：八十分。", "数学：九十分。")

    assert "speeches" not in record.values


def test_nobody_absent_is_not_proved_by_nobody_else() -> None:
    """列席 and 缺席 both say 无: neither is a name, and neither stands for the other."""
    (found,) = _read(
        "a.docx",
        "支委会会议记录",
        [
            ["时间", "2018年3月6日", "地点", "校史馆"],
            ["列席", "林夏", "缺席", "无"],
            ["出席", "甘一苇、林夏"],
        ],
    )

    record = found.records[0]
    assert "absent" not in record.values
    assert record.sources["observers"].startswith("第1个表 第2行第2列")
    assert record.sources["present"].startswith("第1个表 第3行第2列")


def test_who_was_away_stands_behind_how_many() -> None:
    record = _minutes("应到9人，实到7人，请假2人（林夏、乙初晴外出学习）。")

    assert (record.values["expected_count"], record.values["present_count"]) == ("9", "7")
    assert record.values["absent"] == "林夏、乙初晴（外出学习）"


def test_all_members_is_nobodys_name() -> None:
    record = _minutes("参加人员：全体党员")

    assert "present" not in record.values
    assert record.left == ["出席人员：全体党员"]


def test_a_label_for_the_record_with_a_name_beside_it_is_the_recorder() -> None:
    (found,) = _read(
        "a.docx",
        "支委会会议记录",
        [["会议主持", "甘一苇", "会议记录", "乙初晴"], ["时间", "2018年3月6日"]],
    )

    assert found.records[0].values["recorder_name"] == "乙初晴"


def test_quarters_become_months_where_their_sum_is_that_of_the_dues() -> None:
    head = ["姓名", "月缴党费", "一季度", "二季度"]
    (found,) = _sheet([["某校党支部2017年度党费缴纳情况统计表"], head, ["甘一苇", 60, 180, 150]])

    paid = [(r.values.get("month"), r.values["amount"]) for r in found.records]
    assert paid == [
        ("2017-01", "60.00"),
        ("2017-02", "60.00"),
        ("2017-03", "60.00"),
        (None, "150.00"),
    ]
    assert found.records[3].left == ["月份：2017年二季度"]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("某校党支部2018年谈心谈话台账", "2018-01-10"),
        ("某校党支部谈心谈话台账", None),
        ("某校党支部2017-2018学年谈心谈话台账", None),
        ("某校党支部2018年度组织生活会谈心谈话台账", None),
    ],
)
def test_a_day_takes_the_one_year_of_its_title_and_is_asked(title: str, day: str | None) -> None:
    head = ["谈话日期", "谈话人", "被谈话人", "谈话地点", "谈话内容"]
    (found,) = _sheet([[title], head, ["1月10日", "甘一苇", "林夏", "政教处", "备课"]])

    record = found.records[0]
    assert record.values.get("held_on") == day
    assert any("年份取自标题" in told for told in record.warnings) == (day is not None)
    assert not found.certain


def test_ditto_marks_say_what_stands_above() -> None:
    head = ["谈话日期", "谈话人", "被谈话人", "谈话地点", "谈话内容"]
    rows = [
        ["2018年1月10日", "甘一苇", "林夏", "政教处", "备课"],
        ["2018年1月11日", "〃", "乙初晴", "同上", "走访"],
    ]
    (found,) = _sheet([["谈心谈话台账"], head, *rows])

    assert (found.records[1].values["talker"], found.records[1].values["place"]) == (
        "甘一苇",
        "政教处",
    )


def test_a_list_of_which_nothing_is_filled_in_is_no_record() -> None:
    (found,) = _sheet(
        [["流动党员登记表"], ["姓名", "流出地", "流出时间", "外出原因", "联系方式", "活动证号"]]
    )

    assert found.records == []


def test_a_choice_beside_its_label_is_no_header() -> None:
    (found,) = _read(
        "a.docx",
        "2017年度民主评议党员登记表",
        [["姓名", "林夏", "性别", "女"], ["个人自评", "合格", "评定等次", "优秀"]],
    )

    assert found.records[0].values == {
        "person": "林夏",
        "year": "2017",
        "self_grade": "合格",
        "grade": "优秀",
    }


def test_a_heading_that_is_a_field_begins_no_other_document() -> None:
    (found,) = _read(
        "a.docx",
        "某校2018年度组织生活会材料",
        "召开时间：2019年2月27日",
        "支部班子对照检查材料",
        "一是学习不够深入。",
        "批评与自我批评",
        [["批评人", "被批评人", "批评意见"], ["甘一苇", "林夏", "听取意见不够。"]],
    )

    values = found.records[0].values
    assert values["self_examination"] == "一是学习不够深入。"
    assert values["criticisms"] == "甘一苇→林夏：听取意见不够。"


@pytest.mark.parametrize(
    "line", ["组织委员：林夏，负责发展党员；", "2.林夏（组织委员）：负责发展党员。"]
)
def test_who_does_what_is_read_from_lines(line: str) -> None:
    (found,) = _read("a.docx", "支部委员分工", "2016年9月28日支委会研究决定：", line)

    assert found.records[0].values["rows"] == "林夏（组织委员）：负责发展党员"


def test_counts_of_a_report_are_read_from_its_sentences() -> None:
    (found,) = _read(
        "a.docx",
        "党员组织关系集中排查工作总结",
        "截至2016年6月15日，支部在册党员38人，已排查38人，其中正常36人，流动党员1人，失联党员1人。",
        "我支部逐人核对，工作推进有序。",
    )

    values = found.records[0].values
    assert values["as_of"] == "2016-06-15"
    assert [
        values[n] for n in ("roster_count", "checked_count", "n_normal", "n_mobile", "n_lost")
    ] == ["38", "38", "36", "1", "1"]


def test_a_second_day_of_a_sentence_is_of_the_year_of_the_first() -> None:
    (found,) = _read(
        "a.docx",
        "关于林夏同志的政治审查结论",
        "函调信于2018年4月10日发出，5月3日收回。",
        "经审查，政审合格。",
        "2018年5月11日",
    )

    values = found.records[0].values
    assert (values["letters_sent_on"], values["letters_back_on"], values["concluded_on"]) == (
        "2018-04-10",
        "2018-05-03",
        "2018-05-11",
    )
    assert values["conclusion"] == "经审查，政审合格。"


def test_columns_that_a_plan_does_not_ask_for_are_left_and_not_lost() -> None:
    (found,) = _read(
        "a.docx",
        "2018年度党支部学习计划",
        [["月份", "学习内容", "负责人"], ["3月", "党章", "林夏"]],
    )

    assert found.records[0].left == ["负责人：林夏"]


def test_a_sheet_of_dues_with_their_base_is_the_assessment_of_the_year_too() -> None:
    head = ["姓名", "基数", "比例", "月应缴", "1月", "2月", "3月"]
    paid, assessed = _sheet(
        [["某校党支部2018年党费收缴登记表"], head, ["甘一苇", 5200, 0.015, 78, 78, 78, 78]]
    )

    assert paid.kind is not None
    assert assessed.kind is not None
    assert (paid.kind.slug, len(paid.records), assessed.kind.slug) == (
        "dues-payments",
        3,
        "dues-assessments",
    )
    assert assessed.records[0].values == {
        "person": "甘一苇", "year": "2018", "base": "5200.00", "permille": "15", "monthly_due": "78.00",
    }  # fmt: skip


def test_a_reason_in_brackets_is_left_as_it_is() -> None:
    assert _minutes("缺席人员及原因：林夏（外出开会）").values["absent"] == "林夏（外出开会）"


def test_a_list_whose_meetings_are_called_by_their_sort_says_the_sort() -> None:
    head = ["会议名称", "时间", "地点", "主持人", "主要内容"]
    (found,) = _read(
        "a.docx",
        "某校党支部会议情况一览表",
        [head, ["支委会", "2018.1.8", "校长室", "甘一苇", "评议"]],
    )

    values = found.records[0].values
    assert values["kind"] == "支委会"
    assert "title" not in values


def test_a_label_that_nobody_asks_for_ends_what_stands_before_it() -> None:
    (found,) = _read(
        "a.docx",
        "谈心谈话记录",
        "时间：2018年6月5日",
        "谈话人：甘一苇　　职务：书记",
        "谈话对象：林夏　　职务：教师",
    )

    record = found.records[0]
    assert (record.values["talker"], record.values["talked_to"]) == ("甘一苇", "林夏")
    assert record.left == ["职务：书记", "职务：教师"]


def test_of_labels_that_a_header_ends_with_the_longest_counts() -> None:
    head = ["姓名", "互评优秀票", "互评合格票", "互评基本合格票", "互评不合格票", "评定等次"]
    (found,) = _sheet(
        [["某校党支部2018年度民主评议党员结果"], head, ["甘一苇", 9, 5, 2, 1, "优秀"]]
    )

    values = found.records[0].values
    assert [values[n] for n in ("excellent", "qualified", "basic", "unqualified")] == [
        "9",
        "5",
        "2",
        "1",
    ]


def test_a_letter_says_who_goes_from_where_to_where() -> None:
    (found,) = _read(
        "a.docx",
        "党员组织关系介绍信",
        "第0088号",
        "林夏同志（女，30岁，正式党员），组织关系由示例小学党支部转到云山街道社区党支部。该同志党费已交到2018年8月。",
        "有效期：60天",
    )

    assert found.records[0].values == {
        "valid_days": "60", "person": "林夏", "stage": "正式党员", "from_org": "示例小学党支部", "to_org": "云山街道社区党支部",
        "dues_paid_through": "2018-08", "letter_no": "第0088号",
    }  # fmt: skip


def test_a_leader_and_who_came_are_read_from_one_sentence() -> None:
    (found,) = _read(
        "a.docx",
        "党小组会议记录",
        "2017年11月15日下午4:10，第一党小组在大班教室召开党小组会，小组长甘一苇主持，组员林夏、乙初晴参加，丁宁请假。",
    )

    values = found.records[0].values
    assert (values["host_name"], values["present"]) == ("甘一苇", "林夏、乙初晴")
    assert (values["absent"], values["group"], values["starts_at"]) == (
        "丁宁",
        "第一党小组",
        "16:10",
    )


def test_a_cell_from_when_to_when_is_two_days() -> None:
    (found,) = _read(
        "a.docx",
        "党务公开登记表",
        [
            ["公开项目", "党费收缴情况", "公开起止时间", "2018年1月8日至1月15日"],
            ["公开方式", "公开栏", "公开范围", "党内"],
        ],
    )

    values = found.records[0].values
    assert (values["from_on"], values["to_on"]) == ("2018-01-08", "2018-01-15")
