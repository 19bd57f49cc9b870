"""Sheets of OpenDocument are sheets: read with their merged cells, refused with macros, and no
bundle of files.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from taizhang.documents import reading
from taizhang.intake.reading import read
from taizhang.kernel import files
from taizhang.kernel.errors import BadInput

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _cell(text: str, spans: str = "") -> str:
    said = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string" {spans}>{said}</table:table-cell>'


def _covered(times: int = 1) -> str:
    return f'<table:covered-table-cell table:number-columns-repeated="{times}"/>'


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def made(*rows: str, more: tuple[str, ...] = ()) -> bytes:
    """A file with one sheet of these rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", _TYPE)
        package.writestr(
            "content.xml",
            f'<office:document-content {_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
            f'<table:table table:name="名册">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        for name in more:
            package.writestr(name, "1")
    return out.getvalue()


def _roster(*, more: tuple[str, ...] = ()) -> bytes:
    down, across = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="2"'
    return made(
        _row(_cell("样例党支部党员花名册", 'table:number-columns-spanned="4"'), _covered(3)),
        _row(_cell("姓名", down), _cell("性别", down), _cell("入党情况", across), _covered()),
        _row(_covered(2), _cell("入党时间"), _cell("转正时间")),
        _row(_cell("样甲一"), _cell("女"), _cell("1998-06-25"), _cell("1999-06-25")),
        more=more,
    )


def test_merged_cells_of_an_opendocument_are_read_in_every_row_that_they_cover() -> None:
    (found,) = read.documents("花名册.ods", _roster())

    assert found.kind is not None
    assert found.kind.slug == "members"
    assert [one.values for one in found.records] == [
        {"name": "样甲一", "gender": "女", "admitted_on": "1998-06-25", "full_on": "1999-06-25"}
    ]
    cells = reading.source(_roster()).tables()[0].rows
    assert [cell.text for row in cells[-2:-1] for cell in row[:2]] == ["姓名", "性别"]


def test_it_is_one_document_and_no_bundle_of_files() -> None:
    assert [one.name for one in read.unpacked("花名册.ods", _roster())] == ["花名册.ods"]
    assert not files.is_bundle(_roster())


def test_a_letter_of_opendocument_is_refused_whole_and_not_taken_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("Thumbnails/thumbnail.png", "x")

    (one,) = read.unpacked("通知.odt", out.getvalue())
    (found,) = read.documents(one.name, one.data)
    assert found.warnings == ["这个压缩文件不是 Word 或 Excel 文档。"]


def test_macros_and_marks_of_secrecy_are_refused() -> None:
    with pytest.raises(BadInput, match="宏"):
        files.format_of(_roster(more=("Basic/script-lc.xml",)))
    with pytest.raises(BadInput, match="机密"):
        files.format_of(made(_row(_cell("机密★5年")), _row(_cell("姓名"))))
