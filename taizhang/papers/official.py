"""An official paper as plain data, laid out by GB/T 9704-2012 (DOMAIN 8): notices, requests, feedback, circulars."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from taizhang.kernel import formal
from taizhang.papers.paper import Block, Line


@dataclass(frozen=True)
class Clause:
    """One paragraph. Level 1 is 一、 in 黑体, level 2 （一） in 楷体, levels 3 and 0 are in 仿宋; the number stands in the text."""

    text: str
    level: Literal[0, 1, 2, 3] = 0


@dataclass(frozen=True)
class Annex:
    """附件, on a page of its own; wide tables lie on their side."""

    title: str
    blocks: list[Block]
    landscape: bool = False


@dataclass(frozen=True)
class Official:
    """One official paper: a 文件 or a 信函 has the red head of its kind, a plain one none. Every element may be absent."""

    title: str
    to: str = ""
    body: list[Clause] = field(default_factory=list)
    signed: str = ""
    dated: date | None = None
    look: Literal["file", "letter", "plain"] = "plain"
    """文件, 信函 or plain (GB/T 9704 7, 10.1)."""
    issuer: str = ""
    """发文机关标志, in red at the head of a 文件 or 信函."""
    number: str = ""
    signatories: list[str] = field(default_factory=list)
    """签发人, of what goes upwards."""
    attachments: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """Tables within the text, between body and signature."""
    receipt: list[Line] = field(default_factory=list)
    """回执 below the signature, to be cut off."""
    contact: str = ""
    """附注 below the date: `联系人：某某，电话：…`; the brackets are added."""
    seal: bool = False
    """Room for the seal over name and date is kept, so that neither begins a page."""
    copies: str = ""
    """抄送."""
    printed_by: str = ""
    """印发机关 of the 版记."""
    printed_on: date | None = None
    """印发日期; without one the day of the paper."""
    imprint: str = ""
    """One more line of the 版记, as the trace where it is wanted in print."""
    trace: str = ""
    """What shows later that the paper and the records agree; it stands in the properties of the file."""


_HAN = "一二三四五六七八九十"


def numeral(n: int) -> str:
    """1 is 一, 12 is 十二; up to 99."""
    tens, ones = divmod(n, 10)
    if not tens:
        return _HAN[ones - 1]
    return ("" if tens == 1 else _HAN[tens - 1]) + "十" + (_HAN[ones - 1] if ones else "")


def in_full(day: date) -> str:
    """成文日期: 2018年10月19日, no leading zeros."""
    return formal.day(day)


def breadth_of(text: str) -> float:
    """How many characters of Chinese a line is wide: digits and letters take half of one."""
    return sum(0.5 if ord(char) < 0x2E80 else 1.0 for char in text)


def issuer_size(issuer: str) -> int:
    """发文机关标志 in points: 36, and smaller only for what would not fit 156 mm."""
    return min(36, int(440 / max(breadth_of(issuer), 1)))


def indents(signed: str, dated: str) -> tuple[float, float]:
    """How far name and date stand from the right, in characters: the date four, the name centred above it, none less than two."""
    day = 4.0
    name = day + (breadth_of(dated) - breadth_of(signed)) / 2
    if name < 2:
        day, name = day + (2 - name), 2.0
    return name, day
