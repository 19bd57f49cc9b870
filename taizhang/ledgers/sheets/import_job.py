"""A sheet brought in by a person: read in the background with progress, stored whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from taizhang.kernel.errors import BadInput, Problem, Refused, WrongState
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers.burden import meter
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import ImportJob
from taizhang.ledgers.records import actions
from taizhang.ledgers.records.actions import Row
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations

WORK = "ledgers:import"
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


def bring_in(*, sheet: Sheet, actor: Actor, now: datetime) -> ImportJob:
    """Read a sheet; a long one goes on in the background, and the job tells how far it is."""
    work = _begin(sheet, actor, now)
    about = {"import": work.job.pk, "on": timezone.localdate(now).isoformat()}
    if len(work.rows) > AT_ONCE:
        with transaction.atomic():
            queue.ask(WORK, about, by=actor.user)
    else:
        worker.carry_out(queue.hold(WORK, about, by=actor.user), lambda _: work.done())
        work.job.refresh_from_db()
    return work.job


def bring_in_waiting(
    *, sheet: Sheet, actor: Actor, now: datetime, progress: Callable[[int, int], None]
) -> ImportJob:
    """As `bring_in`, for one who waits; raises BadInput with all that is wrong, by rows and columns."""
    work = _begin(sheet, actor, now)
    held = queue.hold(WORK, {"import": work.job.pk, "waited_for": True}, by=actor.user)
    try:
        with worker.holding(held):
            work.do(lambda done: progress(done, len(work.rows)))
    except BaseException as broken:
        refused = isinstance(broken, BadInput)
        work.end(ImportJob.State.REFUSED if refused else ImportJob.State.LOST, [])
        raise
    finally:
        queue.end(held, Job.State.DONE)
    work.job.refresh_from_db()
    return work.job


@dataclass(frozen=True)
class Sheet:
    """What is brought in: whose sheet, what a person gave for every row, and whether it is to be entered once more."""

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

    def kept(self) -> dict[str, Any]:
        """As an import keeps it until it has ended."""
        asked = {
            "branch": self.branch and self.branch.pk,
            "given": dict(self.given),
            "dry_run": self.dry_run,
            "again": self.again,
            "pasted": isinstance(self.data, str),
        }
        return {"asked": asked, "sheet": base64.b64encode(self._bytes).decode()}


def _sheet_of(job: ImportJob) -> Sheet:
    asked, data = job.asked, base64.b64decode(job.sheet)
    branch = Organisation.objects.filter(pk=asked["branch"]).first()
    return Sheet(
        KINDS[job.kind],
        data.decode() if asked["pasted"] else data,
        job.file_name,
        branch,
        given=asked["given"],
        dry_run=asked["dry_run"],
        again=asked["again"],
    )


def _begin(sheet: Sheet, actor: Actor, now: datetime) -> _Work:
    if not sheet.again:
        _must_be_another_file(sheet.kind, sheet.digest)
    found = read(sheet.kind, sheet.data, branch=sheet.branch, actor=actor, given=sheet.given)
    must_be_right(sheet.kind, found, actor)
    job = ImportJob.objects.create(
        kind=sheet.kind.slug,
        file_name=sheet.file_name[:200],
        by=actor.user,
        at=now,
        total=len(found.rows),
        digest=sheet.digest,
        notes=found.notes,
        **sheet.kept(),
    )
    return _Work(job, sheet, found.rows, actor, now)


def _give_up(job: Job) -> None:
    """Nobody may wait for it for ever."""
    left = ImportJob.objects.filter(pk=job.about["import"], state=ImportJob.State.RUNNING)
    left.update(state=ImportJob.State.LOST, problems=[_LOST], sheet="")


@queue.work(WORK, give_up=_give_up, kept=False)
def take_up(job: Job) -> None:
    """Do an import that waited, or whose process died over it; the sheet is read once more.

    One that somebody waited for at a command is given up: he saw the command end, and begins again.
    """
    if job.about.get("waited_for"):
        _give_up(job)
        return
    found = ImportJob.objects.select_related("by").get(pk=job.about["import"])
    if found.state != ImportJob.State.RUNNING:
        return
    sheet, day = _sheet_of(found), date.fromisoformat(job.about["on"])
    actor = actor_of(found.by, on=day)
    rows = read(sheet.kind, sheet.data, branch=sheet.branch, actor=actor, given=sheet.given).rows
    _Work(found, sheet, rows, actor, found.at).done()


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
            self.end(ImportJob.State.CHECKED, [])

    def done(self) -> None:
        """Do it, and write down what came of it."""
        try:
            self.do(self._watched)
        except Refused as refusal:
            problems = refusal.problems if isinstance(refusal, BadInput) else [str(refusal)]
            self.end(ImportJob.State.REFUSED, [str(problem) for problem in problems[:200]])
        except OperationalError:  # the database failed, not the sheet
            raise
        except Exception:  # noqa: BLE001  (whatever broke it off, nobody may wait for it for ever)
            _log.exception("an import broke off")
            self.end(ImportJob.State.LOST, [_LOST])

    def _watched(self, done: int) -> None:
        ImportJob.objects.filter(pk=self.job.pk).update(done=done)

    def _claim(self) -> None:
        """In the transaction that stores: with its rows the job is done, and one that was given up stores nothing."""
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        if not running.update(state=ImportJob.State.DONE, done=len(self.rows), sheet=""):
            raise WrongState("这次导入已经结束，没有再次导入。")

    def end(self, state: str, problems: list[str]) -> None:
        """Write down what came of it, unless that was done."""
        running = ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING)
        running.update(state=state, problems=problems, sheet="")


_log = logging.getLogger(__name__)
_LOST = "程序中断，没有导入任何内容，请重新导入。"
ONCE_MORE = "确认要再登记一次的，请勾选“仍要导入”（命令用 --again）后重新导入。"


def job_of(key: int, *, actor: Actor) -> ImportJob:
    """One's own job."""
    job = ImportJob.objects.filter(pk=key, by=actor.user).first()
    if job is None:
        raise Refused("没有这次导入。")
    return job
