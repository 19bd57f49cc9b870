"""A paper as Word, for those who go on writing in it; built as XML, for a book has thousands of cells."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from taizhang.papers import docx_base
from taizhang.papers.paper import Block, Drawing, Form, Note, Paper, Table

NAMES = docx_base.NAMES
_SERIF, _SANS = "仿宋_GB2312", "黑体"
_BREADTH = 9355
"""The breadth of the text in twentieths of a point: A4 less its margins."""

_LONG_SIDE = 14287


def written(paper: Paper) -> bytes:
    """The document."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    document = docx_base.blank()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(25),
        Mm(20),
        Mm(25),
        Mm(22),
    )
    _style(document)
    _number_pages(section, paper.footer)
    if paper.landscape:
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE
    body = document.element.body
    breadth = _LONG_SIDE if paper.landscape else _BREADTH
    for element in elements(_parts(paper, breadth)):
        body.insert(len(body) - 1, element)
    docx_base.describe(document, paper.title or _title_of(paper), "", "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _title_of(paper: Paper) -> str:
    """The title of the first block, where the paper itself has none."""
    titles = (block.title for block in paper.blocks if isinstance(block, Form | Table))
    return next((title for title in titles if title), paper.footer)


def _style(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name, font, size in (
        ("Normal", _SERIF, 10.5),
        ("Heading 1", _SANS, 16),
        ("Heading 2", _SANS, 13),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _number_pages(section: Any, footer: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415

    field = f'<w:fldSimple {NAMES} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{footer}　　第 ")
    paragraph._p.append(parse_xml(field))  # noqa: SLF001
    paragraph.add_run(" 页")


def elements(parts: Iterable[str]) -> Iterable[Any]:
    """What the XML of paragraphs and tables says, ready for a document's body."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    whole: Any = parse_xml(f"<w:body {NAMES}>{''.join(parts)}</w:body>")
    return list(whole)


def _parts(paper: Paper, breadth: int) -> Iterable[str]:
    if not paper.chapters:
        yield _paragraph(paper.title, font=_SANS, size=16, middle=True)
        if paper.subtitle:
            yield _paragraph(paper.subtitle, middle=True)
        for part in paper.blocks:
            yield from block(part, breadth)
        return
    yield from _cover(paper)
    for chapter in paper.chapters:
        yield _paragraph(chapter.heading, style="Heading1", new_page=True)
        for section in chapter.sections:
            yield _paragraph(section.heading, style="Heading2")
            if section.asked:
                yield _paragraph(f"台账要求：{section.asked}", size=9)
            for part in section.blocks:
                yield from block(part)


def _cover(paper: Paper) -> Iterable[str]:
    yield _paragraph("") * 8
    yield _paragraph(paper.title, font=_SANS, size=30, middle=True)
    yield _paragraph(paper.subtitle, size=16, middle=True)
    yield _paragraph("") * 10
    for line in paper.about:
        yield _paragraph(line, size=13, middle=True)
    yield _paragraph("目　录", font=_SANS, size=16, middle=True, new_page=True)
    for chapter in paper.chapters:
        yield _paragraph(chapter.heading, font=_SANS)
        for section in chapter.sections:
            yield _paragraph(f"　　{section.heading}")


def block(block: Block, breadth: int = _BREADTH) -> Iterable[str]:
    """A form, a table or a paragraph, as XML."""
    if isinstance(block, Note):
        yield _paragraph(block.text)
        return
    if isinstance(block, Drawing):
        block = block.instead
    if block.title:
        yield _paragraph(block.title, font=_SANS, size=11, middle=True)
    if isinstance(block, Form):
        label = breadth * 14 // 100
        yield _table([label, breadth // 2 - label] * 2, _form_rows(block))
        if block.signs:
            yield _paragraph("　　　　　　　　".join(f"{sign}：" for sign in block.signs))
    else:
        yield _grid(block, breadth)
        if block.foot:
            yield _paragraph(block.foot, size=9)
    yield _paragraph("", size=6)


def _form_rows(block: Form) -> Iterable[str]:
    pair: list[str] = []
    for line in block.lines:
        label, text = _cell(line.label, font=_SANS, size=9), _cell(line.text)
        if line.wide:
            if pair:
                yield _row([*pair, _cell(""), _cell("")])
                pair = []
            yield _row([label, _cell(line.text, span=3)], high=line.high)
            continue
        pair += [label, text]
        if len(pair) == 4:
            yield _row(pair)
            pair = []
    if pair:
        yield _row([*pair, _cell(""), _cell("")])


def _grid(block: Table, breadth: int) -> str:
    n = len(block.columns)
    size = 6.5 if n > 12 else 7.5 if n > 8 else 9
    shares = block.widths if len(block.widths) == n else [1.0] * n
    widths = [int(breadth * share / sum(shares)) for share in shares]
    head = _row([_cell(c, font=_SANS, size=size) for c in block.columns], head=True)
    rows = (_row([_cell(c, size=size) for c in row], high=block.high) for row in block.rows)
    return _table(widths, [head, *rows])


def _table(widths: list[int], rows: Iterable[str]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="444444"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(cells: list[str], *, head: bool = False, high: int = 0) -> str:
    about = "<w:cantSplit/>"
    about += f'<w:trHeight w:val="{high * 57}"/>' if high else ""
    about += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, *, font: str = "", size: float = 10, span: int = 1) -> str:
    about = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    lines = "".join(_paragraph(line, font=font, size=size) for line in (text.splitlines() or [""]))
    return f"<w:tc>{about}{lines}</w:tc>"


def _paragraph(
    text: str,
    *,
    font: str = "",
    size: float = 0,
    middle: bool = False,
    style: str = "",
    new_page: bool = False,
) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    about += "<w:pageBreakBefore/>" if new_page else ""
    about += '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"/>' if not style else ""
    about += '<w:jc w:val="center"/>' if middle else ""
    named = f' w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"' if font else ""
    look = f'<w:rFonts w:hint="eastAsia"{named}/>'
    look += f'<w:sz w:val="{int(size * 2)}"/>' if size else ""
    run = (
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r>'
        if text
        else ""
    )
    return f"<w:p><w:pPr>{about}</w:pPr>{run}</w:p>"


def plain(text: str) -> str:
    """Without the control characters that XML does not know."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
