"""What changes verdicts: a check of one branch, of all, and the scope that is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from taizhang.catalogue.model import Catalogue
from taizhang.checks import engine
from taizhang.checks.models import CheckRun, CheckScope, SuspicionRow, Verdict
from taizhang.checks.queries import current_scope, period_of
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Rule


@transaction.atomic
def set_scope(
    *,
    from_on: date,
    to_on: date,
    on: date | None,
    catalogue: str,
    actor: Actor | None,
    now: datetime,
) -> CheckScope:
    """Say which days are inspected, as of which day, and by which catalogue; only the set-up has no actor."""
    if actor is not None:
        actor.must_run_office()
    if to_on < from_on:
        raise BadInput([Problem("止日早于起日。", column="止")])
    values = {
        "from_on": from_on,
        "to_on": to_on,
        "on": on,
        "catalogue": catalogue,
        "changed_at": now,
    }
    scope, _ = CheckScope.objects.update_or_create(pk=1, defaults=values)
    JournalLine.objects.create(
        at=now, actor=actor.user if actor else None, verb="checks.set_scope", subject="scope:1",
        detail={"from": str(from_on), "to": str(to_on), "on": str(on), "catalogue": catalogue},
    )  # fmt: skip
    return scope


def recheck(branch: Organisation, now: datetime) -> None:
    """Judge one branch again, in the transaction of the change that asks for it."""
    scope = current_scope()
    if scope is None:
        return
    period = period_of(scope, timezone.localdate(now))
    checked = engine.one(branch, scope.catalogue, period)
    kept = [rule.id for rule in engine.across(scope.catalogue)]
    stay = SuspicionRow.objects.filter(branch=branch, rule__in=kept).values_list("item", "severity")
    counts = Counter(stay)
    for verdict in checked.verdicts:
        for severity in verdict.counts:
            verdict.counts[severity] += counts[verdict.item, severity]
    _replace([checked], scope.catalogue, kept)


def check_all(*, name: str, actor: Actor | None, now: datetime) -> CheckRun:
    """Judge every branch again; the last complete result stays until this one is."""
    if actor is not None:
        actor.must_run_office()
    scope = current_scope()
    if scope is None:
        raise BadInput("尚未设定核查范围。")
    branches = list(Organisation.objects.branches())
    run = CheckRun.objects.create(started_at=now, engine=name, branches=len(branches))

    def watched(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            CheckRun.objects.filter(pk=run.pk).update(done=done * len(branches) // max(total, 1))

    try:
        found = engine.ENGINES[name](
            branches, scope.catalogue, period_of(scope, timezone.localdate(now)), watched
        )
        with transaction.atomic():
            _replace(found, scope.catalogue)
            _note(run, actor, now)
    except BaseException:
        CheckRun.objects.filter(pk=run.pk).update(state=CheckRun.State.FAILED)
        raise
    run.state, run.ended_at, run.done = CheckRun.State.DONE, timezone.now(), len(branches)
    run.save()
    return run


def _note(run: CheckRun, actor: Actor | None, now: datetime) -> None:
    JournalLine.objects.create(
        at=now, actor=actor.user if actor else None, verb="checks.check_all", subject=f"run:{run.pk}",
        detail={"engine": run.engine, "branches": run.branches},
    )  # fmt: skip


def _replace(found: list[engine.Checked], name: str, kept: Sequence[str] = ()) -> None:
    """Put the new verdicts and suspicions in the place of the old; those of the rules kept stay."""
    known, catalogue = engine.rules(name), engine.catalogue(name)
    keys = [checked.branch for checked in found]
    SuspicionRow.objects.filter(branch_id__in=keys).exclude(rule__in=kept).delete()
    SuspicionRow.objects.bulk_create(
        (row for checked in found for row in _rows(checked, known)), batch_size=2000
    )
    Verdict.objects.bulk_create(
        (verdict for checked in found for verdict in _verdicts(checked)),
        batch_size=2000,
        update_conflicts=True,
        unique_fields=("branch", "item"),
        update_fields=("outcome", "reason", "records", "errors", "warns", "infos"),
    )
    _forget_other_items(keys, catalogue)


def _forget_other_items(keys: list[int], catalogue: Catalogue) -> None:
    items = [item.id for item in catalogue.items]
    Verdict.objects.filter(branch_id__in=keys).exclude(item__in=items).delete()


def _verdicts(checked: engine.Checked) -> list[Verdict]:
    return [
        Verdict(
            branch_id=checked.branch, item=v.item, outcome=v.outcome, reason=v.reason, records=v.records,
            errors=v.counts["error"], warns=v.counts["warn"], infos=v.counts["info"],
        )
        for v in checked.verdicts
    ]  # fmt: skip


def _rows(checked: engine.Checked, known: dict[str, Rule]) -> list[SuspicionRow]:
    return [
        SuspicionRow(
            branch_id=checked.branch, item=verdict.item, rule=s.rule, severity=known[s.rule].severity, window=s.window,
            subject=s.subject, other=s.other, found=s.found, wanted=s.wanted, detail=s.detail[:300],
            certain=bool(s.certain),
        )
        for verdict in checked.verdicts
        for s in verdict.suspicions
    ]  # fmt: skip
