"""Lists that are written otherwise: labels down the first column, or a column of names below each
group.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import plain
from taizhang.kernel.text import folded, looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import tables

_LEAST, _MOST, _KNOWN, _RECORDS = 4, 200, 3, 2
"""So many labels stand down a column at least and at most, so many of them are known; and the
labels with one record.
"""
SUBJECTS = ("name", "person", "case")
"""The fields for whose a row is."""


class Turned(NamedTuple):
    """A list as others are written, and where each of its rows stands in the source."""

    table: tables.Table
    places: list[str]
    heads: str = ""
    """Where the names of groups stand, which are the headers of columns."""
    notes: tuple[str, ...] = ()
    """What was not read, by its place in the source."""
    passed: tuple[str, ...] = ()
    """Rows that are no records, likewise."""


def upright(kind: LedgerKind, table: tables.Table) -> Turned | None:
    """The list with its headers in one row; None where it is written as others are."""
    return _of_groups(kind, table) or _sideways(kind, table)


def _sideways(kind: LedgerKind, table: tables.Table) -> Turned | None:
    """Labels stand down the first column, and beside them a column for each record."""
    rows = [row for row in table.cells if sum(bool(str(cell).strip()) for cell in row) > 1]
    if not _LEAST <= len(rows) <= _MOST or max(map(len, rows)) <= _RECORDS:
        return None
    heads = [plain(str(row[0])) for row in rows]
    known = labels.names(kind, heads)
    exact = labels.exact(kind.slug)
    if len({known[one] for one in heads if one in known}) < _KNOWN or _inside(rows, exact):
        return None
    if sum(one in known for one in heads) * 2 < len(heads) or not _differ(rows):
        return None
    own = next((one for one in kind.fields() if one.name in SUBJECTS), None)
    if heads[0] not in known and own is not None and _are_persons(rows[0]):
        rows[0] = [own.label, *rows[0][1:]]
    wide = max(map(len, rows))
    cells = [[row[at] if at < len(row) else "" for row in rows] for at in range(wide)]
    return Turned(tables.Table(cells), [f"第{at}列" for at in range(1, wide + 1)])


_GROUP = re.compile(r".{0,8}(?:党小组|小组|组)")
_LEADER = re.compile(r"[（(].*[)）]")


_ALONE = {"党小组", "小组", "组"}
"""A label, beside which a group stands."""


def _group_heads(table: tables.Table) -> tuple[int, dict[int, str]]:
    """The row in which each column is headed by a group, and its headers by column; none where
    there is no such row.
    """
    for at, row in enumerate(table.cells[:_LEAST]):
        heads = {c: text for c, cell in enumerate(row) if (text := str(cell).strip())}
        named = all(_GROUP.fullmatch(one) and one not in _ALONE for one in heads.values())
        if len(set(heads.values())) >= _RECORDS and named:
            return at, heads
    return 0, {}


def has_groups(table: tables.Table) -> bool:
    """Whether each column of a table is headed by a group, and names stand below."""
    at, heads = _group_heads(table)
    below = table.cells[at + 1] if heads and at + 1 < len(table.cells) else []
    said = [str(below[column]).strip() for column in heads if column < len(below)]
    return any(said) and all(looks_like_person(_LEADER.sub("", one)) for one in said if one)


def _of_groups(kind: LedgerKind, table: tables.Table) -> Turned | None:
    """Each column is headed by a group, and below stand the names of those who are in it."""
    fields = {one.name: one.label for one in kind.fields()}
    at, heads = _group_heads(table) if fields.keys() >= {"group", "person"} else (0, {})
    if not heads:
        return None
    cells: tables.Cells = [[fields["group"], fields["person"]]]
    places, roles = [""], list[str]()
    for number, below in enumerate(table.cells[at + 1 :], at + 2):
        for column, group in heads.items():
            said = str(below[column]).strip() if column < len(below) else ""
            name = _LEADER.sub("", said)
            if looks_like_person(name):
                roles += [said] if name != said else []
                cells.append([group, name])
                places.append(f"第{number}行")
    told = [f"括号里的身份没有读入：{'、'.join(roles)}。"] if roles else []
    found = Turned(tables.Table(cells, told), places, f"第{at + 1}行")
    return found if len(cells) > _RECORDS else None


def _inside(rows: tables.Cells, exact: dict[str, str]) -> bool:
    """Whether labels stand beside labels, as in a form."""
    return any(plain(str(cell)) in exact for row in rows for cell in row[1:])


def _differ(rows: tables.Cells) -> bool:
    """Whether the columns say different things: what is merged over them says the same in each."""
    other = sum(folded(str(row[1])) != folded(str(row[2])) for row in rows if len(row) > _RECORDS)
    return other * 2 > len(rows)


def _are_persons(row: list[tables.Cell]) -> bool:
    said = [str(cell).strip() for cell in row[1:] if str(cell).strip()]
    return bool(said) and all(map(looks_like_person, said))
