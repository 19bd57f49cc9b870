"""Ballots as Word: a table whose cells are cut apart, each of a fixed height."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.writers.wordml import blocks, docx_base

_SONG, _HEI, _FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
_MM = 56.7
_BREADTH, _HEIGHT = 180, 131
"""Of the page and of half of it, in mm."""


def written(paper: Ballot) -> bytes:
    """The document."""
    from docx.shared import Mm  # noqa: PLC0415

    document = docx_base.blank()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    body = document.element.body
    for element in blocks.elements(_parts(paper)):
        body.insert(len(body) - 1, element)
    docx_base.describe(document, paper.title, "", "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _parts(paper: Ballot) -> Iterator[str]:
    across = 2 if paper.per_page == 4 else 1
    down = 1 if paper.per_page == 1 else 2
    high = _HEIGHT * 2 // down
    cell = f"<w:tc>{_ballot(paper, _BREADTH // across)}</w:tc>"
    yield _table([_BREADTH / across] * across, [_row([cell] * across, high)] * down, cut=True)
    if paper.guide:
        yield _text(
            "选票印制和使用说明（不发给选举人）", _HEI, 16, middle=True, after=12, new_page=True
        )
        for at, line in enumerate(paper.guide, start=1):
            yield _text(f"{at}. {line}", _FANG, 12, after=6)


def _ballot(paper: Ballot, breadth: int) -> str:
    small = paper.per_page == 4
    size = 9 if small else 10.5
    titles = [paper.of, paper.name] if small else [paper.title]
    parts = [_text(title, _SONG, 14 if small else 18, middle=True) for title in titles]
    parts.append(_text("", _FANG, 4))
    for names in paper.bands:
        parts += [_band(names, breadth - 8, small=small), _text("", _FANG, 4)]
    parts.append(_text("说明：", _HEI, size))
    parts += [_text(f"{at}. {note}", _FANG, size) for at, note in enumerate(paper.notes, start=1)]
    parts.append(_text(f"{paper.issuer}（盖章）", _FANG, size, right=True, before=24))
    parts.append(_text(paper.dated, _FANG, size, right=True))
    return "".join(parts)


def _band(names: list[tuple[str, str]], breadth: int, *, small: bool) -> str:
    label = 8 if small else 12
    one = (breadth - label) / len(names)
    groups = ((head, len(list(rows))) for head, rows in groupby(names, key=lambda row: row[0]))
    heads = [_cell("", _HEI, 9), *(_cell(head, _HEI, 9, span=n) for head, n in groups)]
    signs = [_cell("符号", _HEI, 9), *[_cell("", _FANG, 16)] * len(names)]
    said = [_cell("姓名", _HEI, 9), *(_cell(name, _FANG, 16) for _, name in names)]
    rows = [_row(heads, 7), _row(signs, 13 if small else 14), _row(said, 11 if small else 12)]
    return _table([label, *[one] * len(names)], rows, cut=False)


def _table(widths: list[float], rows: Iterable[str], *, cut: bool) -> str:
    line = (
        'w:val="dashed" w:sz="4" w:color="888888"'
        if cut
        else 'w:val="single" w:sz="6" w:color="000000"'
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f"<w:{side} {line}/>" for side in sides)
    columns = "".join(f'<w:gridCol w:w="{int(width * _MM)}"/>' for width in widths)
    inset = int((4 if cut else 0.4) * _MM)
    margins = "".join(f'<w:{side} w:w="{inset}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{int(sum(widths) * _MM)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], high: float) -> str:
    about = f'<w:cantSplit/><w:trHeight w:val="{int(high * _MM)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, font: str, size: float, *, span: int = 1) -> str:
    about = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inside = _text(text, font, size, middle=True)
    return f'<w:tc><w:tcPr>{about}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def _text(  # noqa: PLR0913  (a paragraph has as many sides)
    text: str,
    font: str,
    size: float,
    *,
    middle: bool = False,
    right: bool = False,
    before: int = 0,
    after: int = 0,
    new_page: bool = False,
) -> str:
    about = "<w:pageBreakBefore/>" if new_page else ""
    about += '<w:snapToGrid w:val="0"/>'
    about += (
        f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" '
        f'w:line="{int(size * 27)}" w:lineRule="exact"/>'
    )
    about += f'<w:jc w:val="{"center" if middle else "right" if right else "left"}"/>'
    look = (
        '<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{font}"/>'
    )
    look += f'<w:sz w:val="{int(size * 2)}"/>'
    said = (
        f"<w:r><w:rPr>{look}</w:rPr><w:t "
        f'xml:space="preserve">{escape(blocks.plain(text))}</w:t></w:r>'
    )
    return f"<w:p><w:pPr>{about}</w:pPr>{said if text else ''}</w:p>"
