"""排除疑点: a person says why a suspicion is none; kept with who and why, until the facts change or he
takes it back.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.catalogue.model import code_of
from taizhang.checks import dismissals
from taizhang.checks.actions.checking import judge_whole
from taizhang.checks.models import Dismissal, SuspicionRow
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Role

DISMISSERS = (Role.OFFICE, Role.TEAM_LEADER, Role.INSPECTOR)
"""Who looks into suspicions; a branch mends its ledger instead."""


def may_dismiss(branch: Organisation, actor: Actor) -> bool:
    """Whether the actor checks this branch."""
    return any(g.role in DISMISSERS and g.reads and g.covers(branch.path) for g in actor.grants)


def must_dismiss(row: SuspicionRow, actor: Actor) -> None:
    """Refuse all who do not."""
    if not may_dismiss(row.branch, actor):
        raise NotAllowed("排除疑点由组织科或督查组办理。")


@transaction.atomic
def dismiss(
    *, row: SuspicionRow, explanation: str, reason: str, actor: Actor, now: datetime
) -> Dismissal:
    """Set a suspicion aside, and judge its branch again."""
    must_dismiss(row, actor)
    if row.dismissal_id is not None:
        raise WrongState("这个疑点已经排除。")
    offered = dict(dismissals.explanations(code_of(row.rule)))
    reason = columns.taken(Dismissal.reason, reason)
    if explanation not in offered:
        raise BadInput([Problem("请选择一种解释。", column="解释")])
    if explanation == Dismissal.Explanation.OTHER and not reason:
        raise BadInput([Problem("选“其他”时须写明。", column="说明")])
    made = Dismissal.objects.create(
        **row.said,
        severity=row.severity,
        explanation=explanation,
        reason=reason,
        at=now,
        by=actor.user,
    )
    _note("checks.dismiss", made, actor, now)
    judge_whole(row.branch, now)
    return made


@transaction.atomic
def restore(*, row: SuspicionRow, actor: Actor, now: datetime) -> None:
    """Take a dismissal back: the suspicion shows again."""
    must_dismiss(row, actor)
    if row.dismissal is None:
        raise WrongState("这个疑点没有排除过。")
    row.dismissal.ended_at = now
    row.dismissal.save(update_fields=["ended_at"])
    _note("checks.restore", row.dismissal, actor, now)
    judge_whole(row.branch, now)


def _note(verb: str, about: Dismissal, actor: Actor, now: datetime) -> None:
    journal.note(
        verb,
        f"branch:{about.branch_id}",
        by=actor.user,
        now=now,
        rule=about.rule,
        window=about.window,
        record=about.subject,
        why=str(about),
    )
