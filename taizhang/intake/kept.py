"""Files that were handed in are read, and kept as documents with what each proposes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from taizhang.intake import memory
from taizhang.intake.models import Batch, Paper
from taizhang.intake.reading import read
from taizhang.intake.sheets import branches
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing import columns
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import texts
from taizhang.ledgers.evidence.recognised import Kept
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import import_job
from taizhang.papers.marks import seen as marks


def read_all(batch: Batch) -> None:
    """Read what a batch has that was not read yet; a list that does not say what it must is open,
    with what it lacks.
    """
    for paper in batch.papers.filter(state=Paper.State.UNREAD).select_related("file"):
        try:
            read_one(paper)
        except BadInput as refusal:  # a list that does not say what a person must
            paper.state = Paper.State.OPEN
            paper.proposed = as_proposed([], [str(problem) for problem in refusal.problems])
            paper.save()


def read_one(paper: Paper) -> None:
    """Read a file into its documents; raises BadInput where a person named its ledger and has to
    say more.
    """
    found = _looked_at(paper)
    with transaction.atomic():
        waits = Paper.objects.select_for_update().filter(pk=paper.pk, state=Paper.State.UNREAD)
        if waits.exists():
            _keep_what_was_read(paper, found)
    if paper.file is not None and paper.file.is_picture:
        texts.index_picture(paper.file)


@dataclass
class _Looked:
    """What was read of a file, before any of it is stored."""

    given: Mapping[str, str]
    again: str = ""
    """That it was entered before."""
    seen: list[tuple[marks.Seen, marks.Told]] = field(default_factory=list)
    documents: list[read.Document] = field(default_factory=list)


def _looked_at(paper: Paper) -> _Looked:
    """Read a file; it may take seconds, in which others must be able to store."""
    assert paper.file is not None  # noqa: S101  (only kept files are unread)
    again = paper.entered_before()
    given = json.loads(paper.proposed or "{}").get("given", {})
    said = read.Said(KINDS[paper.kind], given) if paper.kind else None
    if again:
        return _Looked(given, again)
    if said is not None and (told := import_job.earlier(said.kind, paper.sha256)):
        return _Looked(given, told)
    with evidence.opened(paper.file.sha256) as stream:
        data = stream.read()
    seen = [(one, marks.told(one, paper.batch.branch)) for one in marks.seen(data)]
    known = memory.of(paper.batch.branch)
    pages = Kept(paper.sha256, recognise=True)
    found = read.documents(paper.file_name, data, known, said, pages)
    return _Looked(given, seen=seen, documents=found)


def _keep_what_was_read(paper: Paper, found: _Looked) -> None:
    if found.again:
        paper.state = Paper.State.SAME
        paper.proposed = as_proposed([], [found.again], given=found.given)
        paper.save(update_fields=("state", "proposed"))
        return
    for n, document in enumerate(found.documents):
        paper = another(paper) if n else paper
        fill(paper, document, found.given)
        if not n:
            say_what_marks_mean(paper, found.seen)
        paper.save()
    for one, told in _records(found.seen)[1:]:
        paper = another(paper)
        paper.where, paper.state = one.place, Paper.State.OPEN
        _file(paper, told, [told.text])
        paper.save()


def another(paper: Paper) -> Paper:
    """A second document of the same file."""
    return Paper(batch=paper.batch, file=paper.file, file_name=paper.file_name, sha256=paper.sha256)


def _records(seen: list[tuple[marks.Seen, marks.Told]]) -> list[tuple[marks.Seen, marks.Told]]:
    return [pair for pair in seen if pair[1].entry]


def say_what_marks_mean(paper: Paper, seen: list[tuple[marks.Seen, marks.Told]]) -> None:
    """What the marks on the sheets mean: the first record, else a ledger that is certain, is the
    document's own.
    """
    if not seen:
        return
    own = _records(seen)[:1] or [pair for pair in seen if pair[1].kind]
    others = [told.text for _, told in seen if not told.entry or (_, told) in own]
    warnings = [*others, *json.loads(paper.proposed)["warnings"]]
    if own and (own[0][1].entry or not paper.kind):
        _file(paper, own[0][1], warnings)
    else:
        paper.proposed = json.dumps(
            json.loads(paper.proposed) | {"warnings": warnings}, ensure_ascii=False
        )
    paper.certain = False


def _file(paper: Paper, told: marks.Told, warnings: list[str]) -> None:
    paper.is_list = False
    paper.kind = told.kind.slug if told.kind else ""
    paper.proposed = json.dumps(
        {"records": [], "warnings": warnings, "entry": told.entry}, ensure_ascii=False
    )


def fill(paper: Paper, document: read.Document, given: Mapping[str, str]) -> None:
    """A document as what it was read to be: its ledger, its records, its place in the file."""
    others = branches.of_others(paper.batch.branch, (one.branch for one in document.records))
    paper.where = columns.fitted(Paper.where, document.where)
    paper.kind = document.kind.slug if document.kind and document.records else ""
    warnings = [*document.warnings, *branches.not_of(paper.batch.branch, document.whose)]
    sure = document.certain and not others and warnings == document.warnings
    paper.certain, paper.is_list = sure, document.is_list
    records = [vars(one) for one in document.records]
    paper.proposed = as_proposed(records, warnings, document.unknown, given, document.passed)
    paper.state = Paper.State.OPEN


def as_proposed(
    records: list[dict[str, Any]],
    warnings: list[str],
    unknown: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    passed: Sequence[str] = (),
) -> str:
    """What is kept of a document that was read, as JSON."""
    told = {"records": records, "warnings": warnings, "unknown": dict(unknown or {})}
    told |= {"given": dict(given or {}), "passed": list(passed)}
    return json.dumps(told, ensure_ascii=False)
