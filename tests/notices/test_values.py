"""Days, hours, names and numbers as letters write them, each at its bounds."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.notices import values
from taizhang.notices.words import doubts, persons


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2018年1月1日", [((1, 1), (1, 1))]),
        ("2018年12月31日", [((12, 31), (12, 31))]),
        ("2018年13月1日", []),
        ("2018年0月1日", []),
        ("2018年1月32日", []),
        ("2018年1月0日", []),
        ("10月30日至11月2日", [((10, 30), (11, 2))]),
        ("10月30日至12月31日", [((10, 30), (12, 31))]),
        ("10月30日至13月2日", []),
        ("10月30日至0月2日", []),
        ("10月1日—31日", [((10, 1), (10, 31))]),
        ("10月1日—32日", []),
        ("10月32日—31日", []),
        ("13月1日至12月2日", []),
        ("10月1日—0日", []),
        ("10月1日—1日", [((10, 1), (10, 1))]),
        ("10月1日至1月1日", [((10, 1), (1, 1))]),
        ("10.30", []),
        ("十月三十日", [((10, 30), (10, 30))]),
        ("二〇一八年十月十九日", [((10, 19), (10, 19))]),
    ],
)
def test_only_days_that_there_are_are_days(
    text: str, days: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    assert [(span.first, span.last) for span in values.day_spans(text)] == days


def test_a_year_may_be_said_for_either_end() -> None:
    (span,) = values.day_spans("2018年12月30日（周日）至2019年1月2日")
    assert (span.year, span.last_year, span.weekday) == (2018, 2019, 6)
    assert span.text == "2018年12月30日(周日)至2019年1月2日"
    assert [span.year for span in values.day_spans("二〇一八年十月十九日")] == [2018]


def test_a_day_needs_its_year_and_must_be_there() -> None:
    days = [values.real_day(year, at) for year, at in ((2016, (2, 29)), (2018, (2, 29)), (None, (3, 1)))]  # fmt: skip
    assert days == [date(2016, 2, 29), None, None]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("二〇一八年十月十九日", "2018年10月19日"),
        ("第十十年", "第十十年"),
        ("三十一日", "31日"),
    ],
)
def test_days_in_words_are_days_in_digits(text: str, written: str) -> None:
    assert values.arabic_dates(text) == written


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("上午9时", ("09:00", None)),
        ("下午2:30—4:00", ("14:30", "16:00")),
        ("上午10点半至下午3点半", ("10:30", "15:30")),
        ("14:05", ("14:05", None)),
        ("上午报到，下午（会议室）2:30", ("14:30", None)),
        ("下午学习，上午（会议室）9:30", ("09:30", None)),
        ("25:00", (None, None)),
        ("全天", (None, None)),
    ],
)
def test_hours_count_from_the_half_that_is_named_last(
    text: str, hours: tuple[str | None, str | None]
) -> None:
    assert values.hours(text) == hours


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张 三、李四", ["张三", "李四"]),
        ("张 三 李 四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]),
        ("张 三 李四 王 五", ["张三", "李四", "王五"]),
        ("李四 王", ["李四", "王"]),
        ("甲（组长）、乙等", ["甲", "乙"]),
        ("待定、无、-", []),
    ],
)
def test_names_are_parted_and_their_padding_is_taken_out(text: str, names: list[str]) -> None:
    assert values.person_names(text) == names


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲、乙（丙、丁）、戊", ["甲", "乙（丙、丁）", "戊"]),
        ("甲)、乙", ["甲)", "乙"]),
        ("甲（乙【丙、丁】、戊）、己", ["甲（乙【丙、丁】、戊）", "己"]),
    ],
)
def test_what_stands_in_brackets_is_not_parted(text: str, pieces: list[str]) -> None:
    assert values.outside_brackets(text, "、") == pieces


def test_a_number_is_read_out_of_its_cell() -> None:
    told = ("5", "（10分）", "２.5分", "无")
    assert [values.number_in(text) for text in told] == [5.0, 10.0, 2.5, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("十一月十一日下午二时三十分至四时半", ("14:30", "16:30")),
        ("十一月十日（周二）九时", ("09:00", None)),
        ("晚上七点", ("19:00", None)),
        ("加上一点经验", (None, None)),
        ("做到一点一滴", (None, None)),
    ],
)
def test_an_hour_in_characters_stands_behind_a_day_or_its_half(
    text: str, told: tuple[str | None, str | None]
) -> None:
    assert values.hours(text) == told


@pytest.mark.parametrize("text", ["在候船楼集中", "30走访东湖分院党支部", "集中地点为东湖分院"])
def test_where_and_when_people_meet_is_no_unit(text: str) -> None:
    assert not doubts.is_unit(text)
    assert doubts.is_unit("在建项目党支部")


def test_what_says_where_ends_in_nobodys_name() -> None:
    assert persons.people("样春风、集中地点为西湖分院公卫楼").names() == ["样春风"]
