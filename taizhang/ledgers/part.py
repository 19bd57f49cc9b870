"""A record before it is stored, and the rows below it: how they are asked, written and put on
customary papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models

from taizhang.kernel.errors import Problem
from taizhang.ledgers.fields import Field
from taizhang.orgs.models import Organisation, Person
from taizhang.orgs.queries.roster import PersonNames

PartRow = dict[str, Any]
"""A row below a record before it is stored: column → value, of the type that the column has."""


@dataclass
class Draft:
    """What was read for one record, before it is stored."""

    branch: Organisation
    names: PersonNames
    values: dict[str, Any]
    raw: Mapping[str, object] = field(default_factory=dict)
    """What was written, by field and part names."""
    parts: dict[str, list[PartRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    entry: Any = None
    """The record that is put right, none for a new one."""

    def wrong(self, label: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(message, column=label))

    def known(self, name: str) -> bool:
        """Whether somebody of that name is on the branch's roster."""
        return bool(self.names.find(name))

    def person(self, name: str) -> Person | None:
        """The one person of that name on the branch's roster, or None."""
        found = self.names.find(name)
        return found[0] if len(found) == 1 else None


def in_brackets(head: str, told: Mapping[str, str]) -> str:
    """A line as most parts write it: what it is, and behind it in brackets what is known of it."""
    inside = "；".join(f"{label}：{text}" for label, text in told.items())
    return f"{head}（{inside}）" if inside else head


@dataclass(frozen=True, kw_only=True)
class PartSheet:
    """How customary papers put the rows of a part: as a table of their own, or by names under what
    they did.
    """

    heads: tuple[str, ...] = ()
    """What the column is called that says what or who a row is."""
    details: tuple[str, ...] = ()
    """What a column is called that says more of it, behind a colon: 整改措施 beside 整改任务."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Label in the line → what its column is called."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of such tables → the part's own."""
    write: Callable[[str, Mapping[str, str]], str] = in_brackets
    total: str = ""
    """The field that the sum below the rows says."""
    across: Mapping[str, str] = field(default_factory=dict)
    """Headers of columns of which each is one row, as patterns → what the row is called: a list of
    cases has its steps so.
    """
    roles: tuple[str, ...] = ()
    """Labels beside which names stand, that say what these did."""


@dataclass(frozen=True)
class Proposal:
    """What a blank of a row may hold, for a person to take over."""

    row: int
    column: str
    text: str
    why: str


Told = dict[str, str]
"""What is written of one row below a record: column → text. A name that is no column's holds what
nobody could place.
"""


def as_they_are(rows: list[PartRow], draft: Draft) -> list[PartRow]:
    """Rows of which none depends on another."""
    del draft
    return rows


def nothing_proposed(rows: list[PartRow], draft: Draft) -> Iterable[Proposal]:
    """Nothing can be worked out."""
    del rows, draft
    return ()


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How rows below a record are written: an input for each column in the form, a text in a sheet.
    One parser for both.
    """

    columns: tuple[Field, ...]
    """What is asked of a row, in order."""
    split: Callable[[str], list[Told]]
    """A text, row by row."""
    build: Callable[[Told, Draft], list[PartRow]]
    """The rows that were meant, mostly one; what is wrong is noted in the draft."""
    told: Callable[[Any], Told]
    """A stored row as it is written."""
    join: Callable[[list[Told]], str]
    """Rows as a text; what `split` takes apart again."""
    together: Callable[[list[PartRow], Draft], list[PartRow]] = as_they_are


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows below a record, each with inputs of its own: an agenda, speeches, who was there."""

    name: str
    label: str
    model: type[models.Model]
    writing: Writing
    owner: str
    """The column of the rows that points at the record."""
    where: Mapping[str, object] = field(default_factory=dict)
    """Which of the rows these are, when several parts share a table."""
    hint: str = ""
    """How it is written as a text."""
    lines: int = 3
    """How high the text box is."""
    sheet: PartSheet = PartSheet()
    stages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Where the rows are known beforehand and printed: (heading, what each is called); the first
    column is their number.
    """

    rare: tuple[str, ...] = ()
    """Columns that are folded below a row of the form: seldom written, and never lost."""
    is_plan: bool = False
    """Whether a copy of the record takes the rows over: what was meant to be, never
    what happened.
    """
    propose: Callable[[list[PartRow], Draft], Iterable[Proposal]] = nothing_proposed
    """What can be worked out of the other rows and of the record."""

    def rows(self, told: list[Told], draft: Draft) -> list[PartRow]:
        """The rows that were written one by one; what is wrong with one bears its number."""
        found: list[PartRow] = []
        for number, one in enumerate(told, start=1):
            before = len(draft.problems)
            found += self.writing.build(one, draft)
            draft.problems[before:] = [replace(p, part_row=number) for p in draft.problems[before:]]
        return self.writing.together(found, draft)

    def write(self, rows: list[Any]) -> str:
        """Stored rows as a text."""
        return self.writing.join([self.writing.told(row) for row in rows])

    def known(self, told: Told) -> bool:
        """Whether every word of a row has its column."""
        return told.keys() <= {column.name for column in self.writing.columns}
