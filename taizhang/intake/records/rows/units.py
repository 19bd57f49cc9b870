"""Units in the headers of a list, and headers that ask two things: 交纳比例（%）, 服务时间（小时）, 应到/实到."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.intake.pieces import plain
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers
from taizhang.ledgers.written import tables

_WITHIN = 8
_UNIT = re.compile(r".*\((%|‰|小时|学时|课时|h)\)")
_TWO = re.compile(r"([^/、()]{2,8})[/、]([^/、()]{2,8})")
_NUMBERS = re.compile(r"(\d{1,4})人?[/、,，](\d{1,4})人?")
_A_FRACTION, _WHOLE = 0.05, 2.0
"""A rate of dues is between half and two of a hundred: below the one a number is a fraction, up to the other it has no unit."""


def told(kind: LedgerKind, table: tables.Table, names: Mapping[str, str]) -> tables.Table:
    """The table with every cell under such a header as it is meant; a column for two numbers becomes two at the end."""
    fields = {one.name: one for one in kind.fields()}
    cells = [list(row) for row in table.cells]
    for at, row in enumerate(table.cells[:_WITHIN]):
        for column, cell in enumerate(row):
            text = folded(str(cell))
            unit = _UNIT.fullmatch(text)
            if unit and unit[1] in "%‰":
                _add_unit(cells, at, column, unit[1])
            elif unit and "hours" in fields and "hours" not in _meant(row, names):
                cells[at][column] = fields["hours"].label
            elif two := _TWO.fullmatch(headers.plain(text)):
                _part(cells, at, column, [names.get(plain(one), "") for one in two.groups()], kind)
    return tables.Table(cells, table.notes)


def _meant(row: list[tables.Cell], names: Mapping[str, str]) -> set[str]:
    return {names.get(plain(str(cell)), "") for cell in row}


def _add_unit(cells: tables.Cells, at: int, column: int, unit: str) -> None:
    """`1` under a header with % is 1%; a fraction of Excel has its unit already."""
    for row in cells[at + 1 :]:
        number = _number(row[column]) if column < len(row) else None
        if number is not None and (number > _A_FRACTION or unit == "‰"):
            row[column] = f"{number:g}{unit}"


def _part(cells: tables.Cells, at: int, column: int, asked: list[str], kind: LedgerKind) -> None:
    """Two columns at the end for one that says two numbers."""
    below = [(row, _text(row, column)) for row in cells[at + 1 :]]
    found = [(row, _NUMBERS.fullmatch(text)) for row, text in below if text]
    if "" in asked or asked[0] == asked[1] or not any(pair for _, pair in found):
        return
    labels = {one.name: one.label for one in kind.fields()}
    if not labels.keys() >= set(asked):
        return
    wide = max(map(len, cells))
    for row in cells:
        row.extend([""] * (wide + 2 - len(row)))
    cells[at][column], cells[at][wide:] = "", [labels[one] for one in asked]
    for row, pair in found:
        if pair is not None:
            row[column], row[wide:] = "", list(pair.groups())


def _text(row: list[tables.Cell], column: int) -> str:
    return folded(str(row[column])) if column < len(row) else ""


def _number(cell: tables.Cell) -> float | None:
    try:
        return float(str(cell))
    except ValueError:
        return None


def rate(value: tables.Cell) -> str | None:
    """A rate as it is written; a fraction as the hundredths that Excel shows; None for a number that may be % or ‰."""
    number = _number(value)
    if number is None:
        return str(value).strip()
    if 0 < number <= _A_FRACTION:
        return f"{number * 100:g}%"
    return None if number <= _WHOLE else f"{number:g}"
