"""What a clerk does with a sheet of one ledger: take it in, say what its columns are, enter all its
right rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from taizhang.intake import actions as intake
from taizhang.intake import memory
from taizhang.intake.kept import read_one
from taizhang.intake.models import Batch, Paper
from taizhang.intake.sheets import grid
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers import changes
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import alike
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

ENTERING = "intake:enter"
TOGETHER = 10
"""So many lists are entered in one transaction: others wait for it some seconds at most."""
AT_ONCE = 256 * 1024
"""Sheets of up to so many bytes, some thousand rows, are read while the page waits."""


@transaction.atomic
def take_sheet(
    *,
    branch: Organisation,
    kind: LedgerKind,
    name: str,
    data: bytes | str,
    actor: Actor,
    now: datetime,
    given: Mapping[str, str] | None = None,
) -> Paper:
    """Take in a sheet, or cells that were copied, as a list of the ledger that a person names: what
    was read is a grid.

    `given` is what the sheet does not say itself; raises BadInput where it must. A long sheet is
    read in the background.
    """
    actor.must_keep_ledgers_of(branch)
    if isinstance(data, str):
        name, data = f"粘贴的{kind.title}.xlsx", excel.as_workbook(tables.read(data).cells)
    paper = intake.keep_for(
        branch=branch, kind=kind, name=name, data=data, given=given or {}, actor=actor, now=now
    )
    if len(data) > AT_ONCE or intake.takes_long(paper):
        queue.ask(intake.WORK, {"batch": paper.batch_id}, by=actor.user)
        return paper
    read_one(paper)
    found = paper.batch.papers.filter(kind=kind.slug).first() or paper
    told = json.loads(found.proposed)
    if found.state == Paper.State.OPEN and not told["records"]:
        raise BadInput("；".join([*told["warnings"], _NOTHING]))
    return found


_NOTHING = "没有读出内容，没有收下；请核对表头和各行，或下载模板填写。"
"""What is said of a sheet with nothing in it for the ledger; it is not kept."""


@transaction.atomic
def name_columns(*, paper: Paper, columns: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Say once what unknown columns of a list are, for the whole bureau; the list is read again
    with it.
    """
    actor.must_keep_ledgers_of(paper.batch.branch)
    if not paper.kind:
        raise WrongState("请先选择这份文件属于哪一种台账。")
    kind = KINDS[paper.kind]
    asked = json.loads(paper.proposed).get("unknown", {})
    told = {header: label for header, label in columns.items() if header in asked and label}
    memory.remember(branch=paper.batch.branch, kind=kind, columns=told, actor=actor, now=now)
    intake.take_for(paper=paper, kind=kind, actor=actor, now=now)


@transaction.atomic
def enter_right(*, batch: Batch, actor: Actor, now: datetime) -> None:
    """Have the right rows of all lists of a batch entered in the background, page by page; the
    wrong ones wait on them.
    """
    actor.must_keep_ledgers_of(batch.branch)
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.undone_at is not None or grid.at_work(batch) == ENTERING:
        raise WrongState("这次收件正在入账，或者已经撤销。")
    journal.note("intake.enter_right", f"batch:{batch.pk}", by=actor.user, now=now)
    about = {"batch": batch.pk, "on": timezone.localdate(now).isoformat()}
    queue.ask(ENTERING, about, by=actor.user)


@queue.work(ENTERING, kept=False)
def enter_waiting(job: Job) -> None:
    """Some lists after others, each whole or not at all, so that a break loses none and enters none
    twice.

    Those of one transaction are judged together.
    """
    actor = intake.who_asked(job)
    waiting = grid.lists_of(job.about["batch"])
    keys = list(waiting.values_list("pk", flat=True))
    for at in range(0, len(keys), TOGETHER):
        with transaction.atomic(), changes.told_once(), alike.loaded_once():
            for key in keys[at : at + TOGETHER]:
                _enter_whole(waiting.filter(pk=key), actor)


def _enter_whole(one: QuerySet[Paper], actor: Actor) -> None:
    paper = one.select_related("batch__branch", "file").first()
    try:
        if paper is not None:
            rows = grid.values_of(paper)
            intake.enter_rows(paper=paper, rows=rows, actor=actor, now=timezone.now())
    except (BadInput, WrongState):
        return  # it waits as it is, and its own page says why
