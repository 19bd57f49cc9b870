"""Notices as Word files, made from text for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import docx
import typst

from taizhang.notices import read
from taizhang.notices.model import Notice
from taizhang.papers.writers import pdf

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "notice-2018.txt"
Merge = tuple[int, int, int, int]
"""(top, left, bottom, right), both ends included."""


class Paper:
    """A Word file that is written line by line."""

    def __init__(self, *lines: str) -> None:
        """Begin with paragraphs."""
        self.document = docx.Document()
        self.write(*lines)

    def write(self, *lines: str) -> Paper:
        """More paragraphs."""
        for line in lines:
            self.document.add_paragraph(line)
        return self

    def table(self, rows: Sequence[Sequence[str]], merges: Sequence[Merge] = ()) -> Paper:
        """A table; merged cells take the text of their first."""
        table = self.document.add_table(len(rows), len(rows[0]))
        for top, left, bottom, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    table.cell(at, column).text = text
        return self

    def data(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def read(self) -> Notice:
        """The notice that is read from it."""
        return read.notice(self.data())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(pdf.FONTS)])


def plain_pdf(source: str) -> bytes:
    """A PDF of what is written for typst, in the fonts of our own."""
    head = (
        '#set page("a4", margin: 50pt)\n#set text(font: "Noto Serif CJK SC", size: 10.5pt, '
        'lang: "zh", region: "cn")\n'
    )
    made: bytes = typst.compile((head + source).encode(), font_paths=_fonts())
    return made


HEAD = (
    "关于开展党建督查的通知",
    "各基层党组织：",
    "经研究，决定开展督查。",
    "一、督查时间",
    "2019年5月6日至7日",
)
TAIL = ("示例区教育局党委", "2019年4月20日")


def letter(*more: str) -> Paper:
    """A short notice; tables follow."""
    return Paper(*HEAD, *more, *TAIL, "附件1")


def codes(notice: Notice) -> set[str]:
    """The codes of its warnings."""
    return {warning.code for warning in notice.warnings}
