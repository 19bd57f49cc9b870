"""Tables as they are laid out, and read back from the files: merged cells, breadths, styles,
contents, sheets.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pypdf
import pytest
from docx.shared import Mm

from taizhang.papers.measures import breadths
from taizhang.papers.paper import Chapter, Form, Line, Paper, Section, Table
from taizhang.papers.writers import layout, pdf, word, xlsx
from tests.papers.every import long_form, long_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _book() -> Paper:
    minutes = [
        Form("会议记录", [Line("日期", f"2018-0{n}-08"), Line("议题", f"第{n}题" * 300, wide=True)])
        for n in range(1, 10)
    ]
    roster = Table("花名册", ["序号", "姓名"], [["1", "示例甲"]])
    sections = [
        Section("28　党员大会台账", "求", list(minutes)),
        Section("14　花名册", "", [roster]),
    ]
    return Paper("党支部台账", "甲校", chapters=[Chapter("一、生活", sections), Chapter("二、队伍", sections[1:])])  # fmt: skip


def test_a_merged_cell_ends_where_the_one_to_its_left_does() -> None:
    rows = [["甲", "一"], ["甲", "一"], ["乙", "一"], ["", ""], ["", ""]]
    assert layout.spans(Table("", ["大类", "小类"], rows, merged=[0, 1])) == {
        0: [2, 0, 1, 1, 1],
        1: [2, 0, 1, 1, 1],
    }


def test_merged_cells_are_one_in_word_and_excel_and_return_at_the_head_of_a_page() -> None:
    paper = long_table()
    table = docx.Document(io.BytesIO(word.written(paper))).tables[0]
    merged = [one.get(f"{_W}val") for one in table._tbl.iter(f"{_W}vMerge")]
    assert merged.count("restart") == 3 + 10
    grid = zipfile.ZipFile(io.BytesIO(xlsx.written(paper))).read("xl/worksheets/sheet1.xml")
    assert grid.count(b"<mergeCell ") >= 3 + 10
    assert b"<autoFilter" not in grid
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages]
    assert all("大类" in re.sub("^.*数量", "", text, flags=re.DOTALL) for text in pages[:5])


def test_every_paragraph_of_a_table_has_a_style_and_every_cell_its_breadth() -> None:
    document = docx.Document(io.BytesIO(word.written(long_table())))
    cells: list[Any] = list(document.tables[0]._tbl.iter(f"{_W}tc"))
    styles = {p.get(f"{_W}val") for c in cells for p in c.iter(f"{_W}pStyle")}
    assert {document.styles.element.get_by_id(one).name_val for one in styles} == {"表文", "表头", "表注"}  # fmt: skip
    assert all(cell.tcPr.find(f"{_W}tcW") is not None for cell in cells)
    assert not list(document.tables[0]._tbl.iter(f"{_W}sz"))
    rows = list(document.tables[0]._tbl.iter(f"{_W}tr"))
    broken = [row for row in rows if row.trPr.find(f"{_W}cantSplit") is None]
    assert len(broken) == 1


def test_the_contents_name_the_page_on_which_a_heading_stands() -> None:
    paper = _book()
    document = docx.Document(io.BytesIO(word.written(paper)))
    lines = [p for p in document.paragraphs if p.style and p.style.name.startswith("toc")]
    told = {p.text.partition("\t")[0]: int(p.text.rpartition("\t")[2]) for p in lines}
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages]
    for heading, number in told.items():
        assert heading.partition("　")[2] in pages[number + 1].replace(" ", ""), heading
    assert told["二、队伍"] > told["一、生活"] == 1


def _broad(columns: int, cell: str) -> Table:
    heads = ["序号", "姓名", *(f"第{n}栏" for n in range(2, columns))]
    return Table("宽表", heads, [["1", "示例甲", *[cell] * (columns - 2)]], foot="书记：")


def test_a_table_that_is_too_broad_lies_and_the_sections_around_it_stand() -> None:
    sections = [Section(f"{n}　项", "", [block]) for n, block in enumerate((_broad(4, "1.00"), _broad(17, "1.00"), _broad(9, "1.00")), start=1)]  # fmt: skip
    paper = layout.readable(Paper("册", chapters=[Chapter("一、章", sections)]))
    assert [section.lying for section in paper.chapters[0].sections] == [False, True, False]
    assert layout.readable(paper) == paper
    sides = [page.mediabox.width > 600 for page in pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages]  # fmt: skip
    assert sides == [False, False, False, True, False]
    document = docx.Document(io.BytesIO(word.written(paper)))
    breadths = [s.page_width or 0 for s in document.sections]
    assert [breadth > Mm(250) for breadth in breadths] == [False, False, True, False]
    assert [s.footer.is_linked_to_previous for s in document.sections] == [True, False, False, False]  # fmt: skip


def test_a_table_that_is_too_broad_even_so_goes_in_parts_with_number_and_name_in_each() -> None:
    paper = layout.readable(Paper("", blocks=[_broad(22, "12345678.00")]))
    assert paper.landscape
    first, *_, last = paper.blocks
    assert isinstance(first, Table)
    assert isinstance(last, Table)
    assert (first.title, last.title) == ("宽表", "宽表（续）")
    assert (first.foot, last.foot) == ("", "书记：")
    own = [column for part in paper.blocks if isinstance(part, Table) for column in part.columns]
    assert own.count("姓名") == len(paper.blocks) > 1
    assert {*own} == {*_broad(22, "").columns}
    for part in paper.blocks:
        assert isinstance(part, Table)
        found = layout.table(part, layout.LYING)
        assert found.size == layout.READABLE
        assert min(found.widths[2:]) >= 11 * 0.58 * 9


def test_no_table_of_a_working_paper_has_letters_below_nine_points() -> None:
    assert all(size >= 9 for area in (layout.UPRIGHT, layout.LYING) for size, _ in area.sizes)


def test_a_book_has_a_sheet_for_each_ledger() -> None:
    book = zipfile.ZipFile(io.BytesIO(xlsx.written(_book())))
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["党员大会台账", "花名册", "花名册（2）"]
    grid = book.read("xl/worksheets/sheet1.xml").decode()
    assert grid.count("<row ") == 9 + 3
    assert "<v>43108</v>" in grid


@pytest.mark.parametrize("told", [long_form(), Paper("", blocks=[Form("单", [Line("一", "二")])])])
def test_a_form_alone_is_no_sheet(told: Paper) -> None:
    assert not xlsx.is_tabular(told)
    assert xlsx.is_tabular(long_table())


def test_codes_stay_text_and_the_row_of_sums_may_have_a_word() -> None:
    rows = [
        ["1", "0012", "13912345678", "10.50"],
        ["2", "12", "1", "3.00"],
        ["合计", "", "", "13.50"],
    ]
    table = Table("", ["序号", "编号", "电话", "金额"], rows)
    book = zipfile.ZipFile(io.BytesIO(xlsx.written(Paper("表", blocks=[table]))))
    grid = book.read("xl/worksheets/sheet1.xml").decode()
    cells = dict(re.findall(r'<c r="([A-D][0-9])"(?: s="[0-9]+")?( t="s")?', grid))
    assert [cells[at] for at in ("A3", "A5", "B3", "B4", "C3", "C4", "D3", "D5")] == [
        "", ' t="s"', ' t="s"', ' t="s"', ' t="s"', ' t="s"', "", "",
    ]  # fmt: skip


def _sheets(paper: Paper) -> tuple[str, list[str]]:
    """The list of sheets of a book, and each sheet."""
    book = zipfile.ZipFile(io.BytesIO(xlsx.written(paper)))
    grids = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    return book.read("xl/workbook.xml").decode(), [book.read(name).decode() for name in grids]


@pytest.mark.parametrize(
    ("columns", "lying", "orientation"),
    [(1, False, "portrait"), (1, True, "landscape"), (14, False, "landscape")],
)
def test_a_sheet_lies_on_a4_as_in_print_and_its_head_stays_on_the_screen_and_on_every_page(
    columns: int, lying: bool, orientation: str
) -> None:
    table = Table("", ["日期"] * columns, [["2018-01-01"] * columns] * 99)
    names, (grid,) = _sheets(Paper("表", "甲校", blocks=[table], landscape=lying))
    assert re.search(rf'<pageSetup paperSize="9" [^>]*orientation="{orientation}"', grid)
    assert re.search(r'<pageSetup [^>]*fitToHeight="0"', grid)
    assert '<pageSetUpPr fitToPage="1"/>' in grid
    assert '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>' in grid
    assert "_xlnm.Print_Titles" in names
    assert ">表!$3:$3<" in names


def test_rows_in_which_one_writes_are_as_high_in_excel_as_in_print() -> None:
    _, (grid,) = _sheets(
        Paper("表", blocks=[Table("", ["姓名", "签名"], [["示例甲", ""]], high=8)])
    )
    height = re.search(r'<row r="3"[^>]* ht="([0-9.]+)"', grid)
    assert height is not None
    assert float(height[1]) == pytest.approx(8 * 72 / 25.4, abs=1)


def test_short_columns_stand_in_the_middle_in_excel_as_in_print() -> None:
    table = Table("", ["序号", "情况"], [["1", "说明" * 20], ["2", "无"]])
    book = zipfile.ZipFile(io.BytesIO(xlsx.written(Paper("表", blocks=[table]))))
    styles = re.findall(r"<xf [^>]*>(.*?)</xf>", book.read("xl/styles.xml").decode())
    aligned = [re.findall('horizontal="([a-z]+)"', one) for one in styles]
    cells = dict(re.findall(r'<c r="([AB][34])" s="([0-9]+)"', book.read("xl/worksheets/sheet1.xml").decode()))  # fmt: skip
    offset = len(aligned) - max(map(int, cells.values())) - 1
    assert [aligned[int(cells[at]) + offset] for at in ("A3", "B3", "B4")] == [
        ["center"], ["left"], ["left"]
    ]  # fmt: skip


def test_columns_are_as_broad_as_their_shares_and_never_cut_a_day_or_a_number() -> None:
    table = Table(
        "",
        ["日期", "金额", "甲", "乙"],
        [["2018年11月26日", "123456789.50", "一", "二"]],
        [0.1, 0.1, 2, 6],
    )
    _, (grid,) = _sheets(Paper("表", blocks=[table]))
    day, number, less, more = (float(one) for one in re.findall(r'<col [^>]*width="([0-9.]+)"', grid))  # fmt: skip
    assert day > 14
    assert number > 12
    assert more == pytest.approx(3 * less, rel=0.05)


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    blocks = [
        Table(title, ["甲"], [["一"]])
        for title in ("收/支:[表]*?", "收/支:[表]*?", "长" * 40, "长" * 40)
    ]
    names, _ = _sheets(Paper("册", blocks=list(blocks)))
    found = re.findall(r'<sheet name="([^"]+)"', names)
    assert found == ["收 支 表", "收 支 表（2）", "长" * 31, f"{'长' * 27}（2）"]


def test_a_name_is_not_broken_where_there_is_room_for_it() -> None:
    months = [f"{n}月" for n in range(1, 13)]
    row = ["1", "欧阳示", "107.50", *["3628.40"] * 12, "43541.00", "120.50"]
    dues = Table("", ["序号", "姓名", "月应交", *months, "合计", "欠交"], [row, row])
    found = layout.table(dues, layout.LYING)
    assert found.widths[1] >= 3 * found.size + 2 * breadths.ACROSS
    assert sum(found.widths) <= layout.LYING.breadth + 0.1
    (one,) = layout.readable(Paper("", blocks=[dues])).blocks
    assert one == dues


def test_merged_rows_go_over_a_page_unless_they_are_few() -> None:
    rows = [["甲", f"第{n}项" + "要求" * 60] for n in range(8)] + [["乙", "一"], ["乙", "二"]]
    told = layout.told(Paper("", blocks=[Table("", ["大类", "要求"], rows, [1, 4], merged=[0])]))
    together = told["blocks"][0]["together"]["0"]
    assert (together[0], together[8]) == (False, True)


@pytest.mark.parametrize(("n", "pages"), [(10, 1), (43, 1), (48, 1), (70, 2)])
def test_contents_that_just_miss_a_page_stand_closer(n: int, pages: int) -> None:
    some = [Section(f"{at}　台账", "", [Table("", ["一"], [["二"]])]) for at in range(n)]
    paper = Paper("党支部台账", "甲校", chapters=[Chapter("一、生活", some)])
    found = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages]
    assert sum("....." in text.replace(" ", "") for text in found) == pages


def test_a_list_of_names_keeps_its_lines_and_a_sentence_takes_no_room_for_it() -> None:
    def first(cell: str) -> float:
        return breadths.widths(Table("", ["单位", "说明"], [[cell, "说明" * 60]]), 200, 10)[0]

    names = "城东小学第一联合党支部\n城西小学"
    assert first(names) >= 11 * 10
    assert first(f"{names}。") < first(names)
