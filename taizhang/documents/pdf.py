"""PDF files with text: lines joined to paragraphs, tables told by their rules."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pypdf
from pypdf.generic import FloatObject

from taizhang.documents import ruled, unruled
from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.documents.ruled import Piece, Rules
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import brief

MOST_PAGES = 200
_PAGE_NUMBER = re.compile(
    r"\s*[—–\-·.]*\s*(?:第?\s*\d{1,3}\s*页?)(?:\s*[/，,共]\s*\d{1,3}\s*页?)?\s*[—–\-·.]*\s*"
)
_CUT_LABELS = re.compile(
    r"(?:联(?=系(?:人|电话|方式))|联系(?=人|电话|方式)|电(?=话)|手(?=机)|邮(?=箱)|联系电(?=话))"
)
"""Labels that the end of a line cut in two."""
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[.．、]|附\s*件|"
    r"[\u4e00-\u9fff]{2,8}\s*[：:])"
)
"""A number, an annex, or a label with its colon: it begins a paragraph, however full the line above
it is.
"""


@dataclass
class Page:
    """What stands on a page: its text and its rules."""

    number: int
    width: float
    pieces: list[Piece] = field(default_factory=list)
    across: Rules = field(default_factory=Rules)
    down: Rules = field(default_factory=Rules)
    drawn_out: dict[int, float] = field(default_factory=dict)
    """By the height of a line: by how many characters it was drawn out to the margin."""


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

    def __call__(self, op: bytes, args: list[Any], cm: list[float], tm: list[float]) -> None:
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
            usual = _stretch(args[0])
            if usual:
                gaps = [one for one in args[0] if isinstance(one, int | float) and one <= -100]
                self._page.drawn_out[round(_moved(tm[4], tm[5], cm)[1])] = -sum(gaps) / 1000
            args[0][:] = [_widened(one, usual) for one in args[0]]

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
    found.pieces = list(ruled.with_marks(found.pieces))
    for at, piece in enumerate(found.pieces):
        drawn_out = found.drawn_out.get(round(piece.y), 0.0)
        found.pieces[at] = replace(piece, drawn_out=drawn_out) if drawn_out else piece
    return found


_NO_BLANK = FloatObject(-1)


def _widened(one: Any, stretch: float) -> Any:
    """A leap of a third of a character inside a line is a blank that was not printed; the reader
    sees only wide ones. What the line is stretched by behind each of its characters is none.
    """
    if not isinstance(one, int | float) or one > -100:
        return one
    if stretch and one >= 2.2 * stretch:
        return _NO_BLANK
    return FloatObject(min(one, -1001)) if one <= -220 else one


def _stretch(parts: list[Any]) -> float:
    """By how much a line is drawn out to the margin behind nearly each of its characters; 0 for a
    line that is not.

    Between blanks stand words; where a line is drawn out, single characters stand between leaps of
    the same breadth.
    """
    texts = [one for one in parts if not isinstance(one, int | float)]
    gaps = [one for one in parts if isinstance(one, int | float)]
    leaps = sorted(one for one in gaps if one <= -100)
    if len(leaps) < 3 or sum(len(one) <= 2 for one in texts) < 0.8 * len(texts):
        return 0
    usual = float(leaps[len(leaps) // 2])
    alike = sum(0.9 * usual >= one >= 1.1 * usual for one in leaps)
    return usual if alike >= 0.75 * len(leaps) else 0


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
            message = f"“{brief(piece.text, 30)}”上划有横线，可能是删除的文字，请对照原文。"
            source.notes.append(("struck_text", message, f"第{page.number}页"))
    free = [p for p in page.pieces if not any(grid.holds(p) for grid in grids)]
    lines = _without_page_number(ruled.lines_of(free))
    edges = _edges(lines)
    if not grids:
        _around_unruled(lines, edges, page, source)
        return
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


def _around_unruled(
    lines: list[list[Piece]], edges: tuple[float, float], page: Page, source: Source
) -> None:
    """A page without rules: its tables, if it has any, and the lines around them."""
    row = 0
    for one in unruled.tables_in(lines, f"第{page.number}页"):
        _paragraphs(lines[row : one.first], edges, page, source, row)
        source.blocks.append(one.table)
        row = one.after
    _paragraphs(lines[row:], edges, page, source, row)


def _add_table(table: Table, source: Source, *, first: bool) -> None:
    """A table at the head of a page goes on with one that ended the page before, if it has as many
    columns.
    """
    last = source.blocks[-1] if source.blocks else None
    same = isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0])
    if not (first and same and isinstance(last, Table)):
        source.blocks.append(table)
        return
    repeated = [c.text for c in table.rows[0]] == [c.text for c in last.rows[0]]
    below = table.rows[repeated:]
    if below and (whole := ruled.row_over_pages(last.rows[-1], below[0])):
        last.rows[-1] = whole
        below = below[1:]
    for row in below:
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
        cut = isinstance(last, Paragraph) and _is_cut(last.text, text)
        goes_on = full and line[0].x < left + size and (cut or not _BEGINS.match(text))
        turned = not before and _unfinished(last, text) and line[0].x < left + size
        if isinstance(last, Paragraph) and (goes_on or turned):
            last.text += text
        else:
            indent = round((line[0].x - left) / (size or 1), 1)
            where = f"第{page.number}页第{number}行"
            source.blocks.append(Paragraph(text, where, indent=indent))
        before = line


def _is_cut(above: str, below: str) -> bool:
    """Whether a label such as 联系电话 begins in one line and ends in the next."""
    at = len(above)
    whole = f"{above}{below[:4]}"
    return any(found.end() == at for found in _CUT_LABELS.finditer(whole))


def _unfinished(last: object, text: str) -> bool:
    """A paragraph that the end of the page cut."""
    return (
        isinstance(last, Paragraph)
        and len(last.text) > 20
        and not last.text.rstrip().endswith(("。", "；", "：", "！", "？", ".", ";", ":"))
        and not _BEGINS.match(text)
    )
