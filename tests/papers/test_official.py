"""The official format (DOMAIN 8), read back from the file: page, type area, fonts, sizes, line pitch, page numbers."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import docx
import pypdf
import pytest
from docx.shared import Mm, Pt

from taizhang.papers import actions, official_word, pdf
from taizhang.papers.official import Annex, Clause, Official, indents, numeral
from taizhang.papers.paper import Line, Table
from tests.make import Cast

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paper() -> Official:
    table = Table("", ["片区", "党组织"], [["城南1", "示例小学"]])
    return Official(
        "关于开展督查的通知", "局属各基层党组织：", [Clause("具体通知如下："), Clause("一、督查时间", 1), Clause("（一）对象", 2), Clause("1. 各支部。", 3)],
        "中共示例局委员会", date(2018, 10, 9), issuer="中共示例局委员会文件", number="示委〔2018〕12号", attachments=["安排表", "要求"],
        annexes=[Annex("安排表", [table]), Annex("要求", [table], landscape=True)], receipt=[Line("签收人", "")],
        copies="区委组织部", printed_by="组织科",
    )  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Any:
    return docx.Document(io.BytesIO(official_word.written(_paper())))


def test_the_page_is_a4_with_a_type_area_of_156_by_225_mm(document: Any) -> None:
    first, last = document.sections[0], document.sections[-1]
    assert abs(first.page_width - Mm(210)) < Mm(0.1)
    assert abs(first.page_height - Mm(297)) < Mm(0.1)
    assert abs(first.top_margin - Mm(37)) < Mm(1)
    assert abs(first.left_margin - Mm(28)) < Mm(1)
    assert abs(first.page_width - first.left_margin - first.right_margin - Mm(156)) < Mm(1)
    assert abs(first.page_height - first.top_margin - first.bottom_margin - Mm(225)) < Mm(1)
    assert last.page_width > last.page_height


def _look(document: Any, text: str) -> tuple[str, float, float]:
    """Font, size and line pitch in points of the paragraph with this text."""
    found = next(p for p in document.paragraphs if p.text == text)
    fonts = found.runs[0]._r.rPr.rFonts
    return (
        fonts.get(f"{_W}eastAsia"),
        found.runs[0].font.size.pt,
        found.paragraph_format.line_spacing.pt,
    )


@pytest.mark.parametrize(
    ("text", "font", "size"),
    [
        ("关于开展督查的通知", "方正小标宋简体", 22),
        ("局属各基层党组织：", "仿宋_GB2312", 16),
        ("具体通知如下：", "仿宋_GB2312", 16),
        ("一、督查时间", "黑体", 16),
        ("（一）对象", "楷体_GB2312", 16),
        ("1. 各支部。", "仿宋_GB2312", 16),
        ("附件1", "黑体", 16),
        ("抄送：区委组织部。", "仿宋_GB2312", 14),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard(
    document: Any, text: str, font: str, size: float
) -> None:
    assert _look(document, text)[:2] == (font, size)


def test_twenty_two_lines_fill_the_type_area(document: Any) -> None:
    assert _look(document, "具体通知如下：")[2] == 28.95
    grid = document.sections[0]._sectPr.find(f"{_W}docGrid")
    assert abs(int(grid.get(f"{_W}linePitch")) / 20 * 22 - Mm(225).pt) < 2


def test_body_is_indented_two_characters_and_the_head_is_red(document: Any) -> None:
    body = next(p for p in document.paragraphs if p.text == "具体通知如下：")
    assert body.paragraph_format.first_line_indent == Pt(32)
    head = next(p for p in document.paragraphs if p.text == "中共示例局委员会文件")
    assert str(head.runs[0].font.color.rgb) == "D0021B"


def test_page_numbers_stand_outside_between_dashes(document: Any) -> None:
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer
    for paragraph, side in ((odd, "right"), (even, "left")):
        assert "".join(t.text for t in paragraph._p.iter(f"{_W}t")) == "— 1 —"
        assert paragraph._p.pPr.find(f"{_W}jc").get(f"{_W}val") == side


def test_the_date_has_no_leading_zeros_and_the_name_is_centred_above_it(document: Any) -> None:
    assert any(p.text == "2018年10月9日" for p in document.paragraphs)
    name, day = indents("中共示例局委员会", "2018年10月9日")
    assert (name + 8 / 2, day) == (4 + 6.5 / 2, 4.0)
    assert indents("示" * 30, "2018年10月9日")[0] == 2


def test_the_pdf_says_the_same() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.written(_paper())))
    text = "".join(page.extract_text() for page in reader.pages).replace(" ", "")
    for told in (
        "示委〔2018〕12号",
        "附件：1.安排表",
        "2018年10月9日",
        "回　执",
        "抄送：区委组织部。",
        "—1—",
    ):
        assert told in text


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 36)] == ["一", "十", "十一", "二十", "三十六"]


def test_no_grid_of_characters_makes_two_cells_of_one(document: Any) -> None:
    grids = [section._sectPr.find(f"{_W}docGrid") for section in document.sections]
    assert [grid.get(f"{_W}type") for grid in grids] == [None] * len(grids)
    body = next(p for p in document.paragraphs if p.text == "具体通知如下：")
    look = body.runs[0]._r.rPr
    assert look.find(f"{_W}spacing").get(f"{_W}val") == "-4"
    assert look.rFonts.get(f"{_W}hint") == "eastAsia"
    cells = [p for table in document.tables for p in table._tbl.iter(f"{_W}pStyle")]
    used = {document.styles.element.get_by_id(cell.get(f"{_W}val")) for cell in cells}
    assert used
    assert all(one.pPr.find(f"{_W}snapToGrid").get(f"{_W}val") == "0" for one in used)


def test_the_file_says_what_it_is_and_whose(people: Cast, now: datetime) -> None:
    data = actions.print_paper(
        paper=_paper(), form="docx", subject="s", actor=people.actor("office"), now=now
    )
    found = docx.Document(io.BytesIO(data))
    about = found.core_properties
    assert (about.title, about.author) == ("关于开展督查的通知", "中共示例局委员会")
    assert about.comments.startswith("日志校验：第")
    assert "日志校验" not in "".join(p.text for p in found.paragraphs)
    langs = [lang.get(f"{_W}val") for lang in found.styles.element.iter(f"{_W}lang")]
    assert set(langs) == {"zh-CN"}

    data = actions.print_paper(
        paper=_paper(), form="pdf", subject="s", actor=people.actor("office"), now=now
    )
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "关于开展督查的通知"
    assert "日志校验" in f"{reader.metadata.get('/Keywords')}"
    assert "日志校验" not in "".join(page.extract_text() for page in reader.pages)
