"""Word files: what a reader sees of them. Hidden and struck text is told, not read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from taizhang.documents.blocks import Block, Cell, Paragraph, Picture, Source, Table, placed
from taizhang.documents.numbering import Numbers
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import brief

_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_GONE = {qn("w:del"), qn("w:moveFrom")}
_OFF = {"0", "false", "off"}
_CHARACTER = 210
"""Twips of one character of the usual size, for indents given in twips."""


def read(data: bytes) -> Source:
    """The body of a Word file; numbers that Word makes itself are written out."""
    try:
        document = docx.Document(io.BytesIO(data))
        return _Reader(document).source()
    except Exception as broken:
        raise BadInput("Word 文件已损坏，无法读取。") from broken


class _Reader:
    """Goes through one document in order, for its numbers count on."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbers = Numbers(document)
        self._paragraphs = self._tables = 0
        self._notes: dict[tuple[str, str], list[str]] = {}

    def source(self) -> Source:
        found = Source(list(self._body(self._document.element.body)))
        found.aside = list(self._aside())
        words = {"hidden_text": "隐藏", "struck_text": "加删除线"}
        for (code, where), texts in self._notes.items():
            said = "".join(texts).strip()
            if said:
                message = f"此处有{words[code]}的文字“{brief(said, 30)}”，没有作为内容读取。"
                found.notes.append((code, message, where))
        return found

    def _body(self, body: Any, boxed: bool = False) -> Iterator[Block]:  # noqa: FBT001, FBT002
        for element in body.iterchildren():
            if element.tag == qn("w:p"):
                yield from self._lines(element, boxed=boxed)
            elif element.tag == qn("w:tbl") and _is_layout(element):
                for row in element.iterchildren(qn("w:tr")):
                    yield from self._body(row.find(qn("w:tc")), boxed)
            elif element.tag == qn("w:tbl"):
                self._tables += 1
                where = f"第{self._tables}个表"
                heads = len(element.findall(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}"))
                yield placed(Table(self._rows(element, where), where, heads=heads))
                yield from self._boxes(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                if content is not None:
                    yield from self._body(content, boxed)

    def _lines(self, element: Any, *, boxed: bool) -> Iterator[Block]:
        self._paragraphs += not boxed
        where = f"第{self._paragraphs}段" + ("旁的文本框" if boxed else "")
        text = self._text(element, where).strip()
        number = self._numbers.before(element)
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = style.get(qn("w:val"), "") if style is not None else ""
        for at, line in enumerate((number + text if text else "").split("\n")):
            if line.strip():
                first = number if at == 0 else ""
                indent = _indent(element)
                yield Paragraph(line.strip(), where, named, first, indent, boxed)
        if _has_picture(element):
            yield Picture(where)
        yield from self._boxes(element)

    def _boxes(self, element: Any) -> Iterator[Block]:
        """What stands in text boxes that hang on a paragraph, once each."""
        for box in element.iter(_BOX):
            outer = [one.tag for one in _between(box, element)]
            if _FALLBACK not in outer and _BOX not in outer:
                yield from self._body(box, boxed=True)

    def _text(self, element: Any, where: str) -> str:
        """The text that is seen; what is hidden or struck is noted."""
        parts: list[str] = []
        for node in _visible(element):
            said = _said(node)
            code = _unseen(node, element)
            if not code:
                parts.append(said)
            elif said.strip():
                self._notes.setdefault((code, where), []).append(said)
        return "".join(parts)

    def _rows(self, table: Any, where: str) -> list[list[Cell]]:
        """The grid of a table; a merged cell's text stands in every cell that it covers."""
        grid: list[list[Cell]] = []
        for number, row in enumerate(table.iterchildren(qn("w:tr")), 1):
            cells: list[Cell] = []
            for cell in _cells_of(row):
                width = _number(cell, "w:gridSpan", 1)
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
                if goes_on and grid and len(cells) < len(grid[-1]):
                    above = grid[-1][len(cells)]
                    cells += [Cell(above.text, spans=True, where=above.where)] * width
                else:
                    place = f"{where} 第{number}行第{len(cells) + 1}列"
                    text = self._cell_text(cell, place)
                    cells += [
                        Cell(text, where=place),
                        *[Cell(text, spans=True, where=place)] * (width - 1),
                    ]
            grid.append(cells)
        width = max((len(cells) for cells in grid), default=0)
        return [[*cells, *[Cell("")] * (width - len(cells))] for cells in grid]

    def _cell_text(self, cell: Any, where: str) -> str:
        """Its paragraphs, and those of tables inside it; a number without text stands alone."""
        lines = [
            self._numbers.before(one) + self._text(one, where)
            for one in cell.iter(qn("w:p"))
            if _BOX not in [outer.tag for outer in _between(one, cell)]
        ]
        return "\n".join(lines).strip()

    def _aside(self) -> Iterator[Paragraph]:
        labels = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
        for relation in self._document.part.rels.values():
            label = labels.get(relation.reltype.rsplit("/", 1)[-1])
            if not label or relation.is_external:
                continue
            part = relation.target_part
            root = part.element if hasattr(part, "element") else parse_xml(part.blob)
            for element in root.iter(qn("w:p")):
                text = self._text(element, label).strip()
                if text:
                    yield Paragraph(text, label)


def _between(inner: Any, outer: Any) -> Iterator[Any]:
    """The elements around one, up to another."""
    holder = inner.getparent()
    while holder is not None and holder is not outer:
        yield holder
        holder = holder.getparent()


def _visible(element: Any) -> Iterator[Any]:
    """Its pieces of text, without those of text boxes inside it."""
    tags = (qn("w:t"), qn("w:delText"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen"))
    for node in element.iter(*tags):
        outer = [one.tag for one in _between(node, element)]
        if _BOX not in outer and _FALLBACK not in outer:
            yield node


def _said(node: Any) -> str:
    if node.tag in (qn("w:t"), qn("w:delText")):
        return node.text or ""
    if node.tag == qn("w:tab"):
        return "\t" if node.getparent().tag == qn("w:r") else ""
    return "-" if node.tag == qn("w:noBreakHyphen") else "\n"


def _unseen(node: Any, paragraph: Any) -> str:
    """Why a reader does not see a piece of text, or sees it struck; `""` when it is plain."""
    if any(one.tag in _GONE for one in _between(node, paragraph)):
        return "struck_text"
    run = node.getparent()
    properties = run.find(qn("w:rPr")) if run.tag == qn("w:r") else None
    if properties is None:
        return ""
    if _on(properties, "w:vanish"):
        return "hidden_text"
    return "struck_text" if _on(properties, "w:strike") or _on(properties, "w:dstrike") else ""


def _on(properties: Any, tag: str) -> bool:
    found = properties.find(qn(tag))
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def _indent(element: Any) -> float:
    """First line and left indent together, in characters."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if found is None:
        return 0
    names = (("w:leftChars", 100), ("w:firstLineChars", 100), ("w:left", _CHARACTER))
    shares = [_share(found.get(qn(name)), unit) for name, unit in names]
    first = 0 if shares[1] else _share(found.get(qn("w:firstLine")), _CHARACTER)
    return round((shares[0] or shares[2]) + shares[1] + first, 1)


def _share(value: str | None, unit: int) -> float:
    try:
        return float(value or 0) / unit
    except ValueError:
        return 0


def _is_layout(table: Any) -> bool:
    """One column of cells that hold tables: it only places them on the page."""
    rows = list(table.iterchildren(qn("w:tr")))
    return table.find(f".//{qn('w:tc')}//{qn('w:tbl')}") is not None and all(
        len(list(row.iterchildren(qn("w:tc")))) == 1 for row in rows
    )


def _has_picture(element: Any) -> bool:
    return any(
        _BOX not in [one.tag for one in _between(node, element)]
        for node in element.iter(_BLIP, _IMAGE, qn("w:object"))
    )


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
