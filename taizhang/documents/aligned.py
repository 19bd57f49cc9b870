"""Tables of a text that are kept apart by blanks: short headers, and below each of them what stands under it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

Piece = tuple[int, int, str]
"""(first column on paper, the column behind it, text)"""
_HEADER = re.compile(r"[\u4e00-\u9fffA-Za-z（）()/、]{1,10}")
_COLUMNS = 3
_SLACK = 2
"""A text may begin so many columns before its header."""


def rows_in(lines: Sequence[str], at: int) -> list[list[str]]:
    """The rows of a table that begins in a line, its headers first; empty where none does."""
    heads = _pieces(lines[at])
    if len(heads) < _COLUMNS or not all(_HEADER.fullmatch(text) for _, _, text in heads):
        return []
    rows = [[text for _, _, text in heads]]
    for line in lines[at + 1 :]:
        row = _under(heads, _pieces(line))
        if not row:
            break
        rows.append(row)
    return rows if len(rows) > _COLUMNS - 1 else []


def _pieces(line: str) -> list[Piece]:
    """What several blanks part, with where it stands; a wide character takes two columns."""
    found: list[Piece] = []
    for one in re.finditer(r"[^\s\u3000]+(?:[ \u3000](?![ \u3000])[^\s\u3000]+)*", line):
        first = _width(line[: one.start()])
        found.append((first, first + _width(one[0]), one[0]))
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _under(heads: Sequence[Piece], pieces: Sequence[Piece]) -> list[str]:
    """The cells of a line below the headers; empty where it is no row of theirs."""
    if len(pieces) == len(heads):
        return [text for _, _, text in pieces]
    row = [""] * len(heads)
    for first, _, text in pieces:
        near = [n for n, (left, _, _) in enumerate(heads) if left - _SLACK <= first]
        if not near or row[near[-1]] or abs(first - heads[near[-1]][0]) > _SLACK:
            return []
        row[near[-1]] = text
    return row if len(pieces) > 1 else []
