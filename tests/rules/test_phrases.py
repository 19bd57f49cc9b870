"""What is found in a record's words: days that cannot be right, and what a paper does not say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from taizhang.rules import phrases

HELD = date(2017, 3, 22)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2017年3月党员大会", set()),
        ("2016年3月党员大会", {"other_year"}),
        ("2016年12月党员大会", {"other_year"}),
        ("2017年9月党员大会", set()),
        ("学习2016年10月全会精神", set()),
        ("2016年度组织生活会", set()),
        ("2014年度组织生活会", {"other_year"}),
        ("2017年3月22日党员大会", set()),
        ("2017年3月21日党员大会", {"other_day"}),
    ],
)
def test_a_heading_that_was_taken_over_is_seen(title: str, found: set[str]) -> None:
    assert {hit.code for hit in phrases.days_in(title, "", HELD)} == found


def test_the_months_around_a_new_year_are_near() -> None:
    assert not list(phrases.days_in("2016年12月支委会", "", date(2017, 1, 5)))


@pytest.mark.parametrize("comma", ["、", "，"])
def test_a_title_says_nothing_of_what_the_paper_holds(comma: str) -> None:
    title = f"民主生活会{comma}组织生活会{comma}民主评议党员流程"
    parts = {"life:democratic", "life:organisation", "life:assessment"}

    alone = {hit.code for hit in phrases.find(f"{title}\n{title}\n为规范工作制定。")}
    told = {hit.code for hit in phrases.find(f"{title}\n民主生活会由班子召开；组织生活会由支部召开；民主评议党员按顺序进行。")}  # fmt: skip

    assert not alone & parts
    assert parts <= told


def _codes(text: str) -> set[str]:
    return {hit.code for hit in phrases.find(text)}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("党员大会每季度一次，支委会每季度一次，党小组会每月一次，党课每季度一次。", {"assembly", "group", "lecture"}),
        ("党员大会每季度一次，支委会每月一次，党小组会每月一次，党课每季度一次。", {"assembly", "committee", "group", "lecture"}),
        ("支委会由书记召集，一般每月召开一次；党小组会每季度召开一次。", {"committee"}),
        ("支委会、党小组会每月召开一次，党员大会和党课每季度一次。", {"assembly", "committee", "group", "lecture"}),
        ("每季度召开一次党员大会，每月召开一次支委会，每季度召开一次党小组会。", {"assembly", "committee"}),
        ("每月召开一次党小组会，支委会每季度召开一次。", {"group"}),
        ("党员大会每三个月召开一次。", {"assembly"}),
    ],
)  # fmt: skip
def test_how_often_is_read_meeting_by_meeting(rules: str, said: set[str]) -> None:
    assert {c.removeprefix("freq:") for c in _codes(rules) if c.startswith("freq:")} == said


@pytest.mark.parametrize(
    "words",
    [
        "400元以下",
        "四百元以下（含四百元）",
        "一千五百元以上",
        "1500元以上",
        "1,500元以上",
        "1千5百元以上",
        "八百元以下",
    ],
)
def test_rates_of_old_in_digits_and_in_characters(words: str) -> None:
    assert "obsolete:dues_before_2008" in _codes(f"每月工资收入{words}者")


@pytest.mark.parametrize(
    "words", ["3000元以下", "三千元以下", "1400元以下", "二千四百元以下", "10000元以上"]
)
def test_rates_of_today_are_not_of_old(words: str) -> None:
    assert "obsolete:dues_before_2008" not in _codes(f"每月工资收入{words}者")


def test_a_rate_is_not_seen_in_a_longer_one() -> None:
    assert not {"dues:rate_2", "dues:rate_4"} & _codes("比例为0.1%、百分之一点五、12%、百分之二十")
    assert {"dues:rate_1", "dues:rate_2", "dues:rate_3", "dues:rate_4"} <= _codes(
        "交纳比例分别为千分之五、百分之一、百分之一点五、百分之二"
    )


@pytest.mark.parametrize(
    "agenda", ["讨论各项制度", "通过支部各项制度", "审议《制度汇编》", "学习并通过规章制度"]
)
def test_rules_adopted_together_are_each_adopted(agenda: str) -> None:
    about = {code for code in phrases.codes() if code.startswith("about:")}
    assert len(about) > 10
    assert about <= _codes(agenda)
    assert not about & _codes("讨论学校作息安排")


@pytest.mark.parametrize(
    ("words", "first_on"),
    [
        ("学习《中国共产党章程》（2017年修订）", date(2017, 1, 1)),
        ("学习《教育法》（2015年12月27日修正）", date(2015, 12, 1)),
        ("学习管理办法（2018年修订版）", date(2018, 1, 1)),
    ],
)
def test_a_revision_cannot_be_read_before_its_year(words: str, first_on: date) -> None:
    hits = [hit for hit in phrases.find(words) if hit.code == "too_early"]
    assert [hit.first_on for hit in hits] == [first_on]
    assert hits[0].words in words.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("星河区北山小学", "北山小学"),
        ("云山市星河区第一实验幼儿园", "第一实验幼儿园"),
        ("北山小学", "北山小学"),
        ("星河区教育局", "星河区教育局"),
        ("星河区一小", "星河区一小"),
    ],
)
def test_schools_write_names_without_the_district(name: str, written: str) -> None:
    assert phrases.as_written(name) == written


OTHERS = phrases.names_pattern(["梅溪路小学", "白桦幼儿园", "梅溪路小学党支部"])


@pytest.mark.parametrize(
    "text",
    [
        "与梅溪路小学党支部联合上党课\n照片看完还给梅溪路小学。",
        "主题党日：和白桦幼儿园、梅溪路小学一起清扫河岸。",
        "联合梅溪路小学召开党员大会，会后座谈。",
        "上午参观梅溪路小学校史室，梅溪路小学的同志作了介绍。",
        "全体党员到梅溪路小学听课，下午评课。",
    ],
)
def test_a_unit_that_took_part_is_not_left_over_from_another_text(text: str) -> None:
    told = {hit.words for hit in phrases.find(text, OTHERS) if hit.code == "other_unit"}

    assert not {name for name in told if name.startswith("梅溪路")}


@pytest.mark.parametrize(
    "text",
    [
        "学习梅溪路小学的制度，大家同意。",
        "梅溪路小学党支部全体党员参加，共同学习了报告。",
        "会议在梅溪路小学会议室召开，支委一起讨论。",
        "梅溪路小学党支部召开党员大会，与会同志一致同意。",
        "与白桦幼儿园联合上党课，梅溪路小学全体教师要认真落实。",
    ],
)
def test_a_name_without_such_words_still_is(text: str) -> None:
    told = {hit.words for hit in phrases.find(text, OTHERS) if hit.code == "other_unit"}

    assert {name for name in told if name.startswith("梅溪路")}


@pytest.mark.parametrize(
    ("text", "joint"),
    [
        ("与梅溪路小学党支部联合上党课", True),
        ("联合梅溪路小学召开党员大会，会后座谈。", True),
        ("主题党日：和白桦幼儿园、梅溪路小学一起清扫河岸。", True),
        ("上午参观梅溪路小学校史室，大家一起讨论。", False),
        ("全体党员到梅溪路小学听课，下午评课。", False),
        ("各党小组联合学习，共同讨论。", False),
    ],
)
def test_a_joint_meeting_says_with_whom(text: str, *, joint: bool) -> None:
    assert phrases.is_joint(text, OTHERS) == joint
    assert not phrases.is_joint(text, None)
    assert not phrases.is_joint(text, OTHERS, ["梅溪路小学", "梅溪路小学党支部", "白桦幼儿园"])


@pytest.mark.parametrize(
    "text",
    [
        "与梅溪路小学分校联合上党课。会后讨论梅溪路小学的制度。",
        "与梅溪路小学联合上党课。会后讨论梅溪路小学分校的制度。",
    ],
)
def test_a_longer_or_a_shorter_name_of_who_took_part_is_his(text: str) -> None:
    others = re.compile("梅溪路小学分校|梅溪路小学")
    assert [hit for hit in phrases.find(text, others) if hit.code == "other_unit"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("3月22日（星期三）", []),
        ("3月22日（星期四）", ["3月22日（星期四）"]),
        ("2017年3月26日（星期天）", []),
        ("2017年3月26日（星期日）", []),
        ("2016年3月22日（星期二）", []),
        ("2月30日（星期四）", []),
    ],
)
def test_a_weekday_is_that_of_the_day_it_stands_with(words: str, told: list[str]) -> None:
    found = [hit for hit in phrases.days_in("", words, HELD) if hit.code == "wrong_weekday"]
    assert [hit.words for hit in found] == told


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2017年3月22日支委会.jpg", date(2017, 3, 22)),
        ("支委会2017-3-22.jpg", date(2017, 3, 22)),
        ("20170322支委会.jpg", date(2017, 3, 22)),
        ("20170322_101500.jpg", None),
        ("20170230支委会.jpg", None),
        ("20170322和20170323.jpg", None),
        ("20170322，2017年3月22日.jpg", date(2017, 3, 22)),
        ("支委会.jpg", None),
    ],
)
def test_the_name_of_a_file_gives_a_day_where_it_gives_one(name: str, day: date | None) -> None:
    assert phrases.day_in_name(name) == day
