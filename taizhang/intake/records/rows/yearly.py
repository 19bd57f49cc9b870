"""三会一课 of a year: a row for each month, a column for each sort of meeting, and in the cells the day
and what it was about.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.intake.reading.pieces import plain
from taizhang.intake.records import prose
from taizhang.intake.records.rows.laid.turned import Turned
from taizhang.kernel.text import brief, chinese_number, folded
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers
from taizhang.ledgers.written import feet, lines, tables

_WITHIN = 8
_LEAST = 2
_MONTH = re.compile(r"(?:(20\d{2})年?)?(\d{1,2}|[一二三四五六七八九十]{1,3})月份?")
_PERIOD = re.compile(r"(?:20\d{2}年)?(?:第?[一二三四1-4]季度|[上下]半年)")
_FULL = re.compile(r"((?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?)(.*)", re.DOTALL)
_SHORT = re.compile(r"(\d{1,2})[月./](\d{1,2})[日号]?(?![\d.])(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{1,2})[日号](.*)", re.DOTALL)
_BEGINS = re.compile(r"(?:20\d{2}[年./-])?\d{1,2}(?:[月./]\d{1,2}[日号]?|[日号])")
_DAYS = re.compile(r"(?:召开|开展|会议|活动|授课)?(?:时间|日期)")
_TOLD = re.compile(r"(?:会议|活动|党课|主要|授课)?(?:内容|议题|主题|题目|名称|议程)")
_AGENDA = "agenda"


def of(kind: LedgerKind, table: tables.Table) -> Turned | None:
    """A row for each meeting; None for a table of another kind."""
    column, _ = kind.titles_by or ("", {})
    fields = {one.name: one for one in kind.fields()}
    parts = {part.name: part.label for part in kind.parts}
    if column not in fields or _AGENDA not in parts | fields.keys():
        return None
    about = parts.get(_AGENDA) or fields[_AGENDA].label
    for at, row in enumerate(table.cells[:_WITHIN]):
        sorts = {c: sort for c, cell in enumerate(row) if (sort := _sort(fields[column], cell))}
        if len(set(sorts.values())) >= _LEAST:
            periods = _periods(table.cells[at + 1 :], min(sorts))
            heads = [fields[column].label, fields[kind.day].label, about, _GROUP]
            return None if periods is None else _Year(table, at, periods, sorts).turned(heads)
    return None


_GROUP = "党小组"


@dataclass(frozen=True)
class _Year:
    """Where things stand: the row of the headers, the column of the months, and those of the sorts
    of meetings.
    """

    table: tables.Table
    at: int
    periods: int
    sorts: Mapping[int, str]

    def turned(self, heads: list[str]) -> Turned | None:
        """A row for each meeting, under these headers."""
        row, body = self.table.cells[self.at], self.table.cells[self.at + 1 :]
        unread = _others(row, body, self.at + 2, {self.periods, *_spanned(row, self.sorts)})
        cells: tables.Cells = [list[tables.Cell](heads)]
        places = [""]
        for number, own in enumerate(body, self.at + 2):
            month = _month(own[self.periods]) if self.periods < len(own) else None
            if month is None or feet.is_foot(own):
                continue
            for one, sort in self.sorts.items():
                found = _meetings(own, one, _across(row, body, one), month)
                cells += [[sort, day, text, prose.group_of(str(row[one]))] for day, text in found]
                places += [f"第{number}行"] * len(found)
                said = str(own[one]).strip() if one < len(own) else ""
                if said and not found and not lines.is_nothing(said):
                    unread.append(
                        f"第{number}行“{row[one]}”：{brief(said, 30)}（没有读出是哪一天）"
                    )
        told = (f"未读入的格子：{'；'.join(unread)}。",) if unread else ()
        table = tables.Table(cells)
        return Turned(table, places, notes=told) if len(cells) > _LEAST else None


def _spanned(row: list[tables.Cell], sorts: Mapping[int, str]) -> Iterator[int]:
    """The columns of the sorts, with those that they are merged across."""
    for one in sorts:
        yield one
        at = one + 1
        while at < len(row) and str(row[at]).strip() in ("", str(row[one]).strip()):
            yield at
            at += 1


def _others(
    row: list[tables.Cell], body: tables.Cells, first: int, used: Container[int]
) -> list[str]:
    """What stands in columns that are no sort of meeting, each with its row."""
    return [
        f"第{number}行“{str(head).strip()}”：{brief(said, 30)}"
        for number, cells in enumerate(body, first)
        for at, head in enumerate(row)
        if at not in used and str(head).strip() not in ("", *headers.SILENT)
        for said in [str(cells[at]).strip() if at < len(cells) else ""]
        if said and said != str(head).strip()
    ]


def _sort(field: Field, cell: tables.Cell) -> str:
    """The sort of meeting that a header names."""
    said = plain(str(cell))
    words = {folded(label): label for _, label in field.choices if label != "其他"}
    words |= {folded(word): label for word, label in field.also if label in words.values()}
    if not said or len(said) > max(map(len, words)) + 6:
        return ""
    named = {label for word, label in words.items() if said.endswith(word)}
    return named.pop() if len(named) == 1 else ""


def _periods(body: tables.Cells, before: int) -> int | None:
    """The column whose cells are months."""
    for column in range(before):
        said = [row[column] for row in body if column < len(row) and str(row[column]).strip()]
        months = [cell for cell in said if _month(cell) is not None]
        if len(months) >= _LEAST and len(months) * 2 > len(said):
            return column
    return None


def _month(cell: tables.Cell) -> int | None:
    """The month of a row; 0 for a quarter, whose cells must name it."""
    said = folded(str(cell))
    if _PERIOD.fullmatch(said):
        return 0
    found = _MONTH.fullmatch(said)
    number = chinese_number(found[2]) if found else None
    return number if number is not None and 1 <= number <= 12 else None


def _across(row: list[tables.Cell], body: tables.Cells, column: int) -> dict[str, int]:
    """Where the day and what it was about stand below a header that is merged across."""
    end = column + 1
    while end < len(row) and str(row[end]).strip() in ("", str(row[column]).strip()):
        end += 1
    below = body[0] if body else []
    found: dict[str, int] = {}
    for at in range(column, min(end, len(below))):
        said = plain(str(below[at]))
        if _DAYS.fullmatch(said):
            found.setdefault("day", at)
        elif _TOLD.fullmatch(said):
            found.setdefault("told", at)
    return found


def _meetings(
    cells: list[tables.Cell], column: int, parted: dict[str, int], month: int
) -> list[tuple[tables.Cell, str]]:
    """(day, what it was about) of the meetings that a cell tells; a cell without a day tells
    none.
    """
    if "day" in parted:
        day = cells[parted["day"]] if parted["day"] < len(cells) else ""
        about = parted.get("told", len(cells))
        text = str(cells[about]).strip() if about < len(cells) else ""
        found = _one(day, month)
        return [(found[0], text or found[1])] if found else []
    if column >= len(cells):
        return []
    cell = cells[column]
    if not isinstance(cell, str):
        found = _one(cell, month)
        return [found] if found else []
    told: list[str] = []
    for line in re.split(r"[\n；;]", cell):
        if told and not _BEGINS.match(folded(line)):
            told[-1] += line
        else:
            told.append(line)
    each = [_one(line, month) for line in told if line.strip()]
    return [one for one in each if one] if all(each) else []


def _one(cell: tables.Cell, month: int) -> tuple[tables.Cell, str] | None:
    """The day that a text begins with, and the rest."""
    if isinstance(cell, date | datetime):
        return cell, ""
    text = str(cell).strip()
    if found := _FULL.match(text):
        return found[1], _rest(found[2])
    if found := _SHORT.match(text):
        own = int(found[1])
        fits = 1 <= own <= 12 and month in (0, own)
        return (f"{own}月{int(found[2])}日", _rest(found[3])) if fits else None
    if month and (found := _DAY.match(text)):
        return f"{month}月{int(found[1])}日", _rest(found[2])
    return None


def _rest(text: str) -> str:
    return text.strip(" 　:：，,、\n")
