"""Papers of a few sentences as other hands write them: money, a division of work, what a committee
found, whom a plan means.
"""

from __future__ import annotations

import pytest

from taizhang.intake.reading.read import documents
from taizhang.intake.records.record import Record

_FUND = "样河小学党支部2023年度党建经费使用情况报告"
_PLAN = "样河小学党支部2024年发展党员计划"
_DIVIDED = """例杏林（书记）：主持支部全面工作；
样橘井（组织委员）：负责发展党员。"""


def _one(slug: str, *lines: str) -> Record:
    (found,) = documents("a.txt", "\n".join(lines).encode())
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


@pytest.mark.parametrize(
    ("said", "at"),
    [("下午三时三十分", "15:30"), ("下午三点二十", "15:20"), ("上午九时", "09:00")],
)
def test_minutes_in_chinese_numerals_are_no_full_hour(said: str, at: str) -> None:
    record = _one("meetings", "支委会会议记录", f"时间：2020年3月6日{said}", "地点：会议室")

    assert record.values["starts_at"] == at


def test_a_short_field_under_a_counted_heading_is_read_and_the_rest_is_left() -> None:
    record = _one(
        "service-plans",
        "样林小学党支部2024年联系服务群众工作计划",
        "一、结对单位",
        "样林社区，联系人例疏桐。",
        "二、活动安排",
        "3月 学雷锋志愿服务",
    )

    assert record.values["partner"] == "样林社区"
    assert record.values["contact"] == "例疏桐"


@pytest.mark.parametrize(
    ("line", "opening"),
    [("上年结余0.23万元，全年收入1.8万元。", "2300.00"), ("上年结余230元。", "230.00")],
)
def test_sums_in_ten_thousands_are_in_yuan(line: str, opening: str) -> None:
    record = _one("fund-summaries", _FUND, "2023年，经费使用情况如下。", line)

    assert record.values["opening"] == opening


def test_the_number_of_a_paper_is_no_approval_of_it() -> None:
    record = _one(
        "dues-exemptions",
        "关于同意例老圃同志免交党费的决定",
        "样坡中支〔2022〕4号",
        "经2022年3月7日支部委员会讨论，同意例老圃同志2022年4月至2023年3月免交党费。",
    )

    assert "approval" not in record.values
    assert (record.values["from_month"], record.values["to_month"]) == ("2022-04", "2023-03")


@pytest.mark.parametrize(
    ("lines", "is_read"),
    [
        (["个人对照检查材料", "样林小学党支部　样螽斯"], False),
        (["组织生活会对照检查材料", "按照要求，我对照党章查摆如下。"], False),
        (["支委会对照检查材料", "会议主题：学思想"], True),
    ],
)
def test_who_examines_himself_keeps_no_ledger(lines: list[str], is_read: bool) -> None:
    below = ["一、存在的主要问题", "学习不够。", "二、原因剖析", "要求不严。"]
    (found,) = documents("a.txt", "\n".join([*lines, *below]).encode())

    assert bool(found.records) == is_read
    if is_read:
        assert found.records[0].values["self_examination"] == "学习不够。\n要求不严。"


def test_two_meetings_below_headings_that_say_their_sort_are_two() -> None:
    told = "日下午3时，在会议室召开{}。会议由样忍冬主持，例防风记录。"
    found = documents(
        "a.txt",
        "\n".join(
            [
                "样河卫生院党支部工作记录",
                "支部委员会会议",
                f"2024年4月8{told.format('支部委员会会议')}",
                "党员大会",
                f"2024年4月26{told.format('党员大会')}",
            ]
        ).encode(),
    )

    assert [one.records[0].values["held_on"] for one in found] == ["2024-04-08", "2024-04-26"]


def test_who_sums_up_a_time_held_nothing_on_the_day_below() -> None:
    (found,) = documents(
        "a.txt",
        "样林小学党支部主题教育工作总结\n支部认真组织集中学习12次。\n一、主要做法\n坚持领导带头。\n2023年12月20日".encode(),
    )

    assert found.records == []


def test_groups_told_in_lines_are_their_people() -> None:
    (found,) = documents(
        "a.txt",
        "\n".join(
            [
                "样林小学党支部关于调整党小组的决定",
                "第一党小组，组长：例疏桐，成员：样晚晴、例新篁。",
                "第二党小组，组长：样汀洲，成员：例暮云。",
            ]
        ).encode(),
    )

    assert found.kind is not None
    assert found.kind.slug == "group-members"
    assert [one.values["person"] for one in found.records] == [
        "例疏桐",
        "样晚晴",
        "例新篁",
        "样汀洲",
        "例暮云",
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("我支部于2024年9月2日至9月20日开展了违纪违法党员排查工作。截至2024年9月20日，共排查党员21人。", "2024-09-20"),
        ("我支部于2024年9月2日至9月20日开展了违纪违法党员排查工作，共排查党员21人。", None),
        ("我支部于2024年9月2日开展了违纪违法党员排查工作，共排查党员21人。", "2024-09-02"),
    ],
)  # fmt: skip
def test_days_between_which_something_went_on_are_not_the_day_of_it(
    line: str, day: str | None
) -> None:
    record = _one(
        "violation-surveys", "关于违纪违法党员排查情况的报告", line, "发现违纪违法党员0人。"
    )

    assert record.values.get("as_of") == day


def test_each_absent_member_has_his_reason_and_the_end_the_half_of_the_beginning() -> None:
    found = _one(
        "meetings",
        "支部党员大会记录",
        "2023年11月17日下午4点，样例小学党支部在会议室召开支部党员大会。会议由支部书记示例甲同志主持，示例乙同志记录。",
        "应到会16名，实到会14名，示例丙同志因病、示例丁同志因产假请假。",
        "会议于5时10分结束。",
    ).values
    assert (found["expected_count"], found["present_count"]) == ("16", "14")
    assert found["absent"] == "示例丙（因病）、示例丁（因产假）"
    assert (found["starts_at"], found["ends_at"]) == ("16:00", "17:10")


def test_how_many_came_behind_their_names_is_nobody() -> None:
    found = _minutes("主题党日活动记录", "参加人员：示例甲、示例乙、示例丙（共3人）").values
    assert (found["present"], found["present_count"]) == ("示例甲、示例乙、示例丙", "3")
