"""What a column holds, told by its cells, where its header says nothing that is known or too
little.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.values import day_spans, flat, half_width, hours, outside_brackets
from taizhang.notices.words import labels, persons
from taizhang.notices.words.rooms import is_room

_INSPECTS = {"inspectors", "members", "person", "team", "leader"}
_PHONE = re.compile(r"0\d{2,3}-?\d{7,8}|1\d{10}|\d{7,8}")
_SEATS = {"leader", "deputy", "members"}
_LEAST = 2
"""So many cells must agree."""


_HEADS = 4
"""In so many rows at most the headers are looked for."""


def with_days(table: Table) -> Table:
    """Columns of 月 and 日 beside each other are one of days; 14日 below 10月 is 10月14日."""
    table = _below_months(table)
    for at, row in enumerate(table.rows[:_HEADS]):
        heads = [flat(cell.text) for cell in row]
        column = next((c for c in range(len(heads) - 1) if heads[c : c + 2] == ["月", "日"]), None)
        if column is not None:
            return _days_joined(table, at, column)
    return table


def _below_months(table: Table) -> Table:
    rows = list(table.rows)
    for at in range(1, min(len(rows), _HEADS)):
        months = [re.fullmatch(r"(?:20\d\d年)?\d{1,2}月份?", flat(c.text)) for c in rows[at - 1]]
        days = [re.match(r"\d{1,2}[日号]", flat(c.text)) for c in rows[at]]
        if any(months) and all(d for m, d in zip(months, days, strict=True) if m):
            rows[at] = [
                Cell(month[0].rstrip("份") + flat(cell.text), cell.spans, cell.where)
                if month
                else cell
                for month, cell in zip(months, rows[at], strict=True)
            ]
    return Table(rows, table.where, table.exact, table.heads)


def _days_joined(table: Table, at: int, column: int) -> Table:
    rows, month = [], ""
    for n, row in enumerate(table.rows):
        first, day = row[column], flat(row[column + 1].text).rstrip("日号")
        one = first
        if n == at:
            one = Cell("日期", where=first.where)
        elif n > at and day.isdigit():
            month = flat(first.text).rstrip("月") or month
            one = Cell(f"{month}月{day}日", where=row[column + 1].where)
        rows.append([*row[:column], one, *row[column + 2 :]])
    return Table(rows, table.where, table.exact, table.heads)


def owned(known: dict[int, str]) -> dict[int, str]:
    """A telephone is that of who stands to its left: behind somebody of a unit it is no group's."""
    theirs = {
        column
        for column, meaning in known.items()
        if meaning == "contact" and known.get(column - 1) == "note"
    }
    beside = bool(_INSPECTS & set(known.values()))
    return known | dict.fromkeys(theirs, "note") if beside else known


def by_values(table: Table, at: int, known: dict[int, str]) -> dict[int, str]:
    """The meaning of columns whose header is not known, where every cell below it says the same and
    nothing else has it.
    """
    found = {c: "area" for c, m in known.items() if m == "team" and _only_names(table, at, c)}
    found = {} if "area" in known.values() else found
    known = known | found
    dated = {c for c in range(len(table.rows[at])) if any(map(day_spans, _below(table, at, c)))}
    for column in sorted(range(len(table.rows[at])), key=lambda c: c not in dated):
        head = table.rows[at][column]
        timed = day_spans(head.text) or re.search(r"[上下]午|晚上|全天", head.text)
        if column in known or not head.text.strip() or timed:
            continue
        texts = _below(table, at, column)
        meaning = _of(texts) if len(texts) >= _LEAST else ""
        there = _is_there(meaning, {*known.values(), *found.values()})
        if meaning == "when" and there and not any(map(day_spans, texts)):
            times = [c for c, m in {**known, **found}.items() if m in ("when", "date")]
            told = any(hours(text)[0] for c in times for text in _below(table, at, c))
            there = told and not UNTIL.match(flat(head.text))
        if meaning and not there:
            found[column] = meaning
    return found


def _only_names(table: Table, at: int, column: int) -> bool:
    """Whether a column of teams only names groups."""
    texts = _below(table, at, column)
    return bool(texts) and all(_GROUP.fullmatch(flat(text)) for text in texts)


_GROUP = re.compile(
    r"第?[一二三四五六七八九十\d]{1,3}[\u4e00-\u9fff]{0,6}组|[\u4e00-\u9fff]{0,6}[一二三四五六七八九十]组"
)
_TOTALS = ("合计", "总计", "小计")
UNTIL = re.compile(r"^(?:止|至|到|终|结束|终止|撤离|离开|离[校园场点])(?:时间|时刻|日期)?$")
"""Heads a column of hours or days that end what begins in the one before."""


def _below(table: Table, at: int, column: int) -> list[str]:
    rows = [
        row for row in table.rows[at + 1 :] if not any(flat(cell.text) in _TOTALS for cell in row)
    ]
    head = flat(table.rows[at][column].text)
    texts = [row[column].text for row in rows if row[column].text.strip()]
    return [text for text in texts if flat(text) != head]


def _is_there(meaning: str, known: set[str]) -> bool:
    """Whether a column that was told by its header holds the same already."""
    others = {
        "members": _INSPECTS,
        "team": _INSPECTS,
        "units": {"units", "inspectors"},
        "when": {"when", "date"},
    }
    return bool(known & others.get(meaning, {meaning}))


def _of(texts: list[str]) -> str:
    sure = next((kind for kind, way in _KINDS if all(map(way, texts))), "")
    if sure:
        return sure
    several = len({flat(text) for text in texts}) > 1
    if several and all(_COUNTED.fullmatch(flat(text)) for text in texts):
        return "area"
    if several and all(map(like_place, texts)):
        return "units"
    listed = [persons.people(text) for text in texts]
    if all(
        one.persons and not one.unsure and all(map(persons.like_person, one.names()))
        for one in listed
    ):
        return "members"
    return "units" if all(map(lists_units, texts)) else ""


def _says_time(text: str) -> bool:
    return bool(day_spans(text) or hours(text)[0])


def _says_seats(text: str) -> bool:
    return any(role in _SEATS for role, _ in labels.parts(text)[1:])


def _says_phone(text: str) -> bool:
    return bool(_PHONE.search(flat(text)))


_KINDS = (("when", _says_time), ("team", _says_seats), ("contact", _says_phone), ("venue", is_room))
"""What a cell is for certain, whatever stands above it."""
_PLACES = re.compile(r"[村镇乡局校院县区]$")
"""What a column of units ends in, and names of persons hardly do."""
_COUNTED = re.compile(r"第[一二三四五六七八九十\d]{1,3}[\u4e00-\u9fff]{1,8}")


def like_place(text: str) -> bool:
    """Whether what it lists ends as a village, a school or an office does, and names of persons
    hardly do.
    """
    names = [flat(one) for one in re.split(r"[、，,;；\n]", text) if one.strip()]
    return bool(names) and all(map(_PLACES.search, names))


def lists_units(text: str) -> bool:
    """Whether a cell lists units and nothing else; `某片：` before some of them does not count."""
    pieces = outside_brackets(text, "、，,;；\n\t 。\u3000")
    names = [name for one in pieces if (name := re.sub(r"^[^:：]{1,10}[:：]", "", one))]
    return bool(names) and all(
        persons.like_unit(name) and not persons.like_person(name) for name in names
    )


def units_of_times(text: str) -> str:
    """`甲单位：12月18日上午9:00；乙单位：…`: the units alone, where each line says unit and time."""
    lines = [line.strip() for line in re.split(r"[；;\n]", half_width(text)) if line.strip()]
    heads = [_head(line) for line in lines]
    behind = [_TIMED.match(line) for line in lines]
    if lines and all(one and lists_units(one["units"]) for one in behind):
        return "\n".join(one["units"] for one in behind if one)
    return "\n".join(heads) if heads and all(heads) else ""


_TIMED = re.compile(
    r"^(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:\((?:周|星期).\))?(?:[上下]午|全天)?\s*[:,，\s]\s*"
    r"(?P<units>(?!\d)[^:：]+)$"
)
"""`11月5日上午：甲校、乙校`: the units behind the time that they are seen at."""


def _head(line: str) -> str:
    """What stands before the first day or hour of a line."""
    spans = day_spans(line)
    if not spans and not hours(line)[0]:
        return ""
    found = re.match(r"^(.+?)[：:（(\s]*(?=(?:\d{4}年)?\d{1,2}[月:.])", line)
    head = found[1].strip(" ：:（(，,") if found else ""
    return head if persons.like_unit(head) and not (day_spans(head) or hours(head)[0]) else ""
