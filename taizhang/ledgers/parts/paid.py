"""What the columns, rows and cells of a sheet of dues say: what is due, what was paid and when, and
what is no payment.
"""

from __future__ import annotations

import re
from typing import Literal

from taizhang.kernel.text import folded
from taizhang.ledgers.parts import spread
from taizhang.ledgers.written.tables import Cell, Cells

Meaning = Literal["paid", "due", "day", "sign"]
_MEANT: tuple[tuple[Meaning, str], ...] = (
    ("due", r"(?:本?月|每月)?应[交缴收](?:纳)?(?:党费)?(?:金?额|数)?|标准"),
    ("day", r"(?:[交缴]费?|[交缴]纳|收缴)?(?:日期|时间|日)"),
    ("sign", r"(?:本人|交款人|收款人)?(?:签[名字章到]|盖章|经办人|收缴人|收款人|收费人)"),
    ("paid", r"(?:本?月|已|实[际]?)?(?:[交缴收](?:纳|费)?|缴款)?(?:党费)?(?:金额|数额|额|数)|(?:实[际]?|已)[交缴收](?:纳)?(?:党费)?|[交缴]纳|[交缴]费|党费"),
)  # fmt: skip
_TICK = re.compile(r"[√✓✔☑V]|已[交缴](?:清|纳)?|是", re.IGNORECASE)
_AMOUNT = re.compile(r"[¥￥]?\d[\d,，]*(?:\.\d+)?元?")


def meaning(cell: object) -> Meaning | None:
    """What a header below a month, or the head of one of a member's rows, says; None for anything
    else.
    """
    plain = re.sub(r"[（(](?:元|人)[)）]|[*：:]", "", folded(str(cell)))
    return next((said for said, words in _MEANT if re.fullmatch(words, plain)), None)


def is_due(cell: object) -> bool:
    """Whether a header says what a member owes for each month."""
    plain = re.sub(r"[（(].*?[)）]|[*：:]", "", folded(str(cell)))
    return spread.BESIDE.get(plain) == spread.DUE


def sort_of_rows(body: Cells, used: set[int]) -> int | None:
    """The column that says of a member's rows which is what was due and which what was paid."""
    wide = max(map(len, body), default=0)
    for column in range(wide):
        said = {meaning(row[column]) for row in body if column < len(row)} - {None}
        if column not in used and said >= {"due", "paid"}:
            return column
    return None


def is_tick(cell: Cell) -> bool:
    """Whether a cell says that it was paid and not how much."""
    return isinstance(cell, str) and bool(_TICK.fullmatch(folded(cell)))


def is_amount(cell: Cell) -> bool:
    """Whether a cell is a sum of money above nothing."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell > 0
    return isinstance(cell, str) and bool(_AMOUNT.fullmatch(folded(cell))) and cell.strip() != "0"


def may_be_amount(cell: Cell) -> bool:
    """Whether a cell has to be read as one: a number stands in it; 免交, 转出 and / are none."""
    return not isinstance(cell, str) or is_tick(cell) or bool(re.search(r"\d", folded(cell)))
