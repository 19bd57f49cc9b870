"""A file as blocks: bytes in, `Source` out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.documents import plain, scanned, workbook
from taizhang.documents.blocks import Block, Paragraph, Source, Table
from taizhang.kernel import files, libreoffice
from taizhang.kernel.errors import BadInput, Refused
from taizhang.kernel.text import folded

_WORD, _EXCEL, _OLD_EXCEL = (
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book")
)
_SAVE_ANEW = "请用 WPS 或 Word 另存为 .docx/.xlsx 后再导入"


def source(data: bytes, recognise: scanned.Recogniser | None = None) -> Source:
    """The blocks of a file; raises BadInput for what cannot be read, in words that say
    what to do. Pages that are pictures are recognised anew, or as `recognise` knows them.
    """
    found = _read(data, recognise)
    found.blocks = joined(found.blocks)
    return found


def _read(data: bytes, recognise: scanned.Recogniser | None) -> Source:
    form = files.format_of(data)
    if form == "ole":
        return _old(data)
    if form == "picture" and scanned.available():
        return scanned.pages([data], recognise)
    if form == "picture":
        raise BadInput("这是图片，不能识别文字；请导入 Word 文件或文本。")
    if form == "text":
        text = files.text(data)
        if not text.strip():
            raise BadInput("文件里没有文字。")
        return plain.read(text)
    if form == "pdf":
        return _pdf(data, recognise)
    return {"docx": _word, "xlsx": workbook.read, "ods": workbook.read}[form](data)


def _word(data: bytes) -> Source:
    from taizhang.documents import word  # noqa: PLC0415  (heavy, and only needed when such a file comes)

    return word.read(data)


def _pdf(data: bytes, recognise: scanned.Recogniser | None) -> Source:
    from taizhang.documents import pdf  # noqa: PLC0415  (heavy, and only needed when such a file comes)

    found = pdf.read(data)
    if not found.blocks and scanned.available():
        return _scan(data, recognise) or found
    return found


def _scan(data: bytes, recognise: scanned.Recogniser | None) -> Source | None:
    """A PDF whose pages are pictures."""
    from taizhang.documents import pdf  # noqa: PLC0415

    found = pdf.pictures(data)
    return scanned.pages(found, recognise) if found else None


def _old(data: bytes) -> Source:
    """Files of the old Office: workbooks are read as they are, letters are converted where a
    program for it is there.
    """
    if _WORD in data and libreoffice.program() is not None:
        try:
            return _word(libreoffice.converted([data], "doc", "docx")[0])
        except Refused as failed:
            raise BadInput(f"这是旧版 .doc 文件，没有转换成功；{_SAVE_ANEW}。") from failed
    if _WORD not in data and (_EXCEL in data or _OLD_EXCEL in data):
        return workbook.read(data)
    raise BadInput(f"这是旧版 .doc/.xls 文件，{_SAVE_ANEW}。")


_GOES_ON = re.compile(r"[（(]?(?:接上[表页]|续(?:上|前)?[表页]?\d*)[）)]?[:：]?")


def joined(blocks: Iterable[Block]) -> list[Block]:
    """A table below a line 续表 is the rest of the table above, with its header repeated or not."""
    found: list[Block] = []
    for block in blocks:
        below = found[-1] if found else None
        above = found[-2] if len(found) > 1 else None
        if (
            isinstance(block, Table)
            and isinstance(below, Paragraph)
            and isinstance(above, Table)
            and _GOES_ON.fullmatch(folded(below.text))
            and len(block.rows[0]) == len(above.rows[0])
        ):
            repeated = [c.text for c in block.rows[0]] == [c.text for c in above.rows[0]]
            above.rows += block.rows[repeated:]
            found.pop()
        else:
            found.append(block)
    return found
