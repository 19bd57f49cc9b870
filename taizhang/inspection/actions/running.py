"""A round goes from one state to the next; what that brings with it happens in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from taizhang.checks import actions as checks
from taizhang.inspection.actions import arranging
from taizhang.inspection.actions.opening import topics_of
from taizhang.inspection.flows import OFFICE, ROUND
from taizhang.inspection.models import (
    Answer,
    Finding,
    Round,
    Visit,
)
from taizhang.inspection.plan import conflicts
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.orgs import actions as orgs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Role


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
    journal.note(
        f"inspection.round.{verb}",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        changed=journal.changed({"standing": before}, {"standing": after}, Round),
    )
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
    arranging.arrange(opened=opened, actor=actor, now=now, afresh=True)


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
