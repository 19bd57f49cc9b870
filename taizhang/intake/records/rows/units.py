"""Units in the headers of a list, and headers that ask several things: 交纳比例（%）, 服务时间（小时）, 应到/实到."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake.reading.pieces import Piece, plain
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


_TEN = "万元"
_TEN_THOUSANDS = re.compile(r".*(?:单位|金额)[:(]?(?:人民币)?[:]?万元\)?.*")
_IN_HEADER = re.compile(r".*\((?:单位:)?(?:人民币)?万元\)")
_MONEY = re.compile(
    r".*(?:金额|经费|预算|支出|收入|结余|余额|结转|合计|总计|党费|费用|数额)(?:\(.*\))?"
)


def in_yuan(table: tables.Table, said: Iterable[str]) -> tables.Table:
    """The table with 万元 behind every sum that is meant so: by its header, or by one of the lines
    around it.
    """
    if not any(_TEN in text for text in said):
        return table
    whole = any(_TEN_THOUSANDS.fullmatch(folded(text)) for text in said)
    cells = [list(row) for row in table.cells]
    for at, row in enumerate(table.cells[:_WITHIN]):
        for column, cell in enumerate(row):
            text = folded(str(cell))
            if _IN_HEADER.fullmatch(text) or (whole and _MONEY.fullmatch(text)):
                _add_unit(cells, at, column, _TEN)
    return tables.Table(cells, table.notes)


def piece_in_yuan(piece: Piece) -> Piece:
    """The same of the tables of a document that is no list."""
    said = list(lines_around(piece))
    if not any(_TEN in text for text in said):
        return piece
    blocks: list[Block] = []
    for block in piece.blocks:
        if isinstance(block, Table):
            texts: tables.Cells = [[cell.text for cell in row] for row in block.rows]
            meant = in_yuan(tables.Table(texts), said).cells
            rows = [
                [replace(cell, text=str(text)) for cell, text in zip(row, own, strict=True)]
                for row, own in zip(block.rows, meant, strict=True)
            ]
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(block)
    return replace(piece, blocks=blocks)


def lines_around(piece: Piece) -> Iterator[str]:
    """The lines above and below a list, and the cells of its first rows."""
    for block in piece.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for row in block.rows[:_WITHIN] for cell in row)


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
        if number is not None and (number > _A_FRACTION or unit != "%"):
            row[column] = f"{number:g}{unit}"


_TICK = re.compile(r"[√✓✔☑]")


def chosen(kind: LedgerKind, table: tables.Table, names: Mapping[str, str]) -> tables.Table:
    """The table with a column for a choice, where its choices are columns and one of them is ticked
    in each row.
    """
    choices = [one for one in kind.fields() if one.kind == "choice"]
    cells = [list(row) for row in table.cells]
    for at, row in enumerate(table.cells[:_WITHIN]):
        for one in choices:
            words = {plain(label): label for _, label in one.choices}
            columns = {
                c: words[text] for c, cell in enumerate(row) if (text := plain(str(cell))) in words
            }
            above = table.cells[at - 1] if at else []
            asked = _over(above, min(columns, default=0))
            meant = names.get(plain(asked), "")
            if (
                len(columns) >= _SEVERAL_LEAST
                and meant == one.name
                and _are_ticks(cells[at + 1 :], columns)
            ):
                _choose(cells, at, columns, one.label)
                return tables.Table(cells, table.notes)
    return table


_SEVERAL_LEAST = 2


def _over(above: Sequence[tables.Cell], column: int) -> str:
    """What stands over a column, where it is merged across."""
    said = [str(cell).strip() for cell in above[: column + 1]]
    return next((text for text in reversed(said) if text), "")


def _are_ticks(body: tables.Cells, columns: Container[int]) -> bool:
    """Whether nothing but ticks stands in the columns, and no row has two of them."""
    rows = [
        [text for c, cell in enumerate(row) if c in columns and (text := str(cell).strip())]
        for row in body
    ]
    rows = [row for row in rows if row]
    return bool(rows) and all(len(row) == 1 and _TICK.fullmatch(row[0]) for row in rows)


def _choose(cells: tables.Cells, at: int, columns: Mapping[int, str], label: str) -> None:
    """Put the choice where its tick stood, in the first of the columns; the others are blank."""
    first = min(columns)
    for row in cells[at + 1 :]:
        said = next((columns[c] for c in columns if c < len(row) and str(row[c]).strip()), "")
        for column in columns:
            if column < len(row):
                row[column] = ""
        if first < len(row):
            row[first] = said
    for column in columns:
        cells[at][column] = ""
        if at and column < len(cells[at - 1]):
            cells[at - 1][column] = ""
    cells[at][first] = label
    if at:
        cells[at - 1][first] = label


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
