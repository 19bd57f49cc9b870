"""Word and Excel files, and the text of a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import docx
import pypdf
import python_calamine
from docx.oxml.ns import qn

from taizhang.kernel.errors import BadInput
from taizhang.notices.blocks import Block, Cell, Paragraph, Picture, Source, Table
from taizhang.notices.numbering import Numbers
from taizhang.notices.values import flat


def read_docx(data: bytes) -> Source:
    """The body of a Word file; numbers that Word makes itself are written out."""
    try:
        document = docx.Document(io.BytesIO(data))
        return Source(joined(_body(document.element.body, Numbers(document))))
    except Exception as broken:
        raise BadInput("Word 文件已损坏，无法读取。") from broken


def _body(body: Any, numbers: Numbers) -> Iterator[Block]:
    paragraphs = tables = 0
    for element in body.iterchildren():
        if element.tag == qn("w:p"):
            paragraphs += 1
            yield from _lines(element, numbers, f"第{paragraphs}段")
        elif element.tag == qn("w:tbl") and _is_layout(element):
            for row in element.iterchildren(qn("w:tr")):
                yield from _body(row.find(qn("w:tc")), numbers)
        elif element.tag == qn("w:tbl"):
            tables += 1
            yield Table(_rows(element, numbers), f"第{tables}个表")
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _body(content, numbers)


def _lines(element: Any, numbers: Numbers, where: str) -> Iterator[Block]:
    number, text = numbers.before(element), _paragraph(element).strip()
    for line in (number + text if text else "").split("\n"):
        if line.strip():
            yield Paragraph(line.strip(), where)
    if _has_picture(element):
        yield Picture(where)


def _is_layout(table: Any) -> bool:
    """One column of cells that hold tables: it only places them on the page."""
    rows = list(table.iterchildren(qn("w:tr")))
    return table.find(f".//{qn('w:tc')}//{qn('w:tbl')}") is not None and all(
        len(list(row.iterchildren(qn("w:tc")))) == 1 for row in rows
    )


_GOES_ON = re.compile(r"[（(]?续(?:上|前)?[表页][）)]?[:：]?")


def joined(blocks: Iterable[Block]) -> list[Block]:
    """A table below a line 续表 is the rest of the table above, with its header repeated or not."""
    found: list[Block] = []
    for block in blocks:
        below = found[-1] if found else None
        above = found[-2] if len(found) > 1 else None
        if (
            isinstance(block, Table) and isinstance(below, Paragraph) and isinstance(above, Table)
            and _GOES_ON.fullmatch(flat(below.text)) and len(block.rows[0]) == len(above.rows[0])
        ):  # fmt: skip
            repeated = [c.text for c in block.rows[0]] == [c.text for c in above.rows[0]]
            above.rows += block.rows[repeated:]
            found.pop()
        else:
            found.append(block)
    return found


def _has_picture(element: Any) -> bool:
    return any(True for _ in element.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")))


def _numbered(element: Any, numbers: Numbers) -> str:
    """A paragraph behind its number; a number without text, as in a column of them, stands alone."""
    return numbers.before(element) + _paragraph(element)


def _paragraph(element: Any) -> str:
    parts = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            if node.getparent().tag == qn("w:r"):
                parts.append("\t")
        else:
            parts.append("\n")
    return "".join(parts)


def _rows(table: Any, numbers: Numbers) -> list[list[Cell]]:
    """The grid of a table; a merged cell's text stands in every cell that it covers."""
    grid: list[list[Cell]] = []
    for row in table.iterchildren(qn("w:tr")):
        cells: list[Cell] = []
        for cell in _cells_of(row):
            width = _number(cell, "w:gridSpan", 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if goes_on and grid and len(cells) < len(grid[-1]):
                above = grid[-1][len(cells)]
                cells += [Cell(above.text, spans=True)] * width
            else:
                text = _cell_text(cell, numbers)
                cells += [Cell(text), *[Cell(text, spans=True)] * (width - 1)]
        grid.append(cells)
    width = max((len(cells) for cells in grid), default=0)
    return [[*cells, *[Cell("")] * (width - len(cells))] for cells in grid]


def _cells_of(row: Any) -> Iterator[Any]:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    for _ in range(int(before.get(qn("w:val"), "0")) if before is not None else 0):
        yield row.makeelement(qn("w:tc"), {})
    for child in row.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(qn("w:tc"))


def _number(cell: Any, tag: str, otherwise: int) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn(tag)}")
    return int(found.get(qn("w:val"), str(otherwise))) if found is not None else otherwise


def _cell_text(cell: Any, numbers: Numbers) -> str:
    """Its paragraphs, and those of tables inside it."""
    lines = [_numbered(element, numbers) for element in cell.iter(qn("w:p"))]
    return "\n".join(lines).strip()


def read_xlsx(data: bytes) -> Source:
    """Every sheet as a table, after what stands alone in the rows above."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        source = Source()
        for name in book.sheet_names:
            _sheet(book.get_sheet_by_name(name), name, source)
    except Exception as broken:
        raise BadInput("Excel 文件已损坏或加密，无法读取。") from broken
    return source


def _sheet(sheet: Any, name: str, source: Source) -> None:
    grid = [
        [Cell(_shown(value)) for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, min(right, len(grid[row]) - 1) + 1):
                if (row, column) != (top, left):
                    grid[row][column] = Cell(grid[top][left].text, spans=True)
    _split(grid, name, source)


def _split(grid: list[list[Cell]], name: str, source: Source) -> None:
    """Rows above the table with one text are paragraphs."""
    table: list[list[Cell]] = []
    for row_number, cells in enumerate(grid, start=1):
        texts = {cell.text for cell in cells if cell.text}
        if not texts:
            continue
        if len(texts) == 1 and not table:
            source.blocks.append(Paragraph(texts.pop(), f"{name}第{row_number}行"))
        else:
            table.append(cells)
    if table:
        source.blocks.append(Table(table, f"工作表“{name}”"))


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_pdf(data: bytes) -> Source:
    """The text of a PDF line by line; tables are not recognised in it."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:200]]
    except Exception as broken:
        raise BadInput("PDF 文件已损坏或加密，无法读取。") from broken
    source = Source()
    for number, page in enumerate(pages, start=1):
        for line in page.split("\n"):
            if line.strip():
                source.blocks.append(Paragraph(line.strip(), f"第{number}页"))
    if not source.blocks:
        source.notes.append(
            ("no_text", "这个 PDF 里没有文字（可能是扫描件），请上传 Word 文件或文本。", "全文")
        )
    else:
        source.notes.append(
            ("pdf_tables", "PDF 中的表格不能识别，请对照原文补充片区和台账要求。", "全文")
        )
    return source
