"""A notice or decision on several people whom a table below it names: a record for each, with what the text says of all."""

from __future__ import annotations

from taizhang.documents.blocks import Table
from taizhang.intake import labels
from taizhang.intake.pieces import Piece, plain
from taizhang.intake.records.record import Record, short
from taizhang.kernel.text import looks_like_person
from taizhang.ledgers.kind import LedgerKind

_WITHIN = 3


def each(kind: LedgerKind, piece: Piece, record: Record) -> list[Record]:
    """The record, or one for each person in the table, where the ledger's records are of a person and the table says no more that is asked."""
    who = next((one for one in ("case", "person") if one in {f.name for f in kind.fields()}), "")
    tables = piece.tables()
    if not who or len(tables) != 1:
        return [record]
    found = _people(kind, tables[0], who)
    if not found or (who in record.values and record.values[who] not in dict(found)):
        return [record]
    return [_of(record, who, name, where, found) for name, where in found]


def _people(kind: LedgerKind, table: Table, who: str) -> list[tuple[str, str]]:
    """(name, place) of every row below the headers."""
    exact = labels.exact(kind.slug)
    for at, row in enumerate(table.rows[:_WITHIN]):
        heads = [plain(cell.text) for cell in row]
        columns = [one for one, head in enumerate(heads) if exact.get(head) == who]
        if len(columns) != 1 or any(char.isdigit() for head in heads for char in head):
            continue
        names = [(r[columns[0]].text.strip(), r[columns[0]]) for r in table.rows[at + 1 :]]
        people = [(name, cell.where or table.where) for name, cell in names if name]
        if people and all(looks_like_person(name) for name, _ in people):
            return people
    return []


def _of(record: Record, who: str, name: str, where: str, found: list[tuple[str, str]]) -> Record:
    """The same of one of them; what the rows of the others say is left with those."""
    others = [other for other, _ in found if other != name]
    return Record(
        {**record.values, who: name},
        {**record.sources, who: f"{where}：{short(name)}"},
        [text for text in record.left if not text.startswith(tuple(others)) or name in text],
        list(record.warnings),
    )
