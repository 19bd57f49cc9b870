"""A table that holds several lists: one below another under a heading of its own, or side by side
under the same headers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import plain
from taizhang.intake.records.record import Proposal
from taizhang.intake.records.rows.laid import within
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import feet, tables

_WITHIN = 8
_FEW = 3
"""So many known labels at least make a row the headers of a list below another."""
_LABELS = 2
_MOST_BESIDE = 4
_LONGEST = 40


class Section(NamedTuple):
    """A list, its own heading, and where each of its rows stands in the table; no places where they
    are the same.
    """

    table: tables.Table
    title: str = ""
    places: list[str] | None = None
    rest: tuple[str, ...] = ()
    """The rows of the form in which the list stands, each with its place."""


def of(kind: LedgerKind, table: tables.Table) -> list[Section]:
    """The lists of a table; itself where it holds one."""
    if (inner := within.of(kind, table.cells)) is not None:
        return [_within(table, *inner)]
    starts = _starts(kind, table.cells)
    if len(starts) < _LABELS:
        beside = _beside(kind, table.cells)
        return [Section(table) if beside is None else beside]
    found = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(table.cells)
        first = start if number else 0
        cells = table.cells[first:end]
        beside = _beside(kind, cells)
        own = [*range(1, len(cells) + 1)] if beside is None else _numbers(beside)
        places = [f"第{first + at}行" for at in own]
        whole = tables.Table(cells, table.notes) if beside is None else beside.table
        found.append(Section(whole, _text(table.cells[start]), places))
    return found


def _within(table: tables.Table, first: int, end: int) -> Section:
    places = [f"第{at + 1}行" for at in range(first, end)]
    every = enumerate(table.cells, 1)
    rest = [(n, row) for n, row in every if not first < n <= end and any(map(str, row))]
    return Section(
        tables.Table(table.cells[first:end], table.notes),
        "",
        places,
        tuple(feet.told(n, row) for n, row in rest),
    )


def _numbers(one: Section) -> list[int]:
    return [int(place[1:-1]) for place in one.places or ()]


def _starts(kind: LedgerKind, cells: tables.Cells) -> list[int]:
    """The rows with one text that stand right above headers."""
    return [
        at - 1
        for at in range(1, len(cells))
        if _text(cells[at - 1]) and _are_heads(kind, cells[at]) and not feet.is_foot(cells[at - 1])
    ]


def _text(row: list[tables.Cell]) -> str:
    """The one text of a row; empty where it has more."""
    found = ""
    for cell in row:
        if cell not in ("", found):
            said = str(cell).strip()
            if said and said != found:
                if found or len(said) > _LONGEST:
                    return ""
                found = said
    return found


def _are_heads(kind: LedgerKind, row: list[tables.Cell]) -> bool:
    said = [plain(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    if len(said) < _FEW or len(set(said)) < _FEW:
        return False
    known = labels.names(kind, said)
    return sum(one in known for one in set(said)) >= _FEW


def _beside(kind: LedgerKind, cells: tables.Cells) -> Section | None:
    """The lists that stand side by side as one: the rows of the first, then those of the next."""
    for at, row in enumerate(cells[:_WITHIN]):
        heads = [plain(str(cell)) for cell in row]
        known = labels.names(kind, heads)
        if sum(one in known for one in set(heads)) >= _LABELS:
            starts = _repeated(heads)
            if starts is None:
                return _own_half(kind, cells, at, heads) if at else None
            return _stacked(cells, at, *starts, _of_each(kind, cells, at, *starts))
    return None


def _own_half(kind: LedgerKind, cells: tables.Cells, at: int, heads: list[str]) -> Section | None:
    """The one of two lists side by side that the ledger is about, where each stands under a heading
    of its own and both ask some of the same: 收入 beside 支出.
    """
    above = cells[at - 1]
    spans = [(c, str(cell).strip()) for c, cell in enumerate(above) if str(cell).strip()]
    spans = [one for n, one in enumerate(spans) if not n or one[1] != spans[n - 1][1]]
    if len(spans) != _LABELS:
        return None
    ends = [*(c for c, _ in spans[1:]), len(heads)]
    halves = [(text, set(heads[c:end]) - {""}) for (c, text), end in zip(spans, ends, strict=True)]
    own = [n for n, (text, _) in enumerate(halves) if text in kind.title]
    if len(own) != 1 or not halves[0][1] & halves[1][1]:
        return None
    first, end = spans[own[0]][0], ends[own[0]]
    other = halves[1 - own[0]][0]
    rows = [row[first:end] for row in cells]
    notes = [f"“{other}”下面的各列没有读入：不属于“{kind.title}”。"]
    return Section(tables.Table([[], *rows[1:]] if at > 1 else rows, notes), "", None)


def _repeated(heads: list[str]) -> tuple[list[int], int] | None:
    """(where each list begins, how wide it is), where the same headers stand several times."""
    filled = [at for at, text in enumerate(heads) if text]
    first, last = filled[0], filled[-1]
    again = [at for at in filled if heads[at] == heads[first]]
    if not _LABELS <= len(again) <= _MOST_BESIDE:
        return None
    wide = again[1] - first
    starts = [first + wide * number for number in range(len(again))]
    block = heads[first : first + wide]
    own = [text for text in block if text]
    same = all((heads[start : start + wide] + [""] * wide)[:wide] == block for start in starts)
    alone = starts == again and len(set(own)) == len(own) >= _LABELS
    return (starts, wide) if same and alone and last < starts[-1] + wide else None


_MONTH = re.compile(r"(?:20\d{2}年)?\d{1,2}月份?")
_GROUP = re.compile(r".{0,12}党?小组")


def _of_each(
    kind: LedgerKind, cells: tables.Cells, at: int, starts: list[int], wide: int
) -> tuple[str, list[str]]:
    """The label and what stands above each of the lists, where that is the month or the group of
    all its rows and no column says it.
    """
    above = cells[at - 1] if at else []
    said = [
        next((text for cell in above[start : start + wide] if (text := str(cell).strip())), "")
        for start in starts
    ]
    known = labels.names(kind, [plain(str(cell)) for cell in cells[at]])
    for name, form in (("month", _MONTH), ("group", _GROUP)):
        label = next((one.label for one in kind.fields() if one.name == name), "")
        fits = all(form.fullmatch(folded(one)) for one in said) and len(set(said)) == len(said)
        if label and fits and name not in {known.get(plain(str(c))) for c in cells[at]}:
            return label, said
    return "", []


def _stacked(
    cells: tables.Cells, at: int, starts: list[int], wide: int, each: tuple[str, list[str]]
) -> Section:
    label, texts = each
    above = cells[: at - 1] if label else cells[:at]
    found, places = [list(row) for row in above], [f"第{n}行" for n in range(1, len(above) + 1)]
    places.append(f"第{at + 1}行")
    heads = cells[at][starts[0] : starts[0] + wide]
    found.append([label, *heads] if label else heads)
    for number, start in enumerate(starts):
        for row, line in enumerate(cells[at + 1 :], at + 2):
            own = line[start : start + wide]
            head = next((cell for cell in line if str(cell).strip()), "")
            if own and not str(own[0]).strip() and feet.is_sum(head):
                own = [head, *own[1:]]  # the sums of all lists stand in one row
            if any(str(cell).strip() for cell in own):
                foot = feet.is_foot(own)
                found.append([("" if foot else texts[number]), *own] if label else own)
                places.append(f"第{row}行")
    return Section(tables.Table(found), "", places)


def alike(one: Proposal, other: Proposal) -> bool:
    """Whether two lists say mostly the same of each row."""
    own, names = ({name for r in found.records for name in r.values} for found in (one, other))
    shared = len(own & names)
    return shared >= _LABELS and shared * 2 >= len(names)


def together(one: Proposal, other: Proposal) -> Proposal:
    """Two lists as one, what is told of both once."""
    return Proposal(
        one.records + other.records,
        list(dict.fromkeys(one.warnings + other.warnings)),
        is_list=True,
        unknown=one.unknown | other.unknown,
        passed=one.passed + other.passed,
    )


def place(found: Proposal, places: list[str], heads: str = "") -> None:
    """Say of each row of a list that was turned or taken apart where it stands in the source."""

    def moved(said: re.Match[str]) -> str:
        at = int(said[1]) - 1
        return places[at] if at < len(places) else said[0]

    for record in found.records:
        for name, where in record.sources.items():
            own = heads if name == "group" else ""
            record.sources[name] = _NTH_ROW.sub(own or moved, where, count=1)
    found.warnings = [_ANY_ROW.sub(moved, text) for text in found.warnings]
    found.passed = [_ANY_ROW.sub(moved, text, count=1) for text in found.passed]


_NTH_ROW = re.compile(r"第(\d+)行(?=：)")
_ANY_ROW = re.compile(r"第(\d+)行")
