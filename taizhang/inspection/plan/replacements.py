"""Who may take the place of a member of a team, and what passes on to him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from taizhang.inspection.models import Finding, TeamMember
from taizhang.inspection.plan.model import RECUSAL_YEARS, first_day, told_numbers
from taizhang.kernel.errors import NotAllowed
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import User
from taizhang.orgs.queries import accounts, roster


@dataclass(frozen=True)
class Candidate:
    """An account, and the units for which its owner has to stand aside."""

    user: User
    units: list[str]

    @property
    def key(self) -> str:
        """As a form sends it."""
        return str(self.user.pk)


def member(key: int, *, actor: Actor) -> TeamMember:
    """One member of a team, for the organisation section."""
    actor.must_run_office()
    found = TeamMember.objects.filter(pk=key).select_related("area__round", "user").first()
    if found is None:
        raise NotAllowed("没有这名督查组成员，可能刚被换过，请回到安排页面查看。")
    return found


def page(key: int, *, actor: Actor) -> dict[str, Any]:
    """What the page of a replacement shows."""
    found = member(key, actor=actor)
    area = found.area
    units = {u.organisation_id: u.name for u in area.units.all() if u.organisation_id}
    day = first_day(area)
    since = day - timedelta(days=365 * RECUSAL_YEARS)
    drafts = Finding.objects.filter(
        visit__unit__area=area, by=found.user, standing=Finding.Standing.DRAFT
    )
    inside = {user_id for user_id in area.team.values_list("user_id", flat=True) if user_id}
    candidates = [
        Candidate(
            user, [units[k] for k in sorted(roster.belonged(user, since, day) & units.keys())]
        )
        for user in accounts.accounts()
        if user.pk not in inside
    ]
    return {
        "member": found,
        "round": area.round,
        "shares": told_numbers(found.items),
        "drafts": drafts.count() if found.user_id else 0,
        "candidates": candidates,
    }
