"""Months that stand apart: in the title of a sheet of dues, or in a column beside the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import plain
from taizhang.kernel.text import brief, folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import feet, tables

_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月")
_FIELD = "month"


def of_title(kind: LedgerKind, read: Read, titles: Iterable[str]) -> None:
    """The one month that the first title with a month names, where the row names none."""
    if read.values.get(_FIELD) or not any(
        one.name == _FIELD and one.kind == "month" for one in kind.fields()
    ):
        return
    told = ((title, set(_MONTH.findall(folded(title)))) for title in titles)
    title, found = next((one for one in told if one[1]), ("", set()))
    if len(found) == 1:
        year, month = found.pop()
        read.values[_FIELD] = f"{year}-{int(month):02d}"
        read.sources[_FIELD] = f"标题：{brief(title, 60)}"


_WITHIN = 8
_YEAR = re.compile(r"(20\d{2})年(?:度)?")
_COUNT = re.compile(r"(\d{1,2})(?:\.0)?[月日]?")


def days_joined(kind: LedgerKind, table: tables.Table, names: Mapping[str, str]) -> tables.Table:
    """The table with one column for the day where 月 and 日 stand in two, as in books of account: a
    month that is not repeated is that above.
    """
    for at, row in enumerate(table.cells[:_WITHIN]):
        heads = [plain(str(cell)) for cell in row]
        month = next((c for c in range(len(heads)) if heads[c : c + 2] == ["月", "日"]), None)
        if month is None:
            continue
        above = str(table.cells[at - 1][month]).strip() if at else ""
        year = _YEAR.fullmatch(folded(above))
        own = {one.name: one for one in kind.fields() if one.kind == "date"}
        named = own.get(names.get(plain(above), ""), own.get(kind.day))
        if named is None:
            return table
        cells = [list(line) for line in table.cells]
        _join(cells[at + 1 :], month, f"{year[1]}年" if year else "")
        for head in (at - 1, at) if at and (year or plain(above) in names) else (at,):
            cells[head][month] = named.label
            cells[head][month + 1] = ""
        return tables.Table(cells, table.notes)
    return table


def _join(body: tables.Cells, month: int, year: str) -> None:
    """Write month and day of each row as one; a row without a day stays as it is."""
    last = ""
    for row in body:
        said = [folded(str(cell)) for cell in row[month : month + 2]]
        if len(said) < 2 or feet.is_foot(row):
            continue
        if (found := _COUNT.fullmatch(said[0])) and not feet.is_sum(said[0]):
            last = found[1]
        day = _COUNT.fullmatch(said[1])
        if day and last and (found or not said[0]):
            row[month], row[month + 1] = f"{year}{last}月{day[1]}日", ""
