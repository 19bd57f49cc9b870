"""A list within a form: labels with what they ask above the headers, the same of all rows, and
perhaps what a committee says below them.
"""

from __future__ import annotations

import itertools
from collections.abc import Container
from typing import NamedTuple

from taizhang.intake.reading import labels, layout
from taizhang.intake.reading.pieces import plain
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import feet, tables

_FEW = 3
"""So many fields at least are asked by the headers."""


class Within(NamedTuple):
    """The first row of the list, that of its headers, and the first behind it, from 0."""

    first: int
    end: int


def of(kind: LedgerKind, cells: tables.Cells) -> Within | None:
    """The list in a form; None where the table is nothing but a list, or a form."""
    for at, row in enumerate(cells[1:], 1):
        if not _are_headers(kind, row):
            continue
        above = [said for line in cells[:at] if (said := distinct(line))]
        if not any(_is_asked(said) for said in above):
            return None
        if not all(len(said) == 1 or _is_asked(said) for said in above):
            return None
        heads = {plain(one) for one in distinct(row)}
        below = (n for n, line in enumerate(cells) if n > at and not _is_row(line, heads))
        end = next(below, len(cells))
        return Within(at, end) if end > at + 1 else None
    return None


def is_form(kind: LedgerKind, cells: tables.Cells) -> bool:
    """Whether a table is nothing but labels, each once, with what they ask beside them."""
    rows = [said for line in cells if (said := distinct(line))]
    asks = [plain(one) for said in rows for one in said[::2]]
    told = [plain(one) for said in rows for one in said[1::2]]
    known = labels.names(kind, [*asks, *told])
    alone = len(set(asks)) == len(asks) and not any(one in known for one in told)
    return alone and all(map(_is_asked, rows)) and not all(map(layout.like_a_label, told))


def distinct(row: list[tables.Cell]) -> list[str]:
    """The texts of a row, each merged cell once."""
    return [said for said, _ in itertools.groupby(str(cell).strip() for cell in row) if said]


def _are_headers(kind: LedgerKind, row: list[tables.Cell]) -> bool:
    said = [plain(one) for one in distinct(row)]
    if len(set(said)) < max(_FEW, len(said)) or not all(map(layout.like_a_label, said)):
        return False
    known = labels.names(kind, said)
    asked = {known[one] for one in said if one in known}
    return len(asked) >= _FEW and len(asked) * 2 > len(said) and kind.day in asked


def _is_asked(said: list[str]) -> bool:
    """Whether a row is labels, each with what it asks beside it."""
    return len(said) % 2 == 0 and all(map(layout.like_a_label, said[::2]))


def _is_row(row: list[tables.Cell], heads: Container[str]) -> bool:
    said = [plain(one) for one in distinct(row)]
    return len(said) >= _FEW and not any(one in heads for one in said) and not feet.is_foot(row)
