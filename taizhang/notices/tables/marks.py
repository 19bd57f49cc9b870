"""Tables whose cells only hold marks: units, days or persons downwards and groups across, or the
other way round. A row of marks is put into words: below each marked group what the row is called.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.shapes import NamesGroup, transposed
from taizhang.notices.tables import columns
from taizhang.notices.values import day_spans, flat
from taizhang.notices.words import persons

_MARK = re.compile(r"[√✓✔☑●■★▲]")
_LEAST = 2


def named(table: Table, names_a_group: NamesGroup) -> Table:
    """The table with rows of marks joined into one of names for each kind of row; the same where it
    has none.
    """
    for turned, one in ((False, table), (True, transposed(table))):
        found = _named(one, names_a_group)
        if found:
            return transposed(found) if turned else found
    return table


def _named(table: Table, names_a_group: NamesGroup) -> Table | None:
    head = table.rows[0] if table.rows else []
    groups = [at for at, cell in enumerate(head) if names_a_group(cell.text)]
    if len(groups) < _LEAST:
        return None
    if groups[0] == 0:  # written from right to left: what rows are called comes first
        last = groups[-1] + 1
        return _named(_turned(table, last), names_a_group) if last < len(head) else None
    before = range(groups[0])
    marked = [row for row in table.rows[1:] if _is_marked(row, groups)]
    label = next((c for c in before if _labelled([row[c] for row in marked])), None)
    if len(marked) < _LEAST or label is None:
        return None
    rows = [row for row in table.rows if row not in marked]
    for kind in ("受检单位", "时间", "成员"):
        own = [row for row in marked if _kind(row[label].text) == kind]
        if own:
            rows.append(_joined(own, kind, label, len(head)))
    return Table(rows, table.where, table.exact)


def _turned(table: Table, at: int) -> Table:
    """With the columns from one on before the others."""
    return Table([row[at:] + row[:at] for row in table.rows], table.where, table.exact)


def _is_marked(row: list[Cell], groups: list[int]) -> bool:
    """Whether below the groups stands nothing but marks of one sort."""
    signs = {flat(row[at].text) for at in groups} - {""}
    return len(signs) == 1 and all(map(_MARK.fullmatch, signs))


def _labelled(cells: list[Cell]) -> bool:
    """Whether each row is called by something of its own that can be told."""
    texts = [flat(cell.text) for cell in cells]
    return bool(texts) and len({*texts}) == len(texts) and all(map(_kind, texts))


def _kind(text: str) -> str:
    if day_spans(text):
        return "时间"
    if persons.like_person(text) and not columns.like_place(text):
        return "成员"
    return "受检单位" if columns.lists_units(text) or columns.like_place(text) else ""


def _joined(rows: list[list[Cell]], kind: str, label: int, width: int) -> list[Cell]:
    """One row: below each group the names of the rows that are marked there."""
    found = [Cell("") for _ in range(width)]
    found[label] = Cell(kind)
    for at in range(label + 1, width):
        own = [row[label] for row in rows if _MARK.fullmatch(flat(row[at].text))]
        if own:
            found[at] = Cell("\n".join(cell.text.strip() for cell in own), where=own[0].where)
    return found
