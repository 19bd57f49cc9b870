"""Tables of what is asked for, told by their headers or by their shape alone."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.shapes import stacked, transposed
from taizhang.notices.tables import grids, heads, required
from taizhang.notices.tables.grids import Grid
from taizhang.notices.tables.heads import LONGEST, REQUIREMENTS
from taizhang.notices.values import flat


def requirements(table: Table) -> Grid | None:
    """The table as one of requirements, if its headers say so."""
    long, below = len(table.rows) > len(table.rows[0]), stacked(table, lambda _: False)
    for turned in [below] if long else [below, transposed(table)]:
        grid = grids.told(turned, REQUIREMENTS, least=2)
        if grid and required.settled(grid):
            return grid
    return None


def listed(table: Table) -> Grid | None:
    """The table as one of requirements by its shape alone: short names, and beside them what says
    most.

    For tables whose headers say nothing that is known; the caller must know from elsewhere that it
    is such a list.
    """
    if table.rows and len(table.rows[0]) == 1:
        return _one_column(table)
    first = _first_of_body(table)
    body = table.rows[first:]
    if len(body) < 2 or len(table.rows[0]) < 2:
        return None
    above = table.rows[first - 1] if first else [Cell("") for _ in table.rows[0]]
    headers = {at: flat(cell.text) for at, cell in enumerate(above)}
    said = {at: sum(len(row[at].text.strip()) for row in body) / len(body) for at in headers}
    most = max(said, key=lambda at: said[at])
    numbers = [at for at in range(most) if all(_NUMBER.match(cell[at].text) for cell in body)]
    levels = [at for at in range(most) if said[at] >= _NAMES and at not in numbers]
    long = bool(levels) and said[levels[-1]] > said[most] * 0.7
    wide = len(headers) > _A_PAIR
    long = long and not (wide and heads.meaning(headers[levels[-1]], REQUIREMENTS) == "level")
    if said[most] < _NAMES or (long and not required.often([row[most].text for row in body])):
        return None
    marks = {
        at: heads.meaning(headers[at], REQUIREMENTS) for at in headers if at > most or at in numbers
    }
    columns = {at: m for at, m in marks.items() if m in ("frequency", "score", "note", "no")}
    counted = (at for at in headers if at > most and required.often([row[at].text for row in body]))
    columns |= {at: "frequency" for at in counted if at not in columns}
    grid = Grid(table, columns, headers, body, first + 1)
    own = bool(levels) and required.names_rows(grid, levels[-1])
    told = dict.fromkeys(levels, "level") | {most: "requirement" if own else "level"}
    grid.columns |= told
    if not grid.of("requirement") and (more := required.saying_most(grid)):
        grid.columns[more] = "requirement"
    return grid


def _one_column(table: Table) -> Grid | None:
    """A list in a frame; a first row that is a short name of the others heads it."""
    head = flat(table.rows[0][0].text)
    first = 1 if heads.meaning(head, REQUIREMENTS) and len(head) <= _TITLE else 0
    body = table.rows[first:]
    return Grid(table, {0: "level"}, {0: head}, body, first + 1) if len(body) > 1 else None


def _first_of_body(table: Table) -> int:
    """The row below the headers; a first row that is numbered or holds a sentence is no header."""
    for at, row in enumerate(table.rows[:4]):
        texts = [flat(cell.text) for cell in row if cell.text.strip()]
        if len({*texts}) > 1:
            data = _NUMBER.match(texts[0]) or any(len(text) > LONGEST for text in texts)
            return at if data else at + 1
    return len(table.rows)


_A_PAIR = 2
_NAMES = 2
"""Names of fewer characters on average are numbers or marks."""
_TITLE = 6
_NUMBER = re.compile(
    r"^\s*(?:第?\d{1,3}(?:[.．-]\d{1,2})*[盒卷]?|[A-Z]-?\d{1,2}|[一二三四五六七八九十]{1,3})?\s*$"
)
