"""Workbooks of Excel and WPS, new and old: every visible sheet, with its tables and the lines
around them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import python_calamine

from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.kernel.writing import workbooks

_REMARK = re.compile(r"^\s*(?:注|备注|说明|联系|填表|制表)")


def read(data: bytes) -> Source:
    """Every sheet as tables, with what stands alone in the rows between."""
    source = Source()
    with workbooks.opened(data) as book:
        for sheet in book.sheets_metadata:
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                message = f"工作表“{sheet.name}”是隐藏的，没有读取。"
                source.notes.append(("hidden_sheet", message, f"工作表“{sheet.name}”"))
            elif sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                one = book.get_sheet_by_name(sheet.name)
                _sheet(one, sheet.name, source, workbooks.merged(data, one, sheet.name))
    return source


_MOST_MERGED = 20_000
"""Nobody merges more cells to write in them."""


def _sheet(sheet: Any, name: str, source: Source, ranges: list[workbooks.Range]) -> None:
    merged = [
        ((top, left), (bottom, right))
        for (top, left), (bottom, right) in ranges
        if (bottom - top + 1) * (right - left + 1) <= _MOST_MERGED
    ]
    covered = {row for (top, _), (bottom, _) in merged for row in range(top, bottom + 1)}
    rows = sheet.to_python(skip_empty_area=False)
    places = [_column(name, at) for at in range(max(map(len, rows), default=0))]
    grid = [
        [
            Cell(_shown(value), where=f"{place}{row + 1}")
            for value, place in zip(cells, places, strict=False)
        ]
        if row in covered or any(value != "" for value in cells)
        else []
        for row, cells in enumerate(rows)
    ]
    across = set()
    for (top, left), (bottom, right) in merged:
        across |= {top} if right > left else set()
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, min(right, len(grid[row]) - 1) + 1):
                if (row, column) != (top, left) and left < len(grid[top]):
                    first = grid[top][left]
                    grid[row][column] = Cell(first.text, spans=True, where=first.where)
    _split(grid, name, source)


def _column(sheet: str, column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"工作表“{sheet}”{letters}"


def _split(grid: list[list[Cell]], name: str, source: Source) -> None:
    """Rows with one text are paragraphs, unless they stand inside a table; a line after a gap ends
    the table.
    """
    table: list[list[Cell]] = []
    first = gap = 0
    for number, cells in enumerate(grid, start=1):
        texts = list(dict.fromkeys(cell.text for cell in cells if cell.text))
        if not texts:
            gap += 1
            continue
        alone = len(texts) == 1 and not any(cell.spans and cell.text for cell in cells[:1])
        if alone and (not table or gap or _REMARK.match(texts[0]) or len(texts[0]) > 40):
            _close(table, name, first, source)
            table = []
            where = next(cell.where for cell in cells if cell.text)
            source.blocks += [
                Paragraph(line.strip(), where) for line in texts[0].splitlines() if line.strip()
            ]
        else:
            first = first if table else number
            table.append(cells)
        gap = 0
    foot = _foot(table)
    _close(table[: len(table) - len(foot)], name, first, source)
    for cells in foot:
        found = next(cell for cell in cells if cell.text)
        source.blocks.append(Paragraph(found.text.strip(), found.where))


_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def _foot(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The last rows of a table that go right across it, where one is a day: who signs
    it, and when.
    """
    at = len(rows)
    while at > 0 and len({cell.text for cell in rows[at - 1] if cell.text}) == 1:
        at -= 1
    foot = rows[at:] if at else []
    dated = any(_DATED.fullmatch(flat) for cells in foot for flat in _texts(cells))
    return foot if dated else []


def _texts(cells: list[Cell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in cells if cell.text]


def _close(rows: list[list[Cell]], name: str, first: int, source: Source) -> None:
    if not rows:
        return
    width = 1 + max(at for row in rows for at, cell in enumerate(row) if cell.text)
    where = f"工作表“{name}”" + (f"第{first}行起的表" if source.tables() else "")
    source.blocks.append(Table([row[:width] for row in rows], where))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日"
        return day if value.time() == time() else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).strip()
