"""Columns with further people of whom a row says the same: 组长 beside 成员."""

from __future__ import annotations

import re
from dataclasses import replace

from taizhang.intake.reading.pieces import plain
from taizhang.intake.records.record import Record, short
from taizhang.kernel.text import looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines, tables

_ROW = re.compile(r"第(\d+)行：")
_TOLD = "“{}”一列的人也作为“{}”读入；谁担任，要登记的请在它自己的台账填写。"


def add(kind: LedgerKind, table: tables.Table, records: list[Record]) -> list[str]:
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
