"""How broad columns are: shares of the page, but no name, day or word broken where there is room.
All lengths are in points.
"""

from __future__ import annotations

import re
from math import ceil

from taizhang.papers.official.paper import breadth_of
from taizhang.papers.paper import Table

ACROSS = 3.5
"""From the edge of a cell to its text."""
ASCII = 0.58
"""A digit or a letter of our fonts, in sizes."""
_GAP = 0.25
"""What LibreOffice leaves between a digit and a Chinese character, though we ask for none."""
_LONGEST = 12
"""A word without a break that is wider, in sizes, is broken all the same."""
WORD = re.compile(r"[!-~]+")
DAY = re.compile(r"[0-9]{4}(?:-|年)[0-9]{1,2}(?:-|月)[0-9]{1,2}日?")
"""A cell that is a day, which is never broken."""
_NAME, _SHORT_WORDS = 3, (6, 5, 4)
"""A cell of so few characters is a name, which is not broken where there is room; nor are these
where much room is left.
"""
_MUCH = 0.65
"""Of the breadth: the columns of short words have so much at most."""
_LISTED = 16
"""A line of a cell that is a list, one name a line, is not broken where it has so few characters
and there is room.
"""
SQUEEZED = 1.02
"""So much narrower than reckoned columns may be: digits are reckoned broad."""


def widths(block: Table, breadth: float, size: float) -> list[float]:
    """Shares of the breadth, but no column narrower than its longest word or day."""
    columns, given = _columns(block), shares(block)
    names = _unbroken(columns, size, _NAME)
    least = [_least(cells, size, min(len(cells[0]), 4)) for cells in columns]
    least = list(map(max, least, names))
    listed = list(map(max, least, (_listed(cells, size) for cells in columns)))
    if sum(listed) <= breadth:
        least = listed
    elif sum(least) > breadth * 0.8:
        bare = closest(block, size)
        least = list(map(max, bare, names))
        least = least if sum(least) < breadth * SQUEEZED else bare
    broader = (list(map(max, least, _unbroken(columns, size, n))) for n in _SHORT_WORDS)
    least = next((one for one in broader if sum(one) <= breadth * _MUCH), least)
    if sum(least) >= breadth:
        return [breadth * one / sum(least) for one in least]
    return _shared(given, least, breadth)


def shares(block: Table) -> list[float]:
    """As the table says, else by what stands in its columns."""
    columns = _columns(block)
    return block.widths if len(block.widths) == len(columns) else [_share(c) for c in columns]


def _columns(block: Table) -> list[list[str]]:
    return [[head, *(row[at] for row in block.rows)] for at, head in enumerate(block.columns)]


def closest(block: Table, size: float) -> list[float]:
    """The least breadth of each column, with its head in lines of two characters."""
    return [_least(cells, size, min(len(cells[0]), 2)) for cells in _columns(block)]


def _shared(given: list[float], least: list[float], breadth: float) -> list[float]:
    fixed: set[int] = set()
    while True:
        free = breadth - sum(least[at] for at in fixed)
        total = sum(share for at, share in enumerate(given) if at not in fixed) or 1
        found = [
            least[at] if at in fixed else free * share / total for at, share in enumerate(given)
        ]
        short = {at for at, one in enumerate(found) if at not in fixed and one < least[at]}
        if not short:
            return found
        fixed |= short


def _share(cells: list[str]) -> float:
    longest = max((breadth_of(line) for cell in cells for line in cell.splitlines()), default=1)
    return min(max(longest, 2), 40) ** 0.7 or 1


def _least(cells: list[str], size: float, head: int) -> float:
    return max(head, *(_need(cell) for cell in cells)) * size + 2 * ACROSS + 1


def _unbroken(columns: list[list[str]], size: float, most: int) -> list[float]:
    """The breadth of each column at which no cell of at most so many characters has a
    line in it.
    """
    longest = (
        max((breadth_of(cell) for cell in cells[1:] if len(cell) <= most), default=1)
        for cells in columns
    )
    return [one * size + 2 * ACROSS + 1 for one in longest]


def _listed(cells: list[str], size: float) -> float:
    """The breadth at which no line of a list of names is broken; a cell with a sentence in it is no
    such list.
    """
    lists = (cell.splitlines() for cell in cells[1:] if "\n" in cell and "。" not in cell)
    lines = (line for one in lists for line in one)
    longest = max((breadth_of(line) for line in lines if len(line) <= _LISTED), default=0)
    return longest * size + 2 * ACROSS + 1


def _need(cell: str) -> float:
    if DAY.fullmatch(cell):
        gaps = 5 * _GAP if cell.endswith("日") else 0
        return sum(ASCII if char < "⺀" else 1 for char in cell) + gaps
    words = (len(word) * ASCII for word in WORD.findall(cell))
    return min(max(words, default=1), _LONGEST)


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a cell."""
    room = max(width - 2 * ACROSS, size)
    return sum(max(1, ceil(breadth_of(line) * size / room)) for line in text.splitlines() or [""])
