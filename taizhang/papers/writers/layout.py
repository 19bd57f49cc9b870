"""Tables and forms as they are laid out, the same in PDF and Word: size of letters, breadth of
columns, rows that stay whole, and cells that are one. All lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from taizhang.papers.marks import drawn as codes
from taizhang.papers.measures import breadths
from taizhang.papers.official import titles
from taizhang.papers.official.paper import Official, breadth_of
from taizhang.papers.paper import Block, Drawing, Form, Line, Note, Paper, Section, Table

PITCH = 1.3
"""From line to line, in sizes of the letters."""
FREE = 20
"""mm of the square at the right of an item's head, for a mark that leads from paper to
the ledger.
"""
DOWN = 2.5
"""From the edge of a cell to its text."""
_MM = 72 / 25.4
TOGETHER = 0.15
"""Rows under one merged cell stay on a page if they are no higher, in pages; more of them would
leave a page half empty.
"""
_BREAK = "\u200b"
"""Where a word may be broken."""


@dataclass(frozen=True)
class Area:
    """Where a table stands: how broad and high, and the sizes of letters with the least breadth of
    a column for each.
    """

    breadth: float
    height: float
    sizes: tuple[tuple[float, float], ...]

    @property
    def label(self) -> float:
        """The breadth of a form's labels."""
        return self.breadth * 0.15


READABLE = 9.0
"""Points: no table of a working paper has smaller letters; one that is too broad lies, or goes in
parts (`readable`).
"""
_WORKING = ((READABLE, 0.0),)
_OFFICIAL = ((10.5, 20 * _MM), (9.0, 15 * _MM), (7.5, 0.0))
UPRIGHT = Area(165 * _MM, 250 * _MM, _WORKING)
LYING = Area(252 * _MM, 163 * _MM, _WORKING)
OFFICIAL = Area(156 * _MM, 225 * _MM, _OFFICIAL)
OFFICIAL_LYING = Area(225 * _MM, 156 * _MM, _OFFICIAL)


@dataclass(frozen=True)
class Laid:
    """A table: its size, the breadth of each column, and which are centred; which rows stay whole;
    of each merged column, how many rows the cell that begins in a row takes, 0 within one.
    """

    size: float
    widths: list[float]
    centred: list[bool]
    whole: list[bool]
    heights: list[float]
    spans: dict[int, list[int]]
    tail: int
    """So many rows at the end stay with each other and with what stands below them."""
    head: int
    """So many rows at the beginning stay with each other and with what stands above them."""
    columns: list[str]
    """Their heads, in lines that end between words."""


def table(block: Table, area: Area) -> Laid:
    """How a table is laid out."""
    each = area.breadth / max(len(block.columns), 1)
    size = max(next(size for size, least in area.sizes if each >= least), block.size)
    widths = breadths.widths(block, area.breadth, size)
    heights = [_row_height(row, widths, size, block.high) for row in block.rows]
    whole = [height < area.height * 0.75 for height in heights]
    ending = heights[-2:]
    tail = len(ending) if sum(ending) < area.height * 0.6 else 0
    return Laid(
        size,
        widths,
        _centred(block, widths, size),
        whole,
        heights,
        spans(block),
        tail,
        _head(heights[: min(2, len(heights) - tail)], area, area.height),
        [_label(head, width, size) for head, width in zip(block.columns, widths, strict=True)],
    )


def _label(text: str, width: float, size: float) -> str:
    """A head or a label; what is too long for its cell is broken between words."""
    return "\n".join(titles.lines(text, max(int((width - 2 * breadths.ACROSS) / size), 2)))


def readable(paper: Paper) -> Paper:
    """The paper with what is too broad for an upright page on pages that lie, and what is too broad
    for these in parts.
    """
    if not paper.chapters:
        lying = paper.landscape or not all(is_upright(block) for block in paper.blocks)
        return replace(paper, landscape=lying, blocks=_parted(paper.blocks, lying=lying))
    chapters = [
        replace(chapter, sections=[_readable(section) for section in chapter.sections])
        for chapter in paper.chapters
    ]
    return replace(paper, chapters=chapters)


def _readable(section: Section) -> Section:
    lying = section.lying or not all(is_upright(block) for block in section.blocks)
    return replace(section, lying=lying, blocks=_parted(section.blocks, lying=lying))


_EACH = 20 * _MM
"""Columns that have so much on average stand upright, whatever is in them."""


def is_upright(block: Block) -> bool:
    """Whether its columns have room, or at least leave some beside their longest words."""
    if not isinstance(block, Table) or UPRIGHT.breadth >= _EACH * len(block.columns):
        return True
    return sum(breadths.closest(block, READABLE)) <= UPRIGHT.breadth * 0.8


def _parted(blocks: list[Block], *, lying: bool) -> list[Block]:
    """Upright ones are as they are: what does not fit there lies."""
    if not lying:
        return blocks
    return [
        part
        for block in blocks
        for part in (_parts(block) if isinstance(block, Table) else [block])
    ]


_KEY = 2
"""So many columns, the number and the name, are in every part of a table."""


def _parts(block: Table) -> list[Table]:
    """A table, its columns on as many tables as they need."""
    least = breadths.closest(block, READABLE)
    room = LYING.breadth * breadths.SQUEEZED - sum(least[:_KEY])
    columns: list[list[int]] = [[]]
    for at, need in enumerate(least[_KEY:], start=_KEY):
        if columns[-1] and sum(least[one] for one in columns[-1]) + need > room:
            columns.append([])
        columns[-1].append(at)
    last = len(columns) - 1
    return [
        replace(
            _only(block, own),
            title=f"{block.title}（续）" if n else block.title,
            foot=block.foot if n == last else "",
        )
        for n, own in enumerate(columns)
    ]


def _only(block: Table, columns: list[int]) -> Table:
    own = [*range(min(_KEY, len(block.columns))), *columns]
    return replace(
        block,
        columns=[block.columns[at] for at in own],
        rows=[[row[at] for at in own] for row in block.rows],
        widths=[block.widths[at] for at in own] if len(block.widths) == len(block.columns) else [],
        merged=[own.index(at) for at in block.merged if at in own],
    )


def spans(block: Table) -> dict[int, list[int]]:
    """Which cells of the merged columns are one; a cell never goes on where one to its left begins
    again.
    """
    begins = [False] * len(block.rows)
    found: dict[int, list[int]] = {}
    for column in sorted(block.merged):
        cells = [row[column] for row in block.rows]
        begins = [
            begun or not cell or at == 0 or cell != cells[at - 1]
            for at, (begun, cell) in enumerate(zip(begins, cells, strict=True))
        ]
        starts = [at for at, begun in enumerate(begins) if begun]
        own = [0] * len(block.rows)
        for first, after in pairwise([*starts, len(block.rows)]):
            own[first] = after - first
        found[column] = own
    return found


def _row_height(row: list[str], widths: list[float], size: float, high: float) -> float:
    lines = max(
        (breadths.lines_of(cell, width, size) for cell, width in zip(row, widths, strict=True)),
        default=1,
    )
    return max(lines * size * PITCH + 2 * DOWN, high * _MM)


def _centred(block: Table, widths: list[float], size: float) -> list[bool]:
    """Columns of short texts, each on one line."""
    return [
        all(
            breadth_of(row[at]) <= 8 and breadths.lines_of(row[at], widths[at], size) == 1
            for row in block.rows
        )
        for at in range(len(block.columns))
    ]


@dataclass(frozen=True)
class FormRow:
    """A row of a form: one line over the whole breadth, or two beside each other."""

    lines: list[Line]
    high: int
    whole: bool
    height: float


_SHORT = 200
"""A note of so many characters stays with the table above it."""
FORM_SIZE, LABEL_SIZE = 10.0, 9.0


def form_rows(block: Form, area: Area) -> list[FormRow]:
    """The rows of a form; a short line that has no other beside it takes the whole breadth."""
    return [_form_row(lines, area) for lines in _beside(block.lines)]


def _beside(lines: list[Line]) -> Iterator[list[Line]]:
    pair: list[Line] = []
    for line in lines:
        if line.wide and pair:
            yield pair
            pair = []
        pair.append(line)
        if line.wide or len(pair) == 2:
            yield pair
            pair = []
    if pair:
        yield pair


def _form_row(lines: list[Line], area: Area) -> FormRow:
    room = area.breadth - area.label if len(lines) == 1 else area.breadth / 2 - area.label
    high = max(line.high for line in lines)
    lines = [replace(one, label=_label(one.label, area.label, LABEL_SIZE)) for one in lines]
    texts = max(
        max(
            breadths.lines_of(line.text, room, FORM_SIZE),
            breadths.lines_of(line.label, area.label, LABEL_SIZE),
        )
        for line in lines
    )
    height = max(texts * FORM_SIZE * PITCH + 2 * DOWN, high * _MM)
    return FormRow(lines, high, height < area.height * 0.75, height)


def form_tail(rows: list[FormRow], area: Area) -> int:
    """So many rows at the end stay with each other and with the signatures; a short form stays
    whole.
    """
    if sum(row.height for row in rows) < area.height * 0.4:
        return len(rows)
    ending = [row.height for row in rows[-2:]]
    while ending and sum(ending) >= area.height * 0.6:
        ending.pop(0)
    return len(ending)


_BEGUN = 0.2
"""So much of a page, at least, stands of a form where it begins."""


def form_head(rows: list[FormRow], area: Area) -> int:
    """So many rows at the beginning stay with each other and with the title: a form that begins at
    the foot of a page shows there what it is of, or begins on the next one.
    """
    free = rows[: len(rows) - form_tail(rows, area)]
    return _head([row.height for row in free], area, area.height * _BEGUN)


def _head(heights: list[float], area: Area, enough: float) -> int:
    """As many as make up `enough`, unless they are half a page high."""
    found, high = 0, 0.0
    for height in heights:
        if high >= enough or high + height > area.height / 2:
            break
        found, high = found + 1, high + height
    return found


def heights(block: Block, area: Area) -> Iterator[float]:
    """How high each row is that the block prints, its head and title before them."""
    if isinstance(block, Drawing):
        block = block.instead
    if isinstance(block, Note):
        yield breadths.lines_of(block.text, area.breadth, FORM_SIZE) * FORM_SIZE * PITCH
        return
    yield FORM_SIZE * 3 if block.title else 0
    if isinstance(block, Table):
        found = table(block, area)
        yield _row_height(found.columns, found.widths, found.size, 0)
        yield from found.heights
        yield FORM_SIZE * 2 if block.foot else 0
    else:
        yield from (row.height for row in form_rows(block, area))
        yield FORM_SIZE * 3 if block.signs else 0


_CONTENTS = 660.0
"""Points that the lines of the contents have on a page, below their title."""


def contents_pitch(paper: Paper) -> float:
    """Points from one line of the contents to the next: closer where they would just not fit on one
    page.
    """
    lines = sum(1 + len(chapter.sections) for chapter in paper.chapters)
    return 16.8 if lines * 13 > _CONTENTS else min(16.8, _CONTENTS / max(lines, 1))


def told(paper: Paper | Official) -> dict[str, Any]:
    """The paper for the layout of the PDF: each table and form with how it is laid out."""
    found = asdict(paper)
    if isinstance(paper, Official):
        found["blocks"] = _told(paper.blocks, OFFICIAL)
        if paper.receipt:
            found["receipt"] = _block(Form("", paper.receipt), OFFICIAL)
        for annex, about in zip(paper.annexes, found["annexes"], strict=True):
            about["blocks"] = _told(annex.blocks, OFFICIAL_LYING if annex.landscape else OFFICIAL)
        return found
    area = LYING if paper.landscape else UPRIGHT
    found["blocks"] = _told(paper.blocks, area)
    found["mark"] = codes.drawing(paper.mark)
    found["contents_pitch"] = contents_pitch(paper)
    for chapter, parts in zip(paper.chapters, found["chapters"], strict=True):
        for section, about in zip(chapter.sections, parts["sections"], strict=True):
            about["blocks"] = _told(section.blocks, LYING if section.lying else UPRIGHT)
            about["mark"] = codes.drawing(section.mark)
    return found


def _told(blocks: list[Block], area: Area) -> list[dict[str, Any]]:
    """A short note stays with the table above it, as a row without edges."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        above = found[-1] if found else {}
        if isinstance(block, Note) and above.get("note") == "" and len(block.text) <= _SHORT:
            above["note"] = block.text
        else:
            found.append(_block(block, area))
    return found


def _block(block: Block, area: Area) -> dict[str, Any]:
    if isinstance(block, Table):
        return _told_table(block, table(block, area), area)
    if isinstance(block, Form):
        rows = form_rows(block, area)
        return asdict(block) | {
            "label": area.label,
            "rows": [_told_row(row, area) for row in rows],
            "head": form_head(rows, area),
            "tail": form_tail(rows, area),
            "note": "",
        }
    if isinstance(block, Drawing | Note):
        return asdict(block)
    raise TypeError(block)


def _told_row(row: FormRow, area: Area) -> dict[str, Any]:
    room = (area.breadth if len(row.lines) == 1 else area.breadth / 2) - area.label
    lines = [replace(line, text=_breakable(line.text, room, FORM_SIZE)) for line in row.lines]
    return asdict(replace(row, lines=lines))


def _told_table(block: Table, found: Laid, area: Area) -> dict[str, Any]:
    """Word breaks a word that is longer than its cell by itself; here it must say where."""
    rows = [
        [_breakable(cell, width, found.size) for cell, width in zip(row, found.widths, strict=True)]
        for row in block.rows
    ]
    small = {
        column: [
            n if sum(found.heights[at : at + n]) < area.height * TOGETHER else 0
            for at, n in enumerate(own)
        ]
        for column, own in found.spans.items()
    }
    return asdict(block) | {
        "columns": found.columns,
        "rows": rows,
        "size": found.size,
        "widths": found.widths,
        "centred": found.centred,
        "whole": found.whole,
        "head": found.head,
        "tail": found.tail,
        "note": "",
        "spans": {f"{column}": own for column, own in found.spans.items()},
        "together": {f"{column}": [n > 1 for n in own] for column, own in small.items()},
    }


def _breakable(cell: str, width: float, size: float) -> str:
    room = (width - 2 * breadths.ACROSS) / size

    def broken(found: re.Match[str]) -> str:
        return found[0] if len(found[0]) * breadths.ASCII <= room else _BREAK.join(found[0])

    return breadths.WORD.sub(broken, cell)
