"""A branch that is judged again, and how what was found is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from taizhang.catalogue.model import Catalogue
from taizhang.checks import current, dismissals, engine
from taizhang.checks.models import Dismissal, SuspicionRow, Verdict
from taizhang.checks.reasons.queries import current_scope, period_of
from taizhang.checks.verdicts import ItemVerdict
from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Rule, Suspicion


def judge(branch: Organisation, now: datetime, *, is_new: bool = False) -> bool:
    """Judge a branch by every rule that looks at it alone; what compares it with others stays as it
    was found.

    What was found by another scope or other rules does not stay: False, for then the branch must
    still be compared. A new one has nothing that could be.
    """
    scope = current_scope()
    if scope is None:
        return True
    before = current.judged(branch, scope)
    known = compared(branch, scope.catalogue) if before else []
    period = period_of(scope, timezone.localdate(now))
    put_in_place([engine.one(branch, scope.catalogue, period, known)], scope.catalogue)
    whole = is_new or (before is not None and before.compared)
    current.mark([branch.pk], scope, compared=whole, now=now)
    return whole


def compared(branch: Organisation, name: str) -> list[Suspicion]:
    """What is on record of a branch from comparing it with others."""
    names = [rule.id for rule in engine.across(name)]
    return as_told(SuspicionRow.objects.filter(branch=branch, rule__in=names))


def as_told(rows: Iterable[SuspicionRow]) -> list[Suspicion]:
    """Rows as rules tell them."""
    return [row.as_suspicion() for row in rows]


def end_dismissals(keys: Collection[int], now: datetime) -> None:
    """Their suspicions show again."""
    Dismissal.objects.filter(pk__in=keys).update(ended_at=now)
    SuspicionRow.objects.filter(dismissal__in=keys).update(dismissal=None)


def put_in_place(found: list[engine.Checked], name: str) -> None:
    """Put the new verdicts and suspicions in the place of the old."""
    known, catalogue = engine.rules(name), engine.catalogue(name)
    keys = [checked.branch for checked in found]
    dismissed = dismissals.in_force(keys, known)
    SuspicionRow.objects.filter(branch_id__in=keys).delete()
    SuspicionRow.objects.bulk_create(
        (row for checked in found for row in _rows(checked, known, dismissed)), batch_size=2000
    )
    store([verdict for checked in found for verdict in verdicts_of(checked)])
    _forget_other_items(keys, catalogue)


def store(verdicts: list[Verdict]) -> None:
    """Verdicts in the place of those on the same items."""
    Verdict.objects.bulk_create(
        verdicts,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=("branch", "item"),
        update_fields=Verdict.TOLD,
    )


def _forget_other_items(keys: list[int], catalogue: Catalogue) -> None:
    items = [item.id for item in catalogue.items]
    Verdict.objects.filter(branch_id__in=keys).exclude(item__in=items).delete()


def verdicts_of(checked: engine.Checked) -> list[Verdict]:
    """What was found of a branch, by item."""
    return [Verdict(branch_id=checked.branch, item=v.item, **told_of(v)) for v in checked.verdicts]


def told_of(verdict: ItemVerdict) -> dict[str, Any]:
    """What a verdict says, by the columns of `Verdict.TOLD`."""
    counts = verdict.counts
    return {
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "records": verdict.records,
        "errors": counts["error"],
        "warns": counts["warn"],
        "infos": counts["info"],
    }


def verdicts_on_record(branch: Organisation) -> dict[str, dict[str, Any]]:
    """Item → what its verdict says, as `told_of`; without an object for each."""
    rows = _VERDICTS(branch.pk)
    return {item: dict(zip(Verdict.TOLD, told, strict=True)) for item, *told in rows}


def suspicions_on_record(branch: Organisation) -> dict[int, Suspicion]:
    """Key → what is on record, as rules tell it."""
    return {key: Suspicion(*said) for key, *said in _SUSPICIONS(branch.pk)}


_VERDICTS: Question[Any] = Question(
    lambda branch: Verdict.objects.filter(branch=branch).values_list("item", *Verdict.TOLD)
)
_SUSPICIONS: Question[Any] = Question(
    lambda branch: SuspicionRow.objects.filter(branch=branch).values_list("pk", *Suspicion._fields)
)


def _rows(
    checked: engine.Checked, known: dict[str, Rule], dismissed: Mapping[Suspicion, int]
) -> list[SuspicionRow]:
    return [
        row_of(checked.branch, s, known[s.rule], dismissed)
        for verdict in checked.verdicts
        for s in (*verdict.suspicions, *verdict.dismissed)
    ]


def row_of(
    branch: int, s: Suspicion, rule: Rule, dismissed: Mapping[Suspicion, int]
) -> SuspicionRow:
    """A suspicion as it is stored, with what it was dismissed by."""
    return SuspicionRow(
        branch_id=branch,
        item=s.rule.partition(":")[0],
        rule=s.rule,
        severity=rule.severity,
        window=s.window,
        subject=s.subject,
        other=s.other,
        found=s.found,
        wanted=s.wanted,
        detail=s.detail[:300],
        certain=bool(s.certain),
        dismissal_id=dismissed.get(dismissals.key(s)),
    )
