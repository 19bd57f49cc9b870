"""A list that is written sideways: labels down the first column, and beside them a column for each record."""

from __future__ import annotations

from taizhang.intake import labels
from taizhang.intake.pieces import plain
from taizhang.kernel.text import folded, looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import tables

_LEAST, _KNOWN, _RECORDS = 4, 3, 2
_SUBJECTS = ("name", "person", "case")


def upright(kind: LedgerKind, table: tables.Table) -> tables.Table | None:
    """The same list with its headers in one row; None where it is written as others are."""
    rows = [row for row in table.cells if sum(bool(str(cell).strip()) for cell in row) > 1]
    if len(rows) < _LEAST or max(map(len, rows)) <= _RECORDS:
        return None
    heads = [plain(str(row[0])) for row in rows]
    known = labels.names(kind, heads)
    exact = labels.exact(kind.slug)
    if len({known[one] for one in heads if one in known}) < _KNOWN or _inside(rows, exact):
        return None
    if sum(one in known for one in heads) * 2 < len(heads) or not _differ(rows):
        return None
    own = next((one for one in kind.fields() if one.name in _SUBJECTS), None)
    if heads[0] not in known and own is not None and _are_persons(rows[0]):
        rows[0] = [own.label, *rows[0][1:]]
    wide = max(map(len, rows))
    return tables.Table([[row[at] if at < len(row) else "" for row in rows] for at in range(wide)])


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
