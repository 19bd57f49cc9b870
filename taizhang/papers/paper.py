"""A paper as plain data: what is printed, without how. `pdf` and `word` each make bytes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Line:
    """One line of a form: a label and what stands beside it; a wide one takes the whole breadth."""

    label: str
    text: str
    wide: bool = False
    high: int = 0
    """The least height in mm, for writing by hand."""


@dataclass(frozen=True)
class Form:
    """A form with labelled fields, and the signatures below it."""

    title: str
    lines: list[Line]
    signs: list[str] = field(default_factory=list)
    record: str = ""
    """Which record it prints: its kind and number."""
    new_page: bool = False
    """Whether it begins a page."""
    kind: Literal["form"] = "form"


@dataclass(frozen=True)
class Table:
    """A table whose header is repeated on each page; `widths` are shares of the breadth."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    widths: list[float] = field(default_factory=list)
    foot: str = ""
    high: int = 0
    """The least height of a row in mm, for writing by hand."""
    records: list[str] = field(default_factory=list)
    """Which record each row prints, where it prints one."""
    size: float = 0
    """The least size of its letters in points, where a column's breadth would ask for a smaller
    one.
    """
    merged: list[int] = field(default_factory=list)
    """Columns, from 0, in which the same text in rows that follow each other is one cell."""
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Note:
    """A paragraph."""

    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG, and the form that says the same where drawings cannot be shown (Word)."""

    svg: str
    instead: Form
    kind: Literal["drawing"] = "drawing"


Block = Form | Table | Note | Drawing


@dataclass(frozen=True)
class Section:
    """One item: its heading, what the notice asks, and its ledgers."""

    heading: str
    asked: str
    blocks: list[Block]
    marked: bool = False
    """Whether a square beside its head stays free, for a mark that leads from paper to
    the ledger.
    """
    mark: str = ""
    """What the mark says, where there is one."""
    lying: bool = False
    """Whether its pages lie on their side, for a table that is too broad for upright ones
    (`laid.readable`).
    """


@dataclass(frozen=True)
class Chapter:
    """A group of items."""

    heading: str
    sections: list[Section]


@dataclass(frozen=True)
class Attached:
    """A picture, or a PDF with its pages, that is printed behind a book."""

    label: str
    name: str
    about: str
    """The records that it serves."""
    source: str
    """Where it lies."""
    pages: int = 0
    """Of a PDF; a picture has none."""
    full: bool = False
    """Whether it takes a page; else two share one."""


@dataclass(frozen=True)
class Paper:
    """A whole paper. With chapters it gets a cover and contents; a single form has only blocks."""

    title: str
    subtitle: str = ""
    about: list[str] = field(default_factory=list)
    """The lines of the cover."""
    chapters: list[Chapter] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    footer: str = ""
    landscape: bool = False
    empty: bool = False
    """A form to be written on by hand, which says nothing of who printed it."""
    attached: list[Attached] = field(default_factory=list)
    """Behind all chapters."""
    mark: str = ""
    """What the mark at the head of every page, of a book on its cover, says."""
