"""Workbooks are opened here and nowhere else: what no workbook would hold is refused before the
reader makes room for it.

The reader makes room for every cell between the first and the last; a damaged one may name the last
cell there can be. `python -m taizhang.kernel.writing.workbooks < workbook` opens one of the old
Office and ends: what breaks, breaks there.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import python_calamine

from taizhang.kernel.errors import BadInput

MOST_CELLS = 4_000_000
"""A sheet of 200,000 rows and 20 columns."""
_BROKEN = "Excel 文件已损坏或加密，无法读取。"
_LARGE = "Excel 工作表写到了第{}行第{}列，范围太大：请删去表格外的内容，另存后再读入。"
_MOST_BYTES, _SECONDS = 1024 * 1024 * 1024, 30
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)??r=[\"']([A-Za-z]{1,8})(\d{1,12})[\"'][^>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)??r=[\"'](\d{1,12})[\"'][^>]*(?<!/)>")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The workbook; raises BadInput for one that cannot be read, whatever breaks in the reader."""
    try:
        if not (data.startswith(b"PK") and _was_plain(data)):
            _try_elsewhere(data)
        yield python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (BadInput, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as broken:  # a panic of the reader is no Exception
        raise BadInput(_BROKEN) from broken


def _was_plain(data: bytes) -> bool:
    """The same as `_is_plain`; a workbook that is opened twice is looked at once."""
    digest = hashlib.sha256(data).digest()
    found = _PLAIN.get(digest)
    if found is None:
        found = _is_plain(data)
        _PLAIN.clear()
        _PLAIN[digest] = found
    return found


_PLAIN: dict[bytes, bool] = {}
"""The last workbook."""


def _is_plain(data: bytes) -> bool:
    """Whether all of it can be looked at beforehand; raises BadInput for a sheet whose cells lie
    too far apart.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            cells = _CELL.findall(part)
            rows = {row for _, row in cells} | set(_ROW.findall(part))
            lowest = max(map(int, rows), default=0)
            last = max(
                (_number(letters) for letters in {letters for letters, _ in cells}), default=1
            )
            if lowest * last > MOST_CELLS:
                raise BadInput(_LARGE.format(lowest, last))
        names = package.namelist()
        return "mimetype" not in names and not any(
            name.startswith("xl/") and name.endswith(".bin") and "sheet" in name for name in names
        )


Range = tuple[tuple[int, int], tuple[int, int]]
"""(top, left), (bottom, right) of cells that are merged; rows and columns from 0."""


def merged(data: bytes, sheet: python_calamine.CalamineSheet, name: str) -> list[Range]:
    """The merged cells of a sheet. Those of an OpenDocument its reader does not tell."""
    if not data.startswith(b"PK"):
        return list(sheet.merged_cell_ranges or ())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "mimetype" not in package.namelist():
            return list(sheet.merged_cell_ranges or ())
        with package.open("content.xml") as content:
            return list(_spans(content, name))


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def _spans(content: IO[bytes], name: str) -> Iterator[Range]:
    """The cells of the table of that name that span several rows or columns."""
    from lxml import etree  # noqa: PLC0415  (only OpenDocument needs it)

    events = etree.iterparse(
        content, ("start", "end"), resolve_entities=False, load_dtd=False, no_network=True
    )
    row = column = 0
    own = False
    for event, element in events:
        tag = element.tag.removeprefix(_TABLE)
        if event == "start" and tag == "table":
            own, row = element.get(f"{_TABLE}name") == name, 0
        elif event == "start" and tag == "table-row":
            column = 0
        elif event == "end" and own and tag in ("table-cell", "covered-table-cell"):
            down, across = (
                _times(element.attrib, "rows-spanned"),
                _times(element.attrib, "columns-spanned"),
            )
            if down > 1 or across > 1:
                yield (row, column), (row + down - 1, column + across - 1)
            column += _times(element.attrib, "columns-repeated")
            element.clear()
        elif event == "end" and tag == "table-row":
            row += _times(element.attrib, "rows-repeated")
            element.clear()


def _times(attributes: Mapping[str, str], what: str) -> int:
    said = attributes.get(f"{_TABLE}number-{what}", "1")
    return int(said) if said.isdecimal() else 1


def _number(letters: bytes) -> int:
    """B is 2, AA is 27."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found


def _try_elsewhere(data: bytes) -> None:
    words = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603  (our own words)
            words, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise BadInput(_BROKEN) from slow
    if done.returncode:
        raise BadInput(_BROKEN)


def main() -> None:
    """Open every sheet of what stands at the standard input."""
    import resource  # noqa: PLC0415  (only where this is a program)

    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for sheet in book.sheets_metadata:
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            one = book.get_sheet_by_name(sheet.name)
            if one.total_height * one.total_width > MOST_CELLS:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
