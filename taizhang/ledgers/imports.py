"""A sheet brought in by a person: read in the background with progress, stored whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from taizhang.kernel import background
from taizhang.kernel.errors import BadInput, Problem, Refused
from taizhang.ledgers import actions, sheets
from taizhang.ledgers.actions import Row
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import ImportJob
from taizhang.orgs import queries
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

AT_ONCE = 2000
"""Sheets of up to so many rows are read while the page waits."""


def read_rows(
    kind: LedgerKind,
    data: bytes | str,
    *,
    branch: Organisation | None,
    actor: Actor,
    given: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows with their branches: the one given, or the one that each row names."""
    found: list[Row] = []
    problems: list[Problem] = []
    known: dict[str, Organisation | None] = {}
    for number, cells in sheets.rows(kind, data, given):
        name = str(cells.pop(sheets.BRANCH, "") or "").strip()
        own = branch
        if name:
            if name not in known:
                known[name] = queries.branch_named(name, actor=actor)
            own = known[name]
        problem = _misplaced(name, own, branch)
        if problem:
            problems.append(Problem(problem, row=number, column=sheets.BRANCH))
        elif own is not None:
            found.append(Row(number, own, cells))
    if problems:
        raise BadInput(problems)
    if not found:
        raise BadInput("表中没有可导入的数据行。")
    return found


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
) -> ImportJob:
    """Read a sheet; a long one goes on in the background, and the job tells how far it is."""
    rows = read_rows(kind, data, branch=branch, actor=actor, given=given)
    job = ImportJob.objects.create(
        kind=kind.slug, file_name=file_name[:200], by=actor.user, at=now, total=len(rows)
    )
    source = f"{file_name} sha256:{hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()}"

    def work() -> None:
        _run(job, kind, rows, actor, now, source, dry_run=dry_run)

    if len(rows) > AT_ONCE:
        background.start(work)
    else:
        work()
    return job


def _run(
    job: ImportJob,
    kind: LedgerKind,
    rows: list[Row],
    actor: Actor,
    now: datetime,
    source: str,
    *,
    dry_run: bool,
) -> None:
    def watched(done: int) -> None:
        ImportJob.objects.filter(pk=job.pk).update(done=done)

    try:
        actions.record_many(
            kind=kind,
            rows=_each(rows),
            actor=actor,
            now=now,
            source=source,
            dry_run=dry_run,
            progress=watched,
        )
    except Refused as refusal:
        problems = refusal.problems if isinstance(refusal, BadInput) else [Problem(str(refusal))]
        job.state, job.problems = (
            ImportJob.State.REFUSED,
            [str(problem) for problem in problems[:200]],
        )
    else:
        job.state = ImportJob.State.CHECKED if dry_run else ImportJob.State.DONE
        job.done = len(rows)
    job.save()


def _each(rows: list[Row]) -> Iterator[Row]:
    yield from rows


def job_of(key: int, *, actor: Actor) -> ImportJob:
    """One's own job."""
    job = ImportJob.objects.filter(pk=key, by=actor.user).first()
    if job is None:
        raise Refused("没有这次导入。")
    return job
