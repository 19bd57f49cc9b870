"""Lists that say a thing once for all rows, or stand sideways; votes and people who are told, not
listed.
"""

from __future__ import annotations

from typing import Any

from taizhang.intake.reading import read
from tests.intake import corpus
from tests.intake.test_binder import made


def _sheet(rows: list[list[Any]]) -> list[read.Document]:
    return read.documents("a.xlsx", corpus._sheet(rows))


def _read(*blocks: Any) -> read.Document:
    word = [one if isinstance(one, str) else {"rows": one, "merged": []} for one in blocks]
    (found,) = read.documents("a.docx", made({"word": word}))
    return found


def test_what_stands_above_a_list_is_said_of_all_its_rows() -> None:
    (found,) = _sheet(
        [
            ["2018年党费核定表"],
            ["核定时间：2018年1月12日"],
            ["姓名", "计算基数", "缴纳比例", "月缴党费", "人员类别", "依据"],
            ["示例甲", 6200, "1.5%", 93, "在职", "上年月均"],
            ["示例乙", 4800, "1%", 48, "在职", "上年月均"],
        ]
    )

    assert [one.values["approved_on"] for one in found.records] == ["2018-01-12"] * 2
    assert "核定时间：2018年1月12日" in found.records[0].sources["approved_on"]


def test_a_column_counts_before_what_stands_above_it() -> None:
    (found,) = _sheet(
        [
            ["2018年党费核定表"],
            ["核定时间：2018年1月12日"],
            ["姓名", "计算基数", "缴纳比例", "月缴党费", "核定日期"],
            ["示例甲", 6200, "1.5%", 93, "2018-03-01"],
            ["示例乙", 4800, "1%", 48, ""],
        ]
    )

    assert [one.values.get("approved_on") for one in found.records] == ["2018-03-01", None]


def test_a_list_may_stand_sideways() -> None:
    """Each column is a record, and the column is its place."""
    (found,) = _sheet(
        [
            ["发展党员全程纪实一览"],
            ["项目", "示例甲", "示例乙"],
            ["性别", "男", "女"],
            ["学历", "本科", "硕士"],
            ["工作岗位", "机电教师", "会计教师"],
            ["申请入党", "2015年3月1日", "2017年4月5日"],
            ["确定积极分子", "2016年4月10日", ""],
        ]
    )

    assert [one.values["name"] for one in found.records] == ["示例甲", "示例乙"]
    assert [one.values["gender"] for one in found.records] == ["男", "女"]
    assert "2016-04-10" in found.records[0].values["steps"]
    assert "第3列" in found.records[1].sources["job"]


def test_a_form_is_no_list_that_stands_sideways() -> None:
    found = _read(
        "谈心谈话记录表",
        [
            ["谈话人", "示例甲", "谈话对象", "示例乙"],
            ["谈话时间", "2018年3月5日", "谈话地点", "书记室"],
            ["谈话主题", "工作调整", "", ""],
            ["谈话内容", "说明调整的原因。", "", ""],
        ],
    )

    (record,) = found.records
    assert (record.values["talker"], record.values["talked_to"]) == ("示例甲", "示例乙")


def test_a_vote_that_is_told_is_a_row() -> None:
    found = _read(
        "支部党员大会会议记录",
        "时间：2018年6月22日",
        "地点：报告厅",
        "主持人：示例甲",
        "表决情况：应到18人，实到16人，发票16张，收回16张，赞成15票，反对0票，弃权1票",
        "会议决议：同意接收示例乙为中共预备党员",
    )

    (record,) = found.records
    assert record.values["votes"] == (
        "同意接收示例乙为中共预备党员"
        "（应到：18；实到：16；发出：16；收回：16；赞成：15；反对：0；弃权：1）"
    )


def test_a_vote_on_two_things_stays_as_it_is_written() -> None:
    told = "赞成15票，反对0票，弃权1票"
    found = _read(
        "支部党员大会会议记录",
        "时间：2018年6月22日",
        "主持人：示例甲",
        f"表决情况：{told}",
        "会议决议：",
        "1.接收示例乙为预备党员。",
        "2.通过年度计划。",
    )

    assert found.records[0].values["votes"] == told


def test_a_letter_that_answers_appoints_each_person() -> None:
    found = _read(
        "关于示例学校党支部选举结果的批复",
        "经研究，同意示例甲同志任支部书记，示例乙同志任组织委员。",
        "示教委〔2018〕22号",
        "2018年11月6日",
    )

    assert found.kind is not None
    assert found.kind.slug == "posts"
    assert [one.values["person"] for one in found.records] == ["示例甲", "示例乙"]
    assert found.records[1].values["approved_on"] == "2018-11-06"


def test_opinions_that_are_none_are_said_to_be_none() -> None:
    (found,) = _sheet(
        [
            ["大走访活动台账"],
            ["走访日期", "走访党员", "走访对象", "对象类别", "走访内容", "意见建议"],
            ["2018-08-22", "示例甲", "示例机械厂", "企业", "了解用工", "希望增加焊工"],
            ["2018-08-23", "示例乙", "老支家", "家庭", "资助政策", "无"],
        ]
    )

    assert "no_opinions" not in found.records[0].values
    assert "opinions" not in found.records[1].values
    assert found.records[1].values["no_opinions"] == "是"


def test_of_two_columns_for_one_field_the_other_goes_into_no_field_by_its_place_alone() -> None:
    rows: list[list[Any]] = [
        ["日期", "摘要", "支出项目", "金额", "经办人"],
        ["2024-03-14", "购口袋书30册", "学习资料", 540, "例秋实"],
        ["2024-04-03", "租车", "主题党日活动", 900, "例秋实"],
    ]

    (found,) = read.documents("支出.xlsx", corpus._sheet([[], *rows], merged="党建经费支出登记簿"))

    assert [one.values["category"] for one in found.records] == ["学习资料", "主题党日活动"]
    assert all("activity" not in one.values for one in found.records)
    assert [one.values["remark"] for one in found.records] == ["购口袋书30册", "租车"]


def test_month_and_day_in_two_columns_are_one_day() -> None:
    rows: list[list[Any]] = [
        ["2024年", "", "摘要", "支出金额", "经手人"],
        ["月", "日", "", "", ""],
        [3, 5, "订阅党报", 1280, "例听雨"],
        ["", 22, "笔记本", 336.5, "例听雨"],
        ["", "", "本月合计", 1616.5, ""],
    ]

    (found,) = read.documents("支出.xlsx", corpus._sheet([[], *rows], merged="党建经费支出明细账"))

    assert [one.values["spent_on"] for one in found.records] == ["2024-03-05", "2024-03-22"]
    assert len(found.passed) == 1


def test_lists_side_by_side_keep_the_month_that_stands_above_each() -> None:
    rows: list[list[Any]] = [
        ["2022年1月", "", "", "2022年2月", "", ""],
        ["姓名", "金额", "交纳日期", "姓名", "金额", "交纳日期"],
        ["样甲一", 66, "2022-01-10", "样甲一", 67, "2022-02-11"],
        ["小计", 66, "", "小计", 67, ""],
    ]

    (found,) = read.documents("党费.xlsx", corpus._sheet([[], *rows], merged="党费收缴明细"))

    said = [(one.values["month"], one.values["amount"]) for one in found.records]
    assert said == [("2022-01", "66.00"), ("2022-02", "67.00")]


def test_a_heading_where_a_name_stands_is_no_record() -> None:
    rows: list[list[Any]] = [
        ["姓名", "党内职务", "任职时间"],
        ["第三届支部委员会", "", ""],
        ["样甲一", "书记", "2018-09-12"],
    ]

    (found,) = read.documents("任职.xlsx", corpus._sheet([[], *rows], merged="支委任职情况表"))

    assert [one.values["person"] for one in found.records] == ["样甲一"]
    assert found.passed == ["第3行：第三届支部委员会"]
