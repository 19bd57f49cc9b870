"""What changes the calendar of working days and of the schools' vacations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem
from taizhang.orgs import changes
from taizhang.orgs.actions import noting
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import CalendarDay


@transaction.atomic
def set_calendar_year(
    *,
    year: int,
    holidays: Iterable[date],
    workdays: Iterable[date],
    vacation: Iterable[date] = (),
    actor: Actor,
    now: datetime,
) -> int:
    """Replace one year of the calendar of working days and of the schools' vacations."""
    actor.must_run_office()
    free = set(vacation)
    kinds: dict[date, str] = dict.fromkeys(free, "")
    kinds |= dict.fromkeys(holidays, CalendarDay.Kind.HOLIDAY)
    kinds |= dict.fromkeys(workdays, CalendarDay.Kind.WORKDAY)
    days = [CalendarDay(day=d, kind=kind, vacation=d in free) for d, kind in kinds.items()]
    wrong = [d.day for d in days if d.day.year != year]
    if wrong:
        raise BadInput([Problem(f"{wrong[0]}不属于{year}年。")])
    old = CalendarDay.objects.filter(day__year=year)
    before = {f"{day.day}": _as_noted(day) for day in old}
    old.delete()
    CalendarDay.objects.bulk_create(days)
    changed = journal.changed(before, {f"{day.day}": _as_noted(day) for day in days})
    noting.line(
        "orgs.set_calendar_year",
        f"calendar:{year}",
        actor=actor,
        now=now,
        detail={"changed": changed},
    )
    changes.announce(None, now)
    return len(days)


def _as_noted(day: CalendarDay) -> str:
    return "+".join(
        [*([str(day.kind)] if day.kind else []), *(["vacation"] if day.vacation else [])]
    )
