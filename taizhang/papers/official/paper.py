"""An official paper as plain data, laid out by GB/T 9704-2012 (DOMAIN 8): notices, requests,
feedback, circulars.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from taizhang.kernel.writing import formal
from taizhang.papers.paper import Block, Line


@dataclass(frozen=True)
class Clause:
    """One paragraph. Level 1 is 一、 in 黑体, level 2 （一） in 楷体, levels 3 and 0 are in 仿宋; the number
    stands in the text.
    """

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
    """One official paper: a 文件 or a 信函 has the red head of its kind, a plain one none. Every
    element may be absent.
    """

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
    """What shows later that the paper and the records agree; it stands in the properties of the
    file.
    """
    traced: bool = False
    """Whether the trace is wanted in print as well, in the 版记."""
    proved: bool = False
    """Whether a code is wanted beside the signature that proves the words to whoever has no access
    (`proofs`).
    """
    proof: str = ""
    """What that code says; it is made when the paper is printed."""


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
    return sum(0.5 if ord(char) < 0x2E80 and char not in "“”‘’—…" else 1.0 for char in text)


def issuer_size(issuer: str) -> int:
    """发文机关标志 in points: 36, and smaller only for what would not fit 156 mm."""
    return min(36, int(440 / max(breadth_of(issuer), 1)))


def indents(signed: str, dated: str, *, seal: bool) -> tuple[float, float]:
    """How far name and date stand from the right, in characters. With a seal the date four and the
    name centred above it; without one the name two, and the date begins two after the name. Neither
    ever less than two (GB/T 9704 7.3.5).
    """
    longer = breadth_of(dated) - breadth_of(signed)
    if seal:
        day, name = 4.0, 4 + longer / 2
        return (name, day) if name >= 2 else (2.0, day + 2 - name)
    day, name = -longer, 2.0
    return (name, day) if day >= 2 else (2 + longer + 2, 2.0)


def look_of(paper: Official) -> str:
    """文件 and 信函 have the head of their organ; without its name there is none."""
    return paper.look if paper.issuer else "plain"


def printed(paper: Official) -> str:
    """印发日期 as it is printed."""
    day = paper.printed_on or paper.dated
    return f"{in_full(day)}印发" if day else ""


def has_imprint(paper: Official) -> bool:
    """Whether there is a 版记; that of a 信函 has no 印发机关 and no lines (GB/T 9704 10.1)."""
    named = paper.printed_by and look_of(paper) != "letter"
    return bool(paper.copies or named or paper.imprint)


def signatory_lines(names: list[str]) -> list[list[str]]:
    """签发人, two in a line."""
    return [names[at : at + 2] for at in range(0, len(names), 2)]


def kept(body: list[Clause]) -> list[bool]:
    """Which clauses are headings that must not stand alone at the foot of a page."""
    below = [*(clause.level or 4 for clause in body[1:]), 0][: len(body)]
    return [
        bool(clause.level in {1, 2} and clause.level < level)
        for clause, level in zip(body, below, strict=True)
    ]
