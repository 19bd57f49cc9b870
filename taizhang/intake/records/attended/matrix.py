"""考勤表, 签到汇总表: names down and days across, or a row for each day and a column for each name,
with a mark in each cell. It becomes a row for each day with who came and who did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import all_labels, plain
from taizhang.intake.records.attended import marks
from taizhang.intake.records.rows import signed
from taizhang.intake.records.rows.laid.turned import Turned
from taizhang.kernel.text import folded, looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers
from taizhang.ledgers.written import feet, tables

_WITHIN, _LEAST = 8, 2
_MOST = 0.8
"""So many of the marks are understood at least, or it is another table."""
_NAMES = {
    "姓名",
    "党员姓名",
    "党员",
    "参会人员",
    "参加人员",
    "人员",
    "成员姓名",
    "姓名\\日期",
    "姓名/日期",
}
_FULL = re.compile(
    r"((?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?)(?:\d{1,2}:\d{2})?(.*)", re.DOTALL
)
_SHORT = re.compile(r"(\d{1,2})[月./-](\d{1,2})(?:[日号]|(?![\d.]))(.*)", re.DOTALL)
_MONTH = re.compile(r"(?:(20\d{2})年)?(\d{1,2})月份?")
_NUMBER = re.compile(r"(\d{1,2})(?:\.0|[日号])?")
_MONTHS = 12


@dataclass(frozen=True)
class _Asked:
    """What the ledger calls what such a sheet says."""

    day: str
    came: str
    away: str
    sort: str
    about: str
    sorts: Mapping[str, str]

    @classmethod
    def of(cls, kind: LedgerKind) -> _Asked | None:
        """None for a ledger that asks for nobody who came."""
        fields = {one.name: one for one in kind.fields()}
        parts = {part.name: part.label for part in kind.parts}
        came = signed.asked(kind)
        own = fields.get(came)
        if kind.day not in fields or not came or (own is not None and own.kind == "integer"):
            return None
        about = next((one for one in ("topic", "title", "theme") if one in fields), "")
        column, _ = kind.titles_by or ("", {})
        sort = fields.get(column)
        words = {folded(label): label for _, label in sort.choices} if sort else {}
        words |= {folded(word): label for word, label in sort.also} if sort else {}
        return cls(
            fields[kind.day].label,
            parts.get(came) or fields[came].label,
            parts.get("absent") or (fields["absent"].label if "absent" in fields else ""),
            sort.label if sort else "",
            fields[about].label if about else "",
            words,
        )


def of(kind: LedgerKind, table: tables.Table, around: Iterable[str]) -> Turned | None:
    """The rows of the days; None for another table. The legend stands in one of the lines `around`
    or in a row of its own.
    """
    asked = _Asked.of(kind)
    if asked is None:
        return None
    alone = ([str(c) for c in row if str(c).strip()] for row in table.cells)
    legend = marks.legend([*(row[0] for row in alone if len(set(row)) == 1), *around])
    return _names_down(kind, asked, table, legend) or _names_across(kind, asked, table, legend)


@dataclass
class _When:
    """What the headers of a column say."""

    day: tables.Cell = ""
    sort: str = ""
    about: str = ""


def _names_down(
    kind: LedgerKind, asked: _Asked, table: tables.Table, legend: marks.Legend
) -> Turned | None:
    for at, row in enumerate(table.cells[:_WITHIN]):
        column = next((c for c, cell in enumerate(row) if plain(str(cell)) in _NAMES), None)
        if column is None:
            continue
        first = next(
            (n for n in range(at + 1, len(table.cells)) if _person(table.cells[n], column)), None
        )
        if first is None:
            return None
        days = _days(table.cells[at:first], column, asked)
        return _Down(kind, asked, table, column, first, days).turned(legend, at)
    return None


def _person(row: list[tables.Cell], column: int) -> str:
    """The name in a row; empty for sums, labels and notes."""
    said = str(row[column]).strip() if column < len(row) else ""
    name = re.sub(r"\s", "", re.sub(r"[（(].*[)）]$", "", said))
    known = plain(name) in all_labels() or plain(name) in _NAMES
    return name if looks_like_person(name) and not known and not feet.is_foot(row) else ""


def _days(heads: tables.Cells, names: int, asked: _Asked) -> dict[int, _When]:
    """Column → its day, where the headers say one."""
    rows = [_spread(row, names) for row in heads]
    found = {}
    for column in range(names + 1, max(map(len, rows))):
        told = _when([row[column] for row in rows if column < len(row)], asked)
        if told.day:
            found[column] = told
    return found


def _spread(row: list[tables.Cell], names: int) -> list[tables.Cell]:
    """What is merged across stands over each column that it covers."""
    found = list(row)
    for column in range(names + 2, len(found)):
        if not str(found[column]).strip():
            found[column] = found[column - 1]
    return found


def _when(cells: list[tables.Cell], asked: _Asked) -> _When:
    told, month, year = _When(), "", ""
    for cell in cells:
        said = folded(str(cell))
        if isinstance(cell, date | datetime):
            told.day = cell
        elif full := _FULL.match(said):
            told.day, rest = full[1], full[2]
            _about(told, rest, asked)
        elif found := _MONTH.fullmatch(said):
            year, month = found[1] or year, found[2]
        elif month and (number := _NUMBER.fullmatch(said)):
            told.day = f"{year}年{month}月{number[1]}日" if year else f"{month}月{number[1]}日"
        elif (short := _SHORT.match(said)) and 1 <= int(short[1]) <= _MONTHS and int(short[2]):
            told.day = f"{short[1]}月{short[2]}日"
            _about(told, short[3], asked)
        elif said:
            _about(told, said, asked)
    return told


def _about(told: _When, said: str, asked: _Asked) -> None:
    """The sort of meeting that stands with a day, or what it was about."""
    text = said.strip(" ()（）:：,，、\n")
    sort = asked.sorts.get(re.sub(r"[（(].*|第?[一二三四五六七八九十\d]+次|签到|考勤", "", text))
    if sort:
        told.sort = sort
    elif text:
        told.about = text


@dataclass(frozen=True)
class _Down:
    """Names down a column, days across."""

    kind: LedgerKind
    asked: _Asked
    table: tables.Table
    names: int
    first: int
    days: Mapping[int, _When]

    def turned(self, legend: marks.Legend, at: int) -> Turned | None:
        """A row for each day."""
        if len(self.days) < _LEAST:
            return None
        body = list(self._body())
        known = self._labels(row for _, row in body)
        told = {column: marks.Day() for column in self.days}
        more: dict[str, Mapping[int, tables.Cell]] = {}
        for _, row in body:
            if name := _person(row, self.names):
                for column, day in told.items():
                    day.add(name, row[column] if column < len(row) else "", legend)
            elif (label := _cell(row, self.names)) and plain(label) in known:
                more[label] = {c: row[c] if c < len(row) else "" for c in self.days}
        if not _are_marks(told.values()):
            return None
        held = [column for column in self.days if told[column].read]
        table = tables.Table(self._cells(held, told, more), self.table.notes)
        notes = self._unread(at, body, known)
        for column in held:
            notes += told[column].notes(f"第{column + 1}列", away=not self.asked.away)
        empty = [headers.letter(c) for c in self.days if c not in held]
        notes += [f"没有记号、未读入的列：{'、'.join(empty)}列。"] if empty else []
        passed = tuple(feet.told(n, row) for n, row in body if _is_foot(row))
        places = ["", *(f"第{self.names + 1}列和第{column + 1}列" for column in held)]
        return Turned(table, places, notes=tuple(notes), passed=passed)

    def _cells(
        self,
        held: list[int],
        told: Mapping[int, marks.Day],
        more: Mapping[str, Mapping[int, tables.Cell]],
    ) -> tables.Cells:
        """Under its headers a row for each day on which something is marked."""
        columns: dict[str, Mapping[int, tables.Cell]] = {
            self.asked.day: {c: self.days[c].day for c in held},
            **more,
            self.asked.came: {c: "、".join(told[c].came) for c in held},
        }
        beside = {
            self.asked.away: {c: "、".join(told[c].away) for c in held},
            self.asked.sort: {c: self.days[c].sort for c in held},
            self.asked.about: {c: self.days[c].about for c in held},
        }
        for label, said in beside.items():
            if label and any(said.values()) and label not in columns:
                columns[label] = said
        return [list(columns), *([said[c] for said in columns.values()] for c in held)]

    def _body(self) -> Iterator[tuple[int, list[tables.Cell]]]:
        for number, row in enumerate(self.table.cells[self.first :], self.first + 1):
            if any(str(cell).strip() for cell in row):
                yield number, row

    def _labels(self, rows: Iterable[list[tables.Cell]]) -> Mapping[str, str]:
        said = [text for row in rows if (text := _cell(row, self.names))]
        return labels.names(self.kind, said)

    def _unread(
        self, at: int, body: list[tuple[int, list[tables.Cell]]], known: Mapping[str, str]
    ) -> list[str]:
        """The columns and rows that say neither a name nor a day."""
        rows = self.table.cells[at : self.first]
        heads = [
            (c, next((t for row in reversed(rows) if (t := _cell(row, c))), ""))
            for c in range(max(map(len, rows)))
            if c != self.names and c not in self.days
        ]
        people = [row for _, row in body if _person(row, self.names)]
        filled = [
            f"{text or '没有表头'}（{headers.letter(c)}列）"
            for c, text in heads
            if plain(text) not in headers.SILENT and any(_cell(row, c) for row in people)
        ]
        told = [f"{headers.NOT_READ}{'、'.join(filled)}。"] if filled else []
        silent = [
            feet.told(number, row)
            for number, row in body
            if not _person(row, self.names)
            and plain(_cell(row, self.names)) not in known
            and not _is_foot(row)
        ]
        return [*told, _ROWS.format("；".join(silent))] if silent else told


_ROWS = "没有读入的行：{}。"


def _cell(row: list[tables.Cell], column: int) -> str:
    return str(row[column]).strip() if column < len(row) else ""


def _is_foot(row: list[tables.Cell]) -> bool:
    """A row of sums or notes, or the legend."""
    said = {str(cell).strip() for cell in row} - {""}
    return feet.is_foot(row) or (len(said) == 1 and bool(marks.legend(said)))


def _are_marks(days: Iterable[marks.Day]) -> bool:
    """Whether most of what stands there are marks."""
    every = list(days)
    read = sum(day.read for day in every)
    return read > 0 and read >= _MOST * (read + sum(len(day.unknown) for day in every))


def _names_across(
    kind: LedgerKind, asked: _Asked, table: tables.Table, legend: marks.Legend
) -> Turned | None:
    """A row for each day; the columns of names become who came and who did not."""
    for at, row in enumerate(table.cells[:_WITHIN]):
        own = [c for c in range(len(row)) if _person(row, c)]
        run = _run(own)
        if len(run) < _LEAST:
            continue
        heads = [plain(_cell(row, c)) or _above(table.cells, at, c) for c in range(len(row))]
        known = labels.names(kind, heads)
        if kind.day not in {known.get(head) for head in heads}:
            continue
        days = {
            number: _day(row, line, run, legend)
            for number, line in enumerate(table.cells[at + 1 :], at + 1)
            if not feet.is_foot([*line, ""]) and any(_cell(line, c) for c in run)
        }
        if _are_marks(days.values()):
            return _across(asked, table, at, run, days)
    return None


def _run(columns: list[int]) -> list[int]:
    """The longest run of columns side by side."""
    best: list[int] = []
    now: list[int] = []
    for column in columns:
        now = [*now, column] if now and column == now[-1] + 1 else [column]
        best = now if len(now) > len(best) else best
    return best


def _above(cells: tables.Cells, at: int, column: int) -> str:
    return plain(_cell(cells[at - 1], column)) if at else ""


def _day(
    heads: list[tables.Cell], line: list[tables.Cell], run: list[int], legend: marks.Legend
) -> marks.Day:
    day = marks.Day()
    for column in run:
        day.add(_person(heads, column), line[column] if column < len(line) else "", legend)
    return day


def _across(
    asked: _Asked, table: tables.Table, at: int, run: list[int], days: Mapping[int, marks.Day]
) -> Turned:
    cells = [list(row) for row in table.cells]
    first, second = run[:_LEAST]
    for row in cells:
        row.extend([""] * (second + 1 - len(row)))
        for column in (c for c in run if c < len(row)):
            row[column] = ""
    for head in (at - 1, at) if at and _above(table.cells, at, first) else (at,):
        cells[head][first], cells[head][second] = asked.came, asked.away
    notes = []
    for number, day in days.items():
        cells[number][first] = "、".join(day.came)
        cells[number][second] = "、".join(day.away) if asked.away else ""
        notes += day.notes(f"第{number + 1}行", away=not asked.away)
    heads = f"第{at + 1}行和"
    places = [f"{heads if n in days else ''}第{n + 1}行" for n in range(len(cells))]
    return Turned(tables.Table(cells, table.notes), places, notes=tuple(notes))
