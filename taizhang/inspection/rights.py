"""Who is what in a round: the organisation section, a team's leader or member, the inspected
branch, or nobody.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from taizhang.inspection.flows import BRANCH, LEADER, MEMBER, OFFICE
from taizhang.inspection.models import Round, RoundArea, TeamChange, TeamMember, Visit
from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotAllowed, WrongState
from taizhang.orgs.actor import KEEPERS, Actor

AT_WORK = (Round.Standing.INSPECTING, Round.Standing.CONSULTING)
"""While a round is in one of these, its teams write."""
NOT_YOURS = "没有这个受检单位，或者您不在它的督查组里。"
TEAM_SEES = (
    *AT_WORK, Round.Standing.FED_BACK, Round.Standing.RECTIFYING, Round.Standing.VERIFYING,
)  # fmt: skip
"""Before the round begins and after it is closed, a team sees nothing of its units."""


def must_go_on(opened: Round) -> None:
    """Refuse whatever would change a round that lies in the archive."""
    if opened.standing == Round.Standing.ARCHIVED:
        raise WrongState("这一轮已经归档，不能再办理。")


def kept_by(actor: Actor, column: str) -> Q:
    """A filter on a path column: the branches whose ledgers the actor keeps."""
    found = Q(pk__in=())
    for grant in actor.grants:
        if grant.role in KEEPERS:
            found |= Q(**{f"{column}__gte": grant.path, f"{column}__lt": grant.path[:-1] + "0"})
    return found


def seen_by(actor: Actor) -> Q:
    """A filter on visits: all for the organisation section, their areas for teams at work, their
    own for branches.
    """
    if actor.may_run_office():
        return Q()
    own = kept_by(actor, "unit__organisation__path") & ~Q(
        unit__area__round__standing=Round.Standing.DRAFT
    )
    team = Q(unit__area__team__user=actor.user, unit__area__round__standing__in=TEAM_SEES)
    return own | team


def roles_in_area(area: RoundArea, actor: Actor) -> set[str]:
    """What the actor is in the team of an area."""
    found = {role for (role,) in _ROLES(area.pk, actor.user.pk)}
    return ({MEMBER} if found else set()) | (
        {LEADER} if found & {TeamMember.Role.LEADER, TeamMember.Role.DEPUTY} else set()
    )


_ROLES: Question[tuple[str]] = Question(
    lambda area, user: (
        TeamMember.objects.filter(area=area, user=user).order_by().values_list("role")
    )
)


def roles(visit: Visit, actor: Actor) -> set[str]:
    """All that the actor is for one unit."""
    found = roles_in_area(visit.unit.area, actor)
    if actor.may_run_office():
        found.add(OFFICE)
    organisation = visit.unit.organisation
    if organisation is not None and actor.may_answer_for(organisation):
        found.add(BRANCH)
    return found


def left_later(area: RoundArea, actor: Actor, made_at: datetime) -> bool:
    """Whether somebody belonged to the team when he wrote something down, and left it since."""
    left = TeamChange.objects.filter(area=area, user=actor.user, at__gt=made_at)
    return left.exists()


def belongs(area: str, user: int) -> Exists:
    """Of each row of a query, whether somebody is in the team of its area now."""
    return Exists(TeamMember.objects.filter(area=OuterRef(area), user=user))


def must_inspect(visit: Visit, actor: Actor, made_at: datetime | None = None) -> set[str]:
    """Refuse all but the team of the unit's area, and these outside the round's days on site. With
    the moment at which something was written, whoever belonged to the team then is a member of it.
    """
    found = roles_in_area(visit.unit.area, actor)
    must_be_of_team(visit, actor, made_at, belongs=bool(found))
    return found or {MEMBER}


def must_be_of_team(visit: Visit, actor: Actor, made_at: datetime | None, *, belongs: bool) -> None:
    """The same, where it was asked already whether he belongs to the team now."""
    area = visit.unit.area
    if not belongs and (made_at is None or not left_later(area, actor, made_at)):
        raise NotAllowed(NOT_YOURS)
    if area.round.standing not in AT_WORK:
        raise WrongState("这一轮现在不在督查阶段，不能登记。")
