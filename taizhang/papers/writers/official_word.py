"""An official paper as Word, by GB/T 9704-2012; fonts are named as offices have them, and fall back
where they lack.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil
from typing import Any, Literal

from taizhang.papers.marks import drawn as codes
from taizhang.papers.official import titles
from taizhang.papers.official.paper import (
    Annex,
    Official,
    breadth_of,
    has_imprint,
    in_full,
    indents,
    kept,
    look_of,
    printed,
    signatory_lines,
)
from taizhang.papers.paper import Block, Form
from taizhang.papers.writers import layout, pdf, turned
from taizhang.papers.writers.wordml import blocks, docx_base, word_styles
from taizhang.papers.writers.wordml.official_lines import (
    MM,
    OVER,
    TAB,
    TOGETHER,
    blank_line,
    edge_of,
    issuer_mark,
    line_height,
    run_of,
    styled,
    title_of,
)
from taizhang.papers.writers.wordml.official_styles import (
    EM,
    IMPRINT_LINE,
    LEVELS,
    LIST,
    PITCH,
    RED,
    SIGNER,
    add,
    numbered,
)

_UPRIGHT = round(layout.OFFICIAL.breadth * 20)
"""The breadth of the type area in twentieths of a point: 156 mm."""
_SMALL = 280
"""A character of 14 pt, in twentieths."""


def written(paper: Official, *, pattern: bool = False) -> bytes:
    """The document; of a pattern that others fill nobody knows how many pages it will have."""
    document = docx_base.blank()
    add(document)
    word_styles.add_table_styles(document, layout.OFFICIAL)
    last = document.element.body.sectPr
    for element in blocks.elements(_main(paper)):
        last.addprevious(element)
    before = False
    for at, annex in enumerate(paper.annexes):
        _end_section(last, lying=before)
        before = annex.landscape
        label = f"附件{at + 1 if len(paper.annexes) > 1 else ''}"
        for element in blocks.elements(_annex(annex, label)):
            last.addprevious(element)
    where = "here" if pattern and has_imprint(paper) else _place_of_imprint(paper)
    if where in ("upright", "even", "blank"):
        _end_section(last, lying=before)
        before = False
    for element in blocks.elements(_imprint_parts(paper, where)):
        last.addprevious(element)
    _no_blank_page(last)
    _page(last, lying=before)
    _heads_and_feet(document, paper)
    if where in ("even", "blank"):
        _on_an_even_page(document.sections[-1], numbered=where == "even")
    put_proof(document, paper)
    docx_base.describe(document, paper.title, paper.signed, paper.trace)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def put_proof(document: Any, paper: Official) -> None:
    """The code at the left of the signature: the last paragraph that says who signs."""
    signed = [one for one in document.paragraphs if one.text.strip() == paper.signed]
    if paper.proof and signed:
        place = codes.at_signature()
        codes.float_on(document.part, signed[-1]._p, paper.proof, *place, codes.PROOF)  # noqa: SLF001


# Pages


def _page_parts(*, lying: bool) -> list[str]:
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if lying else 'w:w="11906" w:h="16838"'
    margins = (
        'w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"'
        if lying
        else 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
    )
    return [
        f"<w:pgSz {size}/>",
        f'<w:pgMar {margins} w:header="{int(30 * MM)}" w:footer="{int(20 * MM)}" w:gutter="0"/>',
        '<w:cols w:space="425"/>',
        f'<w:docGrid w:linePitch="{PITCH}"/>',
    ]


def _page(sect: Any, *, lying: bool) -> None:
    """Size, margins and the pitch of lines."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for old in sect.findall(qn(tag)):
            sect.remove(old)
    for xml in _page_parts(lying=lying):
        sect.append(parse_xml(xml.replace("/>", f" {docx_base.NAMES}/>", 1)))


def _end_section(last: Any, *, lying: bool) -> None:
    """The section ends with the last paragraph: one of its own could come to stand
    alone on a page.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415

    sect = parse_xml(f"<w:sectPr {docx_base.NAMES}>{''.join(_page_parts(lying=lying))}</w:sectPr>")
    _no_blank_page(last).get_or_add_pPr().append(sect)


def _no_blank_page(last: Any) -> Any:
    """The paragraph before the end of a section; below a table it is a point high, which the
    fullest page still has.
    """
    from docx.oxml.ns import qn  # noqa: PLC0415

    before = last.getprevious()
    if before.tag == qn("w:p") and any(node.text for node in before.iter(qn("w:t"))):
        return before
    if before.tag == qn("w:p"):
        last.getparent().remove(before)
    (end,) = blocks.elements([styled("OfficialEnd")])
    last.addprevious(end)
    return end


def _heads_and_feet(document: Any, paper: Official) -> None:
    """— 1 — in 14 pt, odd pages right, even pages left, one character from the edge; the first page
    of a 信函 has its head.
    """
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _fill(section.footer, [_page_number("right")])
    _fill(section.even_page_footer, [_page_number("left")])
    if look_of(paper) == "letter":
        section.different_first_page_header_footer = True
        _fill(section.first_page_header, _letter_head(paper))
        foot = styled(
            "OfficialPage",
            about=f"{edge_of('bottom', 'thinThickSmallGap', 0)}{line_height(20)}{OVER}",
        )
        _fill(section.first_page_footer, [foot])
    _turn_numbers(list(document.sections))


def _turn_numbers(sections: list[Any]) -> None:
    """Those of pages that lie; behind them stand the others as before."""
    for before, section in pairwise(sections):
        lies = section.page_width > section.page_height
        if lies == (before.page_width > before.page_height):
            continue
        for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            told = _page_number(side, high=_SMALL if lies else 0)
            _fill(
                foot,
                [turned.number(told, turned.OFFICIAL, _SMALL), styled("OfficialEnd")]
                if lies
                else [told],
            )


def _fill(part: Any, parts: Iterable[str]) -> None:
    part.is_linked_to_previous = False
    old = part.paragraphs[0]._p  # noqa: SLF001
    for element in blocks.elements(parts):
        old.addprevious(element)
    old.getparent().remove(old)


def _page_number(side: str, high: int = 0) -> str:
    """With a line of this height, or one that stands on the foot of the page."""
    field = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    spacing = line_height(high) if high else f'<w:spacing w:after="{int(3 * MM)}"/>'
    about = f'{spacing}<w:ind w:{side}="{_SMALL}"/><w:jc w:val="{side}"/>'
    return styled("OfficialPage", f"{run_of('— ')}{field}{run_of(' —')}", about=about)


# Paragraphs


# Heads


def _letter_head(paper: Official) -> Iterator[str]:
    mark, high = issuer_mark(paper)
    edge = edge_of("bottom", "thickThinSmallGap", 11)
    yield styled("OfficialMark", mark, about=f"{edge}{line_height(high)}{OVER}")


def _head(paper: Official) -> Iterator[str]:
    look = look_of(paper)
    if look == "file":
        mark, high = issuer_mark(paper)
        yield styled("OfficialMark", mark, about=line_height(high, before=int(35 * MM)))
        yield blank_line() * 2
        edge = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{RED}"/></w:pBdr>'
        yield from _numbers(paper, "center", edge=edge)
        yield blank_line() * 2
    elif paper.number or paper.signatories:
        below = '<w:spacing w:before="100"/>' if look == "letter" else ""
        yield from _numbers(paper, "right", before=below)
        yield blank_line() * (2 if look == "letter" else 1)


def _numbers(paper: Official, align: str, edge: str = "", before: str = "") -> Iterator[str]:
    """The number; of what goes upwards with those who sign, in the last of their lines."""
    if not paper.signatories:
        yield styled(
            "OfficialNumber", run_of(paper.number), about=f'{edge}{before}<w:jc w:val="{align}"/>'
        )
        return
    rows = signatory_lines(paper.signatories)
    widest = [max(breadth_of(row[n]) for row in rows if n < len(row)) for n in range(len(rows[0]))]
    stops = [_UPRIGHT - EM - int((4 + sum(widest) + len(widest) - 1) * EM)]
    stops.append(stops[0] + 4 * EM)
    stops += [stops[1] + int((widest[0] + 1) * EM)] * (len(widest) - 1)
    tabs = "".join(f'<w:tab w:val="left" w:pos="{at}"/>' for at in [EM, *stops])
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        number = run_of(paper.number) if last and paper.number else ""
        label = run_of("签发人：") if at == 0 else ""
        names = "".join(f"{TAB}{run_of(name, style=SIGNER)}" for name in row)
        about = f"{edge if last else ''}<w:tabs>{tabs}</w:tabs>{before if at == 0 else ''}"
        yield styled("OfficialSigner", f"{TAB}{number}{TAB}{label}{names}", about=about)


# Text


def _main(paper: Official) -> Iterator[str]:
    yield from _head(paper)
    yield title_of(titles.lines(paper.title))
    yield blank_line(keep=True)
    if paper.to:
        yield styled("OfficialTo", run_of(paper.to), keep=True)
    yield from _body(paper)
    yield from _blocks(paper.blocks, layout.OFFICIAL)
    yield from _enclosed(paper)
    yield from _signature(paper)
    if paper.receipt:
        cut = '<w:pBdr><w:top w:val="dashed" w:sz="4" w:space="6" w:color="000000"/></w:pBdr>'
        yield styled(
            "OfficialReceipt",
            run_of("回　执"),
            keep=True,
            about=f'{cut}<w:spacing w:before="240"/>',
        )
        yield from _blocks([Form("", paper.receipt)], layout.OFFICIAL)


def _body(paper: Official) -> Iterator[str]:
    ends = _with_signature(paper)
    last = max(ends, default=-1)
    clauses = zip(numbered(paper.body), kept(paper.body), strict=True)
    for at, ((clause, level), keep) in enumerate(clauses):
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{LIST}"/></w:numPr>'
        yield styled(
            LEVELS[clause.level],
            run_of(clause.text),
            keep=keep or at in ends,
            about=(TOGETHER if at == last else "") + ("" if level is None else listed),
        )


def _with_signature(paper: Official) -> set[int]:
    """The clauses at the end that stay with name and date: so many that they have two lines, but
    never the first.
    """
    found: set[int] = set()
    if not (paper.signed or paper.dated) or paper.blocks:
        return found
    gathered = 0
    for at in range(len(paper.body) - 1, 0, -1):
        if gathered >= 2:
            break
        found.add(at)
        gathered += 1 if 2 + breadth_of(paper.body[at].text) <= 28 else 2
    return found


def _blocks(shown: list[Block], area: layout.Area) -> Iterator[str]:
    for block in shown:
        yield from blocks.block(block, area)


def _enclosed(paper: Official) -> Iterator[str]:
    """附件说明: what does not fit in a line goes on below the first character of the name."""
    names = paper.attachments
    keep = bool(paper.signed or paper.dated)
    if names:
        yield blank_line(keep=keep)
    for at, name in enumerate(names):
        label = "附件：" if at == 0 else "　　　"
        label += f"{at + 1}. " if len(names) > 1 else ""
        hang = (4 if len(names) > 1 else 3) * EM
        about = f'<w:ind w:left="{2 * EM + hang}" w:hanging="{hang}"/>'
        yield styled("OfficialEnclosures", run_of(label + name), keep=keep, about=about)


def _signature(paper: Official) -> Iterator[str]:
    dated = in_full(paper.dated) if paper.dated else ""
    name, day = indents(paper.signed, dated, seal=paper.seal)
    below = bool(paper.contact or paper.receipt)
    if paper.signed or dated:
        yield blank_line(keep=True) * (2 if paper.seal else 1)
    if paper.signed:
        about = f'<w:ind w:right="{int(name * EM)}"/>'
        yield styled("OfficialSigned", run_of(paper.signed), keep=bool(dated or below), about=about)
    if dated:
        about = f'<w:ind w:right="{int(day * EM)}"/>'
        yield styled("OfficialSigned", run_of(dated), keep=below, about=about)
    if paper.contact:
        yield styled("OfficialContact", run_of(f"（{paper.contact}）"), keep=bool(paper.receipt))


def _annex(annex: Annex, label: str) -> Iterator[str]:
    """On a page of its own, its title on the third line."""
    yield styled("OfficialAnnex", run_of(label), keep=True)
    yield blank_line(keep=True)
    yield title_of(titles.lines(annex.title, titles.room(lying=annex.landscape)))
    yield blank_line(keep=True)
    yield from _blocks(annex.blocks, layout.OFFICIAL_LYING if annex.landscape else layout.OFFICIAL)


# 版记


def _place_of_imprint(paper: Official) -> Literal["", "here", "next", "upright", "even", "blank"]:
    """Where the 版记 stands: at the foot of the page on which all else ends, on the next one, or on
    one that stands upright behind an annex that lies. That of a 文件, which is printed on both sides,
    stands on an even page: of this one or the next even one, which may leave a page blank, the PDF
    has to tell.
    """
    if not has_imprint(paper):
        return ""
    if look_of(paper) == "file":
        page = pdf.page_of_imprint(paper)
        return "here" if page == "with text" else "even" if page == "next" else "blank"
    if paper.annexes and paper.annexes[-1].landscape:
        return "upright"
    room = not paper.annexes or _room_below(paper.annexes[-1]) >= _imprint_height(paper)
    return "here" if room else "next"


def _imprint_parts(paper: Official, where: str) -> Iterator[str]:
    """The 版记, behind the beginning of its page where it has one of its own."""
    if where in ("upright", "even", "blank", "next"):
        yield styled("OfficialEnd", about="<w:pageBreakBefore/>" if where == "next" else "")
    if where:
        yield _imprint(paper)


def _on_an_even_page(section: Any, *, numbered: bool) -> None:
    """Word leaves a blank page before it where it has to; then neither has a number (GB/T 9704
    7.5).
    """
    from docx.enum.section import WD_SECTION_START  # noqa: PLC0415

    section.start_type = WD_SECTION_START.EVEN_PAGE
    for foot in () if numbered else (section.footer, section.even_page_footer):
        _fill(foot, [styled("OfficialEnd")])


def _imprint(paper: Official) -> str:
    """A table that stands on the foot of the last page, wherever the text ends. Its place is
    counted from the edge of the paper, for LibreOffice lets a table as broad as the text float only
    then.
    """
    breadth, left = _UPRIGHT, 1588
    rows = list(_imprint_rows(paper, breadth))
    lined = look_of(paper) != "letter"
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{breadth}" w:type="dxa"/>'
        f"{_edges(at, len(rows)) if lined else ''}</w:tcPr>{row}</w:tc></w:tr>"
        for at, row in enumerate(rows)
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" '
        'w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{breadth}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" '
        'w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{breadth}"/></w:tblGrid>{cells}</w:tbl>'
    )


def _imprint_height(paper: Official) -> float:
    """In points, and a line more than it should be: what does not fit drives a table
    off its page.
    """
    lines = ceil((3 + breadth_of(paper.copies)) / 27) if paper.copies else 0
    return (lines + bool(paper.printed_by) + bool(paper.imprint) + 1.5) * IMPRINT_LINE / 20


def _room_below(annex: Annex) -> float:
    """How much of the last page of an annex is free, in points."""
    area = layout.OFFICIAL_LYING if annex.landscape else layout.OFFICIAL
    lines = len(titles.lines(annex.title, titles.room(lying=annex.landscape)))
    used = 3 * PITCH / 20 + 36 * lines
    for high in (high for block in annex.blocks for high in layout.heights(block, area)):
        used = used + high if used + high <= area.height else high
    return area.height - used


def _edges(at: int, rows: int) -> str:
    """First and last line 0.35 mm, between them 0.25 mm."""
    top, bottom = (8 if at == 0 else 6), (8 if at == rows - 1 else 6)
    return (
        f'<w:tcBorders><w:top w:val="single" w:sz="{top}" w:color="000000"/>'
        f'<w:bottom w:val="single" w:sz="{bottom}" w:color="000000"/></w:tcBorders>'
    )


def _imprint_rows(paper: Official, breadth: int) -> Iterator[str]:
    beside = f'<w:ind w:left="{_SMALL}" w:right="{_SMALL}"/>'
    if paper.copies:
        hang = f'<w:ind w:left="{4 * _SMALL}" w:right="{_SMALL}" w:hanging="{3 * _SMALL}"/>'
        yield styled("OfficialImprint", run_of(f"抄送：{paper.copies}。"), about=hang)
    if paper.printed_by and look_of(paper) != "letter":
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{breadth - _SMALL}"/></w:tabs>'
        runs = f"{run_of(paper.printed_by)}{TAB}{run_of(printed(paper))}"
        yield styled("OfficialImprint", runs, about=f"{tab}{beside}")
    if paper.imprint:
        yield styled("OfficialImprint", run_of(paper.imprint), about=beside)
