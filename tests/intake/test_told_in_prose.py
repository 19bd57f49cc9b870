"""Papers of a few sentences as other hands write them: money, a division of work, what a committee
found, whom a plan means.
"""

from __future__ import annotations

import pytest

from taizhang.intake.reading import read
from taizhang.intake.records.record import Record

_FUND = "样河小学党支部2023年度党建经费使用情况报告"
_PLAN = "样河小学党支部2024年发展党员计划"
_DIVIDED = """例杏林（书记）：主持支部全面工作；
样橘井（组织委员）：负责发展党员。"""


def _one(slug: str, *lines: str) -> Record:
    (found,) = read.documents("a.txt", "\n".join(lines).encode())
    assert found.kind is not None
    assert found.kind.slug == slug
    (record,) = found.records
    return record


def test_sentences_say_what_there_was_came_went_and_is_left() -> None:
    record = _one(
        "fund-summaries",
        "关于2023年度党建工作经费收支情况的报告",
        "上年度结余1320.40元，本年度实际到账15000元，其中上级党委拨付9000元。",
        "全年共支出14870.60元，其中主题党日活动支出6200元。",
        "截至2023年12月31日，账面结余1449.80元。",
    )

    told = {"opening": "1320.40", "income": "15000.00", "expense": "14870.60", "closing": "1449.80"}
    assert (told | {"year": "2023"}).items() <= record.values.items()


@pytest.mark.parametrize(
    "line",
    [
        "主题党日活动支出6200元，党员教育培训支出5670元。",
        "本年支出6200元。经核对，本年支出6300元。",
        "2022年支出6200元。",
        "截至2022年12月31日，支出6200元。",
    ],
)
def test_a_part_a_second_sum_and_another_year_are_no_sum_of_the_year(line: str) -> None:
    record = _one("fund-summaries", _FUND, line, "本年收入15000元。")

    assert record.values["income"] == "15000.00"
    assert "expense" not in record.values
    assert any("6200元" in text for text in record.left)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2024年4月2日，支部委员会召开会议，研究确定委员分工如下：", "2024-04-02"),
        ("支部委员会于2024年4月2日召开会议，经充分讨论，决定分工如下：", "2024-04-02"),
        ("2024年4月2日换届后，支部委员会拟于近期召开会议研究分工。", None),
    ],
)
def test_the_committee_decided_when_it_met(line: str, day: str | None) -> None:
    record = _one("divisions", "关于支部委员分工的决定", line, _DIVIDED, "2024年4月5日")

    assert record.values.get("decided_on") == day


def test_a_notice_of_who_does_what_work_is_a_division() -> None:
    record = _one("divisions", "关于支部委员会成员工作分工的通知", _DIVIDED)

    assert record.values["rows"].startswith("例杏林（书记）：主持支部全面工作")


def test_what_a_committee_found_stands_under_its_heading() -> None:
    record = _one(
        "life-meetings",
        "样湖幼儿园党支部支委会对照检查材料",
        "会议时间：2023年2月17日",
        "主题：学思想",
        "会前学习时间：2023年2月3日",
        "一、存在的主要问题",
        "1.学习不够系统。",
        "二、整改措施",
        "每月研讨一次。",
    )

    assert record.values["self_examination"] == "1.学习不够系统。"
    assert record.values["tasks"] == "每月研讨一次。"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["2024年计划发展党员2名，名单如下：样知母、例甘草。"], "样知母、例甘草"),
        (["2024年计划发展2名党员，发展对象样知母、例甘草。"], "样知母、例甘草"),
        (["计划发展党员2名，名单如下：", "样知母", "例甘草", "特此报告"], "样知母、例甘草"),
        (["计划发展党员2名，名单如下：", "样知母", "特此报告"], None),
        (["计划发展党员2名。", "名单如下：样知母、例甘草、样半夏。"], None),
        (["计划发展党员2名。积极分子名单：样知母、例甘草。"], None),
    ],
)
def test_a_plan_means_as_many_as_it_wants(lines: list[str], names: str | None) -> None:
    record = _one("development-plans", _PLAN, *lines)

    assert record.values["planned_count"] == "2"
    assert record.values.get("names") == names


def _minutes(head: str, *lines: str) -> Record:
    return _one("meetings", head, "时间：2024年3月15日15:00", "地点：多媒体厅", *lines)


def test_the_theme_of_a_lecture_and_what_was_taught_are_no_discussion() -> None:
    record = _minutes(
        "党课记录",
        "主讲人：例青囊",
        "主题：学习医德楷模事迹",
        "内容：讲述三位乡村医生的故事。",
        "讨论：样知母谈到要把病人当亲人。",
    )

    assert record.values["theme"] == "学习医德楷模事迹"
    assert record.values["content"] == "讲述三位乡村医生的故事。"
    assert record.values["discussion"] == "样知母谈到要把病人当亲人。"
    assert "title" not in record.values


def test_what_is_said_to_a_lecture_is_not_what_it_taught() -> None:
    record = _minutes("党课记录", "主讲人：例青囊", "讨论内容：要把病人当亲人。")

    assert record.values["discussion"] == "要把病人当亲人。"
    assert "content" not in record.values


def test_other_meetings_keep_their_theme_as_title_and_their_content_whole() -> None:
    record = _minutes("主题党日活动记录", "主题：缅怀先烈", "内容：敬献花篮。", "讨论：收获很大。")

    assert record.values["title"] == "缅怀先烈"
    assert record.values["discussion"] == "敬献花篮。\n收获很大。"
    assert not {"theme", "content"} & record.values.keys()


def test_a_line_of_counts_ends_no_record_of_what_was_done() -> None:
    record = _minutes(
        "主题党日活动记录", "活动内容：敬献花篮。", "应到15人，实到14人，缺席：样采绿（病假）"
    )

    assert record.values["discussion"] == "敬献花篮。"
    assert record.values["absent"] == "样采绿（病假）"
    assert (record.values["expected_count"], record.values["present_count"]) == ("15", "14")


def test_voters_who_were_there_stay_with_their_ballot() -> None:
    line = "应到有表决权的党员12人，实到11人。"
    record = _minutes("党员大会会议记录", "会议内容：讨论接收样橘井为预备党员。", line)

    assert record.values["discussion"].endswith(line)
