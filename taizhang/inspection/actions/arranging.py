"""Visits as the plan has them: the hour of each unit, its frozen picture, who must come, and what
its team may read.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from taizhang.checks.actions.checking import judge_whole
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import frozen_facts, rights
from taizhang.inspection.models import (
    Attendee,
    Round,
    RoundArea,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import expected, slots
from taizhang.inspection.site import packing
from taizhang.kernel.writing import columns
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.actor import INSPECTORS, Actor
from taizhang.orgs.models import Organisation, Role, User
from taizhang.orgs.queries import accounts, organisations


def arrange(*, opened: Round, actor: Actor, now: datetime, afresh: bool = False) -> None:
    """Bring the visits to what the plan says; a picture that is frozen stays, unless the round
    begins afresh.
    """
    scope = must_have_scope()
    for area in opened.areas.prefetch_related("units__organisation", "sessions", "team__user"):
        for unit, session, at in slots(area):
            visit, new = Visit.objects.update_or_create(
                unit=unit, defaults={"session": session, "planned_at": at}
            )
            if new or afresh:
                branches = _branches(unit.organisation)
                for branch in branches:
                    judge_whole(branch, now)
                visit.pack, visit.packed_at = packing.pack(visit, opened, scope, actor), now
                visit.save(update_fields=["pack", "packed_at"])
                for branch in branches:
                    frozen_facts.freeze(visit, branch, scope, timezone.localdate(now), now)
            if unit.organisation is not None and not visit.attendees.exists():
                _expect(visit, unit.organisation, packing.day_of(opened, timezone.localdate(now)))
        admit(opened, area, now)


def _branches(place: Organisation | None) -> list[Organisation]:
    return organisations.branches_of([place])[place.pk] if place is not None else []


def users_of(opened: Round) -> list[User]:
    """The accounts of all teams of a round."""
    team = TeamMember.objects.filter(area__round=opened, user__isnull=False).select_related("user")
    return [member.user for member in team if member.user is not None]


def let_go(users: list[User], now: datetime, *, fed_back: Round | None = None) -> None:
    """Of what was lent to these for rounds, end what no round at work gives them any more: they
    left a team, a unit left their area, or the round was fed back (then they read to the end of the
    day).
    """
    held = TeamMember.objects.filter(user__in=users, area__round__standing__in=rights.AT_WORK)
    held = held.exclude(area__round=fed_back) if fed_back else held
    today = timezone.localdate(now)
    orgs.end_duties(
        users=users,
        roles=INSPECTORS,
        now=now,
        day=today if fed_back else today - timedelta(days=1),
        kept=set(held.values_list("user_id", "area__units__organisation_id")),
    )


ADMITTING = rights.AT_WORK
"""While a round is in one of these, its teams read the ledgers of their units."""
KNOWN_BY_POST = {"书记": "督查开始时名册上没有", "台账员": "督查开始时没有授权"}
"""Both are asked to come (the notice's demand 1); of whom nobody knows the name has a line all the
same, in brackets, so that who came instead can be named at sign-in.
"""


def _unknown(post: str, branch: Organisation, day: date) -> str:
    """What is known of a post that nobody held on a day: a clerk's duty may begin after it."""
    later = accounts.keepers_after(branch, Role.CLERK, day) if post == "台账员" else []
    said = [f"{name}自{begun}起" for name, begun in later[:1]]
    return f"（{'，'.join([KNOWN_BY_POST[post], *said])}）"


def _expect(visit: Visit, branch: Organisation, day: date) -> None:
    known = expected(branch, day)
    held = dict(known)
    missing = [(post, _unknown(post, branch, day)) for post in KNOWN_BY_POST if post not in held]
    names = sorted([*known, *missing], key=lambda one: list(KNOWN_BY_POST).index(one[0]))
    Attendee.objects.bulk_create(
        Attendee(visit=visit, post=post, name=columns.fitted(Attendee.name, name))
        for post, name in names
    )


def admit(opened: Round, area: RoundArea, now: datetime) -> None:
    """The team reads its units' ledgers from the first day of its sessions to the last of the
    round; where that day is past already, for as long as the round is at work (`end_duties` ends
    it).
    """
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
            until = None if last < today else max(first, last)
            orgs.lend_duty(user=member.user, role=role, places=places, days=(first, until), now=now)
