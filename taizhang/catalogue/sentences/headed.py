"""Numbers and marks of cells, each with the header over it that names a period: how often, and at
least.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.catalogue.sentences import periods
from taizhang.catalogue.sentences.periods import COUNT, WINDOW
from taizhang.catalogue.sentences.sayings import number_of
from taizhang.kernel.calendar import Grain

BARE: tuple[tuple[str, Grain], ...] = (
    ("半年|学期", "half"),
    ("季", "quarter"),
    ("月", "month"),
    ("年", "year"),
)
_ONE = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_NUMBERED = re.compile(
    rf"(?:≥|>=|>|不少于|不低于|至少)?{_ONE}(?:[-—–~至]{_ONE})?[^；\d月季年周日度分元，]{{0,5}}"
)
_NAMED = re.compile(r"(?:半年|学期|季|月|年)度?")
_UPPER = re.compile(r"超过|多于|至多|最多|上限|以内")


@dataclass(frozen=True)
class Headed:
    """At least so many in every window, and where in the text the header stands that says so."""

    every: Grain
    at_least: int
    header: str
    span: tuple[int, int]


def headed(text: str) -> list[Headed]:
    """`每季度；1次；每年；4`: all that a cell says, or nothing where some of it is neither a header nor its
    number.
    """
    told: list[tuple[re.Match[str], str]] = []
    for one in re.finditer("[^；]+", text):
        if told and not told[-1][1] and _NUMBERED.fullmatch(one[0]):
            told[-1] = (told[-1][0], one[0])
        else:
            told.append((one, ""))
    found = [
        Headed(every, _number(number or "1"), head[0], head.span())
        for head, number in told
        if (every := _at_least(head[0], number))
    ]
    counted = any(number for _, number in told)
    return found if counted and len(found) == len(told) else []


def _at_least(head: str, number: str) -> Grain | None:
    """The window of a header over a number, or over a mark where it says no more; None where it
    bounds from above.
    """
    only = WINDOW.fullmatch(head) or _NAMED.fullmatch(head)
    asks = not _UPPER.search(head) and (_number(number) if number else only)
    return _every(head) if asks else None


def _every(head: str) -> Grain | None:
    """The window that a header names, `月度` too."""
    if window := WINDOW.search(head):
        return periods.grain_of(window)
    named = _NAMED.fullmatch(head)
    return next((grain for said, grain in BARE if named and re.search(said, head)), None)


def _number(text: str) -> int:
    """`≥2`, `2次以上`, `12`."""
    counted = text if COUNT.search(text) else re.sub(r"(?=(?:及?以上)?$)", "次", text, count=1)
    found = COUNT.search(counted)
    return number_of(found, counted) if found else 0
