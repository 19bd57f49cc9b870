"""The calendar of working days: written as people write it, drawn as a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taizhang.orgs.models import CalendarDay
from tests.make import Cast


def test_stretches_leave_out_the_weekends(people: Cast, login: Any) -> None:
    office = login(people.users["office"])
    off = "1月1日\n2月4日—2月10日、2019-04-05\n10月1日-7日"
    answer = office.post("/calendar/2019/", {"off": off, "worked": "2月2日，2月3日"})

    assert answer.status_code == 302
    days = dict(CalendarDay.objects.filter(day__year=2019).values_list("day", "kind"))
    assert days[date(2019, 2, 4)] == "holiday"
    assert date(2019, 2, 9) not in days
    assert (days[date(2019, 2, 2)], len(days)) == ("workday", 14)
    assert "休" in office.get("/calendar/2019/").content.decode()


@pytest.mark.parametrize(
    ("off", "worked", "told"),
    [
        ("2月30日", "", "第1行“放假”列：“2月30日”不是2019年的日期"),
        ("1月1日\n国庆", "", "第2行“放假”列：“国庆”不是"),
        ("2018-10-01", "", "不是2019年的日期"),
        ("5月3日—5月1日", "", "不是2019年的日期"),
        ("", "1月7日", "是工作日"),
    ],
)
def test_what_cannot_be_a_day_is_told_and_what_was_written_stays(
    people: Cast, login: Any, off: str, worked: str, told: str
) -> None:
    before = CalendarDay.objects.count()
    answer = login(people.users["office"]).post("/calendar/2019/", {"off": off, "worked": worked})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert off in page
    assert worked in page
    assert CalendarDay.objects.count() == before


def test_the_vacations_of_the_schools_are_whole_weeks_and_make_no_year_known(
    people: Cast, login: Any
) -> None:
    office = login(people.users["office"])
    answer = office.post("/calendar/2031/", {"vacation": "1月24日—2月14日、7月1日—7月3日\n8月5日"})

    assert answer.status_code == 302
    days = CalendarDay.objects.filter(day__year=2031)
    assert (days.count(), set(days.values_list("kind", "vacation"))) == (26, {("", True)})
    page = office.get("/calendar/2031/").content.decode()
    assert "1月24日—2月14日\n7月1日—7月3日\n8月5日" in page
    assert "2031年还没有填写" in page

    office.post("/calendar/2031/", {"off": "7月1日", "vacation": "7月1日"})
    (day,) = days.all()
    assert (day.kind, day.vacation) == ("holiday", True)


def test_a_vacation_that_ends_before_it_begins_is_told(people: Cast, login: Any) -> None:
    answer = login(people.users["office"]).post("/calendar/2031/", {"vacation": "8月31日—7月1日"})
    assert answer.status_code == 422
    assert "第1行“寒暑假”列" in answer.content.decode()
