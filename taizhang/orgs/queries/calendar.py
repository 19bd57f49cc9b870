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
    """The working days from the first to the last, both counted; None where a year is not in the calendar."""
    if not {first.year, last.year} <= set(calendar_years()) or (last - first).days > 400:
        return None
    kinds = calendar_days(first.year) | calendar_days(last.year)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(
        kinds.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday" for day in days
    )
