"""Texts of people joined into papers: each sentence ends with one stop, each day is written in
full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from taizhang.kernel.text import nested
from taizhang.papers.official.paper import in_full

_LOOSE = "。．.；;，,、 \u3000\r\n\t"
_ENDS = "！？!?…"
_CLOSING = "”’」』）)》"


def unended(text: str) -> str:
    """A text without the stop at its end, to be gone on with; doubled stops within it are one."""
    plain = re.sub(r"。{2,}", "。", text.strip())
    return plain.rstrip(_LOOSE)


def sentence(text: str) -> str:
    """A text that ends with exactly one stop, whatever it ended with, and has no quotation marks in
    its like; of nothing, nothing.
    """
    plain = nested(unended(text))
    if not plain or plain[-1] in _ENDS:
        return plain
    if plain[-1] in _CLOSING and plain[-2:-1] in ("。", "！", "？"):
        return plain
    return f"{plain}。"


def listed(names: Iterable[str]) -> str:
    """Names one after another; with a stronger mark between them where one of them has a mark in
    itself.
    """
    told = list(names)
    return ("；" if any(mark in name for name in told for mark in "、，；") else "、").join(told)


def paragraphs(text: str) -> list[str]:
    """Each line that says something, as a sentence."""
    return [told for line in text.splitlines() if (told := sentence(line))]


def days_told(first: date | None, last: date | None) -> str:
    """A stretch of days in full: `2018年10月25日至26日`; one day once; without a day, room
    to write it.
    """
    if first is None:
        return "　　年　月　日"
    if last is None or last <= first:
        return in_full(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{in_full(first)}至{last.day}日"
    if first.year == last.year:
        return f"{in_full(first)}至{last.month}月{last.day}日"
    return f"{in_full(first)}至{in_full(last)}"


_ISO_DAY = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def days_in_full(text: str) -> str:
    """A text with each `2018-10-05` in it written 2018年10月5日."""
    return _ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)


def months_in_full(text: str) -> str:
    """`2018-10` or `2018-10-05` as 2018年10月; what is neither stays."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?", text)
    return f"{found[1]}年{int(found[2])}月" if found else text
