"""Requirements that are listed without a table.

In an annex 一、 is the category, 1. an item, （1） what it must hold; in the letter the points below 检查内容 are items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.documents.blocks import Paragraph, Source
from taizhang.documents.plain import ANNEX
from taizhang.notices.letter.parts import Letter, Section
from taizhang.notices.model import Item, Notice
from taizhang.notices.values import half_width

_LISTED = re.compile(r"清单|目录|台账|要求|细则|标准|要点|内容")
_CATEGORY = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*(.+)$")
_PART = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*(.+)$")
_ITEM = re.compile(r"^\s*\d{1,3}\s*[.．、]\s*(.+)$")
_MORE = re.compile(r"^\s*(?:[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩]|\d{1,2}[)）])\s*(.+)$")
_CONTENTS = re.compile(r"(?:内容|重点|项目|事项)$")
_NUMBERED = re.compile(r"(?=(?<!\d)\d{1,2}\s*[.．、]\s*[\u4e00-\u9fff“])")
_LONGEST_TITLE = 24
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


def names_a_list(title: str) -> bool:
    """Whether a title announces what is asked: 检查要点清单, 考核细则 …"""
    return bool(_LISTED.search(title))


def points(read: Source, letter: Letter, notice: Notice) -> list[Item]:
    """The numbered points of the letter's own section on what is inspected; none where it is one sentence."""
    found: list[Item] = []
    lines = {line.where: line for line in read.paragraphs()}
    for section in letter.sections:
        if _CONTENTS.search(section.heading):
            before = len(found)
            _read_points(list(_lines(section, lines)), found)
            if len(found) > before:
                message = f"“{section.heading}”的各点识别为检查要求，请核对。"
                notice.warn("outline", message, section.where)
    return found


def _lines(section: Section, lines: dict[str, Paragraph]) -> Iterator[str]:
    """The section's lines as they were written; several points in one line are several."""
    for text, where in section.lines:
        whole = text if where == section.where else lines[where].text
        pieces = [one.strip() for one in _NUMBERED.split(whole) if one.strip()]
        yield from pieces if len(pieces) > 1 else [whole]


def _read_points(lines: list[str], found: list[Item]) -> None:
    """（一） is an item, or the category of the 1. below it."""
    category: str | None = None
    current: Item | None = None
    for at, line in enumerate(lines):
        part, item = _PART.match(line), _ITEM.match(line)
        if part and at + 1 < len(lines) and _ITEM.match(lines[at + 1]):
            category, _, more = (half.strip() for half in _parted(part[1]))
            current = None
            if more:
                found.append(_point(len(found) + 1, part[1], category))
        elif numbered := part or item:
            category = None if part else category
            current = _point(len(found) + 1, numbered[1], category)
            found.append(current)
        elif current:
            below = _MORE.match(line)
            current.requirement = f"{current.requirement}\n{below[1] if below else line}".strip()


def _parted(text: str) -> tuple[str, str, str]:
    """What a point is called, and what it asks."""
    mark = re.search(r"[：:。，,；;]", text)
    return (text[: mark.start()], mark[0], text[mark.end() :]) if mark else (text, "", "")


def _point(number: int, text: str, category: str | None) -> Item:
    title, mark, asked = _parted(text.strip())
    named = mark in ("：", ":", "。") and bool(asked.strip())
    return Item(
        no=number,
        category=category,
        subcategory=None,
        title=title.strip() if len(title) <= _LONGEST_TITLE else text.strip()[:_LONGEST_TITLE],
        requirement=asked.strip() if named else text.strip(),
        score=None,
    )


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
