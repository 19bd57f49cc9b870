"""Dues of several months in one row, and months whose year stands in the title of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from taizhang.intake.forms import Read
from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.fields import NO_NAMES, Unreadable, of_model, parse, render
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written.tables import Cell

_YEAR = re.compile(r"(20\d{2})年")
_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月")
_RANGE = re.compile(
    r"(?:(20\d{2})年)?(\d{1,2})月?份?(?:[-—–~～至到]+(?:20\d{2}年)?(\d{1,2}))?月份?"
)
_QUARTER = re.compile(r"(?:(20\d{2})年)?第?([一二三四1-4])季度")
_FIELD = "month"


def months(kind: LedgerKind, read: Read, row: Sequence[Cell], title: str) -> Iterable[Read]:
    """The row, or one row a month: where the sum is that of the months' dues; else the clerk is asked."""
    field = next((one for one in kind.fields() if one.name == _FIELD and one.kind == "month"), None)
    if field is None:
        return [read]
    said, plain_title = read.values.get(_FIELD, ""), folded(title)
    if not said:
        _of_title(read, plain_title, title)
        return [read]
    found = _months(folded(said), plain_title)
    if len(found) == 1:
        read.values[_FIELD] = found[0]
    amount = _fen(kind, read.values.get("amount", ""))
    if len(found) < 2 or amount is None:
        return [read]
    each, rest = divmod(amount, len(found))
    if rest or each not in {_fen(kind, str(cell)) for cell in row}:
        return [read]
    return [
        Read(
            read.values | {_FIELD: month, "amount": render(of_model(kind.model, "amount"), each)},
            dict(read.sources),
            list(read.left),
        )
        for month in found
    ]


def _of_title(read: Read, plain: str, title: str) -> None:
    """The one month that the title names."""
    found = set(_MONTH.findall(plain))
    if len(found) == 1:
        year, month = found.pop()
        read.values[_FIELD], read.sources[_FIELD] = (
            f"{year}-{int(month):02d}",
            f"标题：{title[:60]}",
        )


def _months(said: str, title: str) -> list[str]:
    """The months that a cell names; the year stands with them or in the title."""
    years = set(_YEAR.findall(title))
    quarter, run = _QUARTER.fullmatch(said), _RANGE.fullmatch(said)
    if quarter:
        last = 3 * (chinese_number(quarter[2]) or 0)
        own, numbers = quarter[1], range(last - 2, last + 1)
    elif run and "月" in said:
        own, numbers = run[1], range(int(run[2]), int(run[3] or run[2]) + 1)
    else:
        return []
    year = own or (years.pop() if len(years) == 1 else "")
    return [f"{year}-{n:02d}" for n in numbers if 1 <= n <= 12] if year else []


def _fen(kind: LedgerKind, text: str) -> int | None:
    try:
        fen = parse(of_model(kind.model, "amount"), text, NO_NAMES)
    except Unreadable:
        return None
    return fen if isinstance(fen, int) else None
