"""The tables of a paper as xlsx, for those who go on reckoning with them: days and amounts are such, all else is text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.sheets import workbook
from taizhang.papers.official import Official, breadth_of
from taizhang.papers.paper import Form, Paper, Table

_A4 = 9
_BREADTH = 130
"""Characters on the breadth of a page."""
_LINE, _HIGHEST = 15, 409
_DAY = re.compile(r"([0-9]{4})(?:-|年)([0-9]{1,2})(?:-|月)([0-9]{1,2})日?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")


@dataclass
class _Part:
    """One sheet: its name, what stands above the table, and the table."""

    name: str
    table: Table
    above: list[str] = field(default_factory=list)


def written(paper: Paper | Official) -> bytes:
    """A sheet for each table; raises BadInput for a paper without any."""
    out = io.BytesIO()
    found = list(_parts(paper))
    if not found:
        raise BadInput("这份文书里没有表格，请用 Word 或 PDF。")
    with workbook(out) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True}),
            "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"border": 1, "valign": "top"}),
            "day": book.add_format({"border": 1, "valign": "top", "align": "left", "num_format": "yyyy-mm-dd"}),
        }  # fmt: skip
        for at, part in enumerate(found, start=1):
            _sheet(book.add_worksheet(_name(at, part.name)), part, looks)
    return out.getvalue()


def _name(at: int, name: str) -> str:
    return f"{at} {re.sub(r'[^0-9A-Za-z一-鿿]', '', name)}"[:31]


def _sheet(sheet: Any, part: _Part, looks: dict[str, Any]) -> None:
    table = part.table
    for row, text in enumerate([part.name, *part.above]):
        sheet.write_string(row, 0, text, looks["title"] if row == 0 else None)
    top = 1 + len(part.above)
    shares = table.widths if len(table.widths) == len(table.columns) else [1.0] * len(table.columns)
    widths = [max(_BREADTH * share / sum(shares), 6) for share in shares]
    for column, (label, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, label, looks["head"])
        kind, write = _kind([row[column] for row in table.rows], sheet)
        for row, cells in enumerate(table.rows, start=top + 1):
            if cells[column]:
                write(row, column, cells[column], looks[kind])
            else:
                sheet.write_blank(row, column, None, looks[kind])
    for row, cells in enumerate(table.rows, start=top + 1):
        sheet.set_row(row, _height(cells, widths))
    sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R第 &P 页，共 &N 页")


def _kind(cells: list[str], sheet: Any) -> tuple[str, Callable[..., Any]]:
    """A column whose every cell is a day or a number is written as such; a receipt number 0001 stays as it is."""
    said = [cell for cell in cells if cell]
    if said and all(_day(cell) for cell in said):
        return "day", lambda row, at, cell, look: sheet.write_datetime(row, at, _day(cell), look)
    if said and all(_NUMBER.fullmatch(cell) for cell in said):
        return "number", lambda row, at, cell, look: sheet.write_number(row, at, float(cell), look)
    return "text", sheet.write_string


def _day(cell: str) -> date | None:
    found = _DAY.fullmatch(cell)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _height(cells: list[str], widths: list[float]) -> int:
    """Room for every line of the highest cell."""
    lines = [
        sum(
            max(1, ceil(breadth_of(line) * 2 / (width - 1))) for line in (cell.splitlines() or [""])
        )
        for cell, width in zip(cells, widths, strict=True)
    ]
    return min(_LINE * max(lines, default=1), _HIGHEST)


def _parts(paper: Paper | Official) -> Iterator[_Part]:
    """Each table with the form before it, which says whose it is."""
    groups = [(paper.title, list(paper.blocks))]
    if isinstance(paper, Official):
        groups += [(annex.title, list(annex.blocks)) for annex in paper.annexes]
    else:
        groups += [
            (s.heading, list(s.blocks)) for chapter in paper.chapters for s in chapter.sections
        ]
    for name, blocks in groups:
        before: Form | None = None
        for block in blocks:
            if isinstance(block, Form):
                before = block
            elif isinstance(block, Table):
                title = block.title or (before.title if before else "") or name or "表"
                about = [f"{line.label}：{line.text}" for line in before.lines] if before else []
                subtitle = (
                    [] if isinstance(paper, Official) or not paper.subtitle else [paper.subtitle]
                )
                yield _Part(title, block, [*subtitle, *about])
                before = None
