"""What changes verdicts: a check of one branch, of all, and the scope that is checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.catalogue.model import Item
from taizhang.checks import current, dismissals, editions, engine, fact_tables
from taizhang.checks.history import kept
from taizhang.checks.models import (
    ChangedMeanwhile,
    CheckRun,
    CheckScope,
    Judged,
    SuspicionRow,
    ToCompare,
    Verdict,
)
from taizhang.checks.reasons.queries import current_scope, last_run, must_have_scope, period_of
from taizhang.checks.reasons.record_links import kind_of
from taizhang.checks.recheck import cross_branch
from taizhang.checks.recheck import plan as recheck_plan
from taizhang.checks.recheck import store as recheck_store
from taizhang.checks.verdicts import CONDITION_TABLES, Standing, derive, standing
from taizhang.kernel.actions import journal
from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.writing import columns
from taizhang.ledgers.changes import Change
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Rule, Suspicion

RUN = "checks:run"
EVERY = 5
"""How far a check is, is told after so many branches."""


@dataclass(frozen=True)
class Asked:
    """The campaigns asked for, and by a round (`by`, `key`) the items of its notice; `items` is
    none where no round says it.
    """

    topics: Sequence[str] = ()
    by: str = ""
    key: int | None = None
    items: Sequence[str] | None = None


@transaction.atomic
def set_scope(
    *,
    from_on: date,
    to_on: date,
    on: date | None,
    catalogue: str,
    asked: Asked | None = None,
    actor: Actor | None,
    now: datetime,
) -> CheckScope:
    """Say which days are inspected, as of which day, by which catalogue and what is asked; only the
    set-up has no actor.

    The items that a round's notice asks for stay known as long as its catalogue, or a version of
    it, is kept to.
    """
    asked = asked or Asked()
    _must_check(actor)
    if to_on < from_on:
        raise BadInput([Problem("止日早于起日。", column="止")])
    values = {
        "from_on": from_on,
        "to_on": to_on,
        "on": on,
        "catalogue": catalogue,
        "topics": list(dict.fromkeys(asked.topics)),
    }
    old = CheckScope.objects.filter(pk=1).first()
    own: dict[str, Any] = {}
    kept = old and editions.base_of(old.catalogue) == editions.base_of(catalogue)
    if asked.items is not None or not kept:
        values |= {
            "asked": list(asked.items or ()),
            "asked_by": columns.fitted(CheckScope.asked_by, asked.by),
        }
        own = {"asked_round": asked.key}
    before = {name: getattr(old, name) for name in values} if old else {}
    scope, _ = CheckScope.objects.update_or_create(
        pk=1, defaults=values | own | {"changed_at": now}
    )
    by = actor.user if actor else None
    journal.note(
        "checks.set_scope",
        "scope:1",
        by=by,
        now=now,
        changed=journal.changed(before, values, CheckScope),
    )
    if actor is not None:
        judge_soon()
    return scope


_SOON: ContextVar[bool] = ContextVar("judge_soon", default=True)


@contextmanager
def later() -> Iterator[None]:
    """Whoever loads much, or checks everybody himself right after, wants no check in between."""
    was = _SOON.set(False)
    try:
        yield
    finally:
        _SOON.reset(was)


def judge_soon() -> None:
    """Once what was changed is committed, judge in the background all that was not judged by it;
    until then it is 未核对.
    """
    if _SOON.get():
        transaction.on_commit(begin_what_waits, robust=True)


@queue.looked_for
def begin_what_waits() -> None:
    """Start a check of everybody if any branch waits for one."""
    start_what_waits(actor=None, now=timezone.now())


def start_what_waits(*, actor: Actor | None, now: datetime) -> CheckRun | None:
    """The run that judges what waits, or the last one where nothing does."""
    _must_check(actor)
    scope = current_scope()
    if scope is not None and current.waiting(scope, Organisation.objects.branches()):
        return start_run(actor=actor, now=now)
    return last_run()


def start_run(*, actor: Actor | None, now: datetime) -> CheckRun:
    """Begin a check of everybody, in the background where it is long; while one is going on, that
    one.
    """
    run, is_new = begin_run(name="reference", actor=actor, now=now)
    if not is_new:
        return run

    if run.branches <= cross_branch.AT_ONCE:
        _carry_out_and_compare(run, actor, now)
    else:
        with transaction.atomic():
            queue.ask(RUN, {"run": run.pk}, by=actor and actor.user)
    return run


def _carry_out_and_compare(run: CheckRun, actor: Actor | None, now: datetime) -> None:
    try:
        carry_out(run, actor=actor, now=now)
    finally:
        cross_branch.work_off(now)


def _give_up(job: Job) -> None:
    CheckRun.objects.going_on().filter(pk=job.about["run"]).update(state=CheckRun.State.FAILED)


@queue.work(RUN, give_up=_give_up, kept=False)
def take_up(job: Job) -> None:
    """Carry out a check of everybody that waited, or whose process died over it; it begins from the
    first branch.
    """
    now, run = timezone.now(), CheckRun.objects.going_on().filter(pk=job.about["run"]).first()
    if run is not None:
        actor = actor_of(job.by, on=timezone.localdate(now)) if job.by else None
        _carry_out_and_compare(run, actor, now)


def rejudge(organisation: Organisation | None, now: datetime) -> None:
    """An organisation was founded or changed: judge it again. The calendar was (None): everybody
    waits to be judged.
    """
    scope = current_scope()
    if scope is None:
        return
    if organisation is None:
        CheckRun.objects.going_on().update(state=CheckRun.State.FAILED)  # it read the old calendar
        Judged.objects.all().delete()
        judge_soon()
    elif organisation.keeps_ledgers and _SOON.get():
        is_new = not Verdict.objects.filter(branch=organisation).exists()
        _tell_runs(organisation)
        _judge(organisation, now, is_new=is_new)


def judge_loaded(branch: Organisation, now: datetime) -> None:
    """Judge a branch of which all was loaded; that it is not compared with the others yet stays on
    record.
    """
    recheck_store.judge(branch, now)


def recheck(change: Change, now: datetime) -> None:
    """Judge again what a change concerns, in its transaction; what compares branches follows right
    after that.
    """
    scope = current_scope()
    if scope is None:
        return
    branch = change.branch
    unjudged = current.judged(branch, scope) is None
    if unjudged and not _SOON.get():
        return  # whoever loads much has it judged when all is there
    _tell_runs(branch)
    cross_branch.note(change, scope)
    if unjudged:
        _judge(branch, now)
        return
    before = recheck_store.verdicts_on_record(branch)
    period = period_of(scope, timezone.localdate(now))
    concerned = _items_kept_in(scope.catalogue, fact_tables.tables_of(change.kind))
    kept = {*CONDITION_TABLES, *(item.kept_in.ledger for item in concerned if item.kept_in)}
    rejudged = recheck_plan.judge(change, scope.catalogue, period, kept)
    on_record = recheck_store.suspicions_on_record(branch)
    known = engine.rules(scope.catalogue)
    _lapse(change, known, now)
    dismissed = dismissals.in_force([branch.pk], known)
    reached = {key: s for key, s in on_record.items() if rejudged.replaces(s)}
    _exchange(branch.pk, scope.catalogue, reached, rejudged.found, dismissed)

    left = [s for key, s in on_record.items() if key not in reached]
    public = engine.public_institution(branch)
    stands = standing(concerned, rejudged.whole.tables, period, public_institution=public)
    found = [*left, *rejudged.found]
    _renew_verdicts(branch.pk, scope.catalogue, before, found, stands, dismissed)


def _lapse(change: Change, rules: Mapping[str, Rule], now: datetime) -> None:
    """What was dismissed about a record holds no longer when the record changed."""
    if change.record is None:
        return
    held = dismissals.OF_BRANCH(change.branch.pk)
    about = [d for d in held if change.record in (d.subject, d.other)]
    keys = {d.pk for d in about if d.rule in rules and kind_of(rules[d.rule]) == change.kind.slug}
    if keys:
        recheck_store.end_dismissals(keys, now)


def _items_kept_in(name: str, tables: frozenset[str]) -> list[Item]:
    items = engine.catalogue(name).items
    return [item for item in items if item.kept_in and item.kept_in.ledger in tables]


def _exchange(
    branch: int,
    name: str,
    reached: dict[int, Suspicion],
    found: list[Suspicion],
    dismissed: Mapping[Suspicion, int],
) -> None:
    """Only what differs is written."""
    gone = Counter(found)
    stale = []
    for key, suspicion in reached.items():
        if gone[suspicion]:
            gone[suspicion] -= 1
        else:
            stale.append(key)
    if stale:
        SuspicionRow.objects.filter(pk__in=stale).delete()
    known = engine.rules(name)
    SuspicionRow.objects.bulk_create(
        recheck_store.row_of(branch, s, known[s.rule], dismissed) for s in gone.elements()
    )


def _renew_verdicts(
    branch: int,
    name: str,
    before: Mapping[str, Mapping[str, Any]],
    found: list[Suspicion],
    stands: Standing,
    dismissed: Mapping[Suspicion, int],
) -> None:
    whole = engine.catalogue(name)
    records = defaultdict(int, {item: told["records"] for item, told in before.items()})
    stands = replace(stands, records=records | dict(stands.records))
    now = derive(whole, engine.rules(name), found, stands, dismissed)
    fresh = [
        verdict for verdict in now if recheck_store.told_of(verdict) != before.get(verdict.item)
    ]
    recheck_store.store(recheck_store.verdicts_of(engine.Checked(branch, fresh)))


def judge_whole(branch: Organisation, now: datetime) -> None:
    """Judge a branch again; what compares it with others stays as it was found."""
    _tell_runs(branch)
    _judge(branch, now)


def _judge(branch: Organisation, now: datetime, *, is_new: bool = False) -> None:
    """One that was not compared with the others by what is in force will be, in the background."""
    if not recheck_store.judge(branch, now, is_new=is_new):
        judge_soon()


def _tell_runs(branch: Organisation) -> None:
    """A check of all branches that is going on may have read this one before it changed."""
    ChangedMeanwhile.objects.bulk_create(
        [ChangedMeanwhile(run=run, branch=branch) for run in _GOING_ON()],
        ignore_conflicts=True,
    )


_GOING_ON: Question[CheckRun] = Question(CheckRun.objects.going_on)


class Stopped(Exception):
    """Somebody asked the run to stop; what was found before stays."""


def check_all(*, name: str, actor: Actor | None, now: datetime) -> CheckRun:
    """Judge every branch again, here and now; the last complete result stays until this one is."""
    _must_check(actor)
    _scope()
    run = _open_run(name, now)
    carry_out(run, actor=actor, now=now)
    return run


def begin_run(*, name: str, actor: Actor | None, now: datetime) -> tuple[CheckRun, bool]:
    """A run to be carried out, and True; or the one that is going on within the same scope, and
    False.
    """
    _must_check(actor)
    same_scope = CheckRun.objects.alive().filter(started_at__gte=_scope().changed_at)
    going_on = same_scope.order_by("-pk").first()
    return (going_on, False) if going_on else (_open_run(name, now), True)


def _must_check(actor: Actor | None) -> None:
    """Only the set-up has no actor."""
    if actor is not None:
        actor.must_run_office()


def _scope() -> CheckScope:
    scope = current_scope()
    if scope is None:
        raise BadInput("尚未设定核查范围。")
    return scope


def _open_run(name: str, now: datetime) -> CheckRun:
    """A new run; one that was going on stops at its next branch and stores nothing."""
    CheckRun.objects.going_on().update(state=CheckRun.State.FAILED)
    ChangedMeanwhile.objects.all().delete()
    return CheckRun.objects.create(
        started_at=now,
        engine=name,
        branches=Organisation.objects.branches().count(),
        beat_at=timezone.now(),
    )


@transaction.atomic
def stop_run(*, run: CheckRun, actor: Actor, now: datetime) -> None:
    """Ask a run to stop at the next branch."""
    actor.must_run_office()
    if CheckRun.objects.going_on().filter(pk=run.pk).update(stop_asked=True):
        journal.note("checks.stop_run", f"run:{run.pk}", by=actor.user, now=now)


def carry_out(run: CheckRun, *, actor: Actor | None, now: datetime) -> None:
    """Judge every branch, and put the new result in the place of the old when it is whole.

    A branch that changed meanwhile is judged once more, for it may have been read before.
    """
    scope, branches = must_have_scope(), list(Organisation.objects.branches())
    waited = list(ToCompare.objects.values_list("pk", flat=True))

    def watched(done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            told = {"done": done * len(branches) // max(total, 1), "beat_at": timezone.now()}
            wanted = CheckRun.objects.going_on().filter(pk=run.pk, stop_asked=False)
            if not wanted.update(**told):
                raise Stopped

    try:
        found = engine.ENGINES[run.engine](
            branches, scope.catalogue, period_of(scope, timezone.localdate(now)), watched
        )
        with transaction.atomic():
            _finish(run, found, scope, now)
            ToCompare.objects.filter(pk__in=waited).delete()
            _note(run, actor, now)
    except Stopped:
        run.state = CheckRun.State.STOPPED
    except BaseException:
        CheckRun.objects.filter(pk=run.pk).update(state=CheckRun.State.FAILED)
        raise
    else:
        run.state, run.done = CheckRun.State.DONE, len(branches)
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "done", "ended_at"])


def _finish(run: CheckRun, found: list[engine.Checked], scope: CheckScope, now: datetime) -> None:
    if CheckRun.objects.going_on().select_for_update().filter(pk=run.pk).first() is None:
        raise Stopped
    recheck_store.put_in_place(found, scope.catalogue)
    kept.keep(run, found, scope)
    current.mark([checked.branch for checked in found], scope, compared=True, now=now)
    for branch in Organisation.objects.filter(changedmeanwhile__run=run):
        recheck_store.judge(branch, now)


def _note(run: CheckRun, actor: Actor | None, now: datetime) -> None:
    journal.note(
        "checks.check_all",
        f"run:{run.pk}",
        by=actor.user if actor else None,
        now=now,
        engine=run.engine,
        branches=run.branches,
    )
