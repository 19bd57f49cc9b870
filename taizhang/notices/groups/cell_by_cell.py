"""A table whose cells came as lines of their own, as pages of the web and PDF are copied."""

from __future__ import annotations

from itertools import takewhile

from taizhang.documents.blocks import Cell, Paragraph, Source, Table, placed
from taizhang.notices.groups.names import is_name
from taizhang.notices.tables import heads as headers

_LEAST = 3
"""So many headers that are known, below each other and the first of groups, begin such a table."""
_MOST, _LONGEST = 10, 14
"""So many headers has a table at most, each of so many characters."""


def joined(read: Source) -> Source:
    """The same with such tables as tables; where a cell is missing nothing tells which, and the
    lines stay lines.
    """
    blocks, at = list(read.blocks), 0
    while at < len(blocks):
        rows = _rows(
            [one for one in takewhile(_is_line, blocks[at:]) if isinstance(one, Paragraph)]
        )
        if rows:
            cells = [[Cell(one.text, where=one.where) for one in row] for row in rows]
            count = sum(map(len, rows))
            blocks[at : at + count] = [
                placed(Table(cells, f"{rows[0][0].where}起的表", exact=False))
            ]
        at += 1
    return Source(blocks, read.notes)


def _is_line(block: object) -> bool:
    return isinstance(block, Paragraph)


def _rows(lines: list[Paragraph]) -> list[list[Paragraph]]:
    """Headers, and as many cells for each group; [] where these lines are no table."""
    heads = list(takewhile(lambda one: not is_name(one.text), lines[:_MOST]))
    known = [headers.heads_a_schedule(one.text) for one in heads if len(one.text) <= _LONGEST]
    if known[:1] != ["area"] or sum(map(bool, known)) < _LEAST or len(known) < len(heads):
        return []
    width = len(heads)
    rows = [heads]
    while lines[width * len(rows) :] and is_name(lines[width * len(rows)].text):
        start = width * len(rows)
        rows.append(lines[start : start + width])
    whole = all(len(row) == width and not any(is_name(one.text) for one in row[1:]) for row in rows)
    return rows if len(rows) > 1 and whole else []
