"""The official format (DOMAIN 8), read back from the file: page, type area, fonts, sizes, line
pitch, page numbers.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import docx
import pypdf
import pytest
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from taizhang.documents.blocks import Paragraph as Read
from taizhang.documents.word import read as read_docx
from taizhang.notices import read
from taizhang.papers import actions
from taizhang.papers.official.paper import Annex, Clause, Official, breadth_of, indents, numeral
from taizhang.papers.paper import Line, Table
from taizhang.papers.writers import official_word, pdf
from tests.make import Cast

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paper() -> Official:
    table = Table("", ["片区", "党组织"], [["城南1", "示例小学"]])
    return Official(
        "关于开展督查的通知", "局属各基层党组织：", [Clause("具体通知如下："), Clause("一、督查时间", 1), Clause("（一）对象", 2), Clause("1. 各支部。", 3)],
        "中共示例局委员会", date(2018, 10, 9), look="file", issuer="中共示例局委员会文件", number="示委〔2018〕12号", attachments=["安排表", "要求"],
        annexes=[Annex("安排表", [table]), Annex("要求", [table], landscape=True)], receipt=[Line("签收人", "")],
        copies="区委组织部", printed_by="组织科",
    )  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Any:
    return docx.Document(io.BytesIO(official_word.written(_paper())))


def test_the_page_is_a4_with_a_type_area_of_156_by_225_mm(document: Any) -> None:
    first, annex, foot = document.sections[0], document.sections[-2], document.sections[-1]
    assert abs(first.page_width - Mm(210)) < Mm(0.1)
    assert abs(first.page_height - Mm(297)) < Mm(0.1)
    assert abs(first.top_margin - Mm(37)) < Mm(1)
    assert abs(first.left_margin - Mm(28)) < Mm(1)
    assert abs(first.page_width - first.left_margin - first.right_margin - Mm(156)) < Mm(1)
    assert abs(first.page_height - first.top_margin - first.bottom_margin - Mm(225)) < Mm(1)
    assert annex.page_width > annex.page_height
    assert foot.page_width == first.page_width


def _paragraphs(document: Any) -> list[Any]:
    """The paragraphs of the body, those of the 版记 too."""
    return [Paragraph(p, document) for p in document.element.body.iter(f"{_W}p")]


def _style(document: Any, text: str) -> Any:
    return next(p for p in _paragraphs(document) if p.text.replace("\n", "") == text).style


@pytest.mark.parametrize(
    ("text", "style", "font", "size"),
    [
        ("关于开展督查的通知", "公文标题", "方正小标宋简体", 22),
        ("局属各基层党组织：", "主送机关", "仿宋_GB2312", 16),
        ("具体通知如下：", "公文正文", "仿宋_GB2312", 16),
        ("督查时间", "一级标题", "黑体", 16),
        ("对象", "二级标题", "楷体_GB2312", 16),
        ("各支部。", "三级标题", "仿宋_GB2312", 16),
        ("附件：1. 安排表", "附件说明", "仿宋_GB2312", 16),
        ("中共示例局委员会", "落款", "仿宋_GB2312", 16),
        ("附件1", "附件标记", "黑体", 16),
        ("抄送：区委组织部。", "版记", "仿宋_GB2312", 14),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard_and_stand_in_styles(
    document: Any, text: str, style: str, font: str, size: float
) -> None:
    found = _style(document, text)
    fonts = found.element.rPr.rFonts
    assert (found.name, fonts.get(f"{_W}eastAsia"), found.font.size.pt) == (style, font, size)
    assert found.base_style.name == "Normal"


def test_no_run_has_a_font_of_its_own(document: Any) -> None:
    runs = [run for p in document.paragraphs for run in p.runs]
    assert runs
    for run in runs:
        assert set(run._r.rPr.rFonts.attrib) == {f"{_W}hint"}


def test_headings_have_their_level_in_the_outline_and_stay_with_what_follows(document: Any) -> None:
    for text, level in (("督查时间", "0"), ("对象", "1")):
        paragraph = next(p for p in document.paragraphs if p.text == text)
        outline = paragraph.style.element.pPr.find(f"{_W}outlineLvl")
        assert outline.get(f"{_W}val") == level
        assert paragraph.paragraph_format.keep_with_next


def test_twenty_two_lines_fill_the_type_area(document: Any) -> None:
    assert _style(document, "具体通知如下：").paragraph_format.line_spacing.pt == 28.95
    grid = document.sections[0]._sectPr.find(f"{_W}docGrid")
    assert abs(int(grid.get(f"{_W}linePitch")) / 20 * 22 - Mm(225).pt) < 2


def test_body_is_indented_two_characters_and_the_head_is_red(document: Any) -> None:
    assert _style(document, "具体通知如下：").paragraph_format.first_line_indent == Pt(32)
    assert str(_style(document, "中共示例局委员会文件").font.color.rgb) == "D0021B"


def test_numbers_are_words_own_and_our_reader_says_what_was_written(document: Any) -> None:
    out = io.BytesIO()
    document.save(out)
    told = [b.text for b in read_docx(out.getvalue()).blocks if isinstance(b, Read)]
    for clause in _paper().body:
        assert clause.text.replace(". ", ".") in [text.replace(". ", ".") for text in told]
    assert "一、" not in "".join(p.text for p in document.paragraphs)


def test_our_own_reader_of_notices_reads_it_back() -> None:
    title = "关于开展2018年度基层党建专项督查“回头看”工作的通知"
    paper = replace(
        _paper(), title=title, receipt=[], signatories=["王示一"], attachments=["督查片区安排表"]
    )
    found = read.notice(official_word.written(paper))
    assert (found.title, found.number) == (title, "示委〔2018〕12号")
    assert found.addressees == ["局属各基层党组织"]
    assert [one.title for one in found.attachments] == ["督查片区安排表"]
    assert found.issued_on == date(2018, 10, 9)
    assert "unknown_table" not in {one.code for one in found.warnings}


def test_a_number_that_is_not_the_next_stays_as_it_was_typed() -> None:
    texts = ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]
    paper = Official("通知", body=[Clause("一、某", 1), *(Clause(text, 3) for text in texts)])
    data = official_word.written(paper)
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs][2:7] == [
        "某", "甲", "乙", "1. 丙", "2. 丁",
    ]  # fmt: skip
    told = [b.text for b in read_docx(data).blocks if isinstance(b, Read)]
    assert [text.replace(" ", "") for text in told[-4:]] == [t.replace(" ", "") for t in texts]


def test_page_numbers_stand_outside_between_dashes(document: Any) -> None:
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer
    for paragraph, side in ((odd, "right"), (even, "left")):
        assert "".join(t.text for t in paragraph._p.iter(f"{_W}t")) == "— 1 —"
        assert paragraph._p.pPr.find(f"{_W}jc").get(f"{_W}val") == side


def test_the_date_has_no_leading_zeros_and_the_name_is_centred_above_it(document: Any) -> None:
    assert any(p.text == "2018年10月9日" for p in document.paragraphs)
    name, day = indents("中共示例局委员会", "2018年10月9日", seal=True)
    assert (name + 8 / 2, day) == (4 + 6.5 / 2, 4.0)
    assert indents("示" * 30, "2018年10月9日", seal=True)[0] == 2


@pytest.mark.parametrize("signed", ["中共示例局委员会", "示例局", "示" * 20])
def test_without_a_seal_the_date_begins_two_characters_after_the_name(signed: str) -> None:
    name, day = indents(signed, "2018年10月9日", seal=False)
    assert min(name, day) == 2
    assert (name + breadth_of(signed)) - (day + 6.5) == 2


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
    narrower = int(body.style.element.rPr.find(f"{_W}spacing").get(f"{_W}val"))
    page = document.sections[0]
    breadth = (page.page_width - page.left_margin - page.right_margin) / 635
    assert breadth - (320 + narrower) < 28 * (320 + narrower) <= breadth
    assert body.runs[0]._r.rPr.rFonts.get(f"{_W}hint") == "eastAsia"
    cells = [p for table in document.tables for p in table._tbl.iter(f"{_W}pStyle")]
    used = {document.styles.element.get_by_id(cell.get(f"{_W}val")) for cell in cells}
    used = {one for one in used if not one.get(f"{_W}styleId").startswith("Official")}
    assert used
    assert all(one.pPr.find(f"{_W}snapToGrid").get(f"{_W}val") == "0" for one in used)
    normal = document.styles["Normal"].element.pPr
    assert normal.find(f"{_W}snapToGrid").get(f"{_W}val") == "0"


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
    settings = found.settings.element.xml
    assert "ja-JP" not in settings
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
        in settings
    )

    data = actions.print_paper(
        paper=_paper(), form="pdf", subject="s", actor=people.actor("office"), now=now
    )
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "关于开展督查的通知"
    assert reader.metadata.author == "中共示例局委员会"
    assert str(reader.root_object["/Lang"]).lower().startswith("zh")
    assert "日志校验" in f"{reader.metadata.get('/Keywords')}"
    assert "日志校验" not in "".join(page.extract_text() for page in reader.pages)
