"""Tables as they are laid out, and read back from the files: merged cells, breadths, styles, contents, sheets."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pypdf
import pytest

from taizhang.papers import laid, pdf, sheet, word
from taizhang.papers.paper import Chapter, Form, Line, Paper, Section, Table
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
    assert laid.spans(Table("", ["大类", "小类"], rows, merged=[0, 1])) == {
        0: [2, 0, 1, 1, 1],
        1: [2, 0, 1, 1, 1],
    }


def test_merged_cells_are_one_in_word_and_excel_and_return_at_the_head_of_a_page() -> None:
    paper = long_table()
    table = docx.Document(io.BytesIO(word.written(paper))).tables[0]
    merged = [one.get(f"{_W}val") for one in table._tbl.iter(f"{_W}vMerge")]
    assert merged.count("restart") == 3 + 10
    grid = zipfile.ZipFile(io.BytesIO(sheet.written(paper))).read("xl/worksheets/sheet1.xml")
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


def test_a_book_has_a_sheet_for_each_ledger() -> None:
    book = zipfile.ZipFile(io.BytesIO(sheet.written(_book())))
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["党员大会台账", "花名册", "花名册（2）"]
    grid = book.read("xl/worksheets/sheet1.xml").decode()
    assert grid.count("<row ") == 9 + 3
    assert "<v>43108</v>" in grid


@pytest.mark.parametrize("told", [long_form(), Paper("", blocks=[Form("单", [Line("一", "二")])])])
def test_a_form_alone_is_no_sheet(told: Paper) -> None:
    assert not sheet.is_tabular(told)
    assert sheet.is_tabular(long_table())


def test_codes_stay_text_and_the_row_of_sums_may_have_a_word() -> None:
    rows = [
        ["1", "0012", "13912345678", "10.50"],
        ["2", "12", "1", "3.00"],
        ["合计", "", "", "13.50"],
    ]
    table = Table("", ["序号", "编号", "电话", "金额"], rows)
    book = zipfile.ZipFile(io.BytesIO(sheet.written(Paper("表", blocks=[table]))))
    grid = book.read("xl/worksheets/sheet1.xml").decode()
    cells = dict(re.findall(r'<c r="([A-D][0-9])"(?: s="[0-9]+")?( t="s")?', grid))
    assert [cells[at] for at in ("A3", "A5", "B3", "B4", "C3", "C4", "D3", "D5")] == [
        "", ' t="s"', ' t="s"', ' t="s"', ' t="s"', ' t="s"', "", "",
    ]  # fmt: skip
