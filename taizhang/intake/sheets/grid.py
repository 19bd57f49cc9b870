"""A list as a grid: what was read, what is wrong with it, and the columns that it lacks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from taizhang.intake.models import Batch, Paper
from taizhang.intake.records.record import Record
from taizhang.intake.sheets import branches
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers import form_reader
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import read_rows
from taizhang.ledgers.sheets.excel import BRANCH
from taizhang.orgs.actor import Actor

SHOWN = 200
"""So many rows stand on a page, those with something wrong first; those of the other pages are
entered as they were read.
"""
PASSED = 50
"""So many rows that are no records stand on a page."""
_UNREAD = "没有读入："


@dataclass(frozen=True)
class Column:
    """A column of the grid."""

    name: str
    label: str
    fill: str = ""
    """What all its blank cells are to say."""
    dropped: bool = False
    """Whether it is not to be read."""


@dataclass(frozen=True)
class Said:
    """What a person said above and beside the rows of a grid, before they are entered."""

    added: tuple[str, ...] = ()
    """Fields that the sheet does not have, as columns."""
    fills: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    left: frozenset[int] = frozenset()
    """Numbers of rows that are to wait."""
    days: Mapping[str, str] = field(default_factory=dict)
    """Month → the day on which it was paid by all whose row does not say it."""


@dataclass(frozen=True)
class Cell:
    """A cell: its field, what stands in it, and whether that is wrong."""

    name: str
    label: str
    value: str
    wrong: bool = False


@dataclass(frozen=True)
class GridRow:
    """A row: its number among those of the list, its cells, and what is wrong with it."""

    number: int
    cells: list[Cell]
    wrong: list[str]
    left: bool = False
    """Whether it is to wait."""


@dataclass
class Grid:
    """What a page shows of a list."""

    columns: list[Column] = field(default_factory=list)
    more: list[Column] = field(default_factory=list)
    """Columns that it may have besides."""
    added: tuple[str, ...] = ()
    rows: list[GridRow] = field(default_factory=list)
    total: int = 0
    wrong: int = 0
    """How many rows have something wrong."""
    months: list[tuple[str, str]] = field(default_factory=list)
    """The months of rows without a day, each with the day that was said for all of them."""
    branches: list[tuple[str, int]] = field(default_factory=list)
    """Where rows name other branches than that of the list: each name, and how many rows."""

    @property
    def right(self) -> int:
        """How many can be entered as they are."""
        return self.total - self.wrong

    @property
    def first_wrong(self) -> str:
        """The first cell that is wrong, as an address within the page."""
        wrong = (f"{c.name}-{row.number}" for row in self.rows for c in row.cells if c.wrong)
        return next(wrong, "")


def as_written(kind: LedgerKind, record: Record) -> dict[str, str]:
    """What stands in the cells of a row, what no field could take among it."""
    labels = {f"{one.label}：": one.name for one in kind.fields()}
    unread = {
        name: text.removeprefix(label)
        for text in record.left
        for label, name in labels.items()
        if text.startswith(label)
    }
    own = {BRANCH: record.branch} if record.branch else {}
    return own | unread | {name: value for name, value in record.values.items() if value}


def records_of(paper: Paper) -> list[Record]:
    """The rows that wait."""
    return [Record(**one) for one in json.loads(paper.proposed or "{}").get("records", ())]


def values_of(paper: Paper) -> dict[int, dict[str, Any]]:
    """Number of a row → what stands in its cells."""
    kind = paper.ledger
    records = records_of(paper) if kind else []
    return {n: as_written(kind, one) for n, one in enumerate(records, start=1) if kind}


def problems_of(
    paper: Paper, actor: Actor, values: Mapping[int, Mapping[str, Any]] | None = None
) -> list[Problem]:
    """All that would refuse rows of a list, were they entered as they stand, or with these
    `values`.
    """
    kind = paper.ledger
    if kind is None:
        return []
    rows, wrong = branches.placed(paper.batch.branch, values or values_of(paper), actor)
    try:
        read_rows.read_all(kind=kind, rows=rows.values(), actor=actor, again=False)
    except BadInput as refusal:
        wrong += form_reader.apart(refusal.problems)
    return wrong


def grid(
    paper: Paper,
    problems: Sequence[Problem],
    said: Said = Said(),
    values: Mapping[int, Mapping[str, Any]] | None = None,
) -> Grid:
    """A list as a table to be mended before anything is stored: what was read, or with `values`
    what was typed over it, columns that must be there, and those that were added.
    """
    kind = paper.ledger
    if kind is None:
        return Grid()
    records = dict(enumerate(records_of(paper), start=1))
    written = values or {n: as_written(kind, record) for n, record in records.items()}
    columns = _columns(kind, written, said)
    wrong: dict[int, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem.row or 0, []).append(problem)
    rows = [
        replace(_row(n, record, written[n], columns, wrong.get(n, [])), left=n in said.left)
        for n, record in records.items()
    ]
    rows.sort(key=lambda row: (row.number not in wrong, not row.wrong))
    named = branches.of_others(paper.batch.branch, (one.branch for one in records.values()))
    shown = {column.name for column in columns}
    return Grid(
        columns,
        more=[one for one in _every(kind)[1:] if one.name not in shown],
        added=said.added,
        rows=rows,
        total=len(rows),
        wrong=sum(row.number in wrong for row in rows),
        months=_months(kind, written, said),
        branches=[(name, n) for name, n in named.items() if name],
    )


def day_of_month(kind: LedgerKind) -> str:
    """The field that says on which day a month was paid, of a ledger whose sheets have columns of
    months; empty for any other.
    """
    by_label = {one.label: one for one in kind.fields()}
    days = (by_label[label] for label in kind.unfolded if label in by_label)
    return next((one.name for one in days if one.kind == "date"), "")


def said_of_month(values: Mapping[str, str], said: Said) -> str:
    """The day that was said for the month of a row; a bare number is a day of that month."""
    month = values.get(_MONTH, "")
    day = said.days.get(month, "").strip()
    return f"{month}-{int(day):02d}" if day.isdecimal() and len(day) <= _DIGITS else day


_MONTH, _DIGITS = "month", 2


def _months(
    kind: LedgerKind, written: Mapping[int, Mapping[str, str]], said: Said
) -> list[tuple[str, str]]:
    own = day_of_month(kind)
    open_ = {v[_MONTH] for v in written.values() if v.get(_MONTH) and not v.get(own)}
    found = open_ | said.days.keys() if own else set()
    return [(month, said.days.get(month, "")) for month in sorted(found)]


def _every(kind: LedgerKind) -> list[Column]:
    """Every column that a list of a ledger can have; the first says whose a row is."""
    fields = (Column(one.name, one.label) for one in kind.fields())
    parts = (Column(part.name, part.label) for part in kind.parts)
    return [Column(BRANCH, BRANCH), *fields, *parts]


def _columns(
    kind: LedgerKind, written: Mapping[int, Mapping[str, str]], said: Said
) -> list[Column]:
    """The columns that a list has, and those that it lacks and must have, which stand right behind
    the first.
    """
    used = {name for values in written.values() for name in values} | set(said.added)
    lacking = {one.name for one in kind.fields() if one.required} - used
    shown = [
        replace(one, fill=said.fills.get(one.name, ""), dropped=one.name in said.dropped)
        for one in _every(kind)
        if one.name in used | lacking
    ]
    there = [one for one in shown if one.name not in lacking]
    return [*there[:1], *(one for one in shown if one.name in lacking), *there[1:]]


def _row(
    number: int,
    record: Record,
    values: Mapping[str, str],
    columns: list[Column],
    problems: list[Problem],
) -> GridRow:
    marked = {problem.column for problem in problems if problem.column}
    cells = [
        Cell(c.name, c.label, values.get(c.name, ""), wrong=c.label in marked) for c in columns
    ]
    told = [
        f"{problem.column}：{problem.in_form}" if problem.column else problem.in_form
        for problem in problems
    ]
    shown = {f"{cell.label}：{cell.value}" for cell in cells}
    told += [
        text
        for text in record.warnings
        if not problems or (_UNREAD not in text and not any(f"“{c}”" in text for c in marked))
    ]
    told += [text for text in record.left if text not in shown]
    return GridRow(number, cells, list(dict.fromkeys(told)))


def lists_of(batch: int) -> QuerySet[Paper]:
    """The lists of a batch that wait, each of a ledger."""
    return Paper.objects.filter(batch=batch, state=Paper.State.OPEN, is_list=True).exclude(kind="")


def at_work(batch: Batch) -> str:
    """The work that goes on with a batch in the background, "" where there is none."""
    found = Job.objects.unfinished().filter(work__startswith="intake:", about__batch=batch.pk)
    return found.values_list("work", flat=True).first() or ""
