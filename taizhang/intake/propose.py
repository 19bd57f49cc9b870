"""What a document says, as records of a ledger: every value stands in the source, at the place that it names.

A value that is not found again in the source is not proposed; what a field cannot take is left, with the reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake import forms, labels
from taizhang.intake.classify import Guess
from taizhang.intake.pieces import Piece, plain
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Field, OnlyMonth, Unreadable, parse, render
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.minutes import reader as minutes_reader
from taizhang.ledgers.sheets import excel, headers
from taizhang.ledgers.written import tables

MOST_ROWS = 5000
_HEADERS_WITHIN = 8
_FEW = 2
"""A text in which more fields were found has labels, and is no body without them."""
_OPEN = {"open_days": "1"}
"""A day that a sheet does not give stays blank."""
_SNIPPET = 60
_OF_MONTHS = ("month", "amount")
"""What differs in the rows that one row of several months became."""


@dataclass
class Record:
    """One record as it would be written into the form, where each value stands, and what was not understood."""

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Proposal:
    """The records of a document, and what is to be said of the document as a whole."""

    records: list[Record] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_list: bool = False
    """Rows of a sheet; else one form or text."""


def propose(piece: Piece, guess: Guess, sheet: tables.Table | None = None) -> Proposal:
    """The records that a document holds; `sheet` has the cells of a workbook's sheet as they were meant."""
    kind = guess.kind
    if kind is None:
        return Proposal()
    for table in [sheet] if sheet is not None else map(_as_cells, piece.tables()):
        if (found := _rows(kind, table, piece, guess)) is not None:
            return found
    if kind.form is PaperForm.MINUTES:
        read = _minutes(piece, kind)
    else:
        read = forms.read(piece.blocks, kind)
        _add_text(read, piece, kind)
    record = _checked(kind, read, piece.blocks)
    record.left = [text for text in record.left if text != guess.title]
    _add_sort(record, guess, kind, piece)
    return Proposal([record] if record.values else [])


def _as_cells(table: Table) -> tables.Table:
    return tables.Table([[cell.text for cell in row] for row in table.rows])


def _told(found: excel.Sheet, guess: Guess, kind: LedgerKind) -> list[str]:
    """What is wrong with the headers, and what was left out; a column that the title stands for is not missing."""
    sort = next((one.label for one in kind.fields() if one.name == guess.column), "")
    missing_ = sorted(found.missing - {sort})
    others = [
        str(p)
        for p in found.problems
        if p.row is None or not any(number == p.row for number, _ in found.rows)
        if not any(f"“{m}”" in p.message for m in found.missing)
    ]
    lacks = [f"表里没有“{'”“'.join(missing_)}”，须逐行补上。"] if missing_ else []
    return lacks + others + found.notes


def _rows(kind: LedgerKind, table: tables.Table, piece: Piece, guess: Guess) -> Proposal | None:
    """The rows of a list; None where the table is no list of this ledger."""
    words = {str(cell).strip() for row in table.cells[:_HEADERS_WITHIN] for cell in row}
    names = labels.names(kind, words)
    if not _is_list(kind, table, names):
        return None
    own = {name: label for label, name in label_names(kind).items()}
    own |= {one.name: one.label for one in kind.fields()}
    also = [
        word
        for word in words
        if plain(word) not in labels.exact(kind.slug) and plain(word) in names
    ]
    given = _OPEN | {
        "columns": "\n".join(
            f"{word}={own[names[plain(word)]]}" for word in also if "\n" not in word
        )
    }
    try:
        found = excel.read_table(kind, table, given)
    except BadInput:
        return None
    proposal = Proposal(warnings=_told(found, guess, kind), is_list=True)
    place = piece.sheet and f"工作表“{piece.sheet}”"
    if not place:
        place = next((block.where for block in piece.tables()), piece.where)
    for number, row in found.rows[:MOST_ROWS]:
        if not _repeats_headers(row, names):
            told = found.told.get(number, "")
            asks = [p.message for p in found.problems if p.row == number]
            asks = asks or ([_SEVERAL.format(told)] if told else [])
            record = _readable(kind, _row(row, f"{place} 第{number}行", told), asks)
            _add_sort(record, guess, kind, piece)
            proposal.records.append(record)
    if len(found.rows) > MOST_ROWS:
        proposal.warnings.append(f"只读了前{MOST_ROWS}行，共{len(found.rows)}行。")
    return proposal if proposal.records else None


def _is_another_head(row: list[str], head: list[str], names: Mapping[str, str]) -> bool:
    said = [cell for cell in row if cell]
    short = all(re.fullmatch(r"[^\d，。；：]{2,12}", cell) for cell in said)
    return row != head and len(said) > 1 and short and any(cell in names for cell in said)


def _row(row: Mapping[str, Any], place: str, told: str) -> forms.Read:
    """The values of a row with their place; `told` is what a row says that became several months."""
    read = forms.Read()
    for name, value in row.items():
        if name != excel.BRANCH and str(value).strip():
            said = _written(value)
            source = told if told and name in _OF_MONTHS else said
            read.values[name], read.sources[name] = said, f"{place}：{_short(source)}"
    return read


def _repeats_headers(row: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """A second row of headers, or headers that a new page repeats."""
    said = [plain(str(value)) for value in row.values() if str(value).strip()]
    return len(said) > 1 and sum(one in names for one in said) * 2 >= len(said)


def _written(value: Any) -> str:
    if (
        isinstance(value, float)
        and value.is_integer()
        and not isinstance(value, written.Serial1904)
    ):
        return str(int(value))
    if isinstance(value, written.Serial1904):
        return written.day(value).isoformat()
    return str(value).strip()


def _unfolds(kind: LedgerKind, table: tables.Table) -> bool:
    """Whether it is the customary sheet of another shape."""
    try:
        return kind.unfold is not None and kind.unfold(table.cells, _OPEN) is not None
    except BadInput:
        return False


def _is_list(kind: LedgerKind, table: tables.Table, names: Mapping[str, str]) -> bool:
    """Whether most cells of its header row are labels of the ledger and rows stand below."""
    if _unfolds(kind, table):
        return True
    try:
        columns = headers.find(table.cells, headers.Asked(names=names, required=()))
    except BadInput:
        return False
    above = {str(cell).strip() for cell in table.cells[columns.first - 1]} - {""}
    picked = sorted(column for column, _ in columns.picked)
    below = [row for row in table.cells[columns.first :] if any(str(cell).strip() for cell in row)]
    if len(picked) < 2 or not below:
        return False
    down = sum(bool(row) and plain(str(row[0])) in names for row in table.cells)
    if down > len(picked):
        return False  # labels stand below one another, with what they ask beside them
    goes_on = any(plain(str(cell)) in names for cell in below[0])
    head = [plain(str(cell)) for cell in table.cells[columns.first - 1]]
    if any(_is_another_head([plain(str(cell)) for cell in row], head, names) for row in below):
        return False  # bands of labels, each with what it asks below it
    beside = any(b - a == 1 for a, b in itertools.pairwise(picked))
    return len(picked) * 2 > len(above) or (len(picked) > 2 and beside and not goes_on)


def _minutes(piece: Piece, kind: LedgerKind) -> forms.Read:
    try:
        known = labels.exact(kind.slug)
        found = minutes_reader.of_blocks([_upright(block, known) for block in piece.blocks])
    except BadInput:
        return forms.Read(left=[block.text for block in piece.paragraphs() if block.text.strip()])
    return forms.Read(dict(found.values), {}, list(found.left))


_DATED = re.compile(r"^(?:日期|制定日期|汇报日期|笔记日期|总结日期)$")
"""The day below a text is the day that it was written, and no day on which something was adopted or came into force."""


def _upright(block: Block, known: Mapping[str, str]) -> Block:
    """A table with labels above what they ask, the labels beside it."""
    if not isinstance(block, Table):
        return block
    return Table(list(forms.upright(block, known)), block.where, block.exact, block.heads)


_BODY = re.compile(r".*(?:正文|全文|内容|主要内容)$")


def _add_text(read: forms.Read, piece: Piece, kind: LedgerKind) -> None:
    """A document without labels: its title, its text, and the day below it."""
    paragraphs = [block for block in piece.paragraphs() if _says_something(block.text)]
    body = next((f for f in kind.fields() if f.kind == "long" and _BODY.fullmatch(f.label)), None)
    if (
        body is None
        or body.name in read.values
        or len(paragraphs) < 2
        or piece.tables()
        or len(read.values) > _FEW
    ):
        return
    heading, day = piece.headings[:1], _day_below(paragraphs)
    for one in kind.fields():
        if heading and one.name in ("title", "name") and one.name not in read.values:
            read.add(one.name, heading[0].text, heading[0].where)
    own = next((f for f in kind.fields() if f.name == kind.day), None)
    dated = day is not None and own is not None and _DATED.search(own.label) is not None
    if day is not None and own is not None and dated and own.name not in read.values:
        read.add(own.name, day.text, day.where)
    rest = [block for block in paragraphs if block not in [*heading, day]]
    read.add(
        body.name, "\n".join(block.text.strip() for block in rest), rest[0].where if rest else ""
    )
    used = {block.text.strip() for block in paragraphs}
    read.left = [text for text in read.left if text not in used]
    if day is not None and not dated:
        read.left.append(f"落款日期：{day.text.strip()}")


def _says_something(text: str) -> bool:
    """Not blank, and no line for signatures that nobody signed."""
    without = re.sub(r"[^\s：:]{0,8}(?:签名|签字|盖章|公章)[）)]?\s*[：:]?|[年月日_＿\s]", "", text)
    return bool(without)


def _day_below(paragraphs: list[Paragraph]) -> Paragraph | None:
    """A line at the end that is a day and nothing else."""
    for block in reversed(paragraphs[-3:]):
        text = written.in_digits(written.plain(block.text))
        days = written.days_in(text)
        if len(days) == 1 and not text[: days[0][1]].strip() and not text[days[0][2] :].strip():
            return block
    return None


def _checked(kind: LedgerKind, read: forms.Read, blocks: list[Block]) -> Record:
    """Only what stands in the source is kept."""
    known = {one.name: one for one in kind.fields()}
    for name, value in list(read.values.items()):
        where = read.sources.get(name) or locate(value, known.get(name), blocks)
        if where is None:
            del read.values[name]
            read.left.append(value)
        else:
            read.sources[name] = f"{where}：{_short(value)}"
    return _readable(kind, read)


def locate(value: str, one: Field | None, blocks: list[Block]) -> str | None:
    """Where a value stands: its words, or the day or hour that it is; of several lines the place of the first."""
    lines = [line for line in re.split(r"[\n、]", value) if folded(line)]
    if len(lines) > 1:
        wanted = [folded(line) for line in lines]
        for said, where in texts(blocks):
            if all(line in folded(said) for line in wanted):
                return where
    places = [_place_of(line, one, blocks) for line in lines]
    return places[0] if places and None not in places else None


def _place_of(text: str, one: Field | None, blocks: list[Block]) -> str | None:
    wanted, every = folded(text), list(texts(blocks))
    exact = next((where for said, where in every if folded(said) == wanted), None)
    if exact is not None:
        return exact
    if one is not None and one.kind in ("date", "time", "integer"):
        return next((where for said, where in every if _says(said, text, one)), None)
    for said, where in every:
        if wanted in folded(said) or (one is not None and _says(said, text, one)):
            return where
    bare = re.sub(r"[（(].*?[)）]", "", text)  # a reason or a role that stands in a cell of its own
    return _place_of(bare, one, blocks) if bare and bare != text else None


def _says(said: str, value: str, one: Field) -> bool:
    digits = written.in_digits(written.plain(said))
    if one.kind == "date":
        return value in {day.isoformat() for day, _, _ in written.days_in(digits)}
    if one.kind == "time":
        return value in {f"{clock:%H:%M}" for clock in _hours(digits)}
    if one.kind == "choice":
        return any(folded(other) in folded(said) for other, label in one.also if label == value)
    if one.kind != "integer":
        return False
    without = _without_days(digits)
    return value in re.findall(r"\d+", without) or value in _chinese_numbers(without)


def _hours(digits: str) -> list[time]:
    """The hours in a text, its days taken out: their numbers are none."""
    return written.clocks_in(_without_days(digits))


def _without_days(digits: str) -> str:
    for _, start, end in reversed(written.days_in(digits)):
        digits = f"{digits[:start]} {digits[end:]}"
    return digits


def _chinese_numbers(said: str) -> set[str]:
    found = (chinese_number(word) for word in re.findall(r"[一二三四五六七八九十]{1,3}", said))
    return {str(number) for number in found if number is not None}


def texts(blocks: Iterable[Block]) -> Iterable[tuple[str, str]]:
    """Every text with its place: cells by themselves, paragraphs whole."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    if not cell.spans and cell.text.strip():
                        yield cell.text, cell.where or block.where
        elif isinstance(block, Paragraph):
            yield block.text, block.where


def _readable(kind: LedgerKind, read: forms.Read, asks: Iterable[str] = ()) -> Record:
    """The values as the form writes them; what a field cannot take is left, with the reason.

    `asks` is to be decided of months that stand together: they are kept as they are written.
    """
    record = Record(left=list(read.left))
    known = {one.name: one for one in kind.fields()}
    for name, value in read.values.items():
        one = known.get(name)
        if one is None or one.kind in ("person", "record") or one.names:
            record.values[name], record.sources[name] = value, read.sources[name]
            continue
        try:
            record.values[name] = render(one, parse(one, value, NO_NAMES))
            record.sources[name] = read.sources[name]
        except OnlyMonth:
            record.values[name] = f"{written.month(value):%Y-%m}"
            record.sources[name] = read.sources[name]
            record.warnings.append(f"“{one.label}”只写到月份，请补齐到日。")
        except (Unreadable, written.NotReadable) as refusal:
            if asks and one.kind == "month":
                record.values[name], record.sources[name] = value, read.sources[name]
                record.warnings += asks
                continue
            day = _only_day(value) if one.kind == "date" else None
            record.left.append(f"{one.label}：{value}")
            if day is not None:
                record.values[name], record.sources[name] = day, read.sources[name]
                continue
            record.warnings.append(f"“{one.label}”没有读入：{refusal}")
    _add_hours(record, read.values, known)
    return record


_SEVERAL = "“{}元”是几个月合计：入账时按此人的党费核定分到各月；不相符或没有核定的，请每月写一行。"


def _only_day(value: str) -> str | None:
    """The one whole day in a text that says more; the text is left beside it."""
    days = written.days_in(written.in_digits(written.plain(value)))
    return days[0][0].isoformat() if len({day for day, _, _ in days}) == 1 else None


def _add_hours(record: Record, values: Mapping[str, str], known: Mapping[str, Field]) -> None:
    """A day is often written with its hours."""
    for name, value in values.items():
        one = known.get(name)
        if one is None or one.kind != "date" or name not in record.values:
            continue
        clocks = _hours(written.in_digits(written.plain(value)))
        for hour, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
            if hour in known and hour not in record.values:
                record.values[hour] = f"{clock:%H:%M}"
                record.sources[hour] = record.sources[name]


def _add_sort(record: Record, guess: Guess, kind: LedgerKind, piece: Piece) -> None:
    """What sort of record the title says it is."""
    if not record.values:
        return
    _add_year(record, guess, kind, piece)
    one = next((f for f in kind.fields() if f.name == guess.column), None)
    if one is None:
        _add_named_sort(record, kind, piece)
        return
    if one.name in record.values:
        return
    record.values[one.name] = render(one, guess.value)
    record.sources[one.name] = _of_title(guess, piece)


def _add_named_sort(record: Record, kind: LedgerKind, piece: Piece) -> None:
    """The sort that a heading names, where it names one: （一）支委会."""
    column, by_value = kind.titles_by or ("", {})
    one = next((f for f in kind.fields() if f.name == column), None)
    if one is None or column in record.values:
        return
    words = {folded(label): code for code, label in one.choices if code in by_value}
    words |= {
        folded(word): code
        for word, label in one.also
        for code, other in one.choices
        if label == other
    }
    for heading in piece.headings:
        said = folded(heading.text)
        named = {code for word, code in words.items() if word in said}
        if len(named) == 1:
            record.values[column] = render(one, named.pop())
            record.sources[column] = f"{heading.where}：{_short(heading.text)}"
            return


def _add_year(record: Record, guess: Guess, kind: LedgerKind, piece: Piece) -> None:
    """The year that the title names."""
    years = re.findall(r"(20\d{2})年", folded(guess.title))
    one = next((f for f in kind.fields() if f.name in ("year", "for_year")), None)
    if one is None or one.name in record.values or len(set(years)) != 1:
        return
    record.values[one.name], record.sources[one.name] = years[0], _of_title(guess, piece)


def _of_title(guess: Guess, piece: Piece) -> str:
    """Where the title stands, and what it says; a title that is none of the lines is the name of the file."""
    place = next((where for said, where in texts(piece.blocks) if guess.title in said), "文件名")
    return f"{place}：{_short(guess.title)}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SNIPPET else f"{one_line[:_SNIPPET]}…"


def missing(kind: LedgerKind, record: Record) -> list[str]:
    """The labels of fields that must be there and are not."""
    return [one.label for one in kind.fields() if one.required and not record.values.get(one.name)]
