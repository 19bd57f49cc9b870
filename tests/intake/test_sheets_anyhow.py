"""A list says the same however its columns stand: over the sheets of all hands.

Its columns in another order give the same records; a column that no ledger asks for is told and
changes nothing; a row of sums is no record.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.ledgers.kinds import KINDS
from tests.intake.test_binder import BINDER, HANDS, SHAPES, made

_FEW = 3
"""So many cells are filled in the first row of headers at least."""
_FOREIGN = "样例外栏"
_SHEETS = [
    one
    for one in BINDER + HANDS
    if "sheets" in one and len(one["sheets"]) == 1 and one not in SHAPES
]
"""Those with one table under its headers; halves and sections have an order of their own."""


class _Sheet:
    """The one sheet of a case, with the rows between its title and what stands below it."""

    def __init__(self, case: dict[str, Any]) -> None:
        """A copy, to be changed."""
        self.case = copy.deepcopy(case)
        self.rows: list[list[Any]] = self.case["sheets"][0]["rows"]
        self.merged: list[list[int]] = self.case["sheets"][0]["merged"]
        self.wide = max(map(len, self.rows))
        filled = [sum(cell not in (None, "") for cell in row) for row in self.rows]
        self.first = next((at for at, n in enumerate(filled) if n >= _FEW), len(filled))
        for top, _, bottom, _ in self.merged:  # what is merged downwards stands in each row
            for at in range(top + 1, bottom + 1):
                filled[at] += 1
        below = [all("：" in str(cell) for cell in row if cell) for row in self.rows]
        self.last = max((at for at, n in enumerate(filled) if n > 1 and not below[at]), default=0)

    def documents(self) -> list[read.Document]:
        """What is read of it as it stands now."""
        return read.documents(self.case["file"], made(self.case))

    def blocks(self) -> list[list[int]]:
        """Its columns, those together over which something is merged."""
        joined = {
            at
            for top, left, bottom, right in self.merged
            if bottom >= self.first and top <= self.last
            for at in range(left + 1, right + 1)
        }
        found: list[list[int]] = []
        for at in range(self.wide):
            if at in joined and found:
                found[-1].append(at)
            else:
                found.append([at])
        return found

    def order(self, columns: list[int]) -> None:
        """Put its columns in this order; what stands above and below them stays."""
        place = {old: new for new, old in enumerate(columns)}
        for at in range(self.first, self.last + 1):
            row = [*self.rows[at], *[None] * (self.wide - len(self.rows[at]))]
            self.rows[at] = [row[old] for old in columns]
        for one in self.merged:
            if self.first <= one[0] <= self.last:
                one[1], one[3] = place[one[1]], place[one[1]] + one[3] - one[1]


def _said(found: list[read.Document]) -> list[Any]:
    """Ledger and values of all records."""
    return [(one.kind and one.kind.slug, [r.values for r in one.records]) for one in found]


def _lists() -> Iterator[tuple[_Sheet, list[read.Document]]]:
    for case in _SHEETS:
        sheet = _Sheet(case)
        found = sheet.documents()
        if all(one.is_list for one in found) and len(sheet.blocks()) > _FEW:
            yield sheet, found


@pytest.fixture(scope="module")
def lists() -> list[tuple[_Sheet, list[read.Document]]]:
    """The lists of all hands with what is read of them."""
    found = list(_lists())
    assert len(found) > 100
    return found


def test_columns_in_another_order_say_the_same(
    lists: list[tuple[_Sheet, list[read.Document]]],
) -> None:
    other = {}
    for number, (one, found) in enumerate(lists):
        sheet, blocks = _Sheet(one.case), one.blocks()
        random.Random(number).shuffle(blocks)
        sheet.order([at for block in blocks for at in block])
        if (said := _said(sheet.documents())) != _said(found):
            other[one.case["file"]] = said

    assert other == {}


def test_a_column_that_nobody_asks_for_is_told_and_changes_nothing(
    lists: list[tuple[_Sheet, list[read.Document]]],
) -> None:
    other = {}
    for one, found in lists:
        sheet = _Sheet(one.case)
        for at in range(sheet.first, sheet.last + 1):
            row = sheet.rows[at]
            row += [None] * (sheet.wide - len(row))
            row.append(_FOREIGN if at == sheet.first else f"样例值{at}")
        for at in {bottom for top, _, bottom, _ in sheet.merged if top == sheet.first}:
            sheet.rows[at][-1] = _FOREIGN  # headers in two rows are merged downwards there
        again = sheet.documents()
        told = any(_FOREIGN in text or "样例值" in text for text in again[0].warnings)
        if _said(again) != _said(found) or not told:
            other[one.case["file"]] = [doc.warnings for doc in again]

    assert other == {}


@pytest.mark.parametrize("word", ["合计", "合　计", "总计：", "第一党小组小计", "本页合计"])
def test_a_row_of_sums_is_no_record(
    word: str, lists: list[tuple[_Sheet, list[read.Document]]]
) -> None:
    other = {}
    for one, found in lists:
        sheet = _Sheet(one.case)
        last = sheet.rows[sheet.last][1:]
        row = [word, *(12 if isinstance(cell, int | float) else None for cell in last)]
        sheet.rows.insert(sheet.last + 1, row)
        for merge in sheet.merged:
            if merge[0] > sheet.last:
                merge[0] += 1
                merge[2] += 1
        if _said(sheet.documents()) != _said(found):
            other[one.case["file"]] = [len(doc.records) for doc in found]

    assert other == {}


def _insert(sheet: _Sheet, at: int, row: list[Any]) -> None:
    """Put a row between those of a sheet, and what is merged below it one lower."""
    sheet.rows.insert(at, row)
    for merge in sheet.merged:
        if merge[0] >= at:
            merge[0] += 1
            merge[2] += 1


@pytest.mark.parametrize(
    "text", ["二、退休教师党支部党员", "（第二党小组）", "以下为2019年以后登记的"]
)
def test_a_heading_between_the_rows_is_no_record(
    text: str, lists: list[tuple[_Sheet, list[read.Document]]]
) -> None:
    other = {}
    for one, found in lists:
        sheet = _Sheet(one.case)
        if any(top <= sheet.last <= bottom and bottom > top for top, _, bottom, _ in sheet.merged):
            continue  # the last rows are one that is merged downwards
        _insert(sheet, sheet.last + 1, [text])
        again = sheet.documents()
        if _said(again) != _said(found):
            other[one.case["file"]] = [doc.passed for doc in again]

    assert other == {}


def test_names_and_months_are_no_dues_where_nothing_says_so(
    lists: list[tuple[_Sheet, list[read.Document]]],
) -> None:
    words = KINDS["dues-payments"].unfolds_where
    asked = 0
    for one, found in lists:
        if not any(doc.kind and doc.kind.unfold for doc in found):
            continue
        sheet = _Sheet(one.case)
        sheet.case["file"] = sheet.case["sheets"][0]["name"] = "样例"
        for row in sheet.rows:
            row[:] = [None if any(w in str(c) for w in words) else c for c in row]
        sheet.merged[:] = [m for m in sheet.merged if sheet.rows[m[0]][m[1]] is not None]
        heads = [str(cell) for cell in sheet.rows[sheet.first]]
        if sum("月" in head for head in heads) > 1:
            asked += 1
            again = sheet.documents()
            dues = [doc for doc in again if doc.kind and doc.kind.unfold]
            assert not any(doc.records for doc in dues), one.case["file"]

    assert asked > 1
