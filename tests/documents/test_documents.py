"""Files as blocks: what a reader sees, each with its place, and nothing twice."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from taizhang.documents import reading, ruled
from taizhang.documents.blocks import Source, Table
from taizhang.documents.ruled import Piece, Rules
from taizhang.kernel import libreoffice
from taizhang.kernel.errors import BadInput
from tests.notices import layouts
from tests.notices.papers import Paper


def _source(document: Any) -> Source:
    out = io.BytesIO()
    document.save(out)
    return reading.source(out.getvalue())


def _box(text: str) -> Any:
    """A text box as Word writes it: once as it is, once for older programs."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(
        f"<w:r {nsdecls('w')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<mc:AlternateContent><mc:Choice "
        f'Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:Altern"
        "ateContent></w:r>"
    )


def test_hidden_and_struck_text_is_told_and_not_read() -> None:
    document = docx.Document()
    line = document.add_paragraph("组长：甲")
    line.add_run("乙").font.strike = True
    line.add_run("丙").font.hidden = True
    gone = (
        f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>丁</w:delText></w:r></w:del>'
    )
    line._p.append(parse_xml(gone))
    line.add_run("戊").font.strike = False

    found = _source(document)

    assert [block.text for block in found.paragraphs()] == ["组长：甲戊"]
    assert {(code, where) for code, _, where in found.notes} == {("struck_text", "第1段"), ("hidden_text", "第1段")}  # fmt: skip
    assert "“乙丁”" in found.notes[0][1]


def test_a_text_box_is_read_once_and_is_no_picture() -> None:
    document = docx.Document()
    document.add_paragraph("正文")._p.append(_box("联系人：甲"))

    found = _source(document)

    assert [(b.text, b.where, b.boxed) for b in found.paragraphs()] == [("正文", "第1段", False), ("联系人：甲", "第1段旁的文本框", True)]  # fmt: skip
    assert len(found.blocks) == 2


def test_headers_and_footers_stand_aside() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    found = _source(document)
    assert [(one.text, one.where) for one in found.aside] == [("内部资料", "页眉")]
    assert len(found.blocks) == 1


def test_cells_know_their_places_and_header_rows_are_known() -> None:
    paper = Paper().table([["片区", "学校"], ["东片", "甲小"], ["", "乙小"]], [(1, 0, 2, 0)])
    row = paper.document.tables[0].rows[0]._tr
    row.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    (table,) = reading.source(paper.data()).tables()
    assert table.heads == 1
    assert [cell.where for cell in table.rows[2]] == ["第1个表 第2行第1列", "第1个表 第3行第2列"]
    assert table.rows[2][0].spans


def test_a_workbook_gives_the_sheets_that_are_shown() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("安排")
        sheet.write(0, 0, "标题")
        sheet.write_row(1, 0, ["片区", "学校"])
        sheet.write_row(2, 0, ["东片", "甲小"])
        sheet.write(4, 0, "联系人：甲")
        sheet.write_row(5, 0, ["片区", "人员"])
        hidden = book.add_worksheet("旧稿")
        hidden.write(0, 0, "不要读")
        hidden.hide()
    found = reading.source(out.getvalue())
    assert [(b.text, b.where) for b in found.paragraphs()] == [("标题", "工作表“安排”A1"), ("联系人：甲", "工作表“安排”A5")]  # fmt: skip
    assert [table.rows[0][1].where for table in found.tables()] == [
        "工作表“安排”B2",
        "工作表“安排”B6",
    ]
    assert found.notes[0][0] == "hidden_sheet"


def test_rules_of_a_page_make_a_grid_with_merged_cells() -> None:
    across, down = Rules(), Rules()
    for y in (100, 80, 60):
        across.add(y, 0, 200 if y != 80 else 100)
    for x in (0, 100, 200):
        down.add(x, 60, 100)
    (grid,) = ruled.tables_of(across, down)
    pieces = [Piece("甲", 5, 88, 10), Piece("乙", 5, 68, 10), Piece("丙", 105, 78, 10)]
    table = grid.table(pieces, "表")
    assert [[(c.text, c.spans) for c in row] for row in table.rows] == [
        [("甲", False), ("丙", False)],
        [("乙", False), ("丙", True)],
    ]


def test_a_full_line_of_a_cell_goes_on_in_the_next() -> None:
    full = [Piece("一二三四五", 3, 30, 10), Piece("六七", 3, 18, 10), Piece("八", 3, 6, 10)]
    assert ruled.cell_text(full, 0, 58) == "一二三四五六七\n八"


def test_a_rule_through_a_text_is_seen() -> None:
    rules = Rules()
    rules.add(13, 0, 40)
    assert rules.crosses(Piece("删去", 0, 10, 10))
    assert not rules.crosses(Piece("留着", 0, 30, 10))


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice on this machine")
def test_an_old_word_file_is_converted_and_a_pdf_of_another_program_has_its_tables() -> None:
    document = docx.Document(io.BytesIO(layouts.side_by_side()))
    document.tables[0].style = "Table Grid"
    document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    made = [libreoffice.converted([out.getvalue()], "docx", into)[0] for into in ("doc", "pdf")]
    new, old, printed = (reading.source(data).tables()[0] for data in (out.getvalue(), *made))
    assert _texts(new) == _texts(old) == _texts(printed)


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice on this machine")
def test_an_old_workbook_is_read_as_it_is() -> None:
    new = layouts.workbook()
    old = libreoffice.converted([new], "xlsx", "xls")[0]
    assert _texts(reading.source(old).tables()[0]) == _texts(reading.source(new).tables()[0])


def _texts(table: Table) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in row] for row in table.rows]


def test_an_old_word_file_without_the_program_is_refused_in_plain_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TAIZHANG_SOFFICE", "no-such-program")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(BadInput, match=r"另存为 \.docx"):
        reading.source(data)
