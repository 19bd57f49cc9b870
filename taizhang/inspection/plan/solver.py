"""A plan proposed by the solver: units to areas, balanced, with recusal kept and each host in its
own session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from taizhang.inspection.models import Round, RoundArea, RoundUnit
from taizhang.inspection.plan import assignment
from taizhang.inspection.plan.model import MINUTES, RECUSAL_YEARS, minutes_of
from taizhang.kernel.errors import BadInput
from taizhang.orgs.queries import organisations, roster

_AWAY, _MOVED = 3, 1
"""What it costs to take a unit out of its lasting area, and to move it at all."""


@dataclass(frozen=True)
class Task:
    """What the solver is told: units and areas by position."""

    units: int
    room: list[int | None]
    """How many units each area has time for; None when its hours are not known."""
    fixed: Mapping[int, int]
    """Unit → the area that it hosts."""
    barred: frozenset[tuple[int, int]]
    """(unit, area): somebody of the team has to stand aside."""
    cost: Mapping[tuple[int, int], int]


def solve(task: Task) -> list[int]:
    """The area of each unit; raises BadInput with the reason when there is none."""
    _must_be_possible(task)
    areas = range(len(task.room))
    costs = [
        [
            None
            if (unit, area) in task.barred or task.fixed.get(unit, area) != area
            else task.cost.get((unit, area), 0)
            for area in areas
        ]
        for unit in range(task.units)
    ]
    found = assignment.balanced(costs, task.room)
    if found is None:
        raise BadInput("场次时间、场地单位和回避要求不能同时满足：请增加场次时间或调整督查组成员。")
    return found


def _must_be_possible(task: Task) -> None:
    if not task.room:
        raise BadInput("还没有片区，请先建立片区、场次和督查组。")
    if None not in task.room and sum(r or 0 for r in task.room) < task.units:
        there = sum(r or 0 for r in task.room)
        raise BadInput(
            f"{task.units}个单位需要{task.units * MINUTES}分钟，各场次合计只够{there}个单位，请延长或增加场次。"
        )
    for unit in range(task.units):
        if all((unit, area) in task.barred for area in range(len(task.room))):
            raise BadInput(f"第{unit + 1}个单位在每个督查组都有人需要回避，请先调整督查组。")


def task_of(opened: Round) -> tuple[Task, list[RoundUnit], list[RoundArea]]:
    """The round as the solver takes it: units and areas in the order in which their positions
    count.
    """
    areas = list(
        opened.areas.prefetch_related("team__user__person", "sessions", "units__organisation")
    )
    units = [unit for area in areas for unit in area.units.all()]
    now_in = {unit.pk: at for at, area in enumerate(areas) for unit in area.units.all()}
    lasting = {
        key: place.pk
        for place, keys in organisations.areas(opened.starts_on or opened.opened_at.date())
        for key in keys
    }
    usual = [_usual(area, lasting) for area in areas]
    hosts = {
        s.host_id: at for at, area in enumerate(areas) for s in area.sessions.all() if s.host_id
    }
    fixed = {
        u: hosts[unit.organisation_id or 0]
        for u, unit in enumerate(units)
        if unit.organisation_id in hosts
    }
    aside = [_aside(area) for area in areas]
    barred = {
        (u, a)
        for u, unit in enumerate(units)
        for a in range(len(areas))
        if unit.organisation_id in aside[a]
    }
    cost = {}
    for u, unit in enumerate(units):
        home = lasting.get(unit.organisation_id or 0)
        for a in range(len(areas)):
            away = _AWAY if home and usual[a] and home != usual[a] else 0
            cost[u, a] = away + (_MOVED if now_in[unit.pk] != a else 0)
    return (
        Task(len(units), [_room(area) for area in areas], fixed, frozenset(barred), cost),
        units,
        areas,
    )


def _room(area: RoundArea) -> int | None:
    minutes = [minutes_of(session) for session in area.sessions.all()]
    return sum(m // MINUTES for m in minutes) if minutes and all(minutes) else None


def _usual(area: RoundArea, lasting: Mapping[int, int]) -> int | None:
    """The lasting area of most of its units: so that nobody travels across the district."""
    places = Counter(
        lasting[u.organisation_id or 0] for u in area.units.all() if u.organisation_id in lasting
    )
    return places.most_common(1)[0][0] if places else None


def _aside(area: RoundArea) -> set[int]:
    days = [session.date for session in area.sessions.all() if session.date]
    day = min(days) if days else area.round.starts_on or area.round.opened_at.date()
    since = day - timedelta(days=365 * RECUSAL_YEARS)
    found: set[int] = set()
    for member in area.team.all():
        if member.user is not None:
            found |= roster.belonged(member.user, since, day)
    return found
