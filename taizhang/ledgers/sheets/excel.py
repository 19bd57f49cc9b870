"""Excel: the template of a kind, a ledger as a sheet, and a sheet read row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.writing.moments import told_at
from taizhang.kernel.writing.written import NotReadable
from taizhang.ledgers.fields import Field
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind, Spread
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import headers, titles
from taizhang.ledgers.written import feet, tables

BRANCH = "党支部"
_NAMES_BRANCH = (
    "支部",
    "支部名称",
    "党支部名称",
    "所属支部",
    "所在支部",
    "所属党支部",
    "所在党支部",
    "党组织",
    "党组织名称",
    "所属党组织",
    "所在党组织",
)
"""What else the column is called that says whose a row is."""


@dataclass(frozen=True)
class Line:
    """A row that a template lists: what is known of it, field → as it is written, and why it is
    listed.
    """

    values: Mapping[str, str]
    why: str


def template(kind: LedgerKind, lines: Sequence[Line] = (), told: str = "") -> bytes:
    """A sheet with the headers and drop-downs, and a second one that explains and shows an example.

    `lines` stand in it already, to be completed; `told` is said of them.
    """
    out = io.BytesIO()
    with workbook(out) as book:
        head = book.add_format(_HEAD)
        fields = kind.fields()
        sheet = empty_sheet(book, kind.title, fields)
        for at, part in enumerate(kind.parts, start=len(fields)):
            sheet.write_string(0, at, part.label, head)
            sheet.set_column(at, at, 30)
        if lines:
            _list(book, sheet, kind, lines, head)
        _explain(book, kind, head, told)
    return out.getvalue()


def _list(book: Any, sheet: Any, kind: LedgerKind, lines: Sequence[Line], head: Any) -> None:
    """The rows that are expected, and beside each why it is, and what was filled in, so that an
    untouched row is known.
    """
    labels = {one.name: one.label for one in kind.fields()}
    columns = {name: at for at, name in enumerate(labels)}
    why, prefilled = len(labels) + len(kind.parts), len(labels) + len(kind.parts) + 1
    wrap = book.add_format({"font_color": "#555555"})
    for at, header, width in ((why, headers.WHY, 48), (prefilled, headers.PREFILLED, 20)):
        sheet.write_string(0, at, header, head)
        sheet.set_column(at, at, width, None, {"hidden": at == prefilled})
    for row, line in enumerate(lines, start=1):
        given = {name: line.values[name] for name in labels if line.values.get(name)}
        for name, text in given.items():
            sheet.write_string(row, columns[name], text)
        sheet.write_string(row, why, line.why, wrap)
        told = _prefilled([labels[name] for name in given], list(given.values()))
        sheet.write_string(row, prefilled, told)


def _prefilled(texts: Sequence[str], cells: Sequence[object]) -> str:
    """What stands in a row of our own template: a row that says the same when it comes back was not
    filled by anybody.
    """
    said = [
        f"{text}={str(cell).strip()}"
        for text, cell in zip(texts, cells, strict=False)
        if str(cell).strip() and text not in (headers.WHY, headers.PREFILLED)
    ]
    return "预填：" + "；".join(said)


_HEAD = {"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True}


def empty_sheet(book: Any, title: str, fields: Iterable[Field]) -> Any:
    """A sheet with a header for each field, those that must be filled in another colour, and its
    drop-downs.
    """
    head, must = book.add_format(_HEAD), book.add_format(_HEAD | {"bg_color": "#FBE6B8"})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    for at, one in enumerate(fields):
        sheet.write_string(0, at, one.label, must if one.required else head)
        sheet.set_column(at, at, 24 if one.kind == "long" else 14)
        listed = [label for _, label in one.choices] or (["是", "否"] if one.kind == "yes" else [])
        if listed:
            _offer(book, sheet, at, listed)
    return sheet


def _offer(book: Any, sheet: Any, column: int, listed: list[str]) -> None:
    """A drop-down; Excel takes no list of over 255 characters, so a long one stands on a hidden
    sheet.
    """
    if len(",".join(listed)) <= 250:
        sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": listed})
        return
    hidden = book.get_worksheet_by_name("选项") or book.add_worksheet("选项")
    hidden.hide()
    hidden.write_column(0, column, listed)
    letter = headers.letter(column)
    source = f"=选项!${letter}$1:${letter}${len(listed)}"
    sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": source})


def _explain(book: Any, kind: LedgerKind, head: Any, told: str = "") -> None:
    sheet = book.add_worksheet("填写说明与示例")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 3, 50)
    for at, title in enumerate(("栏目", "必填", "说明", "示例")):
        sheet.write_string(0, at, title, head)
    lines = [(f.label, "是" if f.required else "", how_to_fill(f)) for f in kind.fields()]
    lines += [(part.label, "", part.hint) for part in kind.parts]
    for row, (label, needed, how) in enumerate(lines, start=1):
        for column, text in enumerate((label, needed, how, kind.example.get(label, ""))):
            sheet.write_string(row, column, text, wrap)
    for row, text in enumerate(filter(None, (told, kind.about)), start=len(lines) + 2):
        sheet.write_string(row, 0, text)


def how_to_fill(field: Any) -> str:
    """What may be written in a field, in a sentence."""
    forms = {
        "date": "日期，如 2018-10-25",
        "month": "月份，如 2018-10",
        "time": "时间，如 14:30",
        "money": "元，最多两位小数",
        "integer": "整数",
        "permille": "千分之几，如 15，也可写 1.5%",
        "yes": "是／否",
        "person": "本支部花名册上的姓名",
    }
    named = f"本支部已登记的{field.model._meta.verbose_name}" if field.model else ""
    parts = [forms.get(field.kind, named), field.hint]
    if field.choices:
        parts.append("可填：" + "、".join(label for _, label in field.choices))
    return "；".join(part for part in parts if part)


def workbook(out: io.BytesIO) -> Any:
    """A new workbook in which no text is taken for a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    import xlsxwriter  # noqa: PLC0415  (heavy, and only sheets need it)

    return xlsxwriter.Workbook(out, options)


def watermark(name: str, at: datetime) -> str:
    """Who took something out of the system and when; it stands below the rows, at the foot of every
    page and in the properties.
    """
    return f"{_EXPORTED}{name}　导出时间：{told_at(at)}"


def written(title: str, headers: list[str], rows: Iterable[list[str]], note: str = "") -> bytes:
    """A list as a sheet; every cell is text, so that nothing in it is taken for a formula."""
    return several([Listed(title, headers, rows)], note)


def as_workbook(cells: tables.Cells) -> bytes:
    """Cells that were copied, as the workbook that they would be; text stays text."""
    out = io.BytesIO()
    with workbook(out) as book:
        sheet = book.add_worksheet("粘贴")
        for row, line in enumerate(cells):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, str(cell)[:32767])
    return out.getvalue()


class Listed(NamedTuple):
    """A list that becomes a sheet; `widths` of its columns in characters, 15 where
    nothing is said.
    """

    title: str
    headers: list[str]
    rows: Iterable[list[str]]
    widths: tuple[int, ...] = ()


def several(lists: Iterable[Listed], note: str) -> bytes:
    """Lists as the sheets of one workbook; the note stands below each, at the foot of its pages and
    in the properties.
    """
    out = io.BytesIO()
    with workbook(out) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
        for one in lists:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "", one.title)[:31])
            _write_list(sheet, one, head, note)
        if note:
            book.set_properties({"comments": note})
    return out.getvalue()


def _write_list(sheet: Any, one: Listed, head: Any, note: str) -> None:
    sheet.freeze_panes(1, 0)
    widths = one.widths or [15] * len(one.headers)
    for at, (header, width) in enumerate(zip(one.headers, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, header, head)
    row = 0
    for row, cells in enumerate(one.rows, start=1):
        for at, cell in enumerate(cells):
            sheet.write_string(row, at, cell)
    if note:
        sheet.write_string(row + 2, 0, note)
        sheet.set_footer(f"&L{note.replace('&', '&&')[:200]}&R&P/&N")


@dataclass
class Sheet:
    """What was read of a sheet: its rows, what is wrong with its headers, and what is to be told
    besides.
    """

    rows: list[tuple[int, dict[str, tables.Cell]]]
    """(number as Excel counts, name → what is written)"""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    """Labels of columns that must be there and are not."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Headers that mean nothing here → the first of what stands below each."""
    letters: dict[str, str] = field(default_factory=dict)
    """Name → the letter of its column."""
    years: set[str] = field(default_factory=set)
    """The years that the title names."""
    told: dict[int, str] = field(default_factory=dict)
    """Number of a row that tells of several months → what it says of them."""
    passed: list[tuple[int, str]] = field(default_factory=list)
    """Rows that are no records, sums and notes among them: number, and how each begins."""


def read(kind: LedgerKind, data: bytes | str, given: Mapping[str, str] | None = None) -> Sheet:
    """The rows of a filled sheet of a kind, or of cells copied from one; `党支部` is kept when there
    is such a column.

    `given` is what was said beside it: `columns` and `same` (see `headers.read_given`), and what a
    sheet of another shape needs.
    """
    return read_table(kind, tables.read(data), given)


def read_table(
    kind: LedgerKind, table: tables.Table, given: Mapping[str, str] | None = None
) -> Sheet:
    """The same, of cells that are read already."""
    said = given or {}
    names = dict.fromkeys(_NAMES_BRANCH, BRANCH) | label_names(kind) | {BRANCH: BRANCH}
    names |= kind.spread.beside if kind.spread else {}
    unfolded = kind.unfold(table.cells, said) if kind.unfold else None
    if unfolded is not None:
        own = [names[label] for label in kind.unfolded]
        rows = [(number, dict(zip(own, cells, strict=True))) for number, cells in unfolded.rows]
        not_taken = (*kind.not_taken, *_of_others(kind))
        left = headers.unread(table.cells, unfolded, not_taken)
        notes = [*table.notes, *left, *unfolded.notes]
        return Sheet(rows, notes=notes, passed=list(unfolded.passed))
    renamed, same = headers.read_given(names, said.get("columns", ""), said.get("same", ""))
    required = tuple(one.label for one in kind.fields() if one.required)
    asked = headers.Asked(
        names=names,
        required=required,
        not_taken=(*kind.not_taken, *_of_others(kind)),
        renamed=renamed,
        same=same,
        sums=tuple(one.name for one in kind.fields() if one.kind == "money" and one.required),
    )
    try:
        found = _rows_of(table, asked)
    except BadInput as refusal:
        raise BadInput([*refusal.problems, *_of_another(kind, table)]) from refusal
    if found.problems:
        found.problems += _of_another(kind, table)
    if kind.spread is not None:
        found.years = found.years or {said["year"]} if said.get("year") else found.years
        _spread(kind, kind.spread, found)
    return found


def _of_others(kind: LedgerKind) -> list[str]:
    """What a list of this ledger says for another and not for its own, in all the words that the
    other has for it.
    """
    own = {one.name for one in kind.fields()}
    return [
        label
        for slug in kind.tells_of
        for label, name in label_names(KINDS[slug]).items()
        if name not in own
    ]


def _spread(kind: LedgerKind, by: Spread, found: Sheet) -> None:
    """A row of several months becomes its months; what cannot be is a problem of its row."""
    label = next(one.label for one in kind.fields() if one.kind == "month")
    rows, found.rows = found.rows, []
    for number, row in rows:
        try:
            several = by.rows(row, found.years)
        except NotReadable as refusal:
            found.problems.append(Problem(str(refusal), row=number, column=label))
            several = [{name: row[name] for name in row if name not in by.beside.values()}]
        if several[0].get("month") != row.get("month"):
            found.told[number] = f"{row['month']}，{row.get('amount', '')}"
        found.rows += [(number, one) for one in several]


def _of_another(kind: LedgerKind, table: tables.Table) -> list[Problem]:
    """That the title of a sheet which cannot be read is that of another ledger."""
    if told := titles.elsewhere(table.cells):
        return [Problem(told)]
    said = titles.of_table(table.cells)
    if said is None or said.kind is kind:
        return []
    other = said.kind.title
    return [Problem(f"表题像是“{other}”的表；如果是，请到“{other}”导入。")]


def rows(
    kind: LedgerKind, data: bytes | str, given: Mapping[str, str] | None = None
) -> Iterator[tuple[int, dict[str, tables.Cell]]]:
    """The rows of a sheet whose headers are right; raises BadInput with all that is wrong with
    them.
    """
    found = read(kind, data, given)
    if found.problems:
        raise BadInput(found.problems)
    yield from found.rows


def read_fields(fields: Iterable[Field], table: tables.Table) -> Sheet:
    """The rows of a table whose headers are the labels of these fields; what is not known is left
    out and told.
    """
    listed = list(fields)
    names = {field.label: field.name for field in listed}
    required = tuple(field.label for field in listed if field.required)
    return _rows_of(table, headers.Asked(names=names, required=required))


def must_have_rows(found: Sheet) -> Sheet:
    """Raises BadInput with what is wrong with the headers, or where there is nothing below them."""
    if found.problems:
        raise BadInput(found.problems)
    if not found.rows:
        raise BadInput("表中没有可导入的数据行。")
    return found


def _rows_of(table: tables.Table, asked: headers.Asked) -> Sheet:
    columns = headers.find(table.cells, asked)
    found = Sheet(
        [], columns.problems, table.notes + columns.notes, columns.missing, columns.unknown
    )
    found.years = columns.years
    found.letters = {name: headers.letter(column) for column, name in columns.picked}
    own = columns.texts.index(headers.PREFILLED) if headers.PREFILLED in columns.texts else None
    untouched = 0
    kept = {headers.plain(text) for text in asked.not_taken}
    others = [at for at, text in enumerate(columns.texts) if headers.plain(text) in kept]
    sums = {name for _, name in columns.picked if name in asked.sums}
    below = tables.said_again(table.cells[columns.first :])
    for number, cells in enumerate(below, start=columns.first + 1):
        if own is not None and own < len(cells) and cells[own] == _prefilled(columns.texts, cells):
            untouched += 1
            continue
        row = {name: cells[column] for column, name in columns.picked if column < len(cells)}
        if not any(str(cell).strip() for cell in cells):
            continue
        said = any(str(value).strip() for value in row.values())
        if feet.is_foot(cells) or not said or _says_another_sum(cells, row, others, sums):
            found.passed.append((number, feet.told(number, cells)))
        else:
            found.rows.append((number, {**columns.filled, **row}))
    if untouched:
        found.notes.append(f"模板里列出而没有填写的{untouched}行没有读入。")
    return found


def _says_another_sum(
    cells: list[tables.Cell], row: Mapping[str, tables.Cell], others: Iterable[int], sums: set[str]
) -> bool:
    """Whether a row is of a sum that is kept elsewhere and of none that the ledger asks for: income
    in a list of expenses, what is due and was not paid.
    """
    if not sums or any(str(row.get(name, "")).strip() for name in sums):
        return False
    said = (str(cells[at]).strip() for at in others if at < len(cells))
    return any(re.fullmatch(r"-?[\d,]+(?:\.\d+)?元?", text) for text in said)


_EXPORTED, EXPLAINED = "导出人：", "说明："
"""How the notes begin that stand below our own sheets; they are no rows."""


def table_of(data: bytes) -> tables.Cells:
    """The cells of the first visible sheet of an xlsx; raises BadInput for anything else."""
    return tables.read(data).cells
