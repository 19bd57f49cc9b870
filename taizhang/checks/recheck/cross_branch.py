"""What a save makes of comparisons with other branches: noted with the save, worked off in the
background right after it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from taizhang.checks import current, engine
from taizhang.checks.models import CheckRun, CheckScope, Dismissal, SuspicionRow, ToCompare
from taizhang.checks.reasons.queries import current_scope, period_of
from taizhang.checks.recheck import cross_branch_plan
from taizhang.checks.recheck.plan import first_and_last
from taizhang.checks.recheck.store import as_told, compared, end_dismissals, put_in_place
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers.changes import Change
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Period, Suspicion

AT_ONCE = 10
"""With so many branches at most, it is done before the page answers."""
COMPARE = "checks:compare"


def note(change: Change, scope: CheckScope) -> None:
    """In the transaction of a change: have it compared once that is committed."""
    if not _rules(scope, change):
        return
    days = first_and_last(change.days)
    ToCompare.objects.create(
        branch=change.branch,
        kind=change.kind.slug,
        record=change.record,
        from_on=days and days[0],
        last_on=days and days[1],
        files=change.files,
    )
    transaction.on_commit(begin, robust=True)


@queue.looked_for
def begin() -> None:
    """Start working off what waits, also what waited when the process ended."""
    if Organisation.objects.branches().count() <= AT_ONCE:
        work_off(timezone.now())
    elif _waiting().exists():
        queue.ask(COMPARE, {}, alone=COMPARE)


@queue.work(COMPARE, kept=False)
def take_up(job: Job) -> None:
    """Compare what waits."""
    del job
    work_off(timezone.now())


def work_off(now: datetime) -> None:
    """Compare all that waits; while a check of all branches is going on, that comes first."""
    while one := _waiting().first():
        scope = current_scope()
        if scope is None:
            return
        _compare(one, scope, now)


def _waiting() -> QuerySet[ToCompare]:
    waiting = ToCompare.objects.order_by("pk")
    return waiting.none() if CheckRun.objects.alive().exists() else waiting


def _rules(scope: CheckScope, change: Change) -> list[str]:
    concerned = cross_branch_plan.plan(scope.catalogue, change.kind.slug, files=change.files)
    return [rule.id for rule in concerned.rules]


def _compare(one: ToCompare, scope: CheckScope, now: datetime) -> None:
    change, period = one.as_change(), period_of(scope, timezone.localdate(now))
    rules = _rules(scope, change)
    on_record = SuspicionRow.objects.filter(rule__in=rules)
    said = as_told(_beside(on_record, change.record))
    found = cross_branch_plan.judge(change, scope.catalogue, period, said)
    with transaction.atomic():
        if ToCompare.objects.select_for_update().filter(pk=one.pk).first() is None:
            return
        lapsed = set()
        if change.record is not None:
            reached = cross_branch_plan.about(change.record, [*said, *found])
            said = as_told(on_record.filter(subject__in=[subject for _, subject in reached]))
            said, found = (
                [s for s in of if (s.rule, s.subject) in reached] for of in (said, found)
            )
            lapsed = _lapse(change.record, rules, change.branch, now)
        _exchange(Counter(said), Counter(found), lapsed, scope, period)
        one.delete()


def _beside(rows: QuerySet[SuspicionRow], record: int | None) -> QuerySet[SuspicionRow]:
    return rows if record is None else rows.filter(Q(subject=record) | Q(other=record))


def _lapse(record: int, rules: list[str], own: Organisation, now: datetime) -> set[int]:
    """What another branch's suspicion beside this record was dismissed for holds no longer when the
    record changed.

    Answers which branches.
    """
    held = Dismissal.objects.filter(rule__in=rules, other=record, ended_at__isnull=True)
    found = dict(held.exclude(branch=own).values_list("pk", "branch_id"))
    if found:
        end_dismissals(found, now)
    return set(found.values())


def _exchange(
    said: Counter[Suspicion],
    found: Counter[Suspicion],
    lapsed: set[int],
    scope: CheckScope,
    period: Period,
) -> None:
    """Judge the branches again that are told something else than before, or whose dismissals
    lapsed.

    One that was never judged by this scope waits for the check of everybody.
    """
    name = scope.catalogue
    gone, new = said - found, found - said
    touched = lapsed | {suspicion.branch_id for suspicion in gone | new}
    judged = Organisation.objects.branches().filter(judged__by=current.mark_of(scope))
    for branch in judged.filter(pk__in=touched):
        told = Counter(compared(branch, name))
        own = Counter({s: n for s, n in new.items() if s.branch_id == branch.pk})
        now_told = (told - gone + own).elements()
        put_in_place([engine.one(branch, name, period, now_told)], name)
