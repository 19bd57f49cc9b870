"""党费收缴台账 as it is kept on paper (DOMAIN 7.11): one row a member, twelve columns of months."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.parts import quarters
from taizhang.ledgers.written.tables import Cell, Cells, Unfolded

HEADERS = ["姓名", "月份", "金额", "交纳日期"]
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
_YEAR = re.compile(r"(20\d{2})年")
_SHORT_DAY = re.compile(r"(\d{1,2})[.月/-](\d{1,2})日?")
_WITHIN = 6
_LEAST = 3
"""So many columns of months make such a sheet."""


@dataclass(frozen=True)
class _Columns:
    """Where things stand: the row of the headers, the first row of data, the names, and each
    month's amount and day.
    """

    header: int
    first: int
    name: int
    months: dict[int, tuple[int, int | None]]


def unfold(table: Cells, given: Mapping[str, str]) -> Unfolded | None:
    """[name, month, amount, day paid] for each payment; None for a sheet of another kind.

    `given` says what the sheet does not: `year`, and `paid_day` on which it was paid each month, or
    with `open_days` that a day which is not written stays blank. Nothing is guessed.
    """
    columns = _columns(table)
    if columns is None:
        return _of_quarters(table, given)
    year = _year(table[: columns.header], given)
    day = _paid_day(columns, given)
    rows = list(_payments(table, columns, year, day, open_days="open_days" in given))
    read = {columns.name} | {c for pair in columns.months.values() for c in pair if c is not None}
    return _told(table, rows, read, (columns.header, columns.first), columns.name)


def _told(
    table: Cells,
    rows: list[tuple[int, list[Cell]]],
    read: set[int],
    heads: tuple[int, int],
    name: int,
) -> Unfolded:
    """The payments, with the members of whom the sheet tells none."""
    paid = {number for number, _ in rows}
    without = [
        f"第{number}行{said}"
        for number, cells in enumerate(table[heads[1] :], start=heads[1] + 1)
        if number not in paid and (said := _member(cells, name))
    ]
    if _plain(table[heads[0]][name] if name < len(table[heads[0]]) else "") not in quarters.NAMED:
        heads = heads[0] - 1, heads[1]  # the names stand in the row above the months
    notes = [_UNPAID.format("、".join(without))] if without else []
    return Unfolded(rows, frozenset(read), heads, notes)


_UNPAID = "没有填金额、未读入的行：{}。"


def _member(cells: list[Cell], at: int) -> str:
    """Whose row it is; empty for sums and lines of signatures."""
    name = str(cells[at]).strip() if at < len(cells) else ""
    return "" if _plain(name) in quarters.ENDS or re.search("[：:]", name) else name


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
    return _told(table, rows, read, (found.header, found.header + 1), found.name)


def _columns(table: Cells) -> _Columns | None:
    for at, cells in enumerate(table[:_WITHIN]):
        months = {n: c for c, cell in enumerate(cells) if (n := _month(cell)) is not None}
        above = table[at - 1] if at else []
        names = [
            c
            for row in (cells, above)
            for c, cell in enumerate(row)
            if _plain(cell) in quarters.NAMED
        ]
        if len(months) >= _LEAST and names:
            below = table[at + 1] if at + 1 < len(table) else []
            split = any(folded(str(cell)) in ("金额", "日期", "时间") for cell in below)
            pairs = {
                n: (c, c + 1 if split and _is_day(below, c + 1) else None)
                for n, c in months.items()
            }
            return _Columns(at, at + 1 + split, names[0], pairs)
    return None


def _plain(cell: object) -> str:
    return folded(str(cell)).rstrip("*：:")


def _month(cell: object) -> int | None:
    found = _MONTH.fullmatch(folded(str(cell)))
    number = chinese_number(found[1]) if found else None
    return number if number is not None and 1 <= number <= 12 else None


def _is_day(below: list[Cell], column: int) -> bool:
    return column < len(below) and folded(str(below[column])) in ("日期", "时间", "交纳日期")


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
    if any(day is not None for _, day in columns.months.values()):
        return None
    if re.fullmatch(r"[1-9]|[12]\d|3[01]", given.get("paid_day", "")):
        return int(given["paid_day"])
    if "open_days" in given:
        return None
    raise BadInput(
        "这是按月分列的党费收缴台账，表中没有交纳日期：请在“每月几日交纳”里填写，如 10。"
    )


def _payments(
    table: Cells, columns: _Columns, year: int, day: int | None, *, open_days: bool
) -> Iterator[tuple[int, list[Cell]]]:
    problems: list[Problem] = []
    for number, cells in enumerate(table[columns.first :], start=columns.first + 1):
        name = _member(cells, columns.name)
        if not name:
            continue
        for month, (amount_at, day_at) in sorted(columns.months.items()):
            amount = cells[amount_at] if amount_at < len(cells) else ""
            if not str(amount).strip() or amount == 0:
                continue
            paid = cells[day_at] if day_at is not None and day_at < len(cells) else day
            when = _day(paid, year, month)
            if when is None and not open_days:
                problems.append(
                    Problem(f"{month}月没有写明交纳日期。", row=number, column="交纳日期")
                )
            else:
                yield number, [name, f"{year}-{month:02d}", amount, when or ""]
    if problems:
        raise BadInput(problems)


def _day(paid: Cell | None, year: int, month: int) -> Cell | None:
    """A day of the month, a day without its year, or what stands there, to be read as
    any day is.
    """
    if isinstance(paid, int) and not isinstance(paid, bool):
        return date(year, month, min(paid, calendar.monthrange(year, month)[1]))
    if isinstance(paid, date | datetime) or not str(paid).strip():
        return paid or None
    found = _SHORT_DAY.fullmatch(folded(str(paid)))
    return f"{year}-{int(found[1]):02d}-{int(found[2]):02d}" if found else paid
