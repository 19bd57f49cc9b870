"""党费收缴 by quarters or half years: one row a member, a column for each; a sum of the months' dues
becomes its months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, parse, yuan
from taizhang.ledgers.parts import paid, spread
from taizhang.ledgers.written import feet
from taizhang.ledgers.written.tables import Cell, Cells

NAMED = {"姓名", "党员姓名", "交纳人", "缴费人", "缴纳人"}
_WITHIN = 6
_LEAST = 2
_BEHIND = re.compile(r"(?:党费|金额|缴纳|交纳|实缴|实交|缴费|交费|数额|额|\(元\)|（元）)+$")
_AMOUNT = Field(name="amount", label="金额", kind="money", required=True)


@dataclass(frozen=True)
class Columns:
    """Where things stand: the row of the headers, the names, what is due a month, and the columns
    of several months.
    """

    header: int
    name: int
    due: int | None
    several: dict[int, str]

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.header + 1


def columns(table: Cells) -> Columns | None:
    """None for a sheet of another kind."""
    for at, cells in enumerate(table[:_WITHIN]):
        several = {c: said for c, cell in enumerate(cells) if (said := _several(cell))}
        if len(several) < _LEAST:
            continue
        heads = [*enumerate(cells), *enumerate(table[at - 1] if at else [])]
        names = [c for c, cell in heads if _plain(cell) in NAMED]
        due = [c for c, cell in heads if paid.is_due(cell)]
        if names:
            several = dict(sorted(several.items(), key=lambda one: _first_of(one[1])))
            return Columns(at, names[0], due[0] if due else None, several)
    return None


def member(cells: list[Cell], at: int) -> str:
    """Whose row it is; empty for sums and lines of signatures."""
    name = str(cells[at]).strip() if at < len(cells) else ""
    ends = _plain(name) in NAMED or feet.is_sum(name) or re.search("[：:]", name)
    return "" if ends else name


def _plain(cell: object) -> str:
    return re.sub(r"[（(].*?[)）]|[*：:]", "", folded(str(cell)))


def _several(cell: object) -> str:
    """What a header says of several months: 一季度, 上半年, 1-3月."""
    said = _BEHIND.sub("", folded(str(cell)))
    try:
        return said if len(spread.months(said, ["2000"])) > 1 else ""
    except written.NotReadable:
        return ""


def _first_of(said: str) -> date:
    """The first of several months, in which order they are told wherever their columns stand."""
    return min(spread.months(said, ["2000"]))


def payments(table: Cells, found: Columns, year: int) -> Iterator[tuple[int, list[Cell]]]:
    """(row as Excel counts, [name, month, amount, day paid]); a sum that the dues do not make stays
    with its quarter.
    """
    for number, cells in enumerate(table[found.header + 1 :], start=found.header + 2):
        name = member(cells, found.name)
        if not name or feet.is_foot(cells):
            continue
        for at, said in found.several.items():
            amount = cells[at] if at < len(cells) else ""
            if str(amount).strip() and amount != 0 and paid.may_be_amount(amount):
                due = cells[found.due] if found.due is not None and found.due < len(cells) else ""
                for month, one in _shared(said, year, amount, due):
                    yield number, [name, month, one, ""]


def _shared(said: str, year: int, amount: Cell, due: Cell) -> list[tuple[str, Cell]]:
    months: list[date] = spread.months(said, [str(year)])
    try:
        each = parse(_AMOUNT, due, NO_NAMES)
        whole = parse(_AMOUNT, amount, NO_NAMES)
    except Unreadable:
        each = whole = None
    if each is None or each * len(months) != whole:
        return [(f"{year}年{said}", amount)]
    return [(f"{month:%Y-%m}", yuan(each)) for month in months]
