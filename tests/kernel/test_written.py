"""A day is the day that was written, whatever stands behind it; what has two readings is asked,
never guessed.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Field, parse
from taizhang.ledgers.minutes import reader as minutes_reader
from taizhang.notices.values import day_spans, hours

DAYS = st.dates(date(1950, 1, 1), date(2029, 12, 31)) | st.sampled_from(
    [
        date(y, m, d)
        for y in (1999, 2000, 2016, 2017)
        for m in (1, 2, 10, 11, 12)
        for d in (1, 2, 11, 20, 28)
    ]
)
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DIGITS = "〇一二三四五六七八九"


def _number(value: int) -> str:
    if value < 10:
        return DIGITS[value]
    tens, ones = divmod(value, 10)
    return f"{'' if tens == 1 else DIGITS[tens]}十{DIGITS[ones] if ones else ''}"


def _chinese(day: date) -> str:
    year = "".join(DIGITS[int(c)] for c in f"{day:%Y}")
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


DATED: dict[str, Any] = {
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dash": lambda d: f"{d.year}-{d.month}-{d.day}",
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "iso": lambda d: f"{d:%Y-%m-%d}",
    "words": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "number word": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "blanks": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: f"{d.year}/{d.month}/{d.day}".translate(
        str.maketrans("0123456789/", "０１２３４５６７８９／")
    ),
    "chinese": _chinese,
}
BEHIND: dict[str, Any] = {
    "nothing": lambda t: "",
    "blank": lambda t: f" {t.hour}:{t:%M}",
    "padded": lambda t: f" {t:%H:%M:%S}",
    "several blanks": lambda t: f"　 {t.hour}:{t:%M}",
    "weekday": lambda t: f"（星期四） {t.hour}:{t:%M}",
    "half": lambda t: " 下午",
    "words": lambda t: f" {t.hour}时{t.minute}分",
    "fraction": lambda t: f" {t:%H:%M:%S}.000",
    "english": lambda t: f" {t.hour % 12 or 12}:{t:%M} {'PM' if t.hour > 11 else 'AM'}",
}


@given(day=DAYS, at=HOURS, dated=st.sampled_from([*DATED]), behind=st.sampled_from([*BEHIND]))
def test_a_day_in_a_cell_is_that_day(day: date, at: time, dated: str, behind: str) -> None:
    text = DATED[dated](day) + BEHIND[behind](at)
    field = Field(name="x", label="x", kind="date")
    assert parse(field, text, NO_NAMES) == day


@given(day=DAYS, at=HOURS, dated=st.sampled_from([*DATED]), behind=st.sampled_from([*BEHIND]))
def test_a_day_in_minutes_is_that_day(day: date, at: time, dated: str, behind: str) -> None:
    text = DATED[dated](day) + BEHIND[behind](at)
    read = minutes_reader.minutes(f"时间：{text}\n地点：甲\n主持人：乙\n记录人：丙".encode())
    assert read.values["held_on"] == day.isoformat()
    if behind in ("blank", "padded", "several blanks", "weekday", "words"):
        assert read.values["starts_at"] == f"{at:%H:%M}"


@given(
    day=DAYS,
    at=HOURS,
    dated=st.sampled_from(["slash", "dash", "dot", "iso", "words", "blanks", "chinese"]),
    behind=st.sampled_from(["nothing", "blank", "several blanks", "weekday", "words"]),
)
def test_a_day_in_a_notice_is_that_day(day: date, at: time, dated: str, behind: str) -> None:
    assume(dated != "slash")  # notices write a slash between two units
    text = DATED[dated](day) + BEHIND[behind](at)
    (span,) = day_spans(text)
    assert (span.year, span.first, span.last) == (
        day.year,
        (day.month, day.day),
        (day.month, day.day),
    )
    if behind != "nothing":
        assert hours(text)[0] == f"{at:%H:%M}"


@given(day=st.dates(date(1954, 10, 3), date(2099, 12, 31)), part=st.floats(0, 0.9999))
def test_a_number_of_excel_is_that_day(day: date, part: float) -> None:
    """From 20000 on: a smaller number of five digits may as well be a year and a month run
    together.
    """
    assert written.day(float((day - date(1899, 12, 30)).days + part)) == day
    assert written.day(written.Serial1904((day - date(1904, 1, 1)).days + part)) == day


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("2017-6-116:40", "空一格|不是日期"), ("15.9.1", "只有两位"), ("11月5日", "没有写年份"), ("1980.05", "只写到月份"), ("1980年5月", "只写到月份"),
        ("198005", "只写到月份"), (1980.05, "只写到月份"), (1980.1, "1月还是10月"), ("2017.2.29", "没有“2017.2.29”这一天"), ("2017-6-1 早", "不是日期"),
        ("2017-06-01T20:00:00Z", "别的时区"), ("1799-1-1", "年份不对"),
    ],
)  # fmt: skip
def test_what_is_no_one_day_is_told(raw: str | float, told: str) -> None:
    with pytest.raises(written.NotReadable, match=told):
        written.day(raw)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("下午14:30", "14:30"), ("下午2:30", "14:30"), ("下午12:30", "12:30"), ("中午11:30", "11:30"), ("中午12:10", "12:10"), ("中午1点", "13:00"),
        ("下午2时", "14:00"), ("14点半", "14:30"), ("晚上7点", "19:00"), ("9:05:30", "09:05"), ("2:30 PM", "14:30"), ("12:05 am", "00:05"),
        ("2018-3-2 14:30", "14:30"), ("23:59", "23:59"), ("0:00", "00:00"),
    ],
)  # fmt: skip
def test_an_hour_is_that_hour(text: str, at: str) -> None:
    assert f"{written.clock(text):%H:%M}" == at
    if "day" not in text and "m" not in text.lower() and text.count(":") < 2:
        assert hours(text)[0] == at


@pytest.mark.parametrize(
    "text", ["24:00", "12:60", "9:60:00", "下午25:00", "晚上12:00", "下午", "8"]
)
def test_no_hour_is_told(text: str) -> None:
    with pytest.raises(written.NotReadable):
        written.clock(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("10月29日—11月2日", (10, 29), (11, 2)), ("2018年12月29日至2019年1月3日", (12, 29), (1, 3)), ("10月29日—31日", (10, 29), (10, 31)),
        ("10月29日上午—11月2日", (10, 29), (11, 2)),
    ],
)  # fmt: skip
def test_a_stretch_may_end_in_another_month(
    text: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    (span,) = day_spans(text)
    assert (span.first, span.last) == (first, last)


def test_an_hour_behind_a_day_is_known() -> None:
    assert written.hour_behind("2018/3/2 14:30") == time(14, 30)
    assert written.hour_behind(datetime(2018, 3, 2, 14, 30)) == time(14, 30)  # noqa: DTZ001
    assert written.hour_behind("2018-5-1 00:00:00") is None
    assert written.hour_behind("2018-5-1") is None
