"""What a clerk does with what was handed in: take it in, enter it, lay it aside, take
it all back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from taizhang.documents import scanned
from taizhang.intake import memory
from taizhang.intake.doubts import Doubts
from taizhang.intake.kept import another, as_proposed, fill, read_all
from taizhang.intake.models import Batch, Entered, Paper
from taizhang.intake.reading import read
from taizhang.intake.records.record import Record
from taizhang.intake.sheets import branches, grid
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.writing import file_names
from taizhang.ledgers import form_reader
from taizhang.ledgers.burden import meter
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence.recognised import Kept
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records import bulk
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation

WORK, UNDOING = "intake:read", "intake:undo"
AT_ONCE = 3
"""So many files are read while the page waits."""
UNDONE_AT_ONCE = 200
"""So many records are taken back while the page waits."""
UNDONE_WITHIN = timedelta(days=7)


@transaction.atomic
def take_in(
    *,
    branch: Organisation,
    files: Iterable[tuple[str, bytes]],
    actor: Actor,
    now: datetime,
    drop: str = "",
) -> Batch:
    """Keep files, a zip among them opened, and read each into proposals; nothing enters a ledger by
    it.

    Files that come one by one with the same `drop` are one batch.
    """
    actor.must_keep_ledgers_of(branch)
    same = Batch.objects.filter(branch=branch, by=actor.user, drop=drop[:20], undone_at=None)
    batch = same.first() if drop else None
    if batch is None:
        batch = Batch.objects.create(branch=branch, by=actor.user, at=now, drop=drop[:20])
    taken = [
        _keep(batch, one, actor, now) for name, data in files for one in read.unpacked(name, data)
    ]
    if not taken:
        raise BadInput("没有收到文件。")
    journal.note("intake.take_in", f"batch:{batch.pk}", by=actor.user, now=now, n=len(taken))
    if len(taken) <= AT_ONCE and not any(takes_long(one) for one in taken):
        read_all(batch)
    else:
        queue.ask(WORK, {"batch": batch.pk}, by=actor.user, alone=f"{WORK}:{batch.pk}")
    return batch


def takes_long(one: Paper) -> bool:
    """Whether pages of it may have to be recognised: that takes seconds for each, in which nobody
    else could store.
    """
    may_be = one.file is not None and (one.file.is_picture or one.file.mime == "application/pdf")
    return may_be and scanned.available()


def _keep(batch: Batch, one: read.File, actor: Actor, now: datetime) -> Paper:
    """The file as evidence of the branch; what cannot be kept is told on the list, and the others
    go on.
    """
    refused, file = one.refused, None
    if not refused:
        try:
            with transaction.atomic():
                file = evidence.take_in(
                    branch=batch.branch, name=one.name, data=one.data, kind="", actor=actor, now=now
                ).file
        except BadInput as refusal:
            refused = "；".join(str(problem) for problem in refusal.problems)
    return Paper.objects.create(
        batch=batch,
        file=file,
        file_name=file.name if file else file_names.fitted(Paper.file_name, one.name),
        sha256=hashlib.sha256(one.data).hexdigest(),
        state=Paper.State.UNREAD if file else Paper.State.OPEN,
        proposed=as_proposed([], [refused]) if refused else "",
    )


@transaction.atomic
def keep_for(
    *,
    branch: Organisation,
    kind: LedgerKind,
    name: str,
    data: bytes,
    given: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Paper:
    """Keep a file that a person says to be a list of one ledger, in a batch of its own; it is not
    read yet.
    """
    actor.must_keep_ledgers_of(branch)
    batch = Batch.objects.create(branch=branch, by=actor.user, at=now)
    paper = _keep(batch, read.File(name, data), actor, now)
    if paper.file is None:
        raise BadInput("；".join(json.loads(paper.proposed)["warnings"]))
    paper.kind, paper.proposed = kind.slug, as_proposed([], [], given=given)
    paper.save(update_fields=("kind", "proposed"))
    journal.note("intake.take_in", f"batch:{batch.pk}", by=actor.user, now=now, n=1)
    return paper


@queue.work(WORK, kept=False)
def read_waiting(job: Job) -> None:
    """Read what a batch has that was not read yet; one document after another, so that a break
    loses none.
    """
    batch = Batch.objects.filter(pk=job.about["batch"]).first()
    if batch is not None:
        read_all(batch)


@transaction.atomic
def take_for(*, paper: Paper, kind: LedgerKind, actor: Actor, now: datetime) -> None:
    """Read a document once more, as one of the ledger that a person names."""
    _must_be_at_hand(paper, actor)
    if paper.file is None:
        raise WrongState("这份文件没有收下，不能识别。")
    given = json.loads(paper.proposed or "{}").get("given", {})
    with evidence.opened(paper.file.sha256) as stream:
        known = memory.of(paper.batch.branch)
        said = read.Said(kind, given)
        pages = Kept(paper.file.sha256, recognise=True)
        found = read.again(paper.file_name, stream.read(), paper.where, said, known, pages)
    _must_be_whole(paper).delete()
    for n, document in enumerate(found):
        one = another(paper) if n else paper
        fill(one, document, given)
        one.kind, one.certain = kind.slug, False
        one.save()
    journal.note("intake.take_for", f"paper:{paper.pk}", by=actor.user, now=now, kind=kind.slug)


def _must_be_whole(paper: Paper) -> QuerySet[Paper]:
    """The other documents of the same list, which was too long for one; raises WrongState where
    rows were entered.
    """
    whole = read.place(paper.where)
    same = paper.batch.papers.filter(sha256=paper.sha256).exclude(pk=paper.pk)
    others = [one for one in same if one.where != whole and read.place(one.where) == whole]
    if Entered.objects.filter(paper__in=[paper, *others]).exists():
        raise WrongState("这张表已有几行入账，不能重新识别；请在各行里补上，或撤销本次收件后再收。")
    return Paper.objects.filter(pk__in=[one.pk for one in others])


@transaction.atomic
def enter(*, paper: Paper, values: Mapping[str, Any], actor: Actor, now: datetime) -> Entry:
    """Enter the record of a document, as its form says; the file is its evidence. Raises BadInput
    with all that is wrong.
    """
    kind = _must_be_open(paper, actor)
    with meter.by("intake"):
        entry = ledgers.record(
            kind=kind,
            branch=paper.batch.branch,
            values=values,
            actor=actor,
            now=now,
            mode=Entry.Mode.BACKFILL,
        )
    _serve(paper, kind, entry, actor, now)
    Entered.objects.create(paper=paper, kind=kind.slug, entry_id=entry.pk)
    _end(paper, Paper.State.ENTERED, actor, now, n=1)
    return entry


@transaction.atomic
def enter_rows(
    *,
    paper: Paper,
    rows: Mapping[int, dict[str, Any]],
    actor: Actor,
    now: datetime,
    again: bool = False,
) -> list[Problem]:
    """Enter the rows of a list that are right; all others stay on it, and what is wrong with them
    is answered.

    `rows` are the values by the number of the row among those proposed; a row that is not among
    them waits. Rows that are in the ledger word for word are wrong, unless they happened once more
    (`again`).
    """
    kind = _must_be_open(paper, actor)
    told = json.loads(paper.proposed)
    proposed = dict(enumerate(told["records"], start=1))
    right, problems = branches.placed(paper.batch.branch, rows, actor)
    while right:
        try:
            with transaction.atomic():
                _enter_many(paper, kind, list(right.values()), actor, now, again=again)
            break
        except BadInput as refusal:
            found = form_reader.apart(refusal.problems)
            wrong = {problem.row for problem in found} & right.keys()
            if not wrong:
                raise
            problems += found
            right = {n: row for n, row in right.items() if n not in wrong}
    rest = {n: _mended(one, rows.get(n)) for n, one in proposed.items() if n not in right}
    paper.proposed = as_proposed(
        list(rest.values()),
        told["warnings"],
        told.get("unknown"),
        told.get("given"),
        told.get("passed", ()),
    )
    paper.save(update_fields=("proposed",))
    _end(paper, Paper.State.OPEN if rest else Paper.State.ENTERED, actor, now, n=len(right))
    places = {n: at for at, n in enumerate(rest, start=1)}
    return [replace(p, row=p.row and places.get(p.row)) for p in problems]


def _mended(one: dict[str, Any], values: dict[str, Any] | None) -> dict[str, Any]:
    """A row that waits, as it was mended: what was not understood of it stands in its cells now."""
    if values is None:
        return one
    told = {name: value for name, value in values.items() if name != excel.BRANCH}
    branch = values.get(excel.BRANCH) or ""
    return one | {"values": told, "branch": branch, "left": [], "warnings": []}


def _enter_many(
    paper: Paper,
    kind: LedgerKind,
    rows: Sequence[Row],
    actor: Actor,
    now: datetime,
    *,
    again: bool,
) -> None:
    with meter.by("intake"):
        ledgers.record_many(
            kind=kind,
            rows=rows,
            actor=actor,
            now=now,
            source=f"{paper.file_name} sha256:{paper.sha256}",
            again=again,
        )
    made = kind.model.objects.filter(recorded_at=now, recorded_by=actor.user)
    made = made.filter(branch__in={row.branch.pk for row in rows})
    keys = list(made.values_list("pk", flat=True))
    bulk.insert(Entered, ({"paper": paper, "kind": kind.slug, "entry_id": key} for key in keys))
    if len(keys) == 1 and rows[0].branch == paper.batch.branch:
        _serve(paper, kind, made.get(), actor, now)


@transaction.atomic
def enter_certain(*, batch: Batch, actor: Actor, now: datetime) -> tuple[int, list[str]]:
    """Enter every document that leaves no doubt: how many, and which were refused and why."""
    actor.must_keep_ledgers_of(batch.branch)
    entered, refused = 0, []
    for paper in batch.papers.filter(state=Paper.State.OPEN, certain=True):
        records = json.loads(paper.proposed)["records"]
        try:
            with transaction.atomic():
                if again := paper.entered_before(where=paper.where):
                    raise BadInput(again)
                if not paper.is_list:
                    _must_be_past_doubt(paper, records, actor)
                if paper.is_list:
                    rows = grid.values_of(paper)
                    problems = enter_rows(paper=paper, rows=rows, actor=actor, now=now)
                    if problems:
                        raise BadInput(problems)
                else:
                    enter(paper=paper, values=records[0]["values"], actor=actor, now=now)
            entered += 1
        except BadInput as refusal:
            said = "；".join(str(problem).rstrip("。") for problem in refusal.problems[:3])
            refused.append(f"{paper}：{said}")
            Paper.objects.filter(pk=paper.pk).update(certain=False)
        now += timedelta.resolution  # records of one document are told from those of the next
    journal.note("intake.enter_certain", f"batch:{batch.pk}", by=actor.user, now=now, n=entered)
    return entered, refused


def _must_be_past_doubt(paper: Paper, records: list[dict[str, Any]], actor: Actor) -> None:
    """Raises BadInput with what speaks against entering it without a look, also what was entered a
    moment before.
    """
    told = Doubts(paper.batch.branch, actor).of([(paper, Record(**records[0]))], faults=False)
    if said := told[paper.pk]:
        raise BadInput([Problem(text) for text in said])


@transaction.atomic
def add_to(*, paper: Paper, entry: Entry, actor: Actor, now: datetime) -> None:
    """The record is in the ledger already: the file becomes its evidence, and no second record is
    made.
    """
    kind = _must_be_open(paper, actor)
    if paper.file is None or entry.branch_id != paper.batch.branch_id:
        raise WrongState("这份文件不能附到这条记录上。")
    evidence.attach(file=paper.file, kind=kind, entry=entry, actor=actor, now=now)
    _end(paper, Paper.State.ENTERED, actor, now, n=0)


@transaction.atomic
def put_aside(*, paper: Paper, actor: Actor, now: datetime) -> None:
    """It belongs to no ledger; it stays findable as a file."""
    actor.must_keep_ledgers_of(paper.batch.branch)
    if paper.state not in (Paper.State.OPEN, Paper.State.SAME):
        raise WrongState("这份文件已经处理过了。")
    _end(paper, Paper.State.ASIDE, actor, now, n=0)


@transaction.atomic
def undo(*, batch: Batch, actor: Actor, now: datetime) -> list[str]:
    """Take back all records that came of a batch, unless one was changed since: which stayed, and
    why.
    """
    branches.must_keep_all(batch, actor)
    if batch.undone_at is not None:
        raise WrongState("这次收件已经撤销过了。")
    if now - batch.at > UNDONE_WITHIN:
        raise WrongState(f"收件已超过{UNDONE_WITHIN.days}天，不能整批撤销；请在台账里逐条撤回。")
    made = list(Entered.objects.filter(paper__batch=batch).order_by("pk"))
    batch.undone_at = now
    batch.save(update_fields=("undone_at",))
    journal.note("intake.undo", f"batch:{batch.pk}", by=actor.user, now=now, n=len(made))
    if len(made) > UNDONE_AT_ONCE:
        about = {"batch": batch.pk, "on": timezone.localdate(now).isoformat()}
        queue.ask(UNDOING, about, by=actor.user)
    else:
        _take_back(batch, made, actor, now)
    return list(batch.stayed)


@queue.work(UNDOING, kept=False)
def take_back_waiting(job: Job) -> None:
    """Take back the many records of a batch, some at a time; what a break left over is taken back
    by the next.
    """
    batch, actor = Batch.objects.get(pk=job.about["batch"]), who_asked(job)
    made = list(Entered.objects.filter(paper__batch=batch).order_by("pk"))
    for at in range(0, len(made), UNDONE_AT_ONCE):
        with transaction.atomic():
            _take_back(batch, made[at : at + UNDONE_AT_ONCE], actor, timezone.now())


def _take_back(batch: Batch, made: list[Entered], actor: Actor, now: datetime) -> None:
    for one in made:
        kind = KINDS[one.kind]
        entry = kind.model.objects.filter(pk=one.entry_id, withdrawn_at=None).first()
        if entry is None:
            continue
        told = f"{kind.title} {entry}：收件后更正过，没有撤回。"
        if entry.version == 1:
            ledgers.withdraw(kind=kind, entry=entry, reason="撤销收件", actor=actor, now=now)
        elif told not in batch.stayed:
            batch.stayed.append(told)
    batch.save(update_fields=("stayed",))


def who_asked(job: Job) -> Actor:
    """The person who asked for a job, as of the day on which it was asked for."""
    assert job.by is not None  # noqa: S101  (a person asks)
    return actor_of(job.by, on=date.fromisoformat(job.about["on"]))


def _must_be_open(paper: Paper, actor: Actor) -> LedgerKind:
    _must_be_at_hand(paper, actor)
    if not paper.kind:
        raise WrongState("请先选择这份文件属于哪一种台账。")
    return KINDS[paper.kind]


def _must_be_at_hand(paper: Paper, actor: Actor) -> None:
    actor.must_keep_ledgers_of(paper.batch.branch)
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if (
        locked.state not in (Paper.State.OPEN, Paper.State.SAME)
        or paper.batch.undone_at is not None
    ):
        raise WrongState("这份文件已经处理过了。")


def _serve(paper: Paper, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime) -> None:
    """The file is the evidence of the record."""
    if paper.file is not None:
        evidence.attach(file=paper.file, kind=kind, entry=entry, actor=actor, now=now)


def _end(paper: Paper, state: str, actor: Actor, now: datetime, **detail: object) -> None:
    paper.state = state
    paper.save(update_fields=("state",))
    verb = "intake.put_aside" if state == Paper.State.ASIDE else "intake.enter"
    journal.note(verb, f"paper:{paper.pk}", by=actor.user, now=now, **detail)
