"""A sheet brought in by a command: stored whole or not at all, with progress."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.writing import file_names
from taizhang.ledgers.burden import meter
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import ImportJob
from taizhang.ledgers.records import actions, read_rows
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations

WORK = "ledgers:import"
TOLD_OF = 2000
"""In so many rows all that is wrong is told where the headers are wrong too."""


@dataclass
class Reading:
    """What a sheet holds: its rows with their branches, what is wrong with its headers, what is to
    be told.
    """

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
    sheet = excel.read(kind, data, given)
    found = Reading([], list(sheet.problems), sheet.notes, sheet.missing)
    known: dict[str, Organisation | None] = {}
    for number, cells in sheet.rows:
        name = str(cells.pop(excel.BRANCH, "") or "").strip()
        own = branch
        if name:
            if name not in known:
                known[name] = organisations.branch_named(name, actor=actor)
            own = known[name]
        problem = _misplaced(name, own, branch)
        if problem:
            found.problems.append(Problem(problem, row=number, column=excel.BRANCH))
        elif own is not None:
            found.rows.append(Row(number, own, cells))
    if not found.rows and not found.problems:
        raise BadInput("表中没有可导入的数据行。")
    return found


def must_be_right(kind: LedgerKind, found: Reading, actor: Actor) -> None:
    """Raises BadInput with what is wrong with the headers together with what is wrong in the rows,
    in one go.
    """
    if not found.problems:
        return
    problems = list(found.problems)
    try:
        read_rows.read_all(kind=kind, rows=found.rows[:TOLD_OF], actor=actor)
    except BadInput as refusal:
        problems += [p for p in refusal.problems if p.column not in found.missing]
    raise BadInput(problems)


def _misplaced(name: str, own: Organisation | None, branch: Organisation | None) -> str:
    if own is None:
        return f"没有党支部“{name}”。" if name else "没有写明党支部。"
    if branch is not None and own.pk != branch.pk:
        return f"这一行属于{own.short_name}，不是{branch.short_name}。"
    return ""


def bring_in_waiting(
    *, sheet: Sheet, actor: Actor, now: datetime, progress: Callable[[int, int], None]
) -> ImportJob:
    """Store all rows of a sheet or none; raises BadInput with all that is wrong, by rows and
    columns.
    """
    work = _begin(sheet, actor, now)
    held = queue.hold(WORK, {"import": work.job.pk}, by=actor.user)
    try:
        with worker.holding(held):
            work.do(lambda done: progress(done, len(work.rows)))
    except BaseException as broken:
        refused = isinstance(broken, BadInput)
        work.end(ImportJob.State.REFUSED if refused else ImportJob.State.LOST)
        raise
    finally:
        queue.end(held, Job.State.DONE)
    work.job.refresh_from_db()
    return work.job


@dataclass(frozen=True)
class Sheet:
    """What is brought in: whose sheet, what a person gave for every row, and whether it is to be
    entered once more.
    """

    kind: LedgerKind
    data: bytes | str
    file_name: str
    branch: Organisation | None
    given: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    again: bool = False
    """A file, or rows, that are there already are to be entered once more."""

    @property
    def digest(self) -> str:
        """What tells the same file again."""
        return hashlib.sha256(self._bytes).hexdigest()

    @property
    def _bytes(self) -> bytes:
        return self.data.encode() if isinstance(self.data, str) else self.data


def _begin(sheet: Sheet, actor: Actor, now: datetime) -> _Work:
    if not sheet.again and (told := earlier(sheet.kind, sheet.digest)):
        raise BadInput(f"{told}确认要再登记一次的，请加 --again 后重新导入。")
    found = read(sheet.kind, sheet.data, branch=sheet.branch, actor=actor, given=sheet.given)
    must_be_right(sheet.kind, found, actor)
    job = ImportJob.objects.create(
        kind=sheet.kind.slug,
        file_name=file_names.fitted(ImportJob.file_name, sheet.file_name),
        by=actor.user,
        at=now,
        total=len(found.rows),
        digest=sheet.digest,
        notes=found.notes,
    )
    return _Work(job, sheet, found.rows, actor, now)


@queue.work(WORK, kept=False)
def give_up(job: Job) -> None:
    """The command that waited for it died over it: whoever gave it saw it end, and begins again."""
    left = ImportJob.objects.filter(pk=job.about["import"], state=ImportJob.State.RUNNING)
    left.update(state=ImportJob.State.LOST)


def earlier(kind: LedgerKind, digest: str) -> str:
    """That this content was brought in before, by whom and when; "" where it was not."""
    states = (ImportJob.State.DONE, ImportJob.State.RUNNING)
    same = ImportJob.objects.filter(kind=kind.slug, digest=digest, state__in=states)
    found = same.select_related("by").order_by("at").first()
    if found is None:
        return ""
    day = timezone.localtime(found.at)
    return f"这份文件的内容已由{found.by.name}于{day:%Y-%m-%d %H:%M}导入过（{found.total}行）。"


@dataclass(frozen=True)
class _Work:
    """An import on its way: it ends as done, checked, refused or lost, and only once."""

    job: ImportJob
    sheet: Sheet
    rows: list[Row]
    actor: Actor
    now: datetime

    def do(self, progress: Callable[[int], None]) -> None:
        """Do it; raises what refuses it."""
        with meter.by("sheet"):
            actions.record_many(
                kind=self.sheet.kind,
                rows=self.rows,
                actor=self.actor,
                now=self.now,
                source=f"{self.job.file_name} sha256:{self.job.digest}",
                dry_run=self.sheet.dry_run,
                progress=progress,
                again=self.sheet.again,
                claim=self._claim,
            )
        if self.sheet.dry_run:
            self.end(ImportJob.State.CHECKED)

    def _claim(self) -> None:
        """In the transaction that stores: with its rows the job is done, and one that was given up
        stores nothing.
        """
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        if not running.update(state=ImportJob.State.DONE):
            raise WrongState("这次导入已经结束，没有再次导入。")

    def end(self, state: str) -> None:
        """Write down what came of it, unless that was done."""
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        running.update(state=state)
