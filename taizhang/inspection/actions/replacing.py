"""换人: somebody takes the place of a member of a team, with all that waits for him there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.inspection.actions import arranging
from taizhang.inspection.actions.planning import forbidding, must_not_worsen
from taizhang.inspection.models import Round, TeamChange, TeamMember
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.text import person_name
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import User
from taizhang.orgs.queries import accounts

OVER = (Round.Standing.CLOSED, Round.Standing.ARCHIVED)


@transaction.atomic
def replace_member(
    *, member: TeamMember, by: User, reason: str, actor: Actor, now: datetime
) -> TeamMember:
    """Put somebody in a member's place: the requirements that he reads, what waits for him and the right to read pass on
    at once. Whoever has to stand aside, or sits elsewhere at that hour, is refused. What the one who leaves wrote down
    before, on a device without a network too, still counts.
    """
    actor.must_run_office()
    area = member.area
    opened = area.round
    if opened.standing in OVER:
        raise WrongState("这一轮已经办结或者归档，不能再换人。")
    problems = [] if reason.strip() else [Problem("请写明换人的原因。", column="原因")]
    taken = {person_name(one.name) for one in area.team.exclude(pk=member.pk)}
    if by not in accounts.accounts_for_teams():
        told = "这个账号不能用：管理员账号不参加督查，停用的账号也不能用。"
        problems.append(Problem(told, column="接手的人"))
    if by.pk == member.user_id:
        problems.append(Problem("接手的就是原来的人。", column="接手的人"))
    elif person_name(by.name) in taken:
        problems.append(Problem(f"“{by.name}”已经在{area.name}督查组里。", column="接手的人"))
    if problems:
        raise BadInput(problems)
    refused, left = forbidding(opened), [member.user] if member.user is not None else []
    before = f"{member.name}"
    kept = TeamChange(
        area=area, name=member.name, user=member.user, successor=by.name, reason=reason.strip()[:200], at=now
    )  # fmt: skip
    member.name, member.user = by.name[:40], by
    member.save(update_fields=["name", "user"])
    must_not_worsen(opened, refused)
    if opened.standing != Round.Standing.DRAFT:
        kept.save()
    if opened.standing in arranging.ADMITTING:
        arranging.admit(opened, area, now)
        arranging.let_go(left, now)
    journal.note(
        "inspection.replace_member", f"round:{opened.pk}", by=actor.user, now=now, title=opened.title, area=area.name,
        reason=reason.strip(), changed={str(member.get_role_display()): [before, member.name]},
    )  # fmt: skip
    return member
