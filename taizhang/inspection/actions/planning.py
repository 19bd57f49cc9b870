"""Areas, sessions, teams and units of a round: changed by hand until the round is published, and
copied from the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from taizhang.inspection import rights
from taizhang.inspection.actions import arranging
from taizhang.inspection.models import (
    Preparation,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    TeamChange,
    TeamMember,
)
from taizhang.inspection.plan.host_duties import asked_of_host
from taizhang.inspection.plan.model import (
    AreaPlan,
    Plan,
    SessionPlan,
    UnitPlan,
    conflicts,
    is_outside,
    must_hold,
)
from taizhang.inspection.plan.solver import Task, solve
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.text import person_name
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, User
from taizhang.orgs.queries import accounts as orgs

OVER = (Round.Standing.CLOSED, Round.Standing.ARCHIVED)
"""Once a round is in one of these, nobody is replaced any more."""
PLANNABLE = (
    Round.Standing.DRAFT,
    Round.Standing.PUBLISHED,
    Round.Standing.SELF_CHECK,
    Round.Standing.INSPECTING,
)


def set_team(area: RoundArea, leader: str, deputies: Sequence[str], members: Sequence[str]) -> None:
    """Write the team of an area; an account of the same name, and of that name only one, is taken
    for his.
    """
    wanted = [(TeamMember.Role.LEADER, leader)] if leader else []
    wanted += [(TeamMember.Role.DEPUTY, name) for name in deputies]
    wanted += [(TeamMember.Role.MEMBER, name) for name in members]
    before = {member.name: member for member in area.team.all()}
    area.team.all().delete()
    for role, said in wanted:
        name = columns.taken(TeamMember.name, said)
        old = before.get(name)
        TeamMember.objects.create(
            area=area,
            role=role,
            name=name,
            user=old.user if old else _account(name),
            items=old.items if old else [],
        )


def _account(name: str) -> User | None:
    found = orgs.accounts_named(name)
    return found[0] if len(found) == 1 else None


def ask_host(session: RoundSession) -> None:
    """What the host of a session has to prepare, as the round's notice says now; what he confirmed
    stays confirmed.
    """
    asked = asked_of_host(session.area.round.demands)
    session.preparations.exclude(text__in=asked).delete()
    there = set(session.preparations.values_list("text", flat=True))
    Preparation.objects.bulk_create(
        Preparation(session=session, text=text) for text in asked if text not in there
    )


@transaction.atomic
def change_plan(
    *, opened: Round, plan: Plan, actor: Actor, now: datetime, outside: bool = False
) -> Round:
    """Put units, sessions and teams as a plan says. What has conflicts that forbid it is refused
    with every reason. `outside` says that sessions of a published round lie outside the days of its
    notice knowingly.
    """
    actor.must_run_office()
    if opened.standing not in PLANNABLE:
        raise WrongState("督查已经结束，安排不能再改。")
    must_hold(plan, opened)
    if opened.standing != Round.Standing.DRAFT and not outside:
        _must_be_within(plan, opened)
    kept = {area.key for area in plan.areas if area.key}
    gone = RoundArea.objects.filter(
        pk__in=list(opened.areas.exclude(pk__in=kept).values_list("pk", flat=True))
    )
    if gone.filter(units__visit__answers__isnull=False).exists():
        raise WrongState("要删除的片区里已经有督查记录，不能删除。")
    before, refused = _as_planned(opened), forbidding(opened)
    users = arranging.users_of(opened)
    units = {unit.pk: unit for unit in RoundUnit.objects.filter(area__round=opened)}
    made = [_change_area(opened, order, area, now) for order, area in enumerate(plan.areas)]
    for area, wanted in zip(made, plan.areas, strict=True):
        for order, unit in enumerate(wanted.units):
            _place(area, order, unit, units)
    left = {unit.key for area in plan.areas for unit in area.units if unit.key}
    try:
        RoundUnit.objects.filter(area__round=opened).exclude(pk__in=left).filter(
            visit__answers__isnull=True, pk__in=units
        ).delete()
        gone.delete()
    except ProtectedError as kept_by:
        raise WrongState("要去掉的单位已经有督查记录，不能去掉。") from kept_by
    join_units(opened)
    must_not_worsen(opened, refused)
    if opened.standing == Round.Standing.INSPECTING:
        arranging.arrange(opened=opened, actor=actor, now=now)
        arranging.let_go(users, now)
    _note("change_plan", opened, actor, now, before)
    return opened


def forbidding(opened: Round) -> set[str]:
    """What stands against the plan of a published round and would have kept it from being
    published; of a draft: nothing.
    """
    if opened.standing == Round.Standing.DRAFT:
        return set()
    return {f"{c.where}：{c.text}" for c in conflicts(opened) if c.severity == "error"}


def must_not_worsen(opened: Round, before: set[str]) -> None:
    """Refuse a change of a published round that brings in what its publishing would have been
    refused for.
    """
    if fresh := sorted(forbidding(opened) - before):
        raise BadInput([Problem(text) for text in fresh])


def _must_be_within(plan: Plan, opened: Round) -> None:
    """A day that contradicts the notice is set only by one who says that he knows it."""
    known = dict(RoundSession.objects.filter(area__round=opened).values_list("pk", "date"))
    days = [s.date for area in plan.areas for s in area.sessions if s.date != known.get(s.key)]
    wrong = sorted({day for day in days if day and is_outside(day, opened)})
    if wrong:
        told = "、".join(map(str, wrong))
        span = f"{opened.starts_on}至{opened.ends_on}"
        raise BadInput(
            [
                Problem(
                    f"{told}不在已发布通知的督查时间（{span}）内。确需改到这一天的，请勾选“场次可以在通知的督查时间之外”再保存。",
                    column="场次日期",
                )
            ]
        )


def _as_planned(opened: Round) -> dict[str, Any]:
    areas = opened.areas.prefetch_related("units", "sessions__host", "team")
    return {
        area.name: {
            "单位": [unit.name for unit in area.units.all()],
            "场次": [_as_told(session) for session in area.sessions.all()],
            "督查组": [
                f"{m.get_role_display()} {m.name} {m.items or ''}".strip() for m in area.team.all()
            ],
        }
        for area in areas
    }


def _as_told(session: RoundSession) -> str:
    parts = (session.date, session.starts_at, session.ends_at, session.venue, session.host)
    return " ".join(str(part) for part in parts if part)


def _note(verb: str, opened: Round, actor: Actor, now: datetime, before: dict[str, Any]) -> None:
    """Of each area that was changed, what it was and what it is."""
    changed = journal.changed(before, _as_planned(opened))
    subject = f"round:{opened.pk}"
    journal.note(f"inspection.{verb}", subject, by=actor.user, now=now, changed=changed)


def _keep_who_left(area: RoundArea, before: Iterable[TeamMember], now: datetime) -> None:
    still = set(area.team.values_list("name", flat=True))
    TeamChange.objects.bulk_create(
        TeamChange(area=area, name=one.name, user=one.user, at=now)
        for one in before
        if one.name not in still
    )


def _change_area(opened: Round, order: int, wanted: AreaPlan, now: datetime) -> RoundArea:
    area = opened.areas.filter(pk=wanted.key).first() if wanted.key else None
    area = area or RoundArea(round=opened)
    area.name, area.order = wanted.name, order
    area.save()
    team = list(area.team.all())
    set_team(area, wanted.leader, wanted.deputies, wanted.members)
    if area.round.standing != Round.Standing.DRAFT:
        _keep_who_left(area, team, now)
    allowed = {user.pk for user in orgs.accounts()}
    if wrong := [n for n, key in wanted.accounts.items() if key and key not in allowed]:
        told = "这个账号不能用：管理员账号不参加督查，停用的账号也不能用。"
        raise BadInput([Problem(told, column=wrong[0])])
    for member in area.team.all():
        said = wanted.shares.get(member.name)
        user = wanted.accounts.get(member.name)
        member.items = said if said is not None else member.items
        member.user_id = user if member.name in wanted.accounts else member.user_id
        member.save(update_fields=["items", "user"])
    _change_sessions(area, wanted.sessions)
    return area


def _change_sessions(area: RoundArea, wanted: Iterable[SessionPlan]) -> None:
    kept = set()
    for one in wanted:
        session = area.sessions.filter(pk=one.key).first() if one.key else None
        new = session is None
        session = session or RoundSession(area=area)
        before = _as_told(session)
        if not new and session.venue != one.venue and session.host_id == one.host:
            host = one.at_venue or one.host
        else:
            host = one.host
        session.date, session.starts_at, session.ends_at = one.date, one.starts_at, one.ends_at
        session.venue, session.host = one.venue, Organisation.objects.filter(pk=host or 0).first()
        session.save()
        kept.add(session.pk)
        if new:
            ask_host(session)
        elif before != _as_told(session):
            session.preparations.update(confirmed_at=None, confirmed_by=None)
    area.sessions.exclude(pk__in=kept).delete()


def _place(area: RoundArea, order: int, wanted: UnitPlan, known: dict[int, RoundUnit]) -> None:
    unit = known.get(wanted.key) if wanted.key else None
    unit = unit or RoundUnit(name=wanted.name)
    if unit.organisation_id is None and wanted.organisation is not None:
        if area.round.standing not in PLANNABLE[:-1] and unit.pk is not None:
            raise WrongState("督查已经开始，不能再给单位对应党组织。")
        unit.organisation_id = wanted.organisation
    unit.area, unit.order = area, order
    unit.save()


def join_units(opened: Round) -> None:
    """Units of one 联合党支部 in one area are one unit that names them all: one visit, one letter, one
    signature.
    """
    units = RoundUnit.objects.filter(
        area__round=opened, organisation__org_type=Organisation.Type.JOINT, visit=None
    )
    first: dict[tuple[int, int | None], RoundUnit] = {}
    for unit in units.order_by("area", "order", "pk"):
        kept = first.setdefault((unit.area_id, unit.organisation_id), unit)
        if kept is unit or columns.too_long(RoundUnit.name, f"{kept.name}、{unit.name}"):
            continue
        kept.name = f"{kept.name}、{unit.name}"
        kept.includes = [*kept.includes, *unit.includes]
        kept.note = kept.note or unit.note
        unit.delete()
        kept.save()


def copy_areas(previous: Round, opened: Round, days: tuple[date, date]) -> None:
    """The areas of the last round, their sessions moved to the new days in the same order."""
    first = min(
        (s.date for a in previous.areas.all() for s in a.sessions.all() if s.date), default=None
    )
    for area in previous.areas.all():
        made = RoundArea.objects.create(round=opened, name=area.name, order=area.order)
        for member in area.team.all():
            member.pk, member.area = None, made
            member.save(force_insert=True)
        for unit in area.units.all():
            unit.pk, unit.area = None, made
            unit.save(force_insert=True)
        for session in area.sessions.all():
            moved = _moved(session.date, first, days)
            copy = RoundSession.objects.create(
                area=made,
                date=moved,
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                venue=session.venue,
                host_id=session.host_id,
            )
            ask_host(copy)


def _moved(day: date | None, first: date | None, days: tuple[date, date]) -> date | None:
    if day is None or first is None:
        return None
    return min(days[0] + timedelta(days=(day - first).days), days[1])


@transaction.atomic
def propose(
    *,
    opened: Round,
    task: tuple[Task, list[RoundUnit], list[RoundArea]],
    actor: Actor,
    now: datetime,
) -> int:
    """Put the units where the solver says; answers how many changed their area."""
    actor.must_run_office()
    if opened.standing not in PLANNABLE[:-1]:
        raise WrongState("督查已经开始，不能重新编排。")
    told, units, areas = task
    chosen = solve(told)
    before = _as_planned(opened)
    moved = 0
    places: dict[int, int] = {}
    hosts = {session.host_id for area in areas for session in area.sessions.all()}
    for unit, at in sorted(
        zip(units, chosen, strict=True), key=lambda one: one[0].organisation_id not in hosts
    ):
        moved += unit.area_id != areas[at].pk
        unit.area, unit.order = areas[at], places.get(at, 0)
        places[at] = unit.order + 1
        unit.save(update_fields=["area", "order"])
    _note("propose", opened, actor, now, before)
    return moved


@transaction.atomic
def share_out(*, opened: Round, actor: Actor, now: datetime) -> None:
    """Split the requirements among the members of each team: whole 大类, the longest to whoever has
    least.
    """
    actor.must_run_office()
    rights.must_go_on(opened)
    groups: dict[str, list[int]] = {}
    for item in opened.items.all():
        groups.setdefault(item.category, []).append(item.no)
    before = _as_planned(opened)
    for area in opened.areas.prefetch_related("team"):
        readers = [m for m in area.team.all() if m.role == TeamMember.Role.MEMBER] or list(
            area.team.all()
        )
        if not readers:
            continue
        parts = _parts(list(groups.values()), len(readers))
        shares: list[list[int]] = [[] for _ in readers]
        for part in sorted(parts, key=len, reverse=True):
            min(shares, key=len).extend(part)
        for member, share in zip(readers, shares, strict=True):
            member.items = sorted(share)
            member.save(update_fields=["items"])
    _note("share_out", opened, actor, now, before)


def _parts(groups: list[list[int]], readers: int) -> list[list[int]]:
    """The 大类, those that are more than one reader's share cut in halves."""
    share = max(1, -(-sum(map(len, groups)) // readers))
    parts = list(groups)
    while any(len(part) > share for part in parts):
        long = max(parts, key=len)
        parts.remove(long)
        parts += [long[: len(long) // 2], long[len(long) // 2 :]]
    return parts


@transaction.atomic
def replace_member(
    *, member: TeamMember, by: User, reason: str, actor: Actor, now: datetime
) -> TeamMember:
    """Put somebody in a member's place: the requirements that he reads, what waits for him and the
    right to read pass on at once. Whoever has to stand aside, or sits elsewhere at that hour, is
    refused. What the one who leaves wrote down before, on a device without a network too, still
    counts.
    """
    actor.must_run_office()
    area = member.area
    opened = area.round
    if opened.standing in OVER:
        raise WrongState("这一轮已经办结或者归档，不能再换人。")
    problems = columns.wrong_with(TeamChange.reason, reason, missing="请写明换人的原因。")
    taken = {person_name(one.name) for one in area.team.exclude(pk=member.pk)}
    if by not in orgs.accounts():
        told = "这个账号不能用：管理员账号不参加督查，停用的账号也不能用。"
        problems.append(Problem(told, column="接手的人"))
    if by.pk == member.user_id:
        problems.append(Problem("接手的就是原来的人。", column="接手的人"))
    elif person_name(by.name) in taken:
        problems.append(Problem(f"“{by.name}”已经在{area.name}督查组里。", column="接手的人"))
    if problems:
        raise BadInput(problems)
    reason = columns.taken(TeamChange.reason, reason)
    refused, left = forbidding(opened), [member.user] if member.user is not None else []
    before = f"{member.name}"
    kept = TeamChange(
        area=area,
        name=member.name,
        user=member.user,
        successor=by.name,
        reason=reason,
        at=now,
    )
    member.name, member.user = by.name, by
    member.save(update_fields=["name", "user"])
    must_not_worsen(opened, refused)
    if opened.standing != Round.Standing.DRAFT:
        kept.save()
    if opened.standing in arranging.ADMITTING:
        arranging.admit(opened, area, now)
        arranging.let_go(left, now)
    journal.note(
        "inspection.replace_member",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        title=opened.title,
        area=area.name,
        reason=reason,
        changed={str(member.get_role_display()): [before, member.name]},
    )
    return member
