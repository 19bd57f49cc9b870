"""The columns of a table in any order are the same table."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Cell, Source, Table
from taizhang.notices import read
from taizhang.notices.tables import heads
from tests.notices.pictures import HANDS, drawn, told


def _goes_left(table: Table) -> bool:
    """Whether a cell is merged with the one to its left: then its columns stay together."""
    return any(
        cell.spans and at and cell.text == row[at - 1].text and not _is_below(table, n, at)
        for n, row in enumerate(table.rows)
        for at, cell in enumerate(row)
    )


def _may_be(table: Table, order: str) -> bool:
    """Whether its columns are of themselves: turned round any table, in any order one below a row
    of different headers.
    """
    row = max(table.rows[:4], key=lambda one: len({cell.text for cell in one}))
    headers = [heads.heads_a_schedule(cell.text) for cell in row]
    alone = all(headers) and len({*headers}) == len(row)
    return not _goes_left(table) and len(row) > 2 and (order == "reversed" or alone)


def _is_below(table: Table, row: int, column: int) -> bool:
    return bool(row) and table.rows[row - 1][column].text == table.rows[row][column].text


def _shuffled(source: Source, order: str) -> Source | None:
    """The same with the columns of its tables in another order; None where no table may be."""
    blocks: list[Block] = []
    changed = False
    for one in source.blocks:
        if not isinstance(one, Table) or not _may_be(one, order):
            blocks.append(one)
            continue
        columns = list(range(len(one.rows[0])))
        if order == "reversed":
            columns.reverse()
        elif order == "turned":
            columns = [*columns[len(columns) // 2 :], *columns[: len(columns) // 2]]
        else:
            random.Random(order).shuffle(columns)
        rows: list[list[Cell]] = [[row[at] for at in columns] for row in one.rows]
        blocks.append(replace(one, rows=rows))
        changed = True
    return Source(blocks, source.notes, source.aside) if changed else None


_PARTED = re.compile(r"[、；|]|(?<=组长) |(?<=单位) |(?<= [副员]) ")


def _groups(source: Source) -> list[list[str]]:
    """What is read of each group, whatever the order."""
    lines = told(read.understood(source))
    return sorted(sorted(one.strip() for one in _PARTED.split(line)) for line in lines)


@pytest.mark.parametrize("order", ["reversed", "turned", "1", "2"])
def test_columns_in_another_order_are_the_same_table(order: str) -> None:
    differ = []
    for path in HANDS:
        source = reading.source(drawn(path)[0])
        other = _shuffled(source, order)
        if other and _groups(other) != _groups(source):
            differ.append(path.stem)
    assert differ == []
