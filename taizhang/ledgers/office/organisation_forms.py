"""The forms of the organisation section: an organisation, and a year of the calendar of working
days.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import folded
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse
from taizhang.orgs.actions import organisations as org_actions
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Unit
from taizhang.orgs.queries import calendar as orgs_calendar
from taizhang.orgs.queries import organisations
from taizhang.web.params import key_of


def page(found: Organisation | None, posted: QueryDict | None, actor: Actor) -> dict[str, Any]:
    """What the form of an organisation shows."""
    aliases = "\n".join(a.name for a in found.aliases.all()) if found else ""
    units = "\n".join(u.name for u in found.units.all()) if found else ""
    values: dict[str, Any] = {
        "full_name": found.full_name if found else "中共…支部委员会",
        "short_name": found.short_name if found else "",
        "org_type": found.org_type if found else "branch",
        "established_on": found.established_on.isoformat() if found else "",
        "dissolved_on": found.dissolved_on.isoformat() if found and found.dissolved_on else "",
        "aliases": aliases,
        "units": units,
        "unit_type": "school",
        "renamed_on": "",
        "parent": f"{found.parent_id or ''}" if found else "",
    }
    if posted is not None:
        values |= {name: posted.get(name, "") for name in values}
    return {
        "found": found,
        "values": values,
        "types": Organisation.Type.choices,
        "unit_types": Unit.Type.choices,
        "parents": organisations.organisations(actor).exclude(
            org_type__in=Organisation.BRANCH_TYPES
        ),
    }


_DAYS = (("established_on", "成立日期"), ("dissolved_on", "撤销日期"), ("renamed_on", "更名日期"))


@transaction.atomic
def save(
    found: Organisation | None, posted: QueryDict, actor: Actor, now: datetime
) -> Organisation:
    """Store what the form says."""
    problems: list[Problem] = []
    days: dict[str, Any] = {}
    for name, label in _DAYS:
        try:
            days[name] = parse(
                Field(name=name, label=label, kind="date", required=name == "established_on"),
                posted.get(name),
                NO_NAMES,
            )
        except Unreadable as refusal:
            problems.append(Problem(str(refusal), column=label))
    if problems:
        raise BadInput(problems)
    unit_type = posted.get("unit_type", "school")
    units = [
        org_actions.found_unit(
            name=name.strip(),
            unit_type=unit_type if unit_type in Unit.Type.values else "other",
            is_public_institution=unit_type != "private",
            actor=actor,
            now=now,
        )
        for name in posted.get("units", "").splitlines()
        if name.strip()
    ]
    values = org_actions.OrganisationValues(
        full_name=posted.get("full_name", "").strip(),
        short_name=posted.get("short_name", "").strip(),
        org_type=posted.get("org_type", ""),
        **days,
        units=tuple(units),
        aliases=tuple(
            line.strip() for line in posted.get("aliases", "").splitlines() if line.strip()
        ),
    )
    parent = key_of(posted.get("parent"))
    above = organisations.organisation(parent, actor=actor) if parent else None
    if found is not None:
        if above is not None:
            org_actions.place_under(organisation=found, parent=above, actor=actor, now=now)
        return org_actions.change_organisation(
            organisation=found, values=values, actor=actor, now=now
        )
    return org_actions.found_organisation(parent=above, values=values, actor=actor, now=now)


_DAY = r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?"
_SPAN = re.compile(rf"{_DAY}(?:[—–\-~至到]+(?:{_DAY}|(\d{{1,2}})[日号]?))?")


def days_of(year: int, posted: QueryDict) -> dict[str, list[date]]:
    """Weekdays off, weekend days worked and vacations as written: a day or a stretch a line; raises
    BadInput with the line.
    """
    problems: list[Problem] = []
    off = [d for d in _days(year, posted.get("off", ""), "放假", problems) if d.weekday() < 5]
    worked = list(_days(year, posted.get("worked", ""), "调休上班", problems))
    vacation = list(_days(year, posted.get("vacation", ""), "寒暑假", problems))
    problems += [
        Problem(f"{day}是工作日，不必列为调休上班。", column="调休上班")
        for day in worked
        if day.weekday() < 5
    ]
    if problems:
        raise BadInput(problems)
    found = {"holidays": off, "workdays": worked, "vacation": vacation}
    return {name: sorted(set(days)) for name, days in found.items()}


def _days(year: int, text: str, label: str, problems: list[Problem]) -> Iterator[date]:
    for number, line in enumerate(text.splitlines(), start=1):
        for piece in re.split(r"[、，,;；\s]+", line):
            if piece:
                try:
                    yield from _stretch(year, folded(piece))
                except ValueError:
                    message = f"“{piece}”不是{year}年的日期，应写作 10月1日 或 10月1日—10月7日。"
                    problems.append(Problem(message, row=number, column=label))


def _stretch(year: int, piece: str) -> list[date]:
    found = _SPAN.fullmatch(piece)
    if not found or any(y and int(y) != year for y in (found[1], found[4])):
        raise ValueError(piece)
    first = date(year, int(found[2]), int(found[3]))
    last = first
    if found[5]:
        last = date(year, int(found[5]), int(found[6]))
    elif found[7]:
        last = date(year, first.month, int(found[7]))
    if last < first:
        raise ValueError(piece)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class DayCell:
    """One day of the calendar's picture; number 0 is a blank before the first or after the last."""

    number: int
    mark: str
    off: bool
    vacation: bool = False


def year_page(year: int, posted: QueryDict | None) -> dict[str, Any]:
    """What the page of a year shows: the two lists as they are written, and the year as
    a picture.
    """
    kinds, vacation = orgs_calendar.calendar_days(year), orgs_calendar.vacation_days(year)
    lists = {
        kind: "\n".join(f"{d.month}月{d.day}日" for d, k in kinds.items() if k == kind)
        for kind in ("holiday", "workday")
    }
    months = [(m, list(_weeks(year, m, kinds, set(vacation)))) for m in range(1, 13)]
    known = orgs_calendar.calendar_years()
    return {
        "year": year,
        "months": months,
        "off": posted.get("off", "") if posted else lists["holiday"],
        "worked": posted.get("worked", "") if posted else lists["workday"],
        "vacation": posted.get("vacation", "") if posted else _stretches(vacation),
        "years": sorted({*known, year, *((max(known) + 1,) if known else ())}),
        "known": year in known,
    }


def _stretches(days: list[date]) -> str:
    """Days one after another as a stretch, each on a line."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    spans = [(f"{s[0].month}月{s[0].day}日", f"{s[-1].month}月{s[-1].day}日") for s in found]
    return "\n".join(first if first == last else f"{first}—{last}" for first, last in spans)


def _weeks(
    year: int, month: int, kinds: dict[date, str], vacation: set[date]
) -> Iterator[list[DayCell]]:
    for week in calendar.Calendar().monthdatescalendar(year, month):
        yield [
            DayCell(0, "", off=False)
            if day.month != month
            else DayCell(
                day.day,
                {"holiday": "休", "workday": "班"}.get(kinds.get(day, ""), ""),
                off=kinds.get(day) == "holiday" or (day.weekday() > 4 and day not in kinds),
                vacation=day in vacation,
            )
            for day in week
        ]
