"""What a document says, as records of a ledger: every value stands in the source, at the place that
it names.

A value that is not found again in the source is not proposed; what a field cannot take is left,
with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from taizhang.documents.blocks import Table
from taizhang.intake import forms
from taizhang.intake.reading import labels, minutes, people
from taizhang.intake.reading.classify import CERTAIN, Guess
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.intake.records import columns, letters, parts, prose, years
from taizhang.intake.records import texts as texts_
from taizhang.intake.records.attended import matrix
from taizhang.intake.records.of_title import YEARS, add_sort, titled_at
from taizhang.intake.records.record import Proposal, Record, short
from taizhang.intake.records.rows import (
    around,
    grouped,
    listed,
    months,
    named,
    notes,
    planned,
    signed,
    units,
    yearly,
)
from taizhang.intake.records.rows.laid import sections, turned
from taizhang.intake.records.sentences import published
from taizhang.intake.records.sentences.chosen import appointments
from taizhang.intake.records.taking import Taking, checked
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.sheets import excel, headers, titles
from taizhang.ledgers.written import tables

_FEW = 2
_TOLD = 1.0
"""How sure a person is who names the ledger."""
_OPEN = {"open_days": "1"}
"""A day that a sheet does not give stays blank."""


_OF_MONTHS = ("month", "amount")
"""What differs in the rows that one row of several months became."""
_SEVERAL = "“{}元”是几个月合计：入账时按此人的党费核定分到各月；不相符或没有核定的，请每月写一行。"


def propose(
    piece: Piece,
    guess: Guess,
    sheet: tables.Table | None = None,
    memory: columns.Memory | None = None,
    said: Mapping[str, str] | None = None,
) -> Proposal:
    """The records that a document holds; `sheet` has the cells of a workbook's sheet as they were
    meant.

    `said` is what a person said of a list that does not say it itself: `year`, `paid_day`. Raises
    BadInput where he must.
    """
    found = _found(piece, guess, sheet, memory, said)
    if guess.kind is not None:
        places = [next(iter(one.sources.values()), "") for one in found.records]
        people.only(found.records, guess.kind, () if found.is_list else piece.blocks)
        if found.is_list:
            _pass_over(found, places)
    return found


def _pass_over(found: Proposal, places: list[str]) -> None:
    """Rows of which nothing is left are no records: a heading within the list that stood where a
    name stands.
    """
    empty = [n for n, one in enumerate(found.records) if not one.values]
    found.passed += [places[n][max(0, places[n].find("第")) :] for n in empty]
    found.records = [one for one in found.records if one.values]


def _found(
    piece: Piece,
    guess: Guess,
    sheet: tables.Table | None,
    memory: columns.Memory | None,
    said: Mapping[str, str] | None,
) -> Proposal:
    kind = guess.kind
    if kind is None:
        return Proposal()
    piece = units.piece_in_yuan(piece)
    if signed.asked(kind) and (signatures := signed.of(piece)) is not None:
        return _signed(signatures, guess, kind)
    if (found := rows_of(piece, guess, sheet, memory, said)) is not None:
        return found
    piece = replace(piece, blocks=parts.feet_apart(piece.blocks, kind))
    lines = [] if piece.tables() else piece.paragraphs()
    if told := appointments.records(kind, lines) or grouped.records(kind, lines):
        return Proposal(told)
    piece = published.apart(piece, kind)
    each_of = named.of(kind, piece)
    piece = piece if each_of is None else each_of.rest
    record = _whole(_read(piece, kind), guess, kind, piece)
    every = [record] if each_of is None else named.each(record, each_of)
    found = Proposal(every if _says_something(record, kind) else [])
    return Proposal() if is_of_no_day(piece, guess, found) else found


def is_of_no_day(piece: Piece, guess: Guess, found: Proposal) -> bool:
    """Whether a text names something that is held on a day, and hardly more: it tells of no one
    event.
    """
    kind = guess.kind
    if kind is None or guess.confidence >= CERTAIN or piece.tables() or found.is_list:
        return False
    if titles.titled_at_any_time(guess.title):
        return False
    of_a_day = kind.day in texts_.EVENTS
    told = any(kind.day in r.values or len(r.values) > _HARDLY_MORE for r in found.records)
    return of_a_day and not told


_HARDLY_MORE = 3


def _says_something(record: Record, kind: LedgerKind) -> bool:
    """Whether more is read than what the title of minutes says of them."""
    return bool(record.values.keys() - (_OF_TITLES if kind.form is PaperForm.MINUTES else set()))


_OF_TITLES = {"kind", "group", "title"}


def _read(piece: Piece, kind: LedgerKind) -> forms.Read:
    """What a form or text says, and what is left of it."""
    asked = {one.name for one in kind.fields()}
    below = letters.receipt(piece.paragraphs()) if "receipt_on" in asked else []
    piece = replace(piece, blocks=[one for one in piece.blocks if one not in below])
    piece, planned_rows = planned.apart(piece, kind)
    if kind.form is PaperForm.MINUTES:
        read = minutes.read(piece, kind)
    else:
        read = forms.read(piece.blocks, kind)
    planned.add(read, kind, planned_rows)
    texts_.add(read, piece, kind)
    _same_half_of_the_day(read)
    letters.add_receipt(read, below)
    read.left += [one.text.strip() for one in piece.imprint]
    return read


def _same_half_of_the_day(read: forms.Read) -> None:
    """`下午4点召开 … 5时10分结束`: what was said of the beginning holds for the end."""
    start, end = (read.values.get(name, "") for name in ("starts_at", "ends_at"))
    if start >= "12:00" and end < start and re.fullmatch(r"\d\d:\d\d", end):
        later = f"{int(end[:2]) + 12:02}{end[2:]}"
        if start < later < "24:00":
            read.values["ends_at"] = later


def _whole(read: forms.Read, guess: Guess, kind: LedgerKind, piece: Piece) -> Record:
    """The record of a document that is no list."""
    years.complete(read, kind, piece)
    record = checked(kind, read, piece.blocks)
    heads = {guess.title, *(one.text.strip() for one in piece.headings)}
    record.left = [text for text in record.left if text not in heads]
    add_sort(record, guess, kind, piece)
    return record


def _signed(signatures: signed.Signed, guess: Guess, kind: LedgerKind) -> Proposal:
    """The one meeting for which a sheet was signed."""
    read = _read(signatures.rest, kind)
    signed.add(read, signatures, kind)
    record = _whole(read, guess, kind, signatures.rest)
    return Proposal([record] if record.values else [])


def rows_of(
    piece: Piece,
    guess: Guess,
    sheet: tables.Table | None = None,
    memory: columns.Memory | None = None,
    said: Mapping[str, str] | None = None,
    wanted: Collection[str] = (),
) -> Proposal | None:
    """The same of a list; None where the document is none, or has no columns for all fields that
    are `wanted`.
    """
    kind = guess.kind
    if kind is None:
        return None
    own = [one for one in piece.tables() if parts.of_table(one, kind) is None]
    whole: Proposal | None = None
    said_around = list(units.lines_around(piece))
    every = [sheet] if sheet is not None and own else list(map(_as_cells, own))
    meant = [units.in_yuan(table, said_around) for table in every]
    for one in (one for table in meant for one in sections.of(kind, table)):
        found = _section(kind, one, piece, guess, memory or {}, said or {}, wanted)
        if found is not None and whole is None:
            whole = found
        elif found is not None and whole and sections.alike(whole, found):
            whole = sections.together(whole, found)
    return whole


def _section(
    kind: LedgerKind,
    one: sections.Section,
    piece: Piece,
    guess: Guess,
    memory: columns.Memory,
    said: Mapping[str, str],
    wanted: Collection[str],
) -> Proposal | None:
    """The rows of one list; its own heading says what its rows do not."""
    if one.title:
        piece = replace(piece, section=one.title)
        guess = guess if guess.column else replace(guess, title=one.title)
    upright = (
        turned.upright(kind, one.table)
        or yearly.of(kind, one.table)
        or matrix.of(kind, one.table, units.lines_around(piece))
    )
    meant = one.table if upright is None else upright.table
    found = _rows(kind, meant, piece, guess, memory, said, wanted)
    if found is not None and upright is not None:
        sections.place(found, upright.places, upright.heads)
        found.warnings += upright.notes
        found.passed += upright.passed
    if found is not None and one.places is not None:
        sections.place(found, one.places)
        found.passed += one.rest
    return found


def _as_cells(table: Table) -> tables.Table:
    return tables.Table([[cell.text for cell in row] for row in table.rows])


def _rows(
    kind: LedgerKind,
    table: tables.Table,
    piece: Piece,
    guess: Guess,
    memory: columns.Memory,
    said: Mapping[str, str],
    wanted: Collection[str],
) -> Proposal | None:
    """The rows of a list; None where the table is no list of this ledger."""
    words, names = _words(kind, table, memory)
    table = months.days_joined(kind, table, names)
    table = units.chosen(kind, units.told(kind, table, names), names)
    doubled: list[str] = []
    given = _OPEN | _year(guess, piece) | {name: text for name, text in said.items() if text}
    if not _unfolds(kind, table, given, must=guess.confidence == _TOLD):
        told = guess.confidence == _TOLD
        if not listed.is_list(kind, table, names, told=told, wanted=wanted):
            return None
        remembered = memory.get(kind.slug, {})
        given["columns"] = columns.said(kind, table, names, remembered)
        doubled = columns.doubled(given["columns"], remembered)
    across = parts.across(kind, table)
    left_out = [f"{header}={columns.LEFT_OUT}" for _, _, header in across.values()]
    given["columns"] = "\n".join([*filter(None, [given.get("columns")]), *left_out])
    try:
        found = excel.read_table(kind, table, given)
    except BadInput:
        return None
    taken = _Taken(kind, table, found, _place_of_list(piece))
    taken.share(around.told(kind, piece))
    passed = [text for _, text in found.passed]
    proposal = Proposal(is_list=True, unknown=found.unknown, passed=passed)
    heads = listed.own_heads(kind)
    is_name = cache(lambda text: plain(text) in heads)
    found.rows = [one for one in found.rows if not listed.repeats_headers(one[1], is_name)]
    proposal.passed += listed.alone(table, found)
    proposal.records = [
        one
        for row in found.rows
        for one in named.several(kind, _record(taken, *row, across, piece, guess))
    ]
    proposal.warnings = [
        *notes.of_columns(found, guess.column, kind, proposal.records),
        *doubled,
        *named.beside(kind, table, proposal.records),
    ]
    blank = headers.PREFILLED in words  # our template, in which nobody filled a row
    return proposal if blank or _tells(proposal, guess) else None


def _words(
    kind: LedgerKind, table: tables.Table, memory: columns.Memory
) -> tuple[set[str], dict[str, str]]:
    """What stands in the first rows of a list, and what of it the ledger asks for by which name."""
    words = {str(cell).strip() for row in table.cells[: parts.HEADERS_WITHIN] for cell in row}
    words |= {one for word in words for one in units.asked_in(word)}
    remembered = memory.get(kind.slug, {})
    own = label_names(kind)
    names = labels.names(kind, words)
    names |= {plain(word): own[label] for word, label in remembered.items() if label in own}
    return words, names


def _tells(found: Proposal, guess: Guess) -> bool:
    """Whether there is a record, and where the ledger is not certain one with more than a name or a
    day.
    """
    certain = guess.confidence >= CERTAIN
    if guess.confidence == _TOLD or guess.kind is None:
        return bool(found.records)
    who = {one.name for one in guess.kind.fields() if one.name in turned.SUBJECTS}
    if who and all(r.values.keys() <= who | _BESIDE for r in found.records):
        return False
    return bool(found.records) and (certain or any(len(r.values) >= _FEW for r in found.records))


_BESIDE = {"remark", "year"}
"""What may stand beside a name and makes no record of it: who paid a sum that no column says."""


def _place_of_list(piece: Piece) -> str:
    place = piece.sheet and f"工作表“{piece.sheet}”"
    return place or next((block.where for block in piece.tables()), piece.where)


class _Taken:
    """A sheet of which rows become records."""

    def __init__(
        self, kind: LedgerKind, table: tables.Table, found: excel.Sheet, place: str
    ) -> None:
        self.kind, self.table, self.sheet, self.place = kind, table, found, place
        self.taking = Taking(kind)
        self.shared: around.Shared = {}
        """What is said once of all rows."""
        self._asked = defaultdict[int | None, list[str]](list)
        for problem in found.problems:
            self._asked[problem.row].append(problem.message)

    def share(self, told: around.Shared) -> None:
        """Keep what is said of all rows and no column says."""
        self.shared = {
            name: one
            for name, one in told.items()
            if name not in self.sheet.letters and self.taking.takes(name, one[0])
        }

    def asks(self, number: int) -> list[str]:
        """What is to be decided of a row."""
        told = self.sheet.told.get(number, "")
        return self._asked.get(number) or ([_SEVERAL.format(told)] if told else [])


def _record(
    taken: _Taken,
    number: int,
    row: Mapping[str, Any],
    across: Mapping[int, tuple[str, str, str]],
    piece: Piece,
    guess: Guess,
) -> Record:
    """The record of a row."""
    at, kind = f"{taken.place} 第{number}行", taken.kind
    read = _row(kind, row, at, taken.sheet.told.get(number, ""))
    for name, (text, where) in taken.shared.items():
        if name not in read.values:
            read.values[name], read.sources[name] = text, where
    _of_title_only(read, kind, piece, guess, taken.sheet.letters)
    for part, text in parts.in_row(kind, taken.table.cells[number - 1], across).items():
        read.add(part, text, f"{at}：{short(text)}")
    record = taken.taking.readable(read, taken.asks(number))
    record.branch = str(row.get(excel.BRANCH) or "").strip()
    add_sort(record, guess, kind, piece)
    return record


def _of_title_only(
    read: forms.Read, kind: LedgerKind, piece: Piece, guess: Guess, columns_: Container[str]
) -> None:
    """What a row does not say, and the title says for all of them."""
    years.complete(read, kind, piece)
    if "group" not in read.values and any(one.name == "group" for one in kind.fields()):
        told = ((text, prose.group_of(text)) for text in [guess.title, *piece.titles])
        for text, group in ((text, group) for text, group in told if group):
            read.values["group"], read.sources["group"] = group, titled_at(text, piece)
            break
    months.of_title(kind, read, [guess.title, *piece.titles])
    for name in YEARS & read.sources.keys():
        if name not in columns_:
            every = [guess.title, *piece.titles]
            title = next((one for one in every if read.values[name] in one), guess.title)
            read.sources[name] = titled_at(title, piece)


def _row(kind: LedgerKind, row: Mapping[str, Any], place: str, told: str) -> forms.Read:
    """The values of a row with their place; `told` is what a row says that became
    several months.
    """
    read = forms.Read()
    rates = {one.name for one in kind.fields() if one.kind == "permille"}
    for name, value in row.items():
        if name != excel.BRANCH and str(value).strip():
            said = units.rate(value) if name in rates else _written(value)
            if said is None:
                read.left.append(f"比例：{_written(value)}（没有写明是%还是‰）")
                continue
            source = told if told and name in _OF_MONTHS else said
            read.values[name], read.sources[name] = said, f"{place}：{short(source)}"
    return read


def _written(value: object) -> str:
    if (
        isinstance(value, float)
        and value.is_integer()
        and not isinstance(value, written.Serial1904)
    ):
        return str(int(value))
    if isinstance(value, written.Serial1904):
        return written.day(value).isoformat()
    return str(value).strip()


def _year(guess: Guess, piece: Piece) -> dict[str, str]:
    """The one year that the title names, or else the name of the file."""
    for text in (guess.title, *(one.text for one in piece.headings), piece.sheet, piece.file):
        years = set(re.findall(r"(20\d{2})年?", folded(written.in_digits(text))))
        if len(years) == 1:
            return {"year": years.pop()}
    return {}


def _unfolds(
    kind: LedgerKind, table: tables.Table, given: Mapping[str, str], *, must: bool
) -> bool:
    """Whether it is the customary sheet of another shape; with `must` raises BadInput for what it
    does not say.
    """
    try:
        return kind.unfold is not None and kind.unfold(table.cells, given) is not None
    except BadInput:
        if must:
            raise
        return False
