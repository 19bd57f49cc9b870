"""The columns of a table in the usual order: what is told by its neighbour stands beside it again.

A table written from right to left is turned; of what is left 日 goes behind 月, an end behind its
begin, and a post behind the one name that it can belong to.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.tables import heads
from taizhang.notices.tables.columns import UNTIL
from taizhang.notices.values import flat
from taizhang.notices.words import labels

_HEADS = 4
"""In so many rows at most the headers are looked for."""
_LEAST = 2
_RUNS = (("area", "leader", "deputy", "members"), ("date", "when", "venue"), ("person", "post"))
"""Meanings that follow each other, wherever the rest of a table stands."""
_NAMES = ("leader", "deputy", "members", "person")


def usual(table: Table) -> Table:
    """The same table with its columns in the usual order; as it is where no row holds headers."""
    if _labels_last(table):
        return _mirrored(table)
    at, said = _headers(table)
    if at < 0:
        return table
    if _is_reversed(said, [flat(cell.text) for cell in table.rows[at]]):
        table, said = _mirrored(table), said[::-1]
    return _behind_names(_behind_begin(_days_beside(table, at), at), at)


def _headers(table: Table) -> tuple[int, list[str]]:
    """The first row that holds headers, and what they mean; -1 without one."""
    for at, row in enumerate(table.rows[:_HEADS]):
        said = [heads.heads_a_schedule(cell.text) for cell in row]
        if len({one for one in said if one}) >= _LEAST and said.count("") * 2 <= len(said):
            return at, said
    return -1, []


def _is_reversed(said: list[str], texts: list[str]) -> bool:
    """Whether more of what follows each other stands the other way round than as usual."""
    forth = back = 0
    dated = {"date", "when"} & {*said}
    for run in (*_RUNS, *([("units", "note")] if dated else [])):
        own = [run.index(one) for one in said if one in run]
        pairs = list(itertools.pairwise(own))
        forth += sum(one < other for one, other in pairs)
        back += sum(one > other for one, other in pairs)
    if {"月", "日"} <= {*texts}:
        forth, back = (
            forth + (texts.index("月") < texts.index("日")),
            back + (texts.index("月") > texts.index("日")),
        )
    return back > forth


def _labels_last(table: Table) -> bool:
    """Whether the labels of the rows stand at their ends."""
    said = [heads.heads_a_schedule(cell.text) for cell in table.rows[0]] if table.rows else [""]
    if said[-1] in ("date", "when") and len(said) > _LEAST and not any(said[:-1]):
        return True
    first = [flat(row[0].text) for row in table.rows if row]
    last = [flat(row[-1].text) for row in table.rows if row]
    named = sum(map(_is_label, last))
    return named > _LEAST and named * 2 > len(last) and not any(map(_is_label, first))


def _is_label(text: str) -> bool:
    return bool(text and labels.role_of(text))


def _mirrored(table: Table) -> Table:
    return replace(table, rows=[row[::-1] for row in table.rows])


def _moved(table: Table, column: int, behind: int) -> Table:
    """The same with a column right behind another."""
    if column == behind + 1:
        return table
    order = [at for at in range(len(table.rows[0])) if at != column]
    order.insert(order.index(behind) + 1, column)
    return replace(table, rows=[[row[at] for at in order] for row in table.rows])


def _days_beside(table: Table, at: int) -> Table:
    texts = [flat(cell.text) for cell in table.rows[at]]
    if texts.count("月") == texts.count("日") == 1:
        return _moved(table, texts.index("日"), texts.index("月"))
    return table


def _behind_begin(table: Table, at: int) -> Table:
    """An end behind the one column that it can be the end of."""
    row = table.rows[at]
    said = [heads.heads_a_schedule(cell.text) for cell in row]
    ends = [n for n, cell in enumerate(row) if _ends(cell)]
    begins = [n for n, cell in enumerate(row) if _BEGINS.match(flat(cell.text))]
    begins = begins or [n for n, one in enumerate(said) if one == "when" and n not in ends]
    begins = begins or [n for n, one in enumerate(said) if one == "date" and n not in ends]
    if len(ends) == len(begins) == 1:
        return _moved(table, ends[0], begins[0])
    return table


_BEGINS = re.compile(r"^(?:始|起|自|开始|起始|起止始|进驻|到达)(?:时间|时刻|日期)?$")


def _ends(cell: Cell) -> bool:
    return bool(UNTIL.match(flat(cell.text)))


def _behind_names(table: Table, at: int) -> Table:
    """A post behind the one column of names, where it stands behind none."""
    said = [heads.heads_a_schedule(cell.text) for cell in table.rows[at]]
    for column in [n for n, one in enumerate(said) if one == "post"]:
        names = [n for n, one in enumerate(said) if one in _NAMES]
        leads = [n for n in names if said[n] == "leader"]
        if "person" in said or (column and said[column - 1] in _NAMES):
            continue
        if len(leads) == 1 or len(names) == 1:
            return _moved(table, column, (leads or names)[0])
    return table
