"""A record for each of several people: whom the table of a notice or decision names, whom one cell
names, or a column beside that of the people (组长 beside 成员).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from taizhang.documents.blocks import Cell, Table
from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import Piece, all_labels, plain
from taizhang.intake.records.record import Record, short
from taizhang.kernel.text import looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines, tables

_WITHIN = 3
_LONGEST_NAME = 4
_HEADS = re.compile(r".*(?:时间|日期|年月|姓名|人|单位|职务|岗位|学历|备注|序号|情况|类别|名称)")


class Person(NamedTuple):
    """Whom a row names, where, and what it says besides."""

    name: str
    where: str
    row: str


class People(NamedTuple):
    """The field that takes the person, the people of the table, and the document without it."""

    field: str
    people: list[Person]
    rest: Piece


def of(kind: LedgerKind, piece: Piece) -> People | None:
    """The people of the one table of a document; None where it is another table, or the ledger's
    records are of no person.
    """
    who = next((one for one in ("case", "person") if one in {f.name for f in kind.fields()}), "")
    own = piece.tables()
    found = _people(kind, own[0], who) if who and len(own) == 1 else []
    if not found:
        return None
    rest = [block for block in piece.blocks if block is not own[0]]
    return People(who, found, replace(piece, blocks=rest))


def _people(kind: LedgerKind, table: Table, who: str) -> list[Person]:
    exact = labels.exact(kind.slug)
    for at, row in enumerate(table.rows[:_WITHIN]):
        heads = [plain(cell.text) for cell in row]
        columns = [one for one, head in enumerate(heads) if exact.get(head) == who]
        if len(columns) == 1 and all(map(_is_head, filter(None, heads))):
            rows = [_person(heads, below, columns[0], table) for below in table.rows[at + 1 :]]
            people = [one for one in rows if one.name]
            fits = (len(p.name) <= _LONGEST_NAME and looks_like_person(p.name) for p in people)
            return people if people and all(fits) else []
    return []


def _is_head(text: str) -> bool:
    return text in all_labels() or bool(_HEADS.fullmatch(text))


def _person(heads: list[str], row: list[Cell], at: int, table: Table) -> Person:
    told = (
        f"{head}：{cell.text.strip()}"
        for one, (head, cell) in enumerate(zip(heads, row, strict=False))
        if one != at and cell.text.strip()
    )
    return Person(row[at].text.strip(), row[at].where or table.where, "；".join(told))


def each(record: Record, found: People) -> list[Record]:
    """The record for each of them; what a row says besides is left with its own."""
    return [
        Record(
            {**record.values, found.field: one.name},
            {**record.sources, found.field: f"{one.where}：{short(one.name)}"},
            [*record.left, f"{one.name}　{one.row}"],
            list(record.warnings),
        )
        for one in found.people
    ]


_COUNTED = ("money", "integer", "permille", "time")


def several(kind: LedgerKind, record: Record) -> list[Record]:
    """A record for each of the people whom one cell names, of a ledger that counts nothing: all
    that the row says is said of each.
    """
    counts = any(one.kind in _COUNTED and one.name != "year" for one in kind.fields())
    names = [name for name, why in lines.names(record.values.get("person", "")) if not why]
    fit = all(len(one) <= _LONGEST_NAME and looks_like_person(one) for one in names)
    if counts or len(names) < _SEVERAL or not fit:
        return [record]
    return [replace(record, values={**record.values, "person": name}) for name in names]


_SEVERAL = 2


_ROW = re.compile(r"第(\d+)行：")
_TOLD = "“{}”一列的人也作为“{}”读入；谁担任，要登记的请在它自己的台账填写。"


def beside(kind: LedgerKind, table: tables.Table, records: list[Record]) -> list[str]:
    """Put a record for each of them before those of its row, once in a list; answers what is to be
    said of the columns.
    """
    heads = {plain(label) for label in kind.also_people}
    numbers = [
        int(row[1]) for one in records if (row := _ROW.search(one.sources.get("person", "")))
    ]
    above = table.cells[: min(numbers, default=1) - 1] if heads else []
    every_head = ((at, plain(str(cell))) for row in above for at, cell in enumerate(row))
    columns = {at: head for at, head in every_head if head in heads}
    if not columns:
        return []
    seen = {tuple(sorted(one.values.items())) for one in records}
    every = list[Record]()
    for record in records:
        row = _ROW.search(record.sources.get("person", ""))
        cells = table.cells[int(row[1]) - 1] if row else []
        for at in columns if row else ():
            said = str(cells[at]).strip() if at < len(cells) else ""
            for name, _ in lines.names(said):
                values = {**record.values, "person": name}
                key = tuple(sorted(values.items()))
                if looks_like_person(name) and key not in seen:
                    seen.add(key)
                    where = record.sources["person"].partition("：")[0]
                    sources = {**record.sources, "person": f"{where}：{short(said)}"}
                    every.append(replace(record, values=values, sources=sources, left=[]))
        every.append(record)
    records[:] = every
    return [_TOLD.format("”“".join(dict.fromkeys(columns.values())), kind.title)]
