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
from taizhang.ledgers.written.tables import Cell, Cells

HEADERS = ["姓名", "月份", "金额", "交纳日期"]
_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
_YEAR = re.compile(r"(20\d{2})年")
_SHORT_DAY = re.compile(r"(\d{1,2})[.月/-](\d{1,2})日?")
_WITHIN = 6
_LEAST = 3
"""So many columns of months make such a sheet."""
_ENDS = {"合计", "总计", "小计", "姓名", "党员姓名", "交纳人", ""}
_NAMED = {"姓名", "党员姓名", "交纳人"}


@dataclass(frozen=True)
class _Columns:
    """Where things stand: the row of the headers, the first row of data, the names, and each month's amount and day."""

    header: int
    first: int
    name: int
    months: dict[int, tuple[int, int | None]]


def unfold(table: Cells, given: Mapping[str, str]) -> list[tuple[int, list[Cell]]] | None:
    """(row as Excel counts, [name, month, amount, day paid]) for each payment; None for a sheet of another kind.

    `given` says what the sheet does not: `year`, and `paid_day` on which it was paid each month, or with `open_days`
    that a day which is not written stays blank. Nothing is guessed.
    """
    columns = _columns(table)
    if columns is None:
        return _of_quarters(table, given)
    year = _year(table[: columns.header], given)
    day = _paid_day(columns, given)
    return list(_payments(table, columns, year, day, open_days="open_days" in given))


def _of_quarters(table: Cells, given: Mapping[str, str]) -> list[tuple[int, list[Cell]]] | None:
    """The same of a sheet whose columns are quarters; on which day they were paid it does not say."""
    found = quarters.columns(table)
    if found is None:
        return None
    if "open_days" not in given:
        raise BadInput(
            "这是按季度分列的党费收缴台账，表中没有交纳日期：请改为每月一列或每笔一行，写明交纳日期。"
        )
    return list(quarters.payments(table, found, _year(table[: found.header], given)))


def _columns(table: Cells) -> _Columns | None:
    for at, cells in enumerate(table[:_WITHIN]):
        months = {n: c for c, cell in enumerate(cells) if (n := _month(cell)) is not None}
        above = table[at - 1] if at else []
        names = [
            c for row in (cells, above) for c, cell in enumerate(row) if _plain(cell) in _NAMED
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
        name = str(cells[columns.name]).strip() if columns.name < len(cells) else ""
        if _plain(name) in _ENDS or re.search("[：:]", name):
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
    """A day of the month, a day without its year, or what stands there, to be read as any day is."""
    if isinstance(paid, int) and not isinstance(paid, bool):
        return date(year, month, min(paid, calendar.monthrange(year, month)[1]))
    if isinstance(paid, date | datetime) or not str(paid).strip():
        return paid or None
    found = _SHORT_DAY.fullmatch(folded(str(paid)))
    return f"{year}-{int(found[1]):02d}-{int(found[2]):02d}" if found else paid
