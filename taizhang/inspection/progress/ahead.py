"""What lies ahead of somebody who inspects: when and where, with whom, which units in
which order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db.models import QuerySet

from taizhang.inspection import rights
from taizhang.inspection.models import Round, RoundArea, RoundSession, RoundUnit, TeamMember
from taizhang.inspection.plan.model import slots
from taizhang.orgs.actor import Actor

CALLED_UP = (Round.Standing.PUBLISHED, Round.Standing.SELF_CHECK, *rights.AT_WORK)
"""From the day on which a notice is published until the unit's consultation, its teams know when
they are wanted.
"""


@dataclass(frozen=True)
class Ahead:
    """One session of a team; without a session what the plan has no day for yet."""

    area: RoundArea
    session: RoundSession | None
    team: list[str]
    """The leader first."""
    units: list[tuple[RoundUnit, time | None]]
    """Each with the hour for which it is planned."""

    @property
    def has_begun(self) -> bool:
        """Whether the round is at work, so that the page on site and its pack are there."""
        return self.area.round.standing in rights.AT_WORK


def _seats(actor: Actor) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(user=actor.user, area__round__standing__in=CALLED_UP)


def is_called_up(actor: Actor) -> bool:
    """Whether the actor is in the team of a round that is published or at work."""
    return _seats(actor).exists()


def of(actor: Actor) -> list[Ahead]:
    """His sessions, the next first. Names and hours of the published plan, nothing of a ledger."""
    areas = (
        RoundArea.objects.filter(pk__in=_seats(actor).values("area"))
        .select_related("round")
        .prefetch_related("units", "sessions__host", "team")
    )
    found = [one for area in areas for one in _of_area(area)]
    return sorted(found, key=_day)


def _day(one: Ahead) -> tuple[bool, str]:
    day = one.session.date if one.session else None
    return day is None, str(day or "")


def _of_area(area: RoundArea) -> list[Ahead]:
    order = list(TeamMember.Role.values)
    team = sorted(area.team.all(), key=lambda one: order.index(one.role))
    names = [
        one.name
        if one.role == TeamMember.Role.MEMBER
        else f"{one.name}（{one.get_role_display()}）"
        for one in team
    ]
    sessions: dict[RoundSession | None, list[tuple[RoundUnit, time | None]]] = {}
    for unit, session, at in slots(area):
        sessions.setdefault(session, []).append((unit, at))
    return [Ahead(area, session, names, units) for session, units in sessions.items()]
