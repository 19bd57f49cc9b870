"""A round goes from one state to the next; what that brings with it happens in the same
transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from taizhang.checks.actions import checking as checks
from taizhang.inspection.actions import arranging, circulating
from taizhang.inspection.flows import OFFICE, ROUND
from taizhang.inspection.models import (
    Answer,
    Finding,
    Round,
    RoundSession,
    RoundUnit,
    Visit,
)
from taizhang.inspection.plan.model import conflicts
from taizhang.inspection.progress import workbench
from taizhang.inspection.requirements.opened import asked_of
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor


@dataclass(frozen=True)
class Step:
    """A step of a round's flow: of which round, who takes it, and when."""

    opened: Round
    actor: Actor
    now: datetime


@transaction.atomic
def advance(
    *,
    opened: Round,
    verb: str,
    actor: Actor,
    now: datetime,
    reason: str = "",
    left_out: bool = False,
    early: bool = False,
) -> Round:
    """Take one step of the round's flow. To take a notice back needs a reason, which the branches
    read; `left_out` says that units without an organisation are left out knowingly, `early` that
    the inspection begins before its first day.
    """
    actor.must_run_office()
    reason = columns.taken(Round.withdrawn_reason, reason)
    after = ROUND.move(verb, standing=opened.standing, roles=[OFFICE])
    out = [unit.name for unit in unmatched(opened)] if verb == "publish" else []
    if out and not left_out:
        _must_be_matched(opened)
    if verb == "begin" and not early:
        _must_have_come(opened, timezone.localdate(now))
    if verb == "withdraw":
        _say_withdrawn(opened, reason, now)
    effect = _EFFECTS.get(verb)
    if effect is not None:
        effect(Step(opened, actor, now))
    before = ROUND.take(verb, opened, [OFFICE])
    opened.save(update_fields=["standing", "withdrawn_at", "withdrawn_reason"])
    issued = circulating.issue_notice(opened, actor, now) if verb == "publish" else {}
    journal.note(
        f"inspection.round.{verb}",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        changed=journal.changed({"standing": before}, {"standing": after}, Round),
        **({"reason": reason} if reason else {}),
        **({"left_out": out} if out else {}),
        **issued,
    )
    return opened


def first_day(opened: Round) -> date | None:
    """The day of the first session."""
    return RoundSession.objects.filter(area__round=opened).aggregate(first=Min("date"))["first"]  # type: ignore[no-any-return]


def _must_have_come(opened: Round, today: date) -> None:
    """What is frozen when the inspection begins is what the branches are judged by: they have until
    its first day.
    """
    first = first_day(opened)
    if first is not None and today < first:
        told = f"第一场在{first}，还没有到。现在开始，各单位的核查结果就固定在今天；确实要提前的，请勾选“提前开始”再办理。"
        raise BadInput([Problem(told)])


def unmatched(opened: Round) -> list[RoundUnit]:
    """The units that stand for no organisation: nobody reads the notice for them and nothing of
    them can be checked.
    """
    found = RoundUnit.objects.filter(area__round=opened, organisation=None)
    return list(found.select_related("area").order_by("area__order", "order"))


def _must_be_matched(opened: Round) -> None:
    left = unmatched(opened)
    if left:
        told = [Problem(f"“{unit.name}”没有对应到党组织。", column=unit.area.name) for unit in left]
        what = f"这{len(left)}个单位收不到通知，系统也不能核对它们的台账。请先在“片区和场次安排”里对应，或者勾选“不包括这些单位”再发布。"
        raise BadInput([*told, Problem(what)])


def _say_withdrawn(opened: Round, reason: str, now: datetime) -> None:
    if not reason:
        raise BadInput([Problem("请写明收回的原因，各单位会看到。", column="收回原因")])
    opened.withdrawn_at, opened.withdrawn_reason = now, reason


def _publish(step: Step) -> None:
    """The plan must be free of what forbids it; then its days become what is checked, and the
    notice says them.
    """
    opened = step.opened
    if not (opened.period_from and opened.period_to):
        told = "没有督查内容的起止日期，各单位的台账无从核对。请在“基本信息”里填写后再发布。"
        raise BadInput([Problem(told, column="督查内容")])
    opened.withdrawn_at, opened.withdrawn_reason = None, ""
    wrong = [c for c in conflicts(opened) if c.severity == "error"]
    if wrong:
        raise BadInput([Problem(c.text, column=c.where) for c in wrong])
    if opened.catalogue:
        checks.set_scope(
            from_on=opened.period_from,
            to_on=opened.period_to,
            on=opened.starts_on,
            catalogue=opened.catalogue,
            asked=asked_of(opened),
            actor=step.actor,
            now=step.now,
        )


def _begin(step: Step) -> None:
    """Freeze the picture of every unit, say when each is due, and let each team see its units for
    its days.
    """
    arranging.arrange(opened=step.opened, actor=step.actor, now=step.now, afresh=True)


def _withdraw(step: Step) -> None:
    if Answer.objects.filter(visit__unit__area__round=step.opened).exists():
        raise WrongState("已经有督查记录，不能收回。")
    circulating.take_back_notice(step.opened, step.now)


def _feed_back(step: Step) -> None:
    """Only when no unit waits any more; the teams' right to read ends here."""
    waiting = Visit.objects.filter(unit__area__round=step.opened).exclude(
        standing=Visit.Standing.FED_BACK
    )
    if waiting.exists():
        raise WrongState(f"还有{waiting.count()}个单位没有反馈，不能办理“反馈完毕”。")
    arranging.let_go(arranging.users_of(step.opened), step.now, fed_back=step.opened)


def _close(step: Step) -> None:
    """Nothing may be on its way any more, unless a next round carries it on."""
    _must_be_carried_on(
        step,
        set(Finding.OPEN) - {Finding.Standing.LONG_TERM},
        "不能办结。请先由本轮发起回头看，由下一轮接着督办；长期坚持的不影响办结。",
    )


def _archive(step: Step) -> None:
    """What is archived changes no more: nothing may be open that no later round carries on."""
    _must_be_carried_on(
        step, set(Finding.OPEN), "归档后不能再办理；请先销号，或者由本轮发起回头看。"
    )


def _must_be_carried_on(step: Step, hinder: Collection[str], why: str) -> None:
    found = Finding.objects.filter(visit__unit__area__round=step.opened)
    tally = Counter(found.values_list("standing", flat=True))
    if tally.keys() & set(hinder) and not step.opened.next_rounds.exists():
        raise WrongState(f"还有 {workbench.not_closed(tally)}，{why}")


_EFFECTS: dict[str, Callable[[Step], None]] = {
    "publish": _publish,
    "withdraw": _withdraw,
    "begin": _begin,
    "feed_back": _feed_back,
    "close": _close,
    "archive": _archive,
}
