"""A round goes from one state to the next; what that brings with it happens in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from taizhang.checks import actions as checks
from taizhang.checks.queries import must_have_scope
from taizhang.inspection import packing
from taizhang.inspection.actions.opening import topics_of
from taizhang.inspection.flows import OFFICE, ROUND
from taizhang.inspection.models import (
    Answer,
    Attendee,
    Finding,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan import MINUTES, conflicts, minutes_of
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs import actions as orgs
from taizhang.orgs import queries as people
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Post, Role


@transaction.atomic
def advance(*, opened: Round, verb: str, actor: Actor, now: datetime) -> Round:
    """Take one step of the round's flow."""
    actor.must_run_office()
    before = opened.standing
    after = ROUND.move(verb, standing=before, roles=[OFFICE])
    effect = _EFFECTS.get(verb)
    if effect is not None:
        effect(opened, actor, now)
    opened.standing = after
    opened.save(update_fields=["standing"])
    JournalLine.objects.create(
        at=now, actor=actor.user, verb=f"inspection.round.{verb}", subject=f"round:{opened.pk}",
        detail={"before": before, "after": opened.standing},
    )  # fmt: skip
    return opened


def _publish(opened: Round, actor: Actor, now: datetime) -> None:
    """The plan must be free of what forbids it; then its days become what is checked."""
    wrong = [c for c in conflicts(opened) if c.severity == "error"]
    if wrong:
        raise BadInput([Problem(c.text, column=c.where) for c in wrong])
    if opened.period_from and opened.period_to and opened.catalogue:
        checks.set_scope(
            from_on=opened.period_from, to_on=opened.period_to, on=opened.starts_on, catalogue=opened.catalogue,
            topics=topics_of(opened), actor=actor, now=now,
        )  # fmt: skip


def _begin(opened: Round, actor: Actor, now: datetime) -> None:
    """Freeze the picture of every unit, say when each is due, and let each team see its units for its days."""
    scope = must_have_scope()
    for area in opened.areas.prefetch_related("units__organisation", "sessions", "team__user"):
        for unit, session, at in _slots(area):
            visit, _ = Visit.objects.update_or_create(
                unit=unit, defaults={"session": session, "planned_at": at}
            )
            visit.pack, visit.packed_at = packing.pack(visit, opened, scope, actor), now
            visit.save(update_fields=["pack", "packed_at"])
            if unit.organisation is not None and not visit.attendees.exists():
                _expect(visit, unit.organisation, packing.day_of(opened, timezone.localdate(now)))
        _admit(opened, area, now)


def _slots(area: RoundArea) -> list[tuple[RoundUnit, RoundSession | None, time | None]]:
    """Each unit with its session and hour: a quarter of an hour each, the sessions filled one after another."""
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


def _expect(visit: Visit, branch: Organisation, day: date) -> None:
    """书记 and 台账员 must come (the notice's demand 1)."""
    names = [("书记", name) for name in people.named_in_post(branch, Post.SECRETARY, day)]
    names += [("台账员", name) for name in people.keepers(branch, Role.CLERK, day)]
    if not names:
        names = [("书记", "（名册上没有）")]
    Attendee.objects.bulk_create(
        Attendee(visit=visit, post=post, name=name[:40]) for post, name in names
    )


def _admit(opened: Round, area: RoundArea, now: datetime) -> None:
    """The team reads its units' ledgers from the first day of its sessions to the last of the round, and not longer."""
    today = timezone.localdate(now)
    days = [session.date for session in area.sessions.all() if session.date]
    first = min(days, default=opened.starts_on or today)
    last = max([*days, *([opened.ends_on] if opened.ends_on else [])], default=today)
    for member in area.team.all():
        if member.user is not None:
            role = Role.INSPECTOR if member.role == TeamMember.Role.MEMBER else Role.TEAM_LEADER
            places = [
                unit.organisation for unit in area.units.all() if unit.organisation is not None
            ]
            orgs.lend_duty(
                user=member.user, role=role, places=places, days=(first, max(first, last)), now=now
            )


def _withdraw(opened: Round, actor: Actor, now: datetime) -> None:
    del actor, now
    if Answer.objects.filter(visit__unit__area__round=opened).exists():
        raise WrongState("已经有督查记录，不能收回。")


def _feed_back(opened: Round, actor: Actor, now: datetime) -> None:
    """Only when no unit waits any more; the teams' right to read ends here."""
    del actor
    waiting = Visit.objects.filter(unit__area__round=opened).exclude(
        standing=Visit.Standing.FED_BACK
    )
    if waiting.exists():
        raise WrongState(f"还有{waiting.count()}个单位没有反馈，不能办理“反馈完毕”。")
    users = [m.user for area in opened.areas.all() for m in area.team.all() if m.user is not None]
    orgs.end_duties(
        users=users, roles=(Role.INSPECTOR, Role.TEAM_LEADER), day=timezone.localdate(now), now=now
    )


def _close(opened: Round, actor: Actor, now: datetime) -> None:
    """Nothing may be on its way any more, unless a next round carries it on."""
    del actor, now
    done = (Finding.Standing.CLOSED, Finding.Standing.LONG_TERM)
    left = Finding.objects.filter(
        visit__unit__area__round=opened, standing__in=Finding.OPEN
    ).exclude(standing__in=done)
    if left.exists() and not opened.next_rounds.exists():
        raise WrongState(
            f"还有{left.count()}个问题没有销号，不能办结。请先由本轮发起回头看，由下一轮接着督办。"
        )


_EFFECTS: dict[str, Callable[[Round, Actor, datetime], None]] = {
    "publish": _publish,
    "withdraw": _withdraw,
    "begin": _begin,
    "feed_back": _feed_back,
    "close": _close,
}
