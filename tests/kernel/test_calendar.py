"""Windows and days at their bounds: ends of months, the day that a month lacks, June and December
in their halves.
"""

from __future__ import annotations

import calendar as days
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel import calendar
from taizhang.kernel.calendar import MONTHS, Grain, time_left
from taizhang.kernel.models import JournalLine
from taizhang.kernel.text import brief

ANY_DAY = st.dates(date(1990, 1, 1), date(2060, 12, 31))
GRAINS: st.SearchStrategy[Grain] = st.sampled_from(sorted(MONTHS))


@pytest.mark.parametrize(
    ("grain", "day", "label"),
    [
        ("half", date(2016, 6, 30), "2016-H1"), ("half", date(2016, 7, 1), "2016-H2"), ("half", date(2016, 12, 31), "2016-H2"),
        ("quarter", date(2016, 3, 31), "2016-Q1"), ("quarter", date(2016, 4, 1), "2016-Q2"), ("month", date(2016, 9, 5), "2016-09"),
        ("year", date(987, 1, 1), "0987"),
    ],
)  # fmt: skip
def test_a_day_lies_in_the_window_of_its_label(grain: Grain, day: date, label: str) -> None:
    assert calendar.label_of(grain, day) == label


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)), (date(2020, 1, 31), 1, date(2020, 2, 29)), (date(2019, 1, 30), 1, date(2019, 2, 28)),
        (date(2019, 3, 31), -1, date(2019, 2, 28)), (date(2018, 12, 1), 1, date(2019, 1, 1)), (date(2018, 1, 15), -1, date(2017, 12, 15)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)), (date(2018, 5, 31), 0, date(2018, 5, 31)),
    ],
)  # fmt: skip
def test_so_many_months_later_is_the_same_day_or_the_last(
    day: date, months: int, then: date
) -> None:
    assert calendar.plus_months(day, months) == then


@given(day=ANY_DAY, months=st.integers(-60, 60))
def test_months_later_never_leaves_the_month(day: date, months: int) -> None:
    then = calendar.plus_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day in (day.day, days.monthrange(then.year, then.month)[1])
    assert then.day <= day.day


@given(day=ANY_DAY)
def test_the_last_day_of_a_month_is_before_the_first_of_the_next(day: date) -> None:
    last = calendar.month_end(day)
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(days=1)).day == 1


@given(grain=GRAINS, first=ANY_DAY, length=st.integers(0, 800))
def test_windows_cover_every_day_once_in_order(grain: Grain, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(calendar.windows(grain, first, last))

    assert found[0].starts_on <= first <= found[0].ends_on
    assert found[-1].starts_on <= last <= found[-1].ends_on
    for one, after in pairwise(found):
        assert after.starts_on == one.ends_on + timedelta(days=1)
    for one in found:
        assert calendar.label_of(grain, one.starts_on) == one.label
        assert calendar.label_of(grain, one.ends_on) == one.label


def test_a_year_has_its_halves_quarters_and_months() -> None:
    found = calendar.windows_of_year(2016)
    assert len(found) == 1 + 2 + 4 + 12
    assert (found["2016-Q4"].starts_on, found["2016-Q4"].ends_on) == (date(2016, 10, 1), date(2016, 12, 31))  # fmt: skip
    assert found["2016-02"].ends_on == date(2016, 2, 29)


def test_minutes_of_the_day() -> None:
    assert [calendar.minute(time(0, 1)), calendar.minute(time(23, 59)), calendar.minute(None)] == [1, 1439, None]  # fmt: skip
    assert [calendar.clock_of(0), calendar.clock_of(60), calendar.clock_of(1439)] == ["00:00", "01:00", "23:59"]  # fmt: skip
    assert (calendar.clock(time(9, 5)), calendar.clock(None)) == ("09:05", "")


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("2016", "2016年"), ("2016-H2", "2016年下半年"), ("2016-Q3", "2016年三季度"), ("2016-09", "2016年9月"),
        ("2016-09-05", "2016年9月5日"), ("第3届", "第3届"), ("三年整", "三年整"), ("一二三四", "一二三四"), ("12345", "12345"),
    ],
)  # fmt: skip
def test_a_window_is_written_as_people_say_it(label: str, told: str) -> None:
    assert calendar.in_words(label) == told


@pytest.mark.parametrize(
    ("label", "grain", "first", "last"),
    [
        ("2016", "year", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-H2", "half", date(2016, 7, 1), date(2016, 12, 31)),
        ("2016-Q1", "quarter", date(2016, 1, 1), date(2016, 3, 31)),
        ("2016-01", "month", date(2016, 1, 1), date(2016, 1, 31)),
        ("2016-12", "month", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-02-29", None, date(2016, 2, 29), date(2016, 2, 29)),
    ],
)
def test_a_label_says_its_days(label: str, grain: Grain | None, first: date, last: date) -> None:
    assert calendar.grain_of(label) == grain
    assert calendar.days_of(label) == (first, last)


@pytest.mark.parametrize("label", ["", "2016-13", "2016-00", "2016-Q5", "16-01", "甲"])
def test_what_is_no_window_has_no_days(label: str) -> None:
    assert calendar.days_of(label) is None


@pytest.mark.parametrize(
    ("labels", "together"),
    [
        ([], []),
        (["2016-11", "2016-12", "2017-01", "2017-03"], [3, 1]),
        (["2016-Q3", "2016-Q4", "2017-Q1", "2017-Q3"], [3, 1]),
        (["2016-H1", "2016-H2", "2017-H1", "2018-H1"], [3, 1]),
        (["2015", "2016", "2018"], [2, 1]),
        (["2016-03", "2016-03"], [1, 1]),
        (["2016-03", "2016-02"], [1, 1]),
        (["甲", "乙"], [1, 1]),
        (["2016-03-01", "2016-03-02"], [1, 1]),
        (["2016-13", "2016-14"], [1, 1]),
    ],
)
def test_windows_that_follow_one_another_are_together(
    labels: list[str], together: list[int]
) -> None:
    found = calendar.runs(labels)
    assert [label for run in found for label in run] == labels
    assert [len(run) for run in found] == together


@given(ANY_DAY, GRAINS)
def test_the_next_window_follows_and_the_one_after_does_not(day: date, grain: Grain) -> None:
    first, second, third = (
        calendar.label_of(grain, calendar.plus_months(day, MONTHS[grain] * n)) for n in range(3)
    )
    assert calendar.runs([first, second, third]) == [[first, second, third]]
    assert calendar.runs([first, third]) == [[first], [third]]


@pytest.mark.parametrize(
    ("days", "told"), [(2, "还有2天"), (1, "还有1天"), (0, "今天到期"), (-1, "超期1天")]
)
def test_the_day_itself_is_said_in_words(days: int, told: str) -> None:
    assert time_left(days) == told


def test_a_moment_in_the_journal_is_told_by_the_clocks_here() -> None:
    line = JournalLine(detail={"时间": "2018-10-25T02:00:30.5Z", "text": "2018-10-25T02:00"})
    assert line.about == "时间：2018-10-25 10:00:30；内容：2018-10-25T02:00"


@pytest.mark.parametrize(("text", "told"), [("一二三四", "一二三四"), ("一二三四五", "一二三…")])
def test_what_is_cut_says_so(text: str, told: str) -> None:
    assert brief(text, 4) == told
