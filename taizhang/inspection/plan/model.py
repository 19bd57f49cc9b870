"""The plan of a round as a person writes it, and what stands against a plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Literal

from taizhang.inspection.models import Round, RoundArea, RoundSession, RoundUnit, TeamMember
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import folded, person_name
from taizhang.kernel.writing import columns
from taizhang.orgs.models import Organisation, Post, Role
from taizhang.orgs.queries import accounts as orgs_accounts
from taizhang.orgs.queries import organisations, roster

MINUTES = 15
"""For one unit: ten units in two and a half hours (DOMAIN 1.2)."""
RECUSAL_YEARS = 3
"""Whoever belonged to a unit in so many years before does not inspect it (DOMAIN 5.3)."""


@dataclass(frozen=True)
class UnitPlan:
    """A unit by its key in the round, or a new one; `organisation` also for one that was not
    matched so far.
    """

    key: int
    name: str
    organisation: int | None = None


@dataclass(frozen=True)
class SessionPlan:
    """A session; `host` is an organisation's key, `at_venue` whose the venue is by its name, where
    that is known: where the venue was changed and the host was not, the host is who has the new
    venue.
    """

    key: int
    date: date | None
    starts_at: time | None
    ends_at: time | None
    venue: str
    host: int | None
    at_venue: int | None = None


@dataclass(frozen=True)
class AreaPlan:
    """An area with its units in order, its sessions and its team."""

    key: int
    name: str
    units: list[UnitPlan]
    sessions: list[SessionPlan]
    leader: str = ""
    deputies: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    shares: dict[str, list[int]] = field(default_factory=dict)
    """Who reads which requirements, by number."""
    accounts: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All areas of a round."""

    areas: list[AreaPlan]


def must_hold(plan: Plan, opened: Round) -> None:
    """Refuse what cannot be written down; what is merely unwise is a conflict, shown beside the
    plan.
    """
    problems = []
    names = [area.name for area in plan.areas]
    problems += [Problem("片区名称不能为空。", column="片区")] * (not all(names))
    problems += [
        Problem(f"片区“{n}”重名。", column="片区") for n in {n for n in names if names.count(n) > 1}
    ]
    units = [unit for area in plan.areas for unit in area.units]
    twice = {u.key for u in units if u.key and [x.key for x in units].count(u.key) > 1}
    problems += [Problem("同一个单位排了两次。", column=u.name) for u in units if u.key in twice]
    known = set(RoundUnit.objects.filter(area__round=opened).values_list("pk", flat=True))
    problems += [
        Problem("不是本轮的单位。", column=u.name) for u in units if u.key and u.key not in known
    ]
    for area in plan.areas:
        problems += _too_long(area)
        for session in area.sessions:
            if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
                problems.append(Problem("结束时间不晚于开始时间。", column=f"{area.name}场次"))
    if problems:
        raise BadInput(problems)


def _too_long(area: AreaPlan) -> list[Problem]:
    problems = columns.too_long(RoundArea.name, area.name)
    for name in (area.leader, *area.deputies, *area.members):
        problems += columns.too_long(TeamMember.name, name, f"{area.name}督查组")
    for unit in area.units:
        problems += columns.too_long(RoundUnit.name, unit.name, f"{area.name}单位")
    for session in area.sessions:
        problems += columns.too_long(RoundSession.venue, session.venue, f"{area.name}地点")
    return problems


@dataclass(frozen=True)
class Conflict:
    """What stands against a plan, where, and why; an error keeps the round from being published."""

    severity: Literal["error", "warn", "info"]
    where: str
    text: str


def conflicts(opened: Round) -> list[Conflict]:
    """Everything that stands against the plan as it is, the grave first."""
    areas = list(
        opened.areas.prefetch_related("team__user__person", "units__organisation", "sessions__host")
    )
    found = [
        *_of_time(areas),
        *_of_days(areas, opened),
        *_of_rooms_and_people(areas),
        *_of_hosts(areas),
        *_of_recusal(areas),
        *_of_units(areas),
        *_of_shares(areas),
        *_of_one_branch(areas),
        *_of_general(areas),
    ]
    order = ("error", "warn", "info")
    return sorted(found, key=lambda c: order.index(c.severity))


def minutes_of(session: RoundSession) -> int:
    """How long a session is; 0 when its hours are not known."""
    if not (session.starts_at and session.ends_at):
        return 0
    day = date(2000, 1, 1)
    return (
        datetime.combine(day, session.ends_at) - datetime.combine(day, session.starts_at)
    ).seconds // 60


def _of_time(areas: Iterable[RoundArea]) -> Iterator[Conflict]:
    for area in areas:
        sessions, n = list(area.sessions.all()), len(area.units.all())
        if not sessions:
            yield Conflict("warn", area.name, "没有安排场次。")
            continue
        there = sum(map(minutes_of, sessions))
        if there and there < n * MINUTES:
            yield Conflict(
                "warn",
                area.name,
                f"{n}个单位每个{MINUTES}分钟需要{n * MINUTES}分钟，场次只有{there}分钟。",
            )
        for session in sessions:
            if not (session.date and session.starts_at and session.ends_at and session.venue):
                yield Conflict("info", area.name, "场次的日期、时间或地点没有写全。")


def is_outside(day: date | None, opened: Round) -> bool:
    """Whether a day is not among those that the notice says."""
    if day is None or opened.starts_on is None or opened.ends_on is None:
        return False
    return not opened.starts_on <= day <= opened.ends_on


def _of_days(areas: Iterable[RoundArea], opened: Round) -> Iterator[Conflict]:
    for area in areas:
        for session in area.sessions.all():
            if is_outside(session.date, opened):
                told = f"{session.date}的场次不在通知的督查时间（{opened.starts_on}至{opened.ends_on}）内。"
                yield Conflict("warn", area.name, told)


def unowned(area: RoundArea) -> list[int]:
    """The requirements of an area that nobody of its team reads."""
    asked = [item.no for item in area.round.items.all()]
    return left_over(asked, [member.items for member in area.team.all()])


def left_over(asked: Iterable[int], shares: Iterable[Iterable[int]]) -> list[int]:
    """The requirements that nobody reads, where they were shared out: for instance of one who fell
    ill.
    """
    shared = {no for share in shares for no in share}
    return [no for no in asked if no not in shared] if shared else []


def read_numbers(text: str) -> list[int]:
    """`1-13、15` as numbers."""
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,3})(?:\s*[-—~至]\s*(\d{1,3}))?", text):
        found += range(int(first), int(last or first) + 1)
    return sorted(set(found))


def told_numbers(numbers: Iterable[int]) -> str:
    """`22-27、30`: runs of numbers as people write them."""
    runs: list[list[int]] = []
    for no in numbers:
        if runs and runs[-1][-1] == no - 1:
            runs[-1].append(no)
        else:
            runs.append([no])
    return "、".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _of_shares(areas: Iterable[RoundArea]) -> Iterator[Conflict]:
    for area in areas:
        if left := unowned(area):
            yield Conflict("warn", area.name, f"第{told_numbers(left)}项无人负责，请重新分工。")


def _of_general(areas: Iterable[RoundArea]) -> Iterator[Conflict]:
    """A 党总支 and one of its own branches, both units of the round."""
    units = [
        (area, unit, unit.organisation)
        for area in areas
        for unit in area.units.all()
        if unit.organisation is not None
    ]
    for _, whole, above in units:
        for area, unit, place in units:
            if above.is_general and place != above and place.path.startswith(above.path):
                told = f"“{unit.name}”在“{whole.name}”之下，随“{whole.name}”已经受检，请核实是否要单独列出。"
                yield Conflict("warn", area.name, told)


def _of_one_branch(areas: Iterable[RoundArea]) -> Iterator[Conflict]:
    """Units that are one organisation: each has its own visit, its own letter and its own
    signature.
    """
    units: dict[int, list[tuple[RoundArea, RoundUnit]]] = defaultdict(list)
    for area in areas:
        for unit in area.units.all():
            place = unit.organisation
            if (
                place is not None
                and place.org_type == Organisation.Type.JOINT
                and "、" in unit.name
            ):
                told = f"“{unit.name}”同属联合党支部“{place}”，作为一个受检单位：一次督查、一份反馈意见。"
                yield Conflict("info", area.name, told)
            units[unit.organisation_id or 0].append((area, unit))
    for key, some in units.items():
        if key and len(some) > 1:
            names = "、".join(f"“{unit.name}”" for _, unit in some)
            where = "、".join(dict.fromkeys(area.name for area, _ in some))
            branch = some[0][1].organisation
            yield Conflict(
                "warn", where, f"{names}对应同一个党组织“{branch}”，将分别督查、分别反馈，请核实。"
            )


def _overlap(one: RoundSession, two: RoundSession) -> bool:
    if one.date is None or one.date != two.date:
        return False
    hours = (one.starts_at, one.ends_at, two.starts_at, two.ends_at)
    if None in hours:
        return False
    return bool(one.starts_at < two.ends_at and two.starts_at < one.ends_at)  # type: ignore[operator]


def _of_rooms_and_people(areas: list[RoundArea]) -> Iterator[Conflict]:
    sessions = [(area, session) for area in areas for session in area.sessions.all()]
    for (area, one), (other, two) in combinations(sessions, 2):
        if not _overlap(one, two):
            continue
        if one.venue and folded(one.venue) == folded(two.venue):
            yield Conflict(
                "error", f"{area.name}、{other.name}", f"{one.date}同一时间都用“{one.venue}”。"
            )
        if area != other:
            twice = {person_name(m.name) for m in area.team.all()} & {
                person_name(m.name) for m in other.team.all()
            }
            if twice:
                names = "、".join(sorted(twice))
                yield Conflict(
                    "error",
                    f"{area.name}、{other.name}",
                    f"{names}在{one.date}同一时间排在两个组。",
                )


def _of_hosts(areas: Iterable[RoundArea]) -> Iterator[Conflict]:
    for area in areas:
        own = {unit.organisation_id for unit in area.units.all()}
        for session in area.sessions.all():
            if session.host is not None and session.host_id not in own:
                yield Conflict(
                    "warn", area.name, f"场地单位{session.host.short_name}不在本片区的受检单位里。"
                )


def _of_units(areas: list[RoundArea]) -> Iterator[Conflict]:
    sizes = [len(area.units.all()) for area in areas]
    if sizes and max(sizes) - min(sizes) > 2:
        yield Conflict("info", "全部片区", f"各片区单位数不均衡（{'、'.join(map(str, sizes))}）。")
    for area in areas:
        if not any(m.role == TeamMember.Role.LEADER for m in area.team.all()):
            yield Conflict("warn", area.name, "没有组长。")
        for unit in area.units.all():
            if told := _of_its_end(unit, area):
                yield Conflict("warn", area.name, told)
        if unmatched := [unit.name for unit in area.units.all() if unit.organisation_id is None]:
            yield Conflict(
                "warn", area.name, f"没有对应到党组织，系统不能核对台账：{'、'.join(unmatched)}。"
            )


def _of_its_end(unit: RoundUnit, area: RoundArea) -> str:
    """That a unit's organisation is dissolved before it is inspected, and who goes on with its
    work.
    """
    place = unit.organisation
    if place is None or place.dissolved_on is None or place.dissolved_on > first_day(area):
        return ""
    heirs = [one.successor.short_name for one in place.successions.select_related("successor")]
    told = f"，由{'、'.join(heirs)}承接" if heirs else ""
    return f"“{unit.name}”已于{place.dissolved_on}撤销{told}，请核实。"


def _standing_for(area: RoundArea) -> dict[int, RoundUnit]:
    """The units of an area by every organisation that they stand for: a 党总支 for its
    branches too.
    """
    units = {u.organisation_id: u for u in area.units.all() if u.organisation_id}
    below = organisations.branches_of(u.organisation for u in units.values() if u.organisation)
    inside = {one.pk: units[key] for key, some in below.items() for one in some}
    return inside | units


def first_day(area: RoundArea) -> date:
    """The day as of which it is asked who has to stand aside."""
    days = [session.date for session in area.sessions.all() if session.date]
    return min(days) if days else area.round.starts_on or area.round.opened_at.date()


def _of_recusal(areas: list[RoundArea]) -> Iterator[Conflict]:
    """Own post or membership, now or in the years before; without an account only equal names can
    be told.
    """
    for area in areas:
        day = first_day(area)
        since = day - timedelta(days=365 * RECUSAL_YEARS)
        units = _standing_for(area)
        for member in area.team.all():
            own = roster.belonged(member.user, since, day) if member.user else set()
            for name in dict.fromkeys(units[key].name for key in sorted(own & units.keys())):
                yield Conflict(
                    "error",
                    area.name,
                    f"{member.name}近{RECUSAL_YEARS}年内属于“{name}”，应当回避。",
                )
        if outside := [m.name for m in area.team.all() if m.user is None]:
            told = "没有对应账号，不能登录现场检查，也不能核对回避。"
            yield Conflict("info", area.name, f"{'、'.join(outside)}{told}")
        untied = [m.name for m in area.team.all() if m.user and not m.user.person_id]
        if untied:
            told = "的账号没有关联花名册上的人员，回避只按账号的职责和姓名核对。"
            yield Conflict("info", area.name, f"{'、'.join(untied)}{told}")
        named = roster.rosters_naming(
            [m.name for m in area.team.all() if not (m.user and m.user.person)], list(units), day
        )
        for name, key in named:
            yield Conflict(
                "warn",
                area.name,
                f"“{units[key].name}”名册上有同名党员{name}，请核实是否需要回避。",
            )


def slots(area: RoundArea) -> list[tuple[RoundUnit, RoundSession | None, time | None]]:
    """Each unit with its session and hour: a quarter of an hour each, the sessions filled one after
    another.
    """
    units, sessions = list(area.units.all()), list(area.sessions.all())
    found: list[tuple[RoundUnit, RoundSession | None, time | None]] = []
    for at, session in enumerate(sessions):
        room = minutes_of(session) // MINUTES if minutes_of(session) else len(units)
        take = units if at == len(sessions) - 1 else units[:room]
        units = units[len(take) :]
        found += [(unit, session, _hour(session, n)) for n, unit in enumerate(take)]
    return found if sessions else [(unit, None, None) for unit in units]


def _hour(session: RoundSession, n: int) -> time | None:
    if session.starts_at is None:
        return None
    start = datetime.combine(date(2000, 1, 1), session.starts_at)
    return (start + timedelta(minutes=MINUTES * n)).time()


def expected(branch: Organisation, day: date) -> list[tuple[str, str]]:
    """Post and name of those who must come for a unit: its secretary and its clerks (the notice's
    demand 1).
    """
    secretaries = roster.named_in_post(branch, Post.SECRETARY, day) or orgs_accounts.keepers(
        branch, Role.SECRETARY, day
    )
    names = [("书记", name) for name in secretaries]
    return names + [("台账员", name) for name in orgs_accounts.keepers(branch, Role.CLERK, day)]
