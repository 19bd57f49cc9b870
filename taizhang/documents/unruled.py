"""Tables of a PDF that have no rules: what stands under each header, line by line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.documents.blocks import Cell, Table
from taizhang.documents.ruled import Piece, cell_text

_HEADER = re.compile(
    r"序号|编号|(?:[\u4e00-\u9fff]{0,4})(?:项目|内容|标准|要求|要点|指标|类别|大类|小类|分值|分数|方式|方法|材料|资料|频次|周期|名称|"
    r"组别|片区|单位|学校|时间|地点|人员|组长|成员)"
)
LEAST = 2
"""Rows that a table has at least below its headers."""

Lines = Sequence[list[Piece]]


@dataclass(frozen=True)
class Unruled:
    """A table among the lines of a page: from which line to before which, and its cells."""

    first: int
    after: int
    table: Table


def tables_in(lines: Lines, where: str) -> list[Unruled]:
    """The tables of a page, from top to bottom; only where a line of known headers stands above."""
    found: list[Unruled] = []
    at = 0
    while at < len(lines):
        one = _table(lines, at, f"{where}{f'第{len(found) + 1}个' if found else ''}无线表")
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one.after
    return found


def _is_header(line: list[Piece]) -> bool:
    texts = ["".join(piece.text.split()) for piece in line]
    known = [text for text in texts if _HEADER.fullmatch(text)]
    apart = all(b.x - a.right > a.size for a, b in itertools.pairwise(line))
    return len(line) > 2 and apart and len(known) > 1 and len(known) * 3 >= len(texts) * 2


def _table(lines: Lines, at: int, where: str) -> Unruled | None:
    head = lines[at]
    if not _is_header(head):
        return None
    lefts = [piece.x for piece in head]
    after = at + 1
    while after < len(lines) and _is_inside(lines, after, at, lefts):
        after += 1
    body = lines[at + 1 : after]
    rows = _rows(body, lefts, head[0].y - body[0][0].y) if body else []
    if len(rows) < LEAST or sum(len({_column(p, lefts) for p in row}) > 1 for row in rows) < LEAST:
        return None
    told = [[_cell([piece], lefts, n, f"{where} 第1行第{n + 1}列") for n, piece in enumerate(head)]]
    for number, row in enumerate(rows, start=2):
        cells = [[p for p in row if _column(p, lefts) == n] for n in range(len(lefts))]
        told.append(
            [
                _cell(some, lefts, n, f"{where} 第{number}行第{n + 1}列")
                for n, some in enumerate(cells)
            ]
        )
    return Unruled(at, after, Table(told, where))


def _is_inside(lines: Lines, n: int, head: int, lefts: list[float]) -> bool:
    """Whether a line belongs to the table: it keeps to the columns, and is no text that begins at
    the edge below.
    """
    line = lines[n]
    columns = [_column(piece, lefts) for piece in line]
    ends = [*lefts[1:], float("inf")]
    if any(c is None or p.right > ends[c] for c, p in zip(columns, line, strict=True)):
        return False
    gaps = [a[0].y - b[0].y for a, b in zip(lines[head:n], lines[head + 1 : n + 1], strict=True)]
    return columns != [0] or gaps[-1] <= 1.12 * min(gaps)


def _column(piece: Piece, lefts: list[float]) -> int | None:
    """Under which header a text begins; none where it begins between two."""
    near = [n for n, left in enumerate(lefts) if abs(piece.x - left) <= piece.size]
    return near[0] if near else None


def _rows(body: Lines, lefts: list[float], first: float) -> list[list[Piece]]:
    """Lines that lie closer than others go on in a cell; where all lie alike, a filled first column
    begins a row.
    """
    gaps = [above[0].y - below[0].y for above, below in itertools.pairwise(body)]
    least = min([*gaps, first], default=first)
    spread = any(gap > 1.12 * least for gap in [*gaps, first])
    rows: list[list[Piece]] = []
    for number, line in enumerate(body):
        begins = (
            gaps[number - 1] > 1.12 * least
            if spread and number
            else any(_column(piece, lefts) == 0 for piece in line)
        )
        if begins or not rows:
            rows.append(list(line))
        else:
            rows[-1] += line
    return rows


def _cell(pieces: list[Piece], lefts: list[float], n: int, where: str) -> Cell:
    """A line goes on below where it is as full as its column has any."""
    size = pieces[0].size if pieces else 0.0
    right = lefts[n + 1] - size if n + 1 < len(lefts) else max((p.right for p in pieces), default=0)
    widest = max((piece.right for piece in pieces), default=right)
    return Cell(cell_text(pieces, lefts[n], min(right, widest + 0.5 * size)), where=where)
