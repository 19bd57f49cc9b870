"""The cells of a sheet or of what was pasted, as they were meant: visible sheets, merged cells,
days since 1904.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import python_calamine

from taizhang.kernel import files
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing import workbooks
from taizhang.kernel.writing.written import Serial1904

MOST_ROWS = 200_000
OWN_SHEETS = ("填写说明与示例", "选项")
"""What our templates add; it is no ledger."""

Cell = str | int | float | bool | date | datetime | time | timedelta | Serial1904
"""What a sheet keeps in a cell; where a person wrote text, text."""
Cells = list[list[Cell]]


class Unfolded(NamedTuple):
    """What became of a sheet of another shape: a row of which several records came."""

    rows: list[tuple[int, list[Cell]]]
    """(row as Excel counts, cells)"""
    read: frozenset[int]
    """The columns out of which they were made; of the others it is told that they were not read."""
    heads: tuple[int, int]
    """The first row of its headers, and the first behind them; from 0."""
    notes: list[str]
    passed: tuple[tuple[int, str], ...] = ()
    """Rows that are no records: number, and how each begins."""


@dataclass
class Table:
    """Cells row by row, and what is to be said about how they were come by."""

    cells: Cells
    notes: list[str] = field(default_factory=list)


def read(data: bytes | str) -> Table:
    """The cells of an xlsx or of pasted text; raises BadInput for anything else."""
    if isinstance(data, str):
        return Table(_sized(_pasted(data), "粘贴的内容是空的。"))
    if files.format_of(data) != "xlsx":
        raise BadInput("请上传 xlsx 格式的 Excel 文件（可在 WPS 或 Excel 中另存为）。")
    sheets = every_sheet(data)
    first = next(iter(sheets))
    sheets[first].notes += _other_sheets(list(sheets))
    return sheets[first]


def every_sheet(data: bytes) -> dict[str, Table]:
    """The visible sheets of a workbook that hold anything, by their names; there is one
    at least.
    """
    with workbooks.opened(data) as book:
        shown = [one.name for one in book.sheets_metadata if _is_visible(one)]
        tables = {name: _cells(data, book.get_sheet_by_name(name), name) for name in shown}
        from_1904 = files.format_of(data) == "xlsx" and _counts_from_1904(data)
    filled = [name for name in shown if _has_content(tables[name])]
    if not filled:
        raise BadInput("工作表是空的（隐藏的工作表不读入）。")
    return {
        name: Table(_days_of_1904(_sized(tables[name], ""), is_so=from_1904)) for name in filled
    }


def _days_of_1904(cells: Cells, *, is_so: bool) -> Cells:
    if not is_so:
        return cells
    return [[Serial1904(c) if isinstance(c, float) else c for c in row] for row in cells]


def _is_visible(sheet: Any) -> bool:
    return bool(
        sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    )


def _other_sheets(filled: list[str]) -> list[str]:
    others = [name for name in filled[1:] if name not in OWN_SHEETS]
    if not others:
        return []
    return [f"只读入了工作表“{filled[0]}”，没有读入：{'、'.join(others)}。"]


def _cells(data: bytes, sheet: Any, name: str) -> Cells:
    """The cells; what is merged downwards stands in every row that it covers."""
    cells: Cells = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in workbooks.merged(data, sheet, name):
        for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
            if left < len(cells[row]) and left < len(cells[top]):
                cells[row][left] = cells[top][left]
    return cells


_DITTO = {"〃", "″", "''", '"', "”", "＂", "同上", "同前", "同上行"}


def said_again(cells: Cells) -> Cells:
    """The rows below a header, 〃 and 同上 replaced by what stands above them."""
    found: Cells = []
    for row in cells:
        above = found[-1] if found else []
        found.append(
            [
                above[at] if at < len(above) and str(cell).strip() in _DITTO else cell
                for at, cell in enumerate(row)
            ]
        )
    return found


def _counts_from_1904(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        head = package.read("xl/workbook.xml")
    return bool(re.search(rb"<(?:\w+:)?workbookPr[^>]*\bdate1904=\"(?:1|true)\"", head))


def _pasted(text: str) -> Cells:
    """Cells parted by tabs, as they are copied; one that holds a line break stands in quotes."""
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    try:
        return [list(row) for row in csv.reader(lines, delimiter="\t")]
    except csv.Error as broken:
        raise BadInput("粘贴的内容不是表格，请从 Excel、WPS 或 Word 表格中复制。") from broken


def _has_content(cells: Cells) -> bool:
    return any(any(str(cell).strip() for cell in row) for row in cells)


def _sized(cells: Cells, empty: str) -> Cells:
    if not _has_content(cells):
        raise BadInput(empty)
    if len(cells) > MOST_ROWS:
        raise BadInput(f"一次最多导入{MOST_ROWS}行，本表有{len(cells)}行，请分批导入。")
    return cells
