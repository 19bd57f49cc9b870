"""Units in the headers of a list, and headers that ask several things: 交纳比例（%）, 服务时间（小时）, 应到/实到."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.intake.reading.pieces import plain
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers
from taizhang.ledgers.written import tables

_WITHIN = 8
_UNIT = re.compile(r".*\((%|‰|小时|学时|课时|h)\)")
_SEVERAL = re.compile(r"(?:[^/、()]{2,8}\()?([^/、()]{2,8}(?:[/、][^/、()]{2,8})+)\)?")
"""应到/实到, 测评票数（优秀/合格/基本合格/不合格）."""
_NUMBERS = re.compile(r"\d{1,4}[人票]?(?:[/、,，]\d{1,4}[人票]?)+")
_A_FRACTION, _WHOLE = 0.05, 2.0
"""A rate of dues is between half and two of a hundred: below the one a number is a fraction, up to
the other it has no unit.
"""


def told(kind: LedgerKind, table: tables.Table, names: Mapping[str, str]) -> tables.Table:
    """The table with every cell under such a header as it is meant; a column for several numbers
    becomes so many at the end.
    """
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
            elif parts := asked_in(text):
                _part(cells, at, column, [names.get(plain(one), "") for one in parts], kind)
    return tables.Table(cells, table.notes)


def asked_in(header: str) -> list[str]:
    """The things that one header asks, where it names several."""
    found = _SEVERAL.fullmatch(headers.plain(header))
    return re.split("[/、]", found[1]) if found else []


def _meant(row: list[tables.Cell], names: Mapping[str, str]) -> set[str]:
    return {names.get(plain(str(cell)), "") for cell in row}


def _add_unit(cells: tables.Cells, at: int, column: int, unit: str) -> None:
    """`1` under a header with % is 1%; a fraction of Excel has its unit already."""
    for row in cells[at + 1 :]:
        number = _number(row[column]) if column < len(row) else None
        if number is not None and (number > _A_FRACTION or unit == "‰"):
            row[column] = f"{number:g}{unit}"


def _part(cells: tables.Cells, at: int, column: int, asked: list[str], kind: LedgerKind) -> None:
    """A column at the end for each of the numbers that one column says, where every cell says all
    of them.
    """
    below = [(row, text) for row in cells[at + 1 :] if (text := _text(row, column))]
    told = [(row, re.findall(r"\d+", text)) for row, text in below if _NUMBERS.fullmatch(text)]
    labels = {one.name: one.label for one in kind.fields()}
    alone = len(set(asked)) == len(asked) and labels.keys() >= set(asked)
    if not alone or not told or any(len(numbers) != len(asked) for _, numbers in told):
        return
    wide = max(map(len, cells))
    for row in cells:
        row.extend([""] * (wide + len(asked) - len(row)))
    cells[at][wide:] = [labels[one] for one in asked]
    if len(told) == len(below):
        cells[at][column] = ""
    for row, numbers in told:
        row[column], row[wide:] = "", numbers


def _text(row: list[tables.Cell], column: int) -> str:
    return folded(str(row[column])) if column < len(row) else ""


def _number(cell: tables.Cell) -> float | None:
    try:
        return float(str(cell))
    except ValueError:
        return None


def rate(value: tables.Cell) -> str | None:
    """A rate as it is written; a fraction as the hundredths that Excel shows; None for a number
    that may be % or ‰.
    """
    number = _number(value)
    if number is None:
        return str(value).strip()
    if 0 < number <= _A_FRACTION:
        return f"{number * 100:g}%"
    return None if number <= _WHOLE else f"{number:g}"
