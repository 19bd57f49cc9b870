"""A paper as Word, for those who go on writing in it; built as XML, for a book has thousands of
cells.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from taizhang.papers.documents import attached
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.marks import drawn as codes
from taizhang.papers.measures import breadths
from taizhang.papers.paper import Block, Chapter, Form, Note, Paper, Section, Table
from taizhang.papers.writers import layout, pdf, turned
from taizhang.papers.writers.wordml import docx_base, word_styles
from taizhang.papers.writers.wordml.blocks import (
    LOW,
    MM,
    TABLE_END,
    block,
    elements,
    paragraph,
    run_of,
)

_FOOT_LINE = 240
"""The line at the foot of a page, in twentieths of a point."""


def written(paper: Paper | Ballot) -> bytes:
    """The document."""
    if isinstance(paper, Ballot):
        from taizhang.papers.writers import ballot_word  # noqa: PLC0415  (which draws with what stands here)

        return ballot_word.written(paper)
    paper = layout.readable(paper)
    document = docx_base.blank()
    word_styles.set_styles(document)
    last = document.element.body.sectPr
    for element in elements(_parts(paper)):
        last.addprevious(element)
    _page(last, paper)
    for section in list(document.sections)[1 if paper.chapters else 0 :]:
        _number_pages(section, paper)
    attached.add_to(document, paper)
    _add_codes(document, paper)
    docx_base.describe(document, paper.title or _title_of(paper), "", "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_codes(document: Any, paper: Paper) -> None:
    """At the head of each page of a single form; of a book on the cover and beside the heads of the
    items.
    """
    first = document.sections[0]
    if paper.mark and paper.chapters:
        place = codes.on_page(210 - 20 - codes.SIDE, 297 - 22 - codes.SIDE)
        codes.float_on(document.part, document.paragraphs[0]._p, paper.mark, *place)  # noqa: SLF001
    elif paper.mark:
        place = codes.on_page(first.page_width.mm - 20 - codes.SIDE, 5)
        header = first.header
        header.is_linked_to_previous = False
        codes.float_on(header.part, header.paragraphs[0]._p, paper.mark, *place)  # noqa: SLF001
    sections = [section for chapter in paper.chapters for section in chapter.sections]
    paragraphs: list[Any] = document.paragraphs if sections else []
    heads = [one for one in paragraphs if one.style.style_id == "Heading2"]
    for section, head in zip(sections, heads, strict=True):
        if section.mark:
            area = layout.LYING if section.lying else layout.UPRIGHT
            place = codes.beside_paragraph(area.breadth / 72 * 25.4 - codes.SIDE)
            codes.float_on(document.part, head._p, section.mark, *place)  # noqa: SLF001


def _title_of(paper: Paper) -> str:
    """The title of the first block, where the paper itself has none."""
    titles = (block.title for block in paper.blocks if isinstance(block, Form | Table))
    return next((title for title in titles if title), paper.footer)


def _page_parts(*, lying: bool, bound: bool = False) -> str:
    """A page that lies in a book is bound at its head."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if lying else 'w:w="11906" w:h="16838"'
    edges = (22, 23, 25, 22, 12) if lying and bound else (25, 20, 25, 22, 12)
    left, right, top, bottom, foot = (round(mm * MM) for mm in edges)
    margins = f'w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
    return f'<w:pgSz {size}/><w:pgMar {margins} w:header="720" w:footer="{foot}" w:gutter="0"/>'


def _page(sect: Any, paper: Paper) -> None:
    """A4 with its margins; of a book these are the pages at its end."""
    for old in list(sect):
        sect.remove(old)
    runs = _runs(paper)
    told = _book_page_parts(runs[-1], len(runs) - 1) if runs else _page_parts(lying=paper.landscape)
    for element in elements([told]):
        sect.append(element)


def _book_page_parts(run: _Run, at: int) -> str:
    """A book begins to count after cover and contents."""
    counted = "" if at else '<w:pgNumType w:start="1"/>'
    return _page_parts(lying=run.lying, bound=True) + counted


def _number_pages(section: Any, paper: Paper) -> None:
    field = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    before, after = ("— ", " —") if paper.chapters else ("第 ", " 页")
    number = f"{run_of(before)}{field}{run_of(after)}"
    breadth = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{breadth}"/></w:tabs>'
    foot = _paragraph_of(number, '<w:jc w:val="right"/>')
    if paper.chapters and section.page_width > section.page_height:
        parts = [turned.number(foot, turned.BOOK, _FOOT_LINE), paragraph("", "TableEnd", LOW)]
    else:
        parts = [_paragraph_of(f"{run_of(paper.footer)}<w:r><w:tab/></w:r>{number}", tab)]
    footer = section.footer
    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._p  # noqa: SLF001
    for element in elements(parts):
        old.addprevious(element)
    old.getparent().remove(old)


def _paragraph_of(runs: str, about: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{about}</w:pPr>{runs}</w:p>'


def _parts(paper: Paper) -> Iterator[str]:
    if paper.chapters:
        yield from _book(paper)
        return
    area = layout.LYING if paper.landscape else layout.UPRIGHT
    if paper.title:
        yield paragraph(paper.title, "Title")
    if paper.subtitle:
        yield paragraph(paper.subtitle, "Subtitle")
    for part, noted in _noted(paper.blocks):
        yield from block(part, area, noted=noted, last=part is paper.blocks[-1])


def _noted(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether a note stands below it, which stays with it."""
    for at, part in enumerate(blocks):
        yield part, at + 1 < len(blocks) and isinstance(blocks[at + 1], Note)


@dataclass
class _Run:
    """Sections that follow each other on pages that lie or stand alike, and the chapters that begin
    among them.
    """

    lying: bool
    sections: list[tuple[Chapter | None, Section | None]] = field(default_factory=list)


def _runs(paper: Paper) -> list[_Run]:
    found: list[_Run] = []
    for chapter in paper.chapters:
        for at, section in enumerate(chapter.sections or [None]):
            lying = section is not None and section.lying
            if not found or found[-1].lying != lying:
                found.append(_Run(lying))
            found[-1].sections.append((None if at else chapter, section))
    return found


def _book(paper: Paper) -> Iterator[str]:
    """Each run of pages ends with its last paragraph: one of its own could come to stand alone on a
    page.
    """
    yield from _cover(paper)
    mark = count()
    runs = _runs(paper)
    for at, run in enumerate(runs):
        parts = _run_of_sections(run, mark)
        if parts[-1] == TABLE_END:
            parts[-1] = paragraph("", "TableEnd", LOW)
        if at < len(runs) - 1:
            sect = f"<w:sectPr>{_book_page_parts(run, at)}</w:sectPr></w:pPr>"
            parts[-1] = parts[-1].replace("</w:pPr>", sect, 1)
        yield from parts


def _run_of_sections(run: _Run, mark: Iterator[int]) -> list[str]:
    area = layout.LYING if run.lying else layout.UPRIGHT
    found: list[str] = []
    for at, (chapter, section) in enumerate(run.sections):
        if chapter:
            if found and found[-1] == TABLE_END:
                # the heading itself stands behind the table, and on a full page has no room to take
                found.pop()
            found.append(_heading(chapter.heading, 1, next(mark), new_page=at > 0))
        if section is None:
            continue
        found += _item_head(section, next(mark), area)
        for part, noted in _noted(section.blocks):
            found += block(part, area, noted=noted)
    return found


def _heading(text: str, level: int, mark: int, *, new_page: bool = False, more: str = "") -> str:
    more = "<w:pageBreakBefore/>" + more if new_page else more
    start = f'<w:bookmarkStart w:id="{mark}" w:name="_Toc{mark}"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/>{more}</w:pPr>{start}{run_of(text)}'
        f'<w:bookmarkEnd w:id="{mark}"/></w:p>'
    )


def _cover(paper: Paper) -> Iterator[str]:
    """Cover and contents: a part of its own, without page numbers."""
    yield paragraph(paper.title, "CoverTitle")
    yield paragraph(paper.subtitle, "CoverName")
    for line in paper.about:
        yield paragraph(line, "CoverLine")
    yield paragraph("目　录", "ContentsTitle", "<w:pageBreakBefore/>")
    headings = [
        (level, heading)
        for chapter in paper.chapters
        for level, heading in [(1, chapter.heading), *((2, s.heading) for s in chapter.sections)]
    ]
    pages = pdf.pages_of_headings(paper)
    yield _field_paragraph("begin", 'TOC \\o "1-2" \\h \\z \\u')
    high = int(layout.contents_pitch(paper) * 20)
    for mark, ((level, heading), page) in enumerate(zip(headings, pages, strict=True)):
        yield _contents_line(level, heading, mark, page, high)
    yield _field_paragraph("end")
    yield (
        "<w:p><w:pPr><w:pStyle "
        f"w:val='TableEnd'/><w:sectPr>{_page_parts(lying=False)}</w:sectPr></w:pPr></w:p>"
    )


def _field(kind: str, instruction: str = "") -> str:
    told = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    begun = f'{told}<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if instruction else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{begun}'


def _field_paragraph(kind: str, instruction: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr>{_field(kind, instruction)}</w:p>'


def _contents_line(level: int, heading: str, mark: int, page: int, high: int) -> str:
    """A line of the contents with the page on which the heading stands; Word computes it again when
    it renews its fields.
    """
    told = _field("begin", f"PAGEREF _Toc{mark} \\h") + run_of(f"{page}") + _field("end")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/><w:spacing w:line="{high}" '
        'w:lineRule="exact"/></w:pPr>'
        f'<w:hyperlink w:anchor="_Toc{mark}" w:history="1">'
        f"{run_of(heading)}<w:r><w:tab/></w:r>{told}</w:hyperlink></w:p>"
    )


_FREE = layout.FREE * MM
"""Of the square at the right of an item's head, in twentieths."""


def _item_head(section: Section, mark: int, area: layout.Area) -> Iterator[str]:
    """Heading and requirement of an item beside its free square, at least as high as it."""
    if not section.marked:
        yield _heading(section.heading, 2, mark)
        return
    asked = f"台账要求：{section.asked}" if section.asked else ""
    aside = f'<w:ind w:right="{round(_FREE + 4 * MM)}"/>'
    lines = breadths.lines_of(asked, area.breadth - (_FREE + 4 * MM) / 20, 9) if asked else 0
    head = 32 if asked else 28
    rest = max(round(_FREE + (7 - head - lines * 9 * layout.PITCH) * 20), 60)
    after = f'<w:spacing w:after="{rest}"/>{aside}'
    yield _heading(section.heading, 2, mark, more=aside if asked else after)
    if asked:
        yield paragraph(asked, "Asked", after)
