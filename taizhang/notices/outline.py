"""Requirements that an annex lists as an outline, without a table: 一、 is the category, 1. an item, （1） what it must hold."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph, Source
from taizhang.documents.plain import ANNEX
from taizhang.notices.model import Item, Notice
from taizhang.notices.values import half_width

_LISTED = re.compile(r"清单|目录|台账|要求|细则|标准|要点|内容")
_CATEGORY = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*(.+)$")
_PART = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*(.+)$")
_ITEM = re.compile(r"^\s*\d{1,3}\s*[.．、]\s*(.+)$")
_MORE = re.compile(r"^\s*(?:[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩]|\d{1,2}[)）])\s*(.+)$")
_SCORE = re.compile(r"[（(](\d+(?:\.\d+)?)分[）)]\s*$")


def items(read: Source, notice: Notice) -> list[Item]:
    """The items of every annex that is a list and no table."""
    found: list[Item] = []
    for lines in _annexes(read):
        titles = [line.text for line in lines[:2]]
        numbered = sum(bool(_ITEM.match(line.text)) for line in lines)
        if any(_LISTED.search(title) for title in titles) and numbered:
            _read(lines[1:], found)
            message = "附件不是表格，按标题层次识别为台账清单，请核对。"
            notice.warn("outline", message, lines[0].where)
    return found


def _annexes(read: Source) -> list[list[Paragraph]]:
    """The lines of each annex's own pages, without those that hold a table."""
    found: list[list[Paragraph]] = []
    inside = False
    for block in read.blocks:
        if isinstance(block, Paragraph) and ANNEX.match(block.text):
            inside = True
            found.append([])
        elif inside and isinstance(block, Paragraph):
            found[-1].append(block)
        elif inside and found:
            found.pop()
            inside = False
    return [lines for lines in found if lines]


def _read(lines: list[Paragraph], found: list[Item]) -> None:
    category = subcategory = None
    current: Item | None = None
    for line in lines:
        if named := _CATEGORY.match(line.text):
            category, subcategory, current = _name(named[1]), None, None
        elif named := _PART.match(line.text):
            subcategory, current = _name(named[1]), None
        elif (
            current
            and not _ITEM.match(line.text)
            and (current.requirement or _MORE.match(line.text))
        ):
            more = _MORE.match(line.text)
            said = more[1].strip() if more else line.text.strip()
            current.requirement = f"{current.requirement}\n{said}".strip()
        else:
            named = _ITEM.match(line.text)
            current = _item(len(found) + 1, named[1] if named else line.text)
            current.category, current.subcategory = category, subcategory
            found.append(current)


def _name(text: str) -> str:
    return re.sub(r"[：:。]$", "", text.strip())


def _item(number: int, text: str) -> Item:
    """`党员大会台账：每季度召开一次……（5分）`"""
    title, _, asked = text.strip().partition("：" if "：" in text else ":")
    score = _SCORE.search(half_width(text))
    return Item(
        no=number,
        category=None,
        subcategory=None,
        title=title.strip().rstrip("；;。"),
        requirement=asked.strip(),
        score=float(score[1]) if score else None,
    )
