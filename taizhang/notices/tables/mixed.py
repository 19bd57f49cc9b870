"""Cells that say several things below each other or under labels of their own: who inspects, whom,
when and where. Such a column is put into one for each of these.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.shapes import NamesGroup, transposed
from taizhang.notices.tables import columns
from taizhang.notices.values import day_spans, flat
from taizhang.notices.words import labels
from taizhang.notices.words.rooms import is_room

_HEADS = {"area": "组别", "seats": "督查组", "units": "受检单位", "when": "时间", "venue": "地点"}
_LABELS = {
    "leader": "组长",
    "deputy": "副组长",
    "members": "成员",
    "liaison": "联络员",
    "team": "成员",
    "team_units": "成员单位",
    "contact": "联系人",
}
_LEAST = 2
"""So many cells must hold several things, and so many things must a cell hold."""
_ENDS = " \t\u3000。；;，,"
_TOGETHER = {"when", "venue"}
"""Times and their places in one cell are read as they are."""


def parted(table: Table, names_a_group: NamesGroup) -> Table:
    """The table with a column for each thing that the cells of a mixed one say."""
    table = _unfolded(_groups_down(table, names_a_group), names_a_group)
    for column in reversed(range(len(table.rows[0]) if table.rows else 0)):
        told = [_told(row[column].text, names_a_group) for row in table.rows]
        first = next((at for at, one in enumerate(told) if one), len(told))
        cells = [row[column] for row in table.rows[first:]]
        filled = [one for one, cell in zip(told[first:], cells, strict=True) if cell.text.strip()]
        if first < _MOST_HEADS and len(filled) >= _LEAST and all(filled):
            table = _with_columns(table, column, told, first, names_a_group)
    return table


_MOST_HEADS = 3


def _told(text: str, names_a_group: NamesGroup) -> dict[str, str]:
    """Each thing that a cell says with its words; nothing where it says only one."""
    found: dict[str, list[str]] = {}
    for role, value in labels.parts(text):
        first, *more = [line.strip(_ENDS) for line in value.strip().splitlines()] or [""]
        kind = "seats" if role in _LABELS else role if role in _HEADS else ""
        if kind and first:
            found.setdefault(kind, []).append(
                f"{_LABELS[role]}：{first}" if kind == "seats" else first
            )
        for line in more if kind else [first, *more]:
            named = not role and names_a_group(line)
            own = "area" if named else _kind(line) or (kind if role else "")
            if own and line:
                found.setdefault(own, []).append(line)
    labelled = set(found) - _TOGETHER
    several = (
        len(set(found) - {"area"}) >= _LEAST and bool(labelled) and len(labels.parts(text)) > 1
    )
    return {kind: "\n".join(said) for kind, said in found.items()} if several else {}


def _kind(line: str) -> str:
    """What a line without a label is for certain."""
    if day_spans(line):
        return "" if columns.units_of_times(line) else "when"
    if is_room(line):
        return "venue"
    return "units" if columns.lists_units(line) else ""


def _with_columns(
    table: Table,
    column: int,
    told: list[dict[str, str]],
    first: int,
    names_a_group: NamesGroup,
) -> Table:
    kinds = [kind for kind in _HEADS if any(kind in one for one in told)]
    rows = list(table.rows)
    if first == 0:
        named = [all(names_a_group(r[c].text) for r in rows) for c in range(len(rows[0]))]
        rows.insert(0, [Cell("组别" if one else "") for one in named])
        told = [{}, *told]
    made = []
    for at, (row, one) in enumerate(zip(rows, told, strict=True)):
        cell = row[column]
        if at == max(first, 1) - 1:
            own = [Cell(_HEADS[kind], where=cell.where) for kind in kinds]
        else:
            own = [Cell(one.get(kind, ""), cell.spans, cell.where) for kind in kinds]
        made.append([*row[:column], *own, *row[column + 1 :]])
    return Table(made, table.where, table.exact)


def _groups_down(table: Table, names_a_group: NamesGroup) -> Table:
    """Groups across the top and below each of them nothing but what it is told under labels: a row
    for each, with all that stands below it.
    """
    names = [flat(cell.text) for cell in table.rows[0]] if table.rows else []
    if len({*names}) < _LEAST or len({*names}) < len(names) or not all(map(names_a_group, names)):
        return table
    rows = [
        [name, Cell("\n".join(c.text for c in below), where=below[0].where if below else "")]
        for name, *below in transposed(table).rows
    ]
    return (
        Table(rows, table.where, table.exact)
        if all(_told(r[1].text, names_a_group) for r in rows)
        else table
    )


_BY_NAME = re.compile(r"^([^:：\n]{1,16})[:：]\s*(\S.*)$")


def _unfolded(table: Table, names_a_group: NamesGroup) -> Table:
    """`第一组：甲小学、乙小学` below each other in the cells of one column: a row for each group, and a column
    for its name.
    """
    if any(names_a_group(cell.text) for row in table.rows for cell in row):
        return table
    width = len(table.rows[0]) if table.rows else 0
    by_column = [
        [_by_name(row[column].text, names_a_group) for row in table.rows[1:]]
        for column in range(width)
    ]
    if sum(map(any, by_column)) != 1:
        return table  # a calendar, with a column for each part of the day
    for column, told in enumerate(by_column):
        if len(told) < _LEAST or not all(told) or max(map(len, told)) < _LEAST:
            continue
        head = table.rows[0]
        rows = [[*head[:column], Cell("组别"), Cell("受检单位"), *head[column + 1 :]]]
        for row, groups in zip(table.rows[1:], told, strict=True):
            for own in groups:
                cells = [Cell(text, where=row[column].where) for text in own]
                rows.append([*row[:column], *cells, *row[column + 1 :]])
        return Table(rows, table.where, table.exact)
    return table


def _by_name(text: str, names_a_group: NamesGroup) -> list[tuple[str, str]]:
    """Each group of a cell with its units; nothing where a line is anything else."""
    whole = re.sub(r"(?<=[、，,:：])\s*\n\s*", "", text)
    lines = [line.strip() for line in re.split(r"[\n；;]", whole) if line.strip()]
    found = [_BY_NAME.match(line) for line in lines]
    sure = all(one and names_a_group(one[1]) and columns.lists_units(one[2]) for one in found)
    return [(one[1], one[2]) for one in found if one] if sure else []
