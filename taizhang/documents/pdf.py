"""PDF files with text: lines joined to paragraphs, tables told by their rules."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

import pypdf
from pypdf.generic import FloatObject

from taizhang.documents import ruled
from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.documents.ruled import Piece, Rules
from taizhang.kernel.errors import BadInput

MOST_PAGES = 200
_PAGE_NUMBER = re.compile(
    r"\s*[—–\-·.]*\s*(?:第?\s*\d{1,3}\s*页?)(?:\s*[/，,共]\s*\d{1,3}\s*页?)?\s*[—–\-·.]*\s*"
)
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[.．、]|附\s*件|[\u4e00-\u9fff]{2,8}\s*[：:])"
)
"""A number, an annex, or a label with its colon: it begins a paragraph, however full the line above it is."""


@dataclass
class Page:
    """What stands on a page: its text and its rules."""

    number: int
    width: float
    pieces: list[Piece] = field(default_factory=list)
    across: Rules = field(default_factory=Rules)
    down: Rules = field(default_factory=Rules)


def read(data: bytes) -> Source:
    """The paragraphs and ruled tables of a PDF; says so when it holds no text."""
    source = Source()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [_page(page, n) for n, page in enumerate(reader.pages[:MOST_PAGES], 1)]
        cut = len(reader.pages) > MOST_PAGES
    except Exception as broken:
        raise BadInput("PDF 文件已损坏或加密，无法读取。") from broken
    for page in pages:
        lay_out(page, source)
    if not source.blocks:
        message = "这个 PDF 里没有文字（可能是扫描件），请上传 Word 文件或文本。"
        source.notes.append(("no_text", message, "全文"))
    else:
        message = "PDF 按版面识别，段落和表格请对照原文核对。"
        source.notes.append(("pdf_layout", message, "全文"))
    if cut:
        source.notes.append(("cut", f"只读取了前{MOST_PAGES}页。", f"第{MOST_PAGES}页"))
    return source


def pictures(data: bytes) -> list[bytes]:
    """The largest picture of every page that has one: what a scanner made of it."""
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages[:MOST_SCANS]
        every = [[one.data for one in page.images] for page in pages]
    except Exception as broken:
        raise BadInput("PDF 里的扫描图片无法读取，请另存为图片后再试。") from broken
    return [max(found, key=len) for found in every if found]


MOST_SCANS = 20
"""So many pages of a scan are recognised."""
_DRAWN, _FILLED = (b"S", b"s", b"B", b"B*"), (b"f", b"F", b"f*")


class _Pen:
    """Follows the operators of a page for its rules."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._path: list[tuple[float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []

    def __call__(self, op: bytes, args: list[Any], cm: list[float], _tm: list[float]) -> None:
        """One operator, before the reader takes it."""
        if op in (b"m", b"l") and len(args) == 2:
            self._draw(op, _moved(float(args[0]), float(args[1]), cm))
        elif op == b"re" and len(args) == 4:
            x, y, width, height = map(float, args)
            self._boxes.append((*_moved(x, y, cm), *_moved(x + width, y + height, cm)))
        elif op in (*_DRAWN, *_FILLED, b"n"):
            _paint(self._page, self._boxes, op)
            self._path.clear()
        elif op == b"TJ" and args:
            args[0][:] = [_widened(one) for one in args[0]]

    def _draw(self, op: bytes, here: tuple[float, float]) -> None:
        if op == b"l" and self._path:
            _rule(self._page, *self._path[-1], *here)
        self._path.append(here)


def _page(page: Any, number: int) -> Page:
    found = Page(number, float(page.mediabox.width))

    def text(said: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if said.strip():
            x, y = _moved(tm[4], tm[5], cm)
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1
            found.pieces.append(Piece(said.strip(), x, y, size * scale))

    page.extract_text(visitor_text=text, visitor_operand_before=_Pen(found))
    return found


def _widened(one: Any) -> Any:
    """A leap of a third of a character inside a line is a blank that was not printed; the reader sees only wide ones."""
    leap = isinstance(one, int | float) and one <= -220
    return FloatObject(min(one, -1001)) if leap else one


def _paint(page: Page, boxes: list[tuple[float, float, float, float]], op: bytes) -> None:
    for box in boxes if op != b"n" else ():
        _box(page, *box, drawn=op in _DRAWN)
    boxes.clear()


def _moved(x: float, y: float, cm: list[float]) -> tuple[float, float]:
    return (cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5])


def _rule(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    if abs(y0 - y1) < 1 and abs(x0 - x1) > 3:
        page.across.add(y0, x0, x1)
    elif abs(x0 - x1) < 1 and abs(y0 - y1) > 3:
        page.down.add(x0, y0, y1)


def _box(page: Page, x0: float, y0: float, x1: float, y1: float, *, drawn: bool) -> None:
    """A rectangle: thin, it is a rule; drawn, its four sides are."""
    if abs(y0 - y1) <= 2:
        _rule(page, x0, y0, x1, y0)
    elif abs(x0 - x1) <= 2:
        _rule(page, x0, y0, x0, y1)
    elif drawn:
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            _rule(page, *side)


def lay_out(page: Page, source: Source) -> None:
    """The page's blocks from top to bottom."""
    grids = ruled.tables_of(page.across, page.down)
    for piece in page.pieces:
        if page.across.crosses(piece):
            message = f"“{piece.text[:30]}”上划有横线，可能是删除的文字，请对照原文。"
            source.notes.append(("struck_text", message, f"第{page.number}页"))
    free = [p for p in page.pieces if not any(grid.holds(p) for grid in grids)]
    lines = _without_page_number(ruled.lines_of(free))
    edges = _edges(lines)
    fresh = True
    row = 0
    for grid in grids:
        above = [line for line in lines[row:] if line[0].y > grid.rows[0]]
        _paragraphs(above, edges, page, source, row)
        row += len(above)
        inside = [p for p in page.pieces if grid.holds(p)]
        where = f"第{page.number}页第{len(source.tables()) + 1}个表"
        _add_table(grid.table(inside, where), source, first=fresh and not above)
        fresh = False
    _paragraphs(lines[row:], edges, page, source, row)


def _add_table(table: Table, source: Source, *, first: bool) -> None:
    """A table at the head of a page goes on with one that ended the page before, if it has as many columns."""
    last = source.blocks[-1] if source.blocks else None
    same = isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0])
    if not (first and same and isinstance(last, Table)):
        source.blocks.append(table)
        return
    repeated = [c.text for c in table.rows[0]] == [c.text for c in last.rows[0]]
    for row in table.rows[repeated:]:
        above = last.rows[-1]
        go_on = [
            Cell(up.text, spans=True, where=up.where) if not cell.text and up.spans else cell
            for cell, up in zip(row, above, strict=True)
        ]
        last.rows.append(go_on)


def _without_page_number(lines: list[list[Piece]]) -> list[list[Piece]]:
    """The last line, or the first, may be the page's number."""
    for at in (-1, 0):
        if lines and _PAGE_NUMBER.fullmatch(ruled.said(lines[at])):
            del lines[at]
    return lines


def _edges(lines: list[list[Piece]]) -> tuple[float, float]:
    """The left and the right edge of the text."""
    left = min((line[0].x for line in lines), default=0)
    return left, max((line[-1].right for line in lines), default=0)


def _paragraphs(
    lines: list[list[Piece]], edges: tuple[float, float], page: Page, source: Source, start: int
) -> None:
    """Lines, joined where one is full and the next goes on at the left edge."""
    left, right = edges
    before: list[Piece] = []
    for number, line in enumerate(lines, start + 1):
        text, size = ruled.said(line), line[0].size
        full = (
            bool(before)
            and before[0].size == size
            and before[-1].right > max(right - 3 * size, 0.7 * page.width)
        )
        last = source.blocks[-1] if source.blocks else None
        goes_on = full and line[0].x < left + size and not _BEGINS.match(text)
        turned = not before and _unfinished(last, text) and line[0].x < left + size
        if isinstance(last, Paragraph) and (goes_on or turned):
            last.text += text
        else:
            indent = round((line[0].x - left) / (size or 1), 1)
            where = f"第{page.number}页第{number}行"
            source.blocks.append(Paragraph(text, where, indent=indent))
        before = line


def _unfinished(last: object, text: str) -> bool:
    """A paragraph that the end of the page cut."""
    return (
        isinstance(last, Paragraph)
        and len(last.text) > 20
        and not last.text.rstrip().endswith(("。", "；", "：", "！", "？", ".", ";", ":"))
        and not _BEGINS.match(text)
    )
