"""Forms, tables and paragraphs of a paper as XML of Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from taizhang.papers.measures import breadths
from taizhang.papers.paper import Block, Drawing, Form, Line, Note, Table
from taizhang.papers.writers import layout
from taizhang.papers.writers.wordml.docx_base import NAMES
from taizhang.papers.writers.wordml.word_styles import text_style

MM = 1440 / 25.4


def elements(parts: Iterable[str]) -> Iterable[Any]:
    """What the XML of paragraphs and tables says, ready for a document's body."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    whole: Any = parse_xml(f"<w:body {NAMES}>{''.join(parts)}</w:body>")
    return list(whole)


def block(
    block: Block, area: layout.Area = layout.UPRIGHT, *, noted: bool = False, last: bool = False
) -> Iterator[str]:
    """A form, a table or a paragraph, as XML. Word wants a paragraph behind a table: behind the
    last it has no height, for it would begin a page.
    """
    if isinstance(block, Note):
        yield paragraph(block.text)
        return
    if isinstance(block, Drawing):
        block = block.instead
    new_page = "<w:pageBreakBefore/>" if isinstance(block, Form) and block.new_page else ""
    if block.title or new_page:
        yield paragraph(block.title, "TableTitle", new_page)
    if isinstance(block, Form):
        yield _form(block, area, noted=noted)
    else:
        yield _grid(block, area, noted=noted)
    yield paragraph("", "TableEnd", "<w:keepNext/>" if noted else LOW if last else "")


def _form(block: Form, area: layout.Area, *, noted: bool) -> str:
    label, half = round(area.label * 20), round(area.breadth * 10)
    widths = [label, half - label, label, half - label]
    rows = layout.form_rows(block, area)
    head, tail = layout.form_head(rows, area), layout.form_tail(rows, area)
    below = noted or bool(block.signs)
    drawn = [
        _form_row(row, widths, keep=at < head - 1 or _kept(at, len(rows), tail, below=below))
        for at, row in enumerate(rows)
    ]
    if block.signs:
        drawn.append(_signs(block.signs, sum(widths), keep=noted))
    return _table(widths, drawn)


def _kept(at: int, rows: int, tail: int, *, below: bool) -> bool:
    """Whether a row stays with the next one, or with what stands below the table."""
    return rows - tail <= at < (rows if below else rows - 1)


def _form_row(row: layout.FormRow, widths: list[int], *, keep: bool) -> str:
    cells = []
    for at, line in enumerate(row.lines):
        span = 3 if len(row.lines) == 1 else 1
        breadth = widths[1] if span == 1 else sum(widths[1:])
        cells.append(_cell(line.label, "FormLabel", widths[2 * at], keep=keep))
        cells.append(_answer(line, breadth, span, keep=keep))
    return _row(cells, high=row.high, whole=row.whole)


def _answer(line: Line, breadth: int, span: int, *, keep: bool) -> str:
    return _cell(
        line.text, "FormText", breadth, span=span, keep=keep, top=line.high > 0 and span > 1
    )


def _signs(signs: list[str], breadth: int, *, keep: bool) -> str:
    """Signatures as a last row without edges, so that they never begin a page."""
    across = 2 if len(signs) > 3 else len(signs)
    stops = "".join(
        f'<w:tab w:val="left" w:pos="{breadth * n // across}"/>' for n in range(1, across)
    )
    lines = [
        "<w:r><w:tab/></w:r>".join(run_of(f"{sign}：") for sign in signs[at : at + across])
        for at in range(0, len(signs), across)
    ]
    kept = "<w:keepNext/>" if keep else ""
    about = f'<w:pPr><w:pStyle w:val="FormSign"/>{kept}<w:tabs>{stops}</w:tabs></w:pPr>'
    return _below("".join(f"<w:p>{about}{line}</w:p>" for line in lines), breadth, 4)


def _below(content: str, breadth: int, columns: int) -> str:
    edges = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
    about = (
        f'<w:tcW w:w="{breadth}" w:type="dxa"/><w:gridSpan '
        f'w:val="{columns}"/><w:tcBorders>{edges}</w:tcBorders>'
    )
    return _row([f"<w:tc><w:tcPr>{about}</w:tcPr>{content}</w:tc>"])


def _grid(block: Table, area: layout.Area, *, noted: bool) -> str:
    found = layout.table(block, area)
    widths = [round(width * 20) for width in found.widths]
    head, text = (text_style(area, found.size, head=one) for one in (True, False))
    drawn = [
        _row(
            [_cell(c, head, w, keep=True) for c, w in zip(found.columns, widths, strict=True)],
            head=True,
        )
    ]
    groups = _together(found, area)
    for at, row in enumerate(block.rows):
        below = noted or bool(block.foot)
        keep = (
            at in groups
            or at < found.head - 1
            or _kept(at, len(block.rows), found.tail, below=below)
        )
        cells = [
            _cell(
                "" if _within(found, column, at) else cell,
                text,
                widths[column],
                keep=keep,
                middle=found.centred[column] or column in found.spans,
                merged=_merge(found, column, at),
            )
            for column, cell in enumerate(row)
        ]
        drawn.append(_row(cells, high=block.high, whole=found.whole[at]))
    if block.foot:
        kept = "<w:keepNext/>" if noted else ""
        drawn.append(_below(paragraph(block.foot, "TableNote", kept), sum(widths), len(widths)))
    return _table(widths, drawn)


def _together(found: layout.Laid, area: layout.Area) -> set[int]:
    """Rows that go on a small group of merged cells: they stay with the next."""
    return {
        at + more
        for own in found.spans.values()
        for at, n in enumerate(own)
        if n > 1 and sum(found.heights[at : at + n]) < area.height * layout.TOGETHER
        for more in range(n - 1)
    }


def _within(found: layout.Laid, column: int, at: int) -> bool:
    return column in found.spans and found.spans[column][at] == 0


def _merge(found: layout.Laid, column: int, at: int) -> str:
    own = found.spans.get(column)
    if own is None or own[at] == 1:
        return ""
    return "<w:vMerge/>" if own[at] == 0 else '<w:vMerge w:val="restart"/>'


def _table(widths: list[int], rows: Iterable[str]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    down, across = round(layout.DOWN * 20), round(breadths.ACROSS * 20)
    inner = "".join(
        f'<w:{side} w:w="{gap}" w:type="dxa"/>'
        for side, gap in (("top", down), ("left", across), ("bottom", down), ("right", across))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" '
        f'w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inner}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], *, head: bool = False, high: int = 0, whole: bool = True) -> str:
    about = "<w:cantSplit/>" if whole else ""
    about += f'<w:trHeight w:val="{round(high * MM)}"/>' if high else ""
    about += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(  # noqa: PLR0913  (a cell has as many sides)
    text: str,
    style: str,
    width: int,
    *,
    span: int = 1,
    keep: bool = False,
    middle: bool = False,
    top: bool = False,
    merged: str = "",
) -> str:
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += merged
    about += "" if top else '<w:vAlign w:val="center"/>'
    more = ("<w:keepNext/>" if keep else "") + ('<w:jc w:val="center"/>' if middle else "")
    lines = "".join(paragraph(line, style, more) for line in (text.splitlines() or [""]))
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{lines}</w:tc>"


def paragraph(text: str, style: str = "", more: str = "") -> str:
    """A paragraph of one run; `more` is said of it beside its style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run_of(text)}</w:p>"


def run_of(text: str) -> str:
    """Marks that both scripts have are set as Chinese ones."""
    if not text:
        return ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r>'


LOW = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


TABLE_END = paragraph("", "TableEnd")
"""What Word wants between two tables, and where it ends a page."""


def plain(text: str) -> str:
    """Without the control characters that XML does not know."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
