"""The tables of a paper as xlsx, for those who go on reckoning with them: days and amounts are
such, all else is text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

from django.utils import timezone

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.sheets.excel import workbook
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.measures import breadths
from taizhang.papers.official.paper import Official, breadth_of
from taizhang.papers.paper import Block, Form, Note, Paper, Table
from taizhang.papers.writers import layout

_A4 = 9
_BREADTH, _UPRIGHT, _BROADEST = 130.0, 88.0, 400.0
"""Characters on the breadth of a page that lies and of one that stands: more where a text would be
higher than a row may be.
"""
_LINE, _SPARE, _HIGHEST = 15, 4, 405
_MM = 72 / 25.4
_CENTRED = 8
"""A column of texts no broader is centred, as in print."""
_DAY = re.compile(r"([0-9]{4})(?:-|年)([0-9]{1,2})(?:-|月)([0-9]{1,2})日?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.([0-9]{1,4}))?")
"""A longer one is a code, and a receipt number 0001 stays as it is."""
_LONGEST_NAME = 31


@dataclass
class _Part:
    """One sheet: its name, what stands above and below the table, and the table."""

    name: str
    title: str
    table: Table
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    lying: bool = False


def is_tabular(paper: Paper | Official | Ballot) -> bool:
    """Whether there is something to reckon with: a form, a letter or a ballot is no sheet."""
    return not isinstance(paper, Ballot) and next(_parts(paper), None) is not None


def written(paper: Paper | Official | Ballot) -> bytes:
    """A sheet for each table; raises BadInput for a paper without any."""
    if isinstance(paper, Ballot):
        raise BadInput("选票不能做成 Excel，请用 Word 或 PDF。")
    found = list(_parts(paper))
    if not found:
        raise BadInput("这份文书里没有表格，请用 Word 或 PDF。")
    out = io.BytesIO()
    with workbook(out) as book:
        book.set_properties({"title": paper.title or found[0].title, "created": timezone.now()})
        looks = _Looks(book)
        used: set[str] = set()
        for part in found:
            name = _name(part.name, used)
            used.add(name.lower())
            _Sheet(book.add_worksheet(name), part, looks).write()
    return out.getvalue()


def _name(name: str, used: set[str]) -> str:
    """What it is of, without what Excel does not take in a name; the second of a name
    is numbered.
    """
    plain = re.sub(r"[\[\]:*?/\\'\s]+", " ", name).strip() or "清单"
    short = plain[:_LONGEST_NAME].strip()
    at = 1
    while short.lower() in used:
        at += 1
        short = f"{plain[: _LONGEST_NAME - 4]}（{at}）"
    return short


class _Looks:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **about: Any) -> Any:
        key = tuple(sorted(about.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
                | about
            )
        return self._made[key]

    def title(self) -> Any:
        return self.of(bold=True, font_size=14, align="center")

    def about(self) -> Any:
        return self.of(align="left")

    def head(self) -> Any:
        return self.of(bold=True, border=1, bg_color="#EEF1F5", align="center")

    def cell(self, align: str, shown: str = "") -> Any:
        return self.of(border=1, align=align, **({"num_format": shown} if shown else {}))

    def merged(self) -> Any:
        return self.of(border=1, align="left", valign="top")


class _Sheet:
    """Writes one part into its sheet."""

    def __init__(self, sheet: Any, part: _Part, looks: _Looks) -> None:
        self._sheet, self._part, self._table, self._looks = sheet, part, part.table, looks
        self._spans = layout.spans(part.table)
        self._lies = part.lying or not layout.is_upright(part.table)
        self._widths = _widths(
            part.table, self._spans, breadth=_BREADTH if self._lies else _UPRIGHT
        )
        self._top = 1 + len(part.above)
        """The row of the head."""

    def write(self) -> None:
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, width)
        self._across(0, self._part.title, self._looks.title(), line=22)
        for at, text in enumerate(self._part.above, start=1):
            self._across(at, text, self._looks.about())
        self._sheet.set_row(self._top, _height(self._table.columns, self._widths))
        for column, label in enumerate(self._table.columns):
            self._sheet.write_string(self._top, column, label, self._looks.head())
            self._column(column)
        for at, height in enumerate(_heights(self._table, self._widths, self._spans)):
            self._sheet.set_row(self._top + 1 + at, height)
        last = self._top + len(self._table.rows)
        for at, text in enumerate(self._part.below, start=last + 1):
            self._across(at, text, self._looks.about())
        self._page(last)

    def _page(self, last: int) -> None:
        if not self._spans and self._table.rows:
            self._sheet.autofilter(self._top, 0, last, len(self._widths) - 1)
        self._sheet.freeze_panes(self._top + 1, 0)
        self._sheet.repeat_rows(self._top)
        if self._lies:
            self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def _across(self, row: int, text: str, look: Any, line: int = _LINE) -> None:
        """A text over the whole breadth."""
        self._sheet.set_row(row, min(_lines(text, sum(self._widths)) * line, _HIGHEST))
        if len(self._widths) > 1:
            self._sheet.merge_range(row, 0, row, len(self._widths) - 1, "", look)
        self._sheet.write_string(row, 0, text, look)

    def _column(self, column: int) -> None:
        cells = [row[column] for row in self._table.rows]
        kind = _kind(cells)
        align = "center" if all(breadth_of(cell) <= _CENTRED for cell in cells) else "left"
        for at, cell in enumerate(cells):
            own = self._spans[column][at] if column in self._spans else 1
            row = self._top + 1 + at
            if own > 1:
                self._sheet.merge_range(
                    row, column, row + own - 1, column, "", self._looks.merged()
                )
                self._sheet.write_string(row, column, cell, self._looks.merged())
            elif own == 1:
                self._cell(row, column, cell, kind, align)

    def _cell(self, row: int, column: int, cell: str, kind: str, align: str) -> None:
        day, number = _day(cell), _NUMBER.fullmatch(cell)
        if not cell:
            self._sheet.write_blank(row, column, None, self._looks.cell(align))
        elif kind == "day" and day:
            shown = 'yyyy"年"m"月"d"日"' if "年" in cell else "yyyy-mm-dd"
            self._sheet.write_datetime(row, column, day, self._looks.cell(align, shown))
        elif kind == "number" and number:
            shown = f"0.{'0' * len(number[1])}" if number[1] else "0"
            self._sheet.write_number(row, column, float(cell), self._looks.cell(align, shown))
        else:
            self._sheet.write_string(row, column, cell, self._looks.cell(align, "@"))


def _kind(cells: Sequence[str]) -> str:
    """A column whose every cell is a day or a number is written as such; only below, in the row of
    sums, may be a word.
    """
    said = [cell for cell in cells if cell]
    for known, is_one in (("day", _day), ("number", _NUMBER.fullmatch)):
        body = [cell for cell in cells[:-1] if cell] or said
        if said and all(is_one(cell) for cell in body):
            return known
    return "text"


def _day(cell: str) -> date | None:
    found = _DAY.fullmatch(cell)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year >= 1900 else None


def _widths(table: Table, spans: dict[int, list[int]], *, breadth: float) -> list[float]:
    """Shares of a page; of more, where a row would be higher than a row may be: the print is made
    smaller then.
    """
    shares = breadths.shares(table)
    least = [
        max(6.0, *(_least(row[at]) for row in table.rows)) if table.rows else 6.0
        for at in range(len(shares))
    ]
    while True:
        widths = [
            max(breadth * share / sum(shares), low)
            for share, low in zip(shares, least, strict=True)
        ]
        if breadth >= _BROADEST or max(_heights(table, widths, spans), default=0) < _HIGHEST:
            return widths
        breadth *= 1.3


def _least(cell: str) -> float:
    """A day or a number is never cut."""
    return breadth_of(cell) * 2 + 2 if _day(cell) or _NUMBER.fullmatch(cell) else 0


def _heights(table: Table, widths: list[float], spans: dict[int, list[int]]) -> list[int]:
    """Room for every line of the highest cell; a merged cell has the room of all its rows."""
    found = [
        _height(["" if at in spans else cell for at, cell in enumerate(row)], widths)
        for row in table.rows
    ]
    for column, own in spans.items():
        for at, n in enumerate(own):
            if n:
                needed = _lines(table.rows[at][column], widths[column]) * _LINE
                found[at + n - 1] += max(0, needed - sum(found[at : at + n]))
    least = round(table.high * _MM)
    return [min(max(height, least), _HIGHEST) for height in found]


def _height(cells: Sequence[str], widths: list[float]) -> int:
    lines = [_lines(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return _LINE * max(lines, default=1) + _SPARE


def _lines(text: str, width: float) -> int:
    return sum(
        max(1, ceil(breadth_of(line) * 2 / max(width - 1, 2))) for line in text.splitlines() or [""]
    )


def _parts(paper: Paper | Official) -> Iterator[_Part]:
    """Each table with what stands around it, which says whose it is."""
    if isinstance(paper, Official):
        yield from _of_blocks(paper.title, paper.blocks, [], lying=False)
        for annex in paper.annexes:
            yield from _of_blocks(annex.title, annex.blocks, [], lying=annex.landscape)
        return
    about = [paper.subtitle] if paper.subtitle else []
    yield from _of_blocks(paper.title, paper.blocks, about, lying=paper.landscape)
    for chapter in paper.chapters:
        for section in chapter.sections:
            name = _NUMBER_BEFORE.sub("", section.heading)
            blocks = _with_tables(section.blocks)
            yield from _of_blocks(name, blocks, about, lying=section.lying)


_NUMBER_BEFORE = re.compile(r"^[0-9]+\s+")


def _of_blocks(name: str, blocks: list[Block], about: list[str], *, lying: bool) -> Iterator[_Part]:
    """What stands before a table is above it, what stands after the last one below it."""
    above: list[str] = []
    title, found = "", None
    for block in blocks:
        if isinstance(block, Table):
            if found:
                yield found
            own = block.title or title or name
            foot = [block.foot] if block.foot else []
            found = _Part(_short(own, name), own, block, [*about, *above], foot, lying)
            above, title = [], ""
        elif isinstance(block, Form):
            title = block.title or title
            above += _told(block)
            if found and not block.title:
                found.below += above
                above = []
        elif isinstance(block, Note):
            (found.below if found else above).append(block.text)
    if found:
        yield found


def _short(title: str, name: str) -> str:
    """The name of a sheet: what comes first in the title of its table."""
    return re.split(r"[　（(]", title, maxsplit=1)[0].strip() or title.strip() or name


def _told(form: Form) -> list[str]:
    lines = [f"{line.label}：{line.text}" for line in form.lines]
    signs = "　　　　　　".join(f"{sign}：" for sign in form.signs)
    return [*lines, *([signs] if signs else [])]


def _with_tables(blocks: list[Block]) -> list[Block]:
    """Forms that follow each other as rows of one table; a form that is the head of a
    table stays.
    """
    found: list[Block] = []
    run: list[Form] = []
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        heads = isinstance(after, Table) and not after.title
        if isinstance(block, Form) and not heads:
            run.append(block)
            continue
        if run:
            found.append(_as_table(run))
            run = []
        found.append(block)
    return [*found, _as_table(run)] if run else found


def _as_table(forms: list[Form]) -> Table:
    labels = list(dict.fromkeys(line.label for form in forms for line in form.lines))
    rows = []
    for at, form in enumerate(forms, start=1):
        said = {line.label: line.text for line in form.lines}
        rows.append([str(at), *(said.get(label, "") for label in labels)])
    longest = [
        max(breadth_of(label), *(min(breadth_of(row[at]), 400) for row in rows))
        for at, label in enumerate(labels, start=1)
    ]
    return Table("", ["序号", *labels], rows, [2.0, *(max(one, 4) ** 0.6 for one in longest)])
