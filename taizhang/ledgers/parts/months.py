"""党费收缴台账 as it is kept on paper (DOMAIN 7.11): one row a member, columns of months.

A month may have several columns (应缴, 实缴, 日期), and a member two rows (应缴 above 实缴).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.parts import paid, quarters
from taizhang.ledgers.written import feet
from taizhang.ledgers.written.tables import Cell, Cells, Unfolded

HEADERS = ["姓名", "月份", "金额", "交纳日期"]
_MONTH = re.compile(
    r"(?:(20\d{2})(?:年|[./-]))?(\d{1,2}|[一二三四五六七八九十]{1,2})(?:月份?)?(?:1日)?[(（]?([^\d()（）]*)[)）]?"
)
_YEAR = re.compile(r"(20\d{2})年")
_SHORT_DAY = re.compile(r"(\d{1,2})[.月/-](\d{1,2})日?")
_WITHIN = 6
_LEAST = 3
"""So many columns of months make such a sheet."""
_TITLES = 2
"""A row of a title and its unit has so many texts at most."""

_Month = tuple[int, int]
"""The year where the header says it, else 0, and the number of the month."""


@dataclass
class _OfMonth:
    """The columns of a month."""

    paid: int | None = None
    due: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class _Columns:
    """Where things stand: the row of the headers, the first row of data, the names, each month's
    columns, what is due every month, and which of a member's rows a row is.
    """

    header: int
    first: int
    name: int
    months: dict[_Month, _OfMonth]
    due: int | None
    sort: int | None


def unfold(table: Cells, given: Mapping[str, str]) -> Unfolded | None:
    """[name, month, amount, day paid] for each payment; None for a sheet of another kind.

    `given` says what the sheet does not: `year`, and `paid_day` on which it was paid each month, or
    with `open_days` that a day which is not written stays blank. Nothing is guessed.
    """
    columns = _columns(table)
    if columns is None:
        return _of_quarters(table, given)
    year = 0
    if any(not said for said, _ in columns.months):
        year = _year(table[: columns.header], given)
    payments = _Payments(table, columns, year, _paid_day(columns, given), given)
    rows = list(payments.rows())
    read = {columns.name} | {
        c for one in columns.months.values() for c in (one.paid, one.day) if c is not None
    }
    read |= {columns.sort} if columns.sort is not None else set()
    if payments.ticked and columns.due is not None:
        read.add(columns.due)
    return _told(table, rows, read, columns, payments)


def _told(
    table: Cells,
    rows: list[tuple[int, list[Cell]]],
    read: set[int],
    columns: _Columns | quarters.Columns,
    payments: _Payments | None = None,
) -> Unfolded:
    """The payments, with the members of whom the sheet tells none, and the rows that are no
    members'.
    """
    told, first = {number for number, _ in rows}, columns.first
    own = payments.dues if payments else set()
    without, passed = [], []
    for number, cells in enumerate(table[first:], start=first + 1):
        if number in told or not any(str(cell).strip() for cell in cells):
            continue
        if number not in own and (said := quarters.member(cells, columns.name)):
            without.append(f"第{number}行{said}")
        else:
            passed.append((number, feet.told(number, cells)))
    header = columns.header
    if header and len({str(cell).strip() for cell in table[header - 1]} - {""}) > _TITLES:
        header -= 1  # what stands above the months and merged over two rows
    notes = [_UNPAID.format("、".join(without))] if without else []
    notes += payments.notes() if payments else []
    return Unfolded(rows, frozenset(read), (header, first), notes, tuple(passed))


_UNPAID = "没有填金额、未读入的行：{}。"


def _of_quarters(table: Cells, given: Mapping[str, str]) -> Unfolded | None:
    """The same of a sheet whose columns are quarters; on which day they were paid it
    does not say.
    """
    found = quarters.columns(table)
    if found is None:
        return None
    if "open_days" not in given:
        raise BadInput(
            "这是按季度分列的党费收缴台账，表中没有交纳日期：请改为每月一列或每笔一行，写明交纳日期。"
        )
    rows = list(quarters.payments(table, found, _year(table[: found.header], given)))
    read = {found.name, *found.several} | ({found.due} if found.due is not None else set())
    return _told(table, rows, read, found)


def _columns(table: Cells) -> _Columns | None:
    """None for a sheet of another kind, and for one that says only what is due."""
    for at, cells in enumerate(table[:_WITHIN]):
        heads = _across(cells)
        months = {month for month in map(_month, heads) if month is not None}
        if len(months) < _LEAST or not _goes_up(months):
            continue
        above = table[at - 1] if at else []
        names = [
            c
            for row in (cells, above)
            for c, cell in enumerate(row)
            if _plain(cell) in quarters.NAMED
        ]
        below = table[at + 1] if at + 1 < len(table) else []
        if not names:
            continue
        split = _parted(heads, below)
        found = _of_months(heads, below if split else [])
        first = at + 1 + split
        if not any(one.paid is not None for one in found.values()):
            return None
        due = next(
            (c for row in (cells, above) for c, cell in enumerate(row) if paid.is_due(cell)), None
        )
        used = {names[0]} | {c for c, head in enumerate(heads) if _month(head) is not None}
        return _Columns(at, first, names[0], found, due, paid.sort_of_rows(table[first:], used))
    return None


def _across(cells: list[Cell]) -> list[Cell]:
    """The headers, one that is merged across over each column that it covers."""
    found: list[Cell] = []
    for cell in cells:
        blank = not str(cell).strip()
        found.append(found[-1] if blank and found and _month(found[-1]) is not None else cell)
    return found


def _goes_up(months: set[_Month]) -> bool:
    """Whether either all months have their year or none has."""
    return len({bool(year) for year, _ in months}) == 1


def _parted(heads: list[Cell], below: list[Cell]) -> bool:
    """Whether the row below says what the columns of the months are."""
    return any(
        _month(head) is not None and paid.meaning(cell) is not None
        for head, cell in zip(heads, below, strict=False)
    )


def _of_months(heads: list[Cell], below: list[Cell]) -> dict[_Month, _OfMonth]:
    """Month → its columns; the first of several that say the same."""
    found: dict[_Month, _OfMonth] = {}
    for column, head in enumerate(heads):
        month = _month(head)
        if month is None:
            continue
        one = found.setdefault(month, _OfMonth())
        said = paid.meaning(below[column]) if column < len(below) else None
        said = said or paid.meaning(_behind(head)) or ("paid" if not below else None)
        if said in ("paid", "due", "day") and getattr(one, said) is None:
            setattr(one, said, column)
    return found


def _plain(cell: object) -> str:
    return folded(str(cell)).rstrip("*：:")


def _month(cell: object) -> _Month | None:
    if isinstance(cell, date | datetime):
        return (cell.year, cell.month) if cell.day == 1 else None
    found = _MONTH.fullmatch(folded(str(cell)))
    if found is None or (found[3] and paid.meaning(found[3]) is None):
        return None
    if found[3] and "月" not in folded(str(cell)):
        return None
    number = chinese_number(found[2])
    return (int(found[1] or 0), number) if number is not None and 1 <= number <= 12 else None


def _behind(cell: object) -> str:
    found = _MONTH.fullmatch(folded(str(cell)))
    return found[3] if found else ""


def _year(above: Cells, given: Mapping[str, str]) -> int:
    for cells in above:
        for cell in cells:
            found = _YEAR.search(folded(str(cell)))
            if found:
                return int(found[1])
    if re.fullmatch(r"20\d{2}", given.get("year", "")):
        return int(given["year"])
    raise BadInput("这是按月分列的党费收缴台账，表头上方没有写年度：请在“年度”里填写，如 2016。")


def _paid_day(columns: _Columns, given: Mapping[str, str]) -> int | None:
    if any(one.day is not None for one in columns.months.values()):
        return None
    if re.fullmatch(r"[1-9]|[12]\d|3[01]", given.get("paid_day", "")):
        return int(given["paid_day"])
    if "open_days" in given:
        return None
    raise BadInput(
        "这是按月分列的党费收缴台账，表中没有交纳日期：请在“每月几日交纳”里填写，如 10。"
    )


class _Payments:
    """The payments of a sheet, and what is to be told of its cells."""

    def __init__(
        self, table: Cells, columns: _Columns, year: int, day: int | None, given: Mapping[str, str]
    ) -> None:
        self._table, self._columns, self._year, self._day = table, columns, year, day
        self._open = "open_days" in given
        self.dues: set[int] = set()
        """The rows that say what is due, and were not read as payments."""
        self.ticked = False
        self._not_paid: list[str] = []

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(row as Excel counts, [name, month, amount, day paid])."""
        problems: list[Problem] = []
        due: list[Cell] = []
        name = ""
        for number, cells in self._body():
            sort = paid.meaning(_at(cells, self._columns.sort)) or "paid"
            name = quarters.member(cells, self._columns.name) or (
                name
                if self._columns.sort is not None and not _at(cells, self._columns.name)
                else ""
            )
            if sort != "paid":
                due = cells if sort == "due" else due
                self.dues.add(number)
                continue
            if not name:
                continue
            for month, amount, paid_on in self._of_row(number, cells, due):
                if paid_on is None and not self._open:
                    said = f"{int(month[5:])}月没有写明交纳日期。"
                    problems.append(Problem(said, row=number, column="交纳日期"))
                else:
                    yield number, [name, month, amount, paid_on or ""]
            due = []
        if problems:
            raise BadInput(problems)

    def _body(self) -> Iterator[tuple[int, list[Cell]]]:
        first = self._columns.first
        for number, cells in enumerate(self._table[first:], start=first + 1):
            if any(str(cell).strip() for cell in cells) and not feet.is_foot(cells):
                yield number, cells

    def _of_row(
        self, number: int, cells: list[Cell], due: list[Cell]
    ) -> Iterator[tuple[str, Cell, Cell | None]]:
        """(month, amount, day paid) of the months that a member paid."""
        for (said, month), one in sorted(self._columns.months.items()):
            amount = _at(cells, one.paid)
            if not str(amount).strip() or amount == 0:
                continue
            year = said or self._year
            if paid.is_tick(amount):
                owed = _at(cells, one.due) or _at(due, one.paid) or _at(cells, self._columns.due)
                amount, self.ticked = (
                    (owed, True) if paid.is_amount(owed) else (amount, self.ticked)
                )
            if not paid.may_be_amount(amount):
                self._not_paid.append(f"第{number}行{month}月“{amount}”")
                continue
            day = _at(cells, one.day) if one.day is not None else self._day
            yield f"{year}-{month:02d}", amount, _day(day, year, month)

    def notes(self) -> list[str]:
        """What is to be told besides."""
        told = [_NOT_PAID.format("、".join(self._not_paid))] if self._not_paid else []
        return told + ([_TICKED] if self.ticked else [])


_NOT_PAID = "没有作为交纳读入的格子：{}。"
_TICKED = "打“√”的月份按本行写明的应交金额读作已交，请核对。"


def _at(cells: list[Cell], column: int | None) -> Cell:
    return cells[column] if column is not None and column < len(cells) else ""


def _day(paid_on: Cell | None, year: int, month: int) -> Cell | None:
    """A day of the month, a day without its year, or what stands there, to be read as
    any day is.
    """
    if isinstance(paid_on, int) and not isinstance(paid_on, bool):
        return date(year, month, min(paid_on, calendar.monthrange(year, month)[1]))
    if isinstance(paid_on, date | datetime) or not str(paid_on).strip():
        return paid_on or None
    found = _SHORT_DAY.fullmatch(folded(str(paid_on)))
    return f"{year}-{int(found[1]):02d}-{int(found[2]):02d}" if found else paid_on
