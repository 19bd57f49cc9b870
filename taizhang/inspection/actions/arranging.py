"""Visits as the plan has them: the hour of each unit, its frozen picture, who must come, and what its team may read."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from taizhang.checks.actions.checking import judge_whole
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import frozen_facts
from taizhang.inspection.models import (
    Attendee,
    Round,
    RoundArea,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import expected, slots
from taizhang.inspection.site import packing
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Role


def arrange(*, opened: Round, actor: Actor, now: datetime, afresh: bool = False) -> None:
    """Bring the visits to what the plan says; a picture that is frozen stays, unless the round begins afresh."""
    scope = must_have_scope()
    for area in opened.areas.prefetch_related("units__organisation", "sessions", "team__user"):
        for unit, session, at in slots(area):
            visit, new = Visit.objects.update_or_create(
                unit=unit, defaults={"session": session, "planned_at": at}
            )
            if new or afresh:
                if unit.organisation is not None:
                    judge_whole(unit.organisation, now)
                visit.pack, visit.packed_at = packing.pack(visit, opened, scope, actor), now
                visit.save(update_fields=["pack", "packed_at"])
                frozen_facts.freeze(visit, scope, timezone.localdate(now), now)
            if unit.organisation is not None and not visit.attendees.exists():
                _expect(visit, unit.organisation, packing.day_of(opened, timezone.localdate(now)))
        _admit(opened, area, now)


def _expect(visit: Visit, branch: Organisation, day: date) -> None:
    names = expected(branch, day) or [("书记", "（名册上没有）")]
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
