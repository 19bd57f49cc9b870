"""Excel: the template of a kind, a ledger as a sheet, and a sheet read row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import python_calamine
import xlsxwriter
from django.db import transaction

from taizhang.kernel import files
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.moments import told_at
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.reading import label_names, problem_at

BRANCH = "党支部"
MOST_ROWS = 200_000
_HEADER_WITHIN = 6


def template(kind: LedgerKind) -> bytes:
    """An empty sheet with the headers and drop-downs, and a second one that explains and shows an example."""
    out = io.BytesIO()
    with workbook(out) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True}
        )
        must = book.add_format(
            {"bold": True, "bg_color": "#FBE6B8", "border": 1, "text_wrap": True}
        )
        sheet = book.add_worksheet(kind.title[:31])
        sheet.freeze_panes(1, 0)
        fields = kind.fields()
        for at, field in enumerate(fields):
            sheet.write_string(0, at, field.label, must if field.required else head)
            sheet.set_column(at, at, 24 if field.kind == "long" else 14)
            listed = [label for _, label in field.choices] or (
                ["是", "否"] if field.kind == "yes" else []
            )
            if listed:
                _offer(book, sheet, at, listed)
        for at, part in enumerate(kind.parts, start=len(fields)):
            sheet.write_string(0, at, part.label, head)
            sheet.set_column(at, at, 30)
        _explain(book, kind, head)
    return out.getvalue()


def _offer(book: Any, sheet: Any, column: int, listed: list[str]) -> None:
    """A drop-down; Excel takes no list of over 255 characters, so a long one stands on a hidden sheet."""
    if len(",".join(listed)) <= 250:
        sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": listed})
        return
    hidden = book.get_worksheet_by_name("选项") or book.add_worksheet("选项")
    hidden.hide()
    hidden.write_column(0, column, listed)
    letter = xlsxwriter.utility.xl_col_to_name(column)
    source = f"=选项!${letter}$1:${letter}${len(listed)}"
    sheet.data_validation(1, column, 5000, column, {"validate": "list", "source": source})


def _explain(book: Any, kind: LedgerKind, head: Any) -> None:
    sheet = book.add_worksheet("填写说明与示例")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 3, 50)
    for at, title in enumerate(("栏目", "必填", "说明", "示例")):
        sheet.write_string(0, at, title, head)
    lines = [(f.label, "是" if f.required else "", _how(f)) for f in kind.fields()]
    lines += [(part.label, "", part.hint) for part in kind.parts]
    for row, (label, needed, how) in enumerate(lines, start=1):
        for column, text in enumerate((label, needed, how, kind.example.get(label, ""))):
            sheet.write_string(row, column, text, wrap)
    if kind.about:
        sheet.write_string(len(lines) + 2, 0, kind.about)


def _how(field: Any) -> str:
    forms = {
        "date": "日期，如 2018-10-25", "month": "月份，如 2018-10", "time": "时间，如 14:30", "money": "元，最多两位小数",
        "integer": "整数", "yes": "是／否", "person": "本支部花名册上的姓名",
    }  # fmt: skip
    named = f"本支部已登记的{field.model._meta.verbose_name}" if field.model else ""
    parts = [forms.get(field.kind, named), field.hint]
    if field.choices:
        parts.append("可填：" + "、".join(label for _, label in field.choices))
    return "；".join(part for part in parts if part)


def workbook(out: io.BytesIO) -> Any:
    """A new workbook in which no text is taken for a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(out, options)


def watermark(name: str, at: datetime) -> str:
    """Who took something out of the system and when; it stands below the rows, at the foot of every page and in the properties."""
    return f"{_EXPORTED}{name}　导出时间：{told_at(at)}"


def written(title: str, headers: list[str], rows: Iterable[list[str]], note: str = "") -> bytes:
    """A list as a sheet; every cell is text, so that nothing in it is taken for a formula."""
    return several([Listed(title, headers, rows)], note)


class Listed(NamedTuple):
    """A list that becomes a sheet; `widths` of its columns in characters, 15 where nothing is said."""

    title: str
    headers: list[str]
    rows: Iterable[list[str]]
    widths: tuple[int, ...] = ()


def several(lists: Iterable[Listed], note: str) -> bytes:
    """Lists as the sheets of one workbook; the note stands below each, at the foot of its pages and in the properties."""
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


def rows(
    kind: LedgerKind, data: bytes | str, given: Mapping[str, str] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a filled sheet of a kind, or of cells copied from one; `党支部` is kept when there is such a column.

    `given` is what was said beside a customary sheet of another shape.
    """
    names = label_names(kind) | {BRANCH: BRANCH}
    table = _table_of(data)
    unfolded = kind.unfold(table, given or {}) if kind.unfold else None
    if unfolded is not None:
        for number, cells in unfolded:
            yield (
                number,
                {names[label]: cell for label, cell in zip(kind.unfolded, cells, strict=True)},
            )
        return
    required = [field.label for field in kind.fields() if field.required]
    yield from _rows_of(names, required, table, kind.not_taken)


def rows_under(
    names: Mapping[str, str], required: Iterable[str], data: bytes | str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a sheet whose headers are `names` (label → name): (number as Excel counts, name → what is written).

    Raises BadInput with all that is wrong with the file or its headers.
    """
    return _rows_of(names, list(required), _table_of(data), ())


def _rows_of(
    names: Mapping[str, str], required: list[str], table: list[list[Any]], not_taken: Iterable[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    at, headers = _headers(names, required, table, {*_NUMBERS, *not_taken})
    picked = [(column, names[label]) for column, label in headers]
    for number, cells in enumerate(table[at + 1 :], start=at + 2):
        row = {name: cells[column] for column, name in picked if column < len(cells)}
        if any(str(value).strip() for value in row.values()) and not _is_foot(cells):
            yield number, row


_NUMBERS = ("序号", "编号", "签名", "签字", "本人签字")
"""Columns of customary sheets that say nothing."""
_SUMS = {"合计", "总计", "小计"}
_EXPORTED, EXPLAINED = "导出人：", "说明："
"""How the notes begin that stand below our own sheets; they are no rows."""


def _is_foot(cells: list[Any]) -> bool:
    """A row of sums, a line such as `核定人：` below the table, or a note of ours."""
    written = [str(cell).strip() for cell in cells if str(cell).strip()]
    alone = len(written) == 1 and (
        written[0].endswith(("：", ":")) or written[0].startswith((_EXPORTED, EXPLAINED))
    )
    return alone or folded(written[0]) in _SUMS


def _table_of(data: bytes | str) -> list[list[Any]]:
    return _pasted(data) if isinstance(data, str) else table_of(data)


def _pasted(text: str) -> list[list[Any]]:
    """Cells parted by tabs, as they are copied; one that holds a line break stands in quotes."""
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    try:
        table = [list(row) for row in csv.reader(lines, delimiter="\t")]
    except csv.Error as broken:
        raise BadInput("粘贴的内容不是表格，请从 Excel、WPS 或 Word 表格中复制。") from broken
    return _sized(table, "粘贴的内容是空的。")


def table_of(data: bytes) -> list[list[Any]]:
    """The cells of the first sheet of an xlsx; raises BadInput for anything else."""
    if files.format_of(data) != "xlsx":
        raise BadInput("请上传 xlsx 格式的 Excel 文件（可在 WPS 或 Excel 中另存为）。")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        table: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as broken:
        raise BadInput("Excel 文件已损坏或加密，无法读取。") from broken
    return _sized(table, "第一张工作表是空的。")


def _sized(table: list[list[Any]], empty: str) -> list[list[Any]]:
    if not any(any(str(cell).strip() for cell in row) for row in table):
        raise BadInput(empty)
    if len(table) > MOST_ROWS:
        raise BadInput(f"一次最多导入{MOST_ROWS}行，本表有{len(table)}行，请分批导入。")
    return table


def _headers(
    known: Mapping[str, str], required: list[str], table: list[list[Any]], passed: set[str]
) -> tuple[int, list[tuple[int, str]]]:
    """(index of the header row, [(column, label)]); headers of `passed` columns are passed over."""
    best = 0
    found: list[tuple[int, str]] = []
    for at, cells in enumerate(table[:_HEADER_WITHIN]):
        labels = [(column, _label(cell, known)) for column, cell in enumerate(cells)]
        hits = [(column, label) for column, label in labels if label]
        if len(hits) > len(found):
            best, found = at, hits
    if not found:
        raise BadInput(f"没有找到表头。表头应包含：{'、'.join(list(known)[:8])}……请下载模板填写。")
    strange = [
        (column, cell)
        for column, cell in enumerate(table[best])
        if str(cell).strip() and folded(str(cell)) not in passed and not _label(cell, known)
    ]
    _must_be_right(known, required, best + 1, found, strange)
    return best, found


def _label(cell: Any, known: Mapping[str, str]) -> str:
    text = folded(str(cell)).rstrip("*").replace("*", "")
    by_folded = {folded(label): label for label in known}
    return by_folded.get(text, "")


def _must_be_right(
    known: Mapping[str, str],
    required: list[str],
    number: int,
    found: list[tuple[int, str]],
    strange: list[tuple[int, Any]],
) -> None:
    problems = []
    names = [known[label] for _, label in found]
    for _, label in found:
        if names.count(known[label]) > 1:
            problems.append(
                Problem(
                    f"表头“{label}”出现了{names.count(known[label])}次。", row=number, column=label
                )
            )
    problems += [
        Problem(f"不认识的表头“{cell}”。", row=number, column=_letter(column))
        for column, cell in strange
    ]
    missing = [label for label in required if known[label] not in names]
    problems += [
        Problem(f"缺少必填的表头“{label}”（不要合并表头单元格）。", row=number) for label in missing
    ]
    if problems:
        raise BadInput(list(dict.fromkeys(problems)))


def _letter(column: int) -> str:
    return str(xlsxwriter.utility.xl_col_to_name(column))


def enter_all(
    rows: list[tuple[int, dict[str, Any]]],
    enter: Callable[[Mapping[str, Any]], list[Problem]],
    *,
    dry_run: bool = False,
) -> int:
    """Store every row of a sheet or none; `enter` stores one and answers what is wrong with it. Answers how many were read."""
    problems: list[Problem] = []
    with transaction.atomic():
        for number, cells in rows:
            problems += [problem_at(number, problem) for problem in enter(cells)]
        if problems or dry_run:
            transaction.set_rollback(True)
    if problems:
        raise BadInput(problems)
    return len(rows)
