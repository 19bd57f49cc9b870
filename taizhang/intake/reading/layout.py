"""How the cells of a form lie: labels above or beside what they ask, and tables that are lists."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator

from taizhang.documents.blocks import Cell, Table
from taizhang.intake.reading.pieces import plain
from taizhang.kernel.text import folded


def upright(table: Table, names: Container[str]) -> Iterator[list[Cell]]:
    """The rows; where labels stand in one row and what they ask in the next, each label beside its
    cell.
    """
    rows, at = table.rows, 0
    while at < len(rows):
        row = rows[at]
        own = [cell for cell in row if not cell.spans]
        below = rows[at + 1] if at + 1 < len(rows) else []
        if _heads(row, below, names):
            paired = zip(row, below, strict=False)
            yield [one for label, said in paired if not label.spans for one in (label, said)]
            at += 2
        else:
            yield own
            at += 1


def is_list(table: Table, names: Container[str]) -> bool:
    """A row of headers, most of them unknown, with rows below: what stands beside a header is no
    value of it.
    """
    for row, below in itertools.pairwise(table.rows[:4]):
        own = [cell.text for cell in row if not cell.spans]
        next_ = [cell.text for cell in below if not cell.spans]
        if (
            len(own) > 3
            and all(like_a_label(text) for text in own if text.strip())
            and len(next_) >= len(own) - 1
            and any(re.search(r"\d", text) for text in next_)
            and not any(plain(text) in names for text in next_)
            and not _alternates(next_)
            and _goes_on(table, len(own))
        ):
            return True
    return False


def _alternates(texts: list[str]) -> bool:
    """应到 │ 22 │ 实到 │ 19: labels nobody asks for beside their numbers, and no row of a list."""
    return len(texts) > 3 and all(
        like_a_label(label) and re.search(r"\d", said)
        for label, said in zip(texts[::2], texts[1::2], strict=False)
    )


def _goes_on(table: Table, wide: int) -> bool:
    """Whether most rows have as many cells as the header: a form has rows of two cells between
    those of four.
    """
    rows = [len([cell for cell in row if not cell.spans]) for row in table.rows]
    return sum(count >= wide - 1 for count in rows) * 2 > len(rows)


_ASKS = re.compile(
    r".*(?:时间|日期|原因|方式|[编证]?号码?|姓名|名称|情况|单位|金额|签[名字]|人数|类别|地点?|内容|结果|备注|性别|民族|学历|职务|年月|形式|意见)"
)


def is_bare_head(table: Table) -> bool:
    """A list of which nothing is filled in: one row of headers, and at most titles above it."""
    rows = [[c.text for c in row if not c.spans and c.text.strip()] for row in table.rows]
    filled = [row for row in rows if len(row) > 1]
    if len(filled) != 1 or len(filled[0]) < _HEADERS:
        return False
    values = filled[0][1::2]
    asking = sum(bool(_ASKS.fullmatch(plain(text))) for text in values)
    return all(like_a_label(text) for text in filled[0]) and asking * 2 >= len(values)


_HEADERS = 4


def _heads(row: list[Cell], below: list[Cell], names: Container[str]) -> bool:
    """Whether every cell of a row is a label, and none of the next is."""
    own = [plain(cell.text) for cell in row if not cell.spans]
    next_ = [plain(cell.text) for cell in below if not cell.spans]
    return (
        len(own) > 1
        and sum(label in names for label in own) * 4 >= len(own) * 3
        and bool(next_)
        and not any(label in names for label in next_)
    )


def like_a_label(text: str) -> bool:
    """A short cell without a sentence or a number."""
    return bool(re.fullmatch(r"[^，。；：？！,;:?!\d]{2,12}", folded(text)))
