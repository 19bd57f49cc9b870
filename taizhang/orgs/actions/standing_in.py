"""代理: somebody of the same organisation does a duty in another's stead for a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.orgs.actions.noting import note
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Duty, Role, User
from taizhang.orgs.queries import login as login_queries


@transaction.atomic
def lend(*, duty: Duty, to: User, from_on: date, to_on: date, actor: Actor, now: datetime) -> Duty:
    """Let somebody stand in from one day to another. What he does stands in the journal under his
    own name.
    """
    day = localdate(now)
    if duty.user_id != actor.user.pk or not duty.holds_on(day) or duty.stands_in_for_id:
        raise NotAllowed("只能请人代理自己现在的职责；代理来的职责不能再转给别人。")
    if duty.role not in login_queries.LENDABLE:
        raise NotAllowed("这项职责不能代理。")
    longest = login_queries.rules().stand_in_days
    problems = []
    if not login_queries.may_stand_in(duty, to, day):
        problems.append(Problem("代理人应是同一党组织的其他人员。", column="代理人"))
    if from_on < day:
        problems.append(Problem("起日不能早于今天。", column="起日"))
    if to_on < from_on:
        problems.append(Problem("止日早于起日。", column="止日"))
    elif to_on - from_on >= timedelta(days=longest):
        problems.append(Problem(f"一次代理不超过{longest}天。", column="止日"))
    if problems:
        raise BadInput(problems)
    lent = Duty.objects.create(
        user=to,
        role=duty.role,
        organisation=duty.organisation,
        from_on=from_on,
        to_on=to_on,
        stands_in_for=duty,
    )
    note(
        "stand_in",
        to,
        actor,
        now,
        role=Role(duty.role),
        duty=duty.pk,
        start=f"{from_on}",
        end=f"{to_on}",
    )
    return lent


@transaction.atomic
def take_back(*, lent: Duty, actor: Actor, now: datetime) -> None:
    """The stand-in's right ends at once; it stays on record up to yesterday."""
    if lent.stands_in_for is None or lent.stands_in_for.user_id != actor.user.pk:
        raise NotAllowed("只能收回自己交出的代理。")
    yesterday = localdate(now) - timedelta(days=1)
    if lent.to_on is not None and lent.to_on <= yesterday:
        raise WrongState("这项代理已经结束，不需要再收回。")
    changed = journal.changed({"to_on": lent.to_on}, {"to_on": yesterday}, Duty)
    lent.to_on = yesterday
    lent.save(update_fields=["to_on"])
    note("end_stand_in", lent.user, actor, now, role=Role(lent.role), changed=changed)
