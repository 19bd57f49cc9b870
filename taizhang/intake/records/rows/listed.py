"""Whether a table is a list of a ledger: one row of its headers, and rows below it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from functools import cache
from typing import Any

from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import plain
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import excel, headers
from taizhang.ledgers.written import feet, tables

_HEAD = re.compile(r"[^\d，。；：]{2,12}")


def _is_another_head(row: Sequence[tables.Cell], head: list[str], names: Container[str]) -> bool:
    said = []
    for cell in row:
        said.append(plain(str(cell)))
        if said[-1] and not _HEAD.fullmatch(said[-1]):
            return False
    written = [text for text in said if text]
    return said != head and len(written) > 1 and any(text in names for text in written)


def own_heads(kind: LedgerKind) -> set[str]:
    """What can only be a header: the ledger's own labels, without those that are also a choice
    (合格).
    """
    choices = {plain(label) for one in kind.fields() for _, label in one.choices}
    return labels.exact(kind.slug).keys() - choices


def repeats_headers(row: Mapping[str, Any], is_name: Callable[[str], bool]) -> bool:
    """A second row of headers, or headers that a new page repeats; what is merely like a label may
    be a value.
    """
    written = [text for value in row.values() if (text := str(value)).strip()]
    return len(written) > 1 and sum(map(is_name, written)) * 2 >= len(written)


_WIDE = 2
"""A list of more columns says more of a record than one thing."""


def alone(table: tables.Table, found: excel.Sheet) -> list[str]:
    """Take out the rows with one text at their head in a list of several columns, each with its
    place: a heading or a note between the rows.
    """
    if len(found.letters) <= _WIDE:
        return []
    first = min((len(letter), letter) for letter in found.letters.values())
    headings = {n for n, _ in found.rows if _is_heading(table.cells[n - 1], first)}
    found.rows = [one for one in found.rows if one[0] not in headings]
    return [feet.told(n, table.cells[n - 1]) for n in sorted(headings)]


def _is_heading(row: Sequence[tables.Cell], first: tuple[int, str]) -> bool:
    """Whether a row has one text, which begins in the first column that is read or before it."""
    at = next((c for c, cell in enumerate(row) if str(cell).strip()), 0)
    letter = headers.letter(at)
    return len({str(cell).strip() for cell in row} - {""}) == 1 and (len(letter), letter) <= first


def _said(row: Sequence[tables.Cell]) -> set[str]:
    return {plain(str(cell)) for cell in row if str(cell).strip()}


def _as_wide(below: list[list[tables.Cell]], head: list[str]) -> bool:
    """Whether the rows below have as many cells filled as there are headers, but for one or two."""
    heads = sum(map(bool, head))
    filled = [sum(bool(str(cell).strip()) for cell in row) for row in below]
    return heads > _TITLES and sum(count >= heads - _TITLES for count in filled) * 2 > len(filled)


_SILENT = {"", "序号", "编号", "备注"}
_TITLES, _A_YEAR = 2, 4
_VALUE = re.compile(
    r"[\d.,:]+(?:平方米|平米|㎡|m2|元|人|名|学时|小时)?|(?:19|20)\d{2}年?\d{1,2}月?\d{0,2}日?|(?:19|20)"
    r"\d{2}[./-]\d{1,2}(?:[./-]\d{1,2})?"
)
"""What is no header: a number or a day; a form of labels and values has them side by side."""


def is_list(
    kind: LedgerKind,
    table: tables.Table,
    names: Mapping[str, str],
    *,
    told: bool = False,
    wanted: Collection[str] = (),
) -> bool:
    """Whether most cells of its header row are labels of the ledger, all fields that are `wanted`
    among them, and rows stand below.

    Where a person `told` which ledger it is, two are enough: of the other columns he is asked.
    """
    try:
        found = headers.find(table.cells, headers.Asked(names=names, required=()))
    except BadInput:
        return False
    if not set(wanted) <= {name for _, name in found.picked}:
        return False
    below = [row for row in table.cells[found.first :] if any(str(cell).strip() for cell in row)]
    picked = sorted(column for column, _ in found.picked)
    if len(picked) < 2 or not below or _is_form(kind, table, found, names):
        return False
    head = [plain(str(cell)) for cell in table.cells[found.first - 1]]
    own = own_heads(kind)
    if any(_is_another_head(row, head, own) for row in below):
        return False  # bands of labels, each with what it asks below it
    above = {str(cell).strip() for cell in table.cells[found.first - 1]} - _SILENT
    above = {text for text in above if plain(text) not in _understood(kind.slug)}
    beside = any(b - a == 1 for a, b in itertools.pairwise(picked))
    goes_on = any(plain(str(cell)) in names for cell in below[0])
    needed = {one.name for one in kind.fields() if one.required}
    whole = needed <= {name for _, name in found.picked} and not goes_on and _as_wide(below, head)
    most = len(picked) * 2 > len(above)
    return told or most or (beside and not goes_on and len(picked) > 2) or whole


@cache
def _understood(own: str) -> frozenset[str]:
    """Headers of customary sheets that say nothing, or something for another ledger: 签名, 缴费基数
    beside dues.
    """
    kind = KINDS[own]
    others = {
        label
        for slug in kind.tells_of
        for label, name in labels.exact(slug).items()
        if name not in {one.name for one in kind.fields()}
    }
    silent = (*headers.SILENT, *kind.not_taken, *kind.also_people)
    return frozenset({plain(text) for text in silent} | others)


def _is_form(
    kind: LedgerKind, table: tables.Table, found: headers.Columns, names: Mapping[str, str]
) -> bool:
    """Whether labels stand with what they ask beside them: a value among the headers, labels above
    or below one another.
    """
    above = map(_said, table.cells[: found.first - found.rows])
    firsts = {plain(str(row[0])) for row in table.cells if row}
    down = len({names[label] for label in firsts & names.keys()})
    heads = {
        folded(str(cell))
        for row in table.cells[found.first - found.rows : found.first]
        for cell in row
    }
    return (
        any(_VALUE.fullmatch(text) and len(text) >= _A_YEAR for text in heads)
        or any(_VALUE.fullmatch(folded(text)) for text in found.texts)
        or _are_chosen(kind, table.cells[found.first - 1], names)
        or any(len(said) > _TITLES and bool(said & names.keys()) for said in above)
        or down > len(found.picked)
    )


def _are_chosen(kind: LedgerKind, row: Sequence[tables.Cell], names: Mapping[str, str]) -> bool:
    """Whether a choice stands beside its label (支部评定等次 │ 合格), and not one column for each of the
    choices.
    """
    choices = {
        one.name: {plain(label) for _, label in one.choices} for one in kind.fields() if one.choices
    }
    said = [plain(str(cell)) for cell in row]
    return any(
        beside in choices.get(names.get(label, ""), ()) and after not in choices[names[label]]
        for label, beside, after in zip(said, said[1:], [*said[2:], ""], strict=False)
    )
