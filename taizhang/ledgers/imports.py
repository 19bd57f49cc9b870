"""A sheet brought in by a person: read in the background with progress, stored whole or not at all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from taizhang.kernel import background
from taizhang.kernel.errors import BadInput, Problem, Refused, WrongState
from taizhang.ledgers import actions, sheets
from taizhang.ledgers.actions import Row
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import ImportJob
from taizhang.orgs import queries
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

AT_ONCE = 2000
"""Sheets of up to so many rows are read while the page waits."""


@dataclass
class Reading:
    """What a sheet holds: its rows with their branches, what is wrong with its headers, what is to be told."""

    rows: list[Row]
    problems: list[Problem]
    notes: list[str]
    missing: set[str]


def read(
    kind: LedgerKind,
    data: bytes | str,
    *,
    branch: Organisation | None,
    actor: Actor,
    given: Mapping[str, str] | None = None,
) -> Reading:
    """The rows with their branches: the one given, or the one that each row names."""
    sheet = sheets.read(kind, data, given)
    found = Reading([], list(sheet.problems), sheet.notes, sheet.missing)
    known: dict[str, Organisation | None] = {}
    for number, cells in sheet.rows:
        name = str(cells.pop(sheets.BRANCH, "") or "").strip()
        own = branch
        if name:
            if name not in known:
                known[name] = queries.branch_named(name, actor=actor)
            own = known[name]
        problem = _misplaced(name, own, branch)
        if problem:
            found.problems.append(Problem(problem, row=number, column=sheets.BRANCH))
        elif own is not None:
            found.rows.append(Row(number, own, cells))
    if not found.rows and not found.problems:
        raise BadInput("表中没有可导入的数据行。")
    return found


def read_rows(
    kind: LedgerKind,
    data: bytes | str,
    *,
    branch: Organisation | None,
    actor: Actor,
    given: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows of a sheet whose headers are right; raises BadInput with all that is wrong, in its rows too."""
    found = read(kind, data, branch=branch, actor=actor, given=given)
    must_be_right(kind, found, actor)
    return found.rows


def must_be_right(kind: LedgerKind, found: Reading, actor: Actor) -> None:
    """Raises BadInput with what is wrong with the headers together with what is wrong in the rows, in one go."""
    if not found.problems:
        return
    problems = list(found.problems)
    try:
        actions.read_all(kind=kind, rows=found.rows[:AT_ONCE], actor=actor)
    except BadInput as refusal:
        problems += [p for p in refusal.problems if p.column not in found.missing]
    raise BadInput(problems)


def _misplaced(name: str, own: Organisation | None, branch: Organisation | None) -> str:
    if own is None:
        return f"没有党支部“{name}”。" if name else "没有写明党支部。"
    if branch is not None and own.pk != branch.pk:
        return f"这一行属于{own.short_name}，不是{branch.short_name}。"
    return ""


def bring_in(  # noqa: PLR0913
    *,
    kind: LedgerKind,
    data: bytes | str,
    file_name: str,
    branch: Organisation | None,
    actor: Actor,
    now: datetime,
    dry_run: bool,
    given: Mapping[str, str] | None = None,
    again: bool = False,
) -> ImportJob:
    """Read a sheet; a long one goes on in the background, and the job tells how far it is.

    `again` says that a file, or rows, that are there already are to be entered once more.
    """
    work = _begin(kind, data, file_name, branch, actor, now, given, dry_run=dry_run, again=again)
    if len(work.rows) > AT_ONCE:
        background.start(work.done)
    else:
        work.done()
    return work.job


def bring_in_waiting(  # noqa: PLR0913
    *,
    kind: LedgerKind,
    data: bytes | str,
    file_name: str,
    branch: Organisation | None,
    actor: Actor,
    now: datetime,
    dry_run: bool,
    given: Mapping[str, str] | None = None,
    again: bool = False,
    progress: Callable[[int, int], None],
) -> ImportJob:
    """As `bring_in`, for one who waits; raises BadInput with all that is wrong, by rows and columns."""
    work = _begin(kind, data, file_name, branch, actor, now, given, dry_run=dry_run, again=again)
    try:
        work.do(lambda done: progress(done, len(work.rows)))
    except BadInput:
        work.end(ImportJob.State.REFUSED, [])
        raise
    work.job.refresh_from_db()
    return work.job


def _begin(  # noqa: PLR0913
    kind: LedgerKind,
    data: bytes | str,
    file_name: str,
    branch: Organisation | None,
    actor: Actor,
    now: datetime,
    given: Mapping[str, str] | None,
    *,
    dry_run: bool,
    again: bool,
) -> _Work:
    digest = hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
    if not again:
        _must_be_another_file(kind, digest)
    found = read(kind, data, branch=branch, actor=actor, given=given)
    must_be_right(kind, found, actor)
    job = ImportJob.objects.create(
        kind=kind.slug, file_name=file_name[:200], by=actor.user, at=now, total=len(found.rows), digest=digest, notes=found.notes,
        beat_at=timezone.now(),
    )  # fmt: skip
    return _Work(job, kind, found.rows, actor, now, f"{file_name} sha256:{digest}", dry_run, again)


def _must_be_another_file(kind: LedgerKind, digest: str) -> None:
    states = (ImportJob.State.DONE, ImportJob.State.RUNNING)
    same = ImportJob.objects.filter(kind=kind.slug, digest=digest, state__in=states)
    earlier = same.select_related("by").order_by("at").first()
    if earlier is not None:
        day = timezone.localtime(earlier.at)
        raise BadInput(
            f"这份文件的内容已由{earlier.by.name}于{day:%Y-%m-%d %H:%M}导入过（{earlier.total}行）。"
            f"{ONCE_MORE}"
        )


@dataclass(frozen=True)
class _Work:
    """An import on its way: it ends as done, checked, refused or lost, and only once."""

    job: ImportJob
    kind: LedgerKind
    rows: list[Row]
    actor: Actor
    now: datetime
    source: str
    dry_run: bool
    again: bool

    def do(self, progress: Callable[[int], None]) -> None:
        """Do it; raises what refuses it."""
        actions.record_many(
            kind=self.kind, rows=self.rows, actor=self.actor, now=self.now, source=self.source, dry_run=self.dry_run,
            progress=progress, again=self.again, claim=self._claim,
        )  # fmt: skip
        if self.dry_run:
            self.end(ImportJob.State.CHECKED, [])

    def done(self) -> None:
        """Do it, and write down what came of it."""
        try:
            self.do(self._watched)
        except Refused as refusal:
            problems = refusal.problems if isinstance(refusal, BadInput) else [str(refusal)]
            self.end(ImportJob.State.REFUSED, [str(problem) for problem in problems[:200]])
        except Exception:  # noqa: BLE001  (whatever broke it off, nobody may wait for it for ever)
            _log.exception("an import broke off")
            self.end(ImportJob.State.LOST, [_LOST])
        self.job.refresh_from_db()

    def _watched(self, done: int) -> None:
        ImportJob.objects.filter(pk=self.job.pk).update(done=done, beat_at=timezone.now())

    def _claim(self) -> None:
        """In the transaction that stores: with its rows the job is done, and one that was given up stores nothing."""
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        if not running.update(state=ImportJob.State.DONE, done=len(self.rows)):
            raise WrongState("这次导入已按中断处理，没有导入任何内容。")

    def end(self, state: str, problems: list[str]) -> None:
        """Write down what came of it, unless that was done."""
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        running.update(state=state, problems=problems)


_log = logging.getLogger(__name__)
_LOST = "程序中断，没有导入任何内容，请重新导入。"
ONCE_MORE = "确认要再登记一次的，请勾选“仍要导入”（命令用 --again）后重新导入。"
DEAD_AFTER = timedelta(minutes=5)


def give_up_lost(*, since_start: bool = False) -> int:
    """End the imports whose process no longer tells how far it is; at the start of the server, all that still run."""
    running = ImportJob.objects.filter(state=ImportJob.State.RUNNING)
    if not since_start:
        silent = Q(beat_at__lt=timezone.now() - DEAD_AFTER) | Q(beat_at__isnull=True)
        running = running.filter(silent)
    return running.update(state=ImportJob.State.LOST, problems=[_LOST])


def job_of(key: int, *, actor: Actor) -> ImportJob:
    """One's own job."""
    give_up_lost()
    job = ImportJob.objects.filter(pk=key, by=actor.user).first()
    if job is None:
        raise Refused("没有这次导入。")
    return job
