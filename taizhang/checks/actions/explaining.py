"""支部说明: who keeps a ledger says what he knows of a suspicion. It sets nothing aside: that is for
whoever checks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from taizhang.checks import current, engine
from taizhang.checks.models import BranchExplanation, SuspicionRow
from taizhang.checks.reasons.queries import current_scope
from taizhang.checks.reasons.record_links import kind_of
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import NotAllowed, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation


def _must_explain(branch: Organisation, actor: Actor) -> None:
    if not actor.may_keep_ledgers_of(branch):
        raise NotAllowed("疑点的说明由支部的台账员或书记填写。")


@transaction.atomic
def explain(
    *, rows: Sequence[SuspicionRow], text: str, actor: Actor, now: datetime
) -> list[BranchExplanation]:
    """Say of suspicions of one branch how they came about; what was said before is kept as an
    earlier wording.
    """
    branch = rows[0].branch
    _must_explain(branch, actor)
    text = columns.taken(BranchExplanation.text, " ".join(text.split()), missing="请写明情况。")
    if any(row.dismissal_id is not None for row in rows):
        raise WrongState("这个疑点已经排除，不用再说明。")
    standing = _standing(rows)
    changed = [row for row in rows if (was := standing.get(row.pk)) is None or was.text != text]
    _end([standing[row.pk] for row in changed if row.pk in standing], now)
    made = BranchExplanation.objects.bulk_create(
        BranchExplanation(**row.said, text=text, at=now, by=actor.user) for row in changed
    )
    _note("checks.explain", rows, actor, now)
    return made


def explain_entered(
    kind: LedgerKind, entry: Entry, said: Mapping[str, str], actor: Actor, now: datetime
) -> int:
    """Say of the suspicions of a record that was just stored what was written beside its form, rule
    by rule; of how many.
    """
    scope = current_scope()
    rules = engine.rules(scope.catalogue) if scope else {}
    meant = [name for name in said if name in rules and kind_of(rules[name]) == kind.slug]
    if scope is None or not meant:
        return 0
    found = current.suspicions(scope).open().filter(branch=entry.branch_id, subject=entry.pk)
    by_rule: dict[str, list[SuspicionRow]] = {}
    for row in found.filter(rule__in=meant).select_related("branch").order_by("pk"):
        by_rule.setdefault(row.rule, []).append(row)
    for name, rows in by_rule.items():
        explain(rows=rows, text=said[name], actor=actor, now=now)
    return sum(map(len, by_rule.values()))


@transaction.atomic
def take_back(*, rows: Sequence[SuspicionRow], actor: Actor, now: datetime) -> None:
    """Say no longer what was said of suspicions of one branch; the wordings are kept."""
    _must_explain(rows[0].branch, actor)
    standing = _standing(rows)
    if not standing:
        raise WrongState("这个疑点没有说明。")
    _end(list(standing.values()), now)
    _note("checks.take_back_explanation", rows, actor, now)


def _standing(rows: Sequence[SuspicionRow]) -> dict[int, BranchExplanation]:
    """Row → what is said of it now."""
    held = BranchExplanation.objects.filter(branch=rows[0].branch, ended_at__isnull=True)
    known = {one.as_suspicion(): one for one in held.select_for_update()}
    said = {row.pk: known.get(row.as_suspicion()) for row in rows}
    return {key: one for key, one in said.items() if one is not None}


def _end(said: Sequence[BranchExplanation], now: datetime) -> None:
    ended = BranchExplanation.objects.filter(pk__in=[one.pk for one in said])
    ended.update(ended_at=now)


def _note(verb: str, rows: Sequence[SuspicionRow], actor: Actor, now: datetime) -> None:
    """The words are for those who read the ledger; the journal says of what they are."""
    journal.note(
        verb,
        f"branch:{rows[0].branch_id}",
        by=actor.user,
        now=now,
        rule=rows[0].rule,
        window=rows[0].window,
        record=rows[0].subject,
        n=len(rows),
    )
