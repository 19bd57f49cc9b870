"""The calendar of working days and of the schools' vacations."""

from __future__ import annotations

from datetime import date, timedelta

from taizhang.orgs.models import CalendarDay


def calendar_days(year: int) -> dict[date, str]:
    """The days of a year that are not as the week has them, with their kinds."""
    days = CalendarDay.objects.filter(day__year=year).exclude(kind="")
    return dict(days.values_list("day", "kind"))


def vacation_days(year: int) -> list[date]:
    """The days of the schools' vacations in a year, in order."""
    return list(
        CalendarDay.objects.filter(day__year=year, vacation=True).values_list("day", flat=True)
    )


def calendar_years() -> list[int]:
    """The years that the calendar of working days knows."""
    known = CalendarDay.objects.exclude(kind="")
    return sorted({day.year for day in known.dates("day", "year")})


def workdays(first: date, last: date) -> int | None:
    """The working days from the first to the last, both counted; None where a year is not in the
    calendar.
    """
    if not {first.year, last.year} <= set(calendar_years()) or (last - first).days > 400:
        return None
    kinds = calendar_days(first.year) | calendar_days(last.year)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(_is_workday(day, kinds) for day in days)


def after_workdays(day: date, n: int) -> date:
    """So many working days after a day; in a year that is not in the calendar, Saturdays and
    Sundays are off.
    """
    kinds = calendar_days(day.year) | calendar_days(day.year + 1)
    last = day
    while n > 0:
        last += timedelta(days=1)
        n -= _is_workday(last, kinds)
    return last


def _is_workday(day: date, kinds: dict[date, str]) -> bool:
    """Whether a day is worked: as the calendar says it, else as the week has it."""
    return kinds.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday"
