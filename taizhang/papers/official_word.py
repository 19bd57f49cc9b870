"""An official paper as Word, by GB/T 9704-2012; fonts are named as offices have them, and fall back where they lack."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from taizhang.papers import laid, word, word_styles
from taizhang.papers.official import Annex, Clause, Official, in_full, indents, issuer_size
from taizhang.papers.paper import Form

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
PITCH = 579
"""28.95 pt, in twentieths: 22 lines on 225 mm."""
_NARROWER = -4
"""Between characters of 16 pt, in twentieths: 28 characters on 156 mm. A grid of characters would make a cell narrower
than its character, and LibreOffice gives such a character two.
"""
_UPRIGHT, _LYING = laid.OFFICIAL, laid.OFFICIAL_LYING
_LEVELS = {0: FANG, 1: HEI, 2: KAI, 3: FANG}
_RED = "D0021B"
_EM = 320
"""A character of 16 pt, in twentieths."""


def written(paper: Official) -> bytes:
    """The document."""
    import docx  # noqa: PLC0415  (only papers need it)

    document = docx.Document()
    _base(document)
    body = document.element.body
    last = body.sectPr
    parts = [*_main(paper), *_annexes(paper), *_imprint(paper)]
    for element in word.elements(parts):
        last.addprevious(element)
    lying = bool(paper.annexes) and paper.annexes[-1].landscape
    _footers(document)
    _page(last, lying=lying)
    word.describe(document, paper.title, paper.signed, paper.trace)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _base(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    word_styles.add_table_styles(document, laid.OFFICIAL)


def _page(sect: Any, *, lying: bool) -> None:
    """Size, margins and the pitch of lines."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for old in sect.findall(f"{{{_NS}}}{tag.removeprefix('w:')}"):
            sect.remove(old)
    for xml in _page_parts(lying=lying):
        sect.append(parse_xml(xml.replace("/>", f" {word.NAMES}/>", 1)))


_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page_parts(*, lying: bool) -> list[str]:
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if lying else 'w:w="11906" w:h="16838"'
    margins = (
        'w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"'
        if lying
        else 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
    )
    return [
        f"<w:pgSz {size}/>",
        f'<w:pgMar {margins} w:header="851" w:footer="1304" w:gutter="0"/>',
        '<w:cols w:space="425"/>',
        f'<w:docGrid w:linePitch="{PITCH}"/>',
    ]


def _footers(document: Any) -> None:
    """— 1 — in 14 pt: odd pages right, even pages left, one character from the edge."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        look = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
        field = f'<w:fldSimple w:instr="PAGE"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
        dash = f'<w:r>{look}<w:t xml:space="preserve">%s</w:t></w:r>'
        xml = (
            f'<w:p {word.NAMES}><w:pPr><w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
            f"{dash % '— '}{field}{dash % ' —'}</w:p>"
        )
        old = footer.paragraphs[0]._p  # noqa: SLF001
        old.addprevious(parse_xml(xml))
        old.getparent().remove(old)


def paragraph(  # noqa: PLR0913  (a paragraph has as many sides)
    text: str, *, font: str = FANG, size: float = 16, align: str = "both", first: int = 0, right: int = 0,
    colour: str = "", before: int = 0, line: int = PITCH, new_page: bool = False, edge: str = "", bold: bool = False,
) -> str:  # fmt: skip
    """One paragraph; `first` and `right` are indents in twentieths, `edge` a border as XML."""
    about = "<w:pageBreakBefore/>" if new_page else ""
    about += f"<w:pBdr>{edge}</w:pBdr>" if edge else ""
    about += f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    chars = f' w:firstLineChars="{first * 100 // _EM}"' if first else ""
    about += f'<w:ind w:firstLine="{first}"{chars} w:right="{right}"/>' if first or right else ""
    about += f'<w:jc w:val="{align}"/>'
    look = f'<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
    look += "<w:b/>" if bold else ""
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += f'<w:spacing w:val="{_NARROWER}"/>' if size == 16 else ""
    look += f'<w:sz w:val="{int(size * 2)}"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(word.plain(text))}</w:t></w:r>'
    return f"<w:p><w:pPr>{about}</w:pPr>{run if text else ''}</w:p>"


def _title(text: str, *, before: int = 0) -> str:
    return paragraph(text, font=SONG, size=22, align="center", line=720, before=before)


def _main(paper: Official) -> Iterator[str]:
    if paper.issuer:
        yield paragraph(
            paper.issuer,
            font=SONG,
            size=issuer_size(paper.issuer),
            align="center",
            colour=_RED,
            line=900,
            before=1984,
        )
        yield paragraph("") * 2
        red = f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{_RED}"/>'
        yield paragraph(paper.number, align="center", edge=red)
        yield paragraph("") * 2
    elif paper.number:
        yield paragraph(paper.number, size=14, align="right")
    yield _title(paper.title)
    yield paragraph("")
    if paper.to:
        yield paragraph(paper.to)
    for clause in paper.body:
        yield _clause(clause)
    for block in paper.blocks:
        yield from word.block(block, _UPRIGHT)
    yield from _attachments(paper.attachments)
    yield from _signature(paper)
    if paper.receipt:
        cut = '<w:top w:val="dashed" w:sz="4" w:space="6" w:color="000000"/>'
        yield paragraph("回　执", font=HEI, size=14, align="center", before=240, edge=cut)
        yield from word.block(Form("", paper.receipt), _UPRIGHT)


def _clause(clause: Clause) -> str:
    return paragraph(clause.text, font=_LEVELS[clause.level], first=2 * _EM)


def _attachments(names: list[str]) -> Iterator[str]:
    if names:
        yield paragraph("")
    for at, name in enumerate(names):
        label = "附件：" if at == 0 else "　　　"
        no = f"{at + 1}. " if len(names) > 1 else ""
        yield paragraph(f"{label}{no}{name}", first=2 * _EM)


def _signature(paper: Official) -> Iterator[str]:
    if not (paper.signed or paper.dated):
        return
    dated = in_full(paper.dated) if paper.dated else ""
    name, day = indents(paper.signed, dated)
    yield paragraph("")
    yield paragraph(paper.signed, align="right", right=int(name * _EM))
    yield paragraph(dated, align="right", right=int(day * _EM))


def _annexes(paper: Official) -> Iterator[str]:
    """Each on a page of its own; a section ends before it, so that it may lie on its side."""
    before = False
    for at, annex in enumerate(paper.annexes):
        yield _section_end(lying=before)
        before = annex.landscape
        yield from _annex(annex, f"附件{at + 1 if len(paper.annexes) > 1 else ''}")


def _annex(annex: Annex, label: str) -> Iterator[str]:
    yield paragraph(label, font=HEI)
    yield paragraph("")
    yield _title(annex.title)
    for block in annex.blocks:
        yield from word.block(block, _LYING if annex.landscape else _UPRIGHT)


def _section_end(*, lying: bool) -> str:
    return f"<w:p><w:pPr><w:sectPr>{''.join(_page_parts(lying=lying))}</w:sectPr></w:pPr></w:p>"


def _imprint(paper: Official) -> Iterable[str]:
    """版记."""
    thick = 'w:val="single" w:sz="8" w:space="1" w:color="000000"'
    if paper.copies:
        yield paragraph(f"抄送：{paper.copies}。", size=14, edge=f"<w:top {thick}/>", before=PITCH)
    if paper.printed_by:
        dated = f"{in_full(paper.dated)}印发" if paper.dated else ""
        edges = f"<w:top {thick.replace('8', '6')}/><w:bottom {thick}/>"
        yield paragraph(f"{paper.printed_by}　　　　{dated}", size=14, edge=edges)
