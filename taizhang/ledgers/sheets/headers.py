"""Which column of a sheet is what: headers in one row, two or three, by their names or by what the
clerk says of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief, folded
from taizhang.ledgers.written.tables import Cell, Cells, Unfolded

_WITHIN = 8
WHY = "应有事项（系统列出，不读入）"
PREFILLED = "系统预填（不要改动）"
"""Columns of our own templates: why a row is listed, and what was in it when it was handed out."""
NOT_READ = "未读入的列："
SILENT = {
    WHY,
    PREFILLED,
    "序号",
    "编号",
    "签名",
    "签字",
    "本人签字",
    "本人签名",
    "签名（章）",
    "No",
    "NO",
}
"""Columns of customary sheets that say nothing."""
_LEFT_OUT = {"不读入", "不要", "不导入", "略", "无"}
_YEAR = re.compile(r"(20\d{2})年")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a sheet may and must hold, and what was said beside it."""

    names: Mapping[str, str]
    """Label → name."""
    required: tuple[str, ...]
    not_taken: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Header → the label that it means, `""` for one that is to be left out."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Label → what every row says."""
    sums: tuple[str, ...] = ()
    """The names of the sums of money that every row must say."""


@dataclass
class Columns:
    """What was found: the first row of data, name by column, and what is to be told."""

    first: int
    picked: list[tuple[int, str]]
    filled: dict[str, str] = field(default_factory=dict)
    """Name → what every row says."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    unknown: dict[str, str] = field(default_factory=dict)
    """Headers that mean nothing here → the first of what stands below each."""
    rows: int = 1
    """How many rows of headers there are, the last right above the data."""
    texts: list[str] = field(default_factory=list)
    """What stands in the header of every column."""
    years: set[str] = field(default_factory=set)
    """The years that the title names."""


def pairs(text: str) -> dict[str, str]:
    """Lines `甲=乙`, as they are said beside a sheet; raises BadInput for another line."""
    found = {}
    for line in re.split(r"[\n;；]", text):
        if line.strip():
            left, sign, right = re.sub(r"[＝：:]", "=", line).partition("=")
            if not sign or not left.strip():
                raise BadInput(f"“{brief(line.strip(), 40)}”应写作“表里的列名=栏目”。")
            found[left.strip()] = right.strip()
    return found


def read_given(
    names: Mapping[str, str], columns: str, same: str
) -> tuple[dict[str, str], dict[str, str]]:
    """(renamed, same) as the clerk wrote them; raises BadInput where no such field is."""
    known = {folded(label): label for label in names}
    renamed, filled = pairs(columns), pairs(same)
    problems = [
        Problem(f"没有栏目“{label}”，可写：{'、'.join(names)}。")
        for label in [*(v for v in renamed.values() if v not in _LEFT_OUT), *filled]
        if folded(label) not in known
    ]
    if problems:
        raise BadInput(problems)
    meant = {
        header: "" if label in _LEFT_OUT else known[folded(label)]
        for header, label in renamed.items()
    }
    return meant, {known[folded(label)]: value for label, value in filled.items()}


def find(table: Cells, asked: Asked) -> Columns:
    """The columns of a table; raises BadInput when there is no header at all."""
    labels = {plain(label): label for label in asked.names}
    labels |= {plain(header): label for header, label in asked.renamed.items()}
    at, rows = _header_rows(table, labels)
    if rows == 0:
        first = "、".join(list(asked.names)[:8])
        raise BadInput(f"没有找到表头。表头应包含：{first}……请下载模板填写。")
    headers = _written(table, at, rows, labels)
    found = Columns(at + rows, [], rows=rows, texts=headers)
    silent = {plain(text) for text in (*SILENT, *asked.not_taken)}
    unknown = []
    for column, text in enumerate(headers):
        label = labels.get(plain(text))
        if label:
            found.picked.append((column, asked.names[label]))
        elif label is None and plain(text) not in silent:
            unknown.append((column, text))
    _tell_unknown(table, found, unknown, headers, asked)
    _tell_twice(found, headers, labels, at + 1)
    _fill(table[:at], found, asked)
    return found


def plain(text: object) -> str:
    """A header without blanks, marks and its unit: `月 应 交（元）*` is 月应交."""
    plain = folded(str(text)).replace("*", "").rstrip("：:")
    return re.sub(r"\((?:元|人|分|小时|学时|天|盖章|章|必填|选填|本人)\)$", "", plain)


def _header_rows(table: Cells, labels: Mapping[str, str]) -> tuple[int, int]:
    """(index of the first row of headers, 1 to 3 of them), (0, 0) when there are none."""
    best, found = 0, (0, 0)
    for at in range(min(_WITHIN, len(table))):
        hits = {n: _hits(_written(table, at, n, labels), labels) for n in (1, 2, 3)}
        rows = 1
        for n in (2, 3) if hits[1] else ():
            goes_on = rows == n - 1 and hits[n] == hits[rows] and _repeats(table, at + n - 1)
            if hits[n] > hits[rows] or goes_on:
                rows = n
        if hits[rows] > best:
            best, found = hits[rows], (at, rows)
    return found


def _repeats(table: Cells, at: int) -> bool:
    """Whether a row has a text that stands right above too: a header that is merged downwards."""
    if at >= len(table):
        return False
    pairs = zip(table[at - 1], table[at], strict=False)
    return any(str(above).strip() and str(above) == str(below) for above, below in pairs)


def _hits(headers: list[str], labels: Mapping[str, str]) -> int:
    return len({labels[plain(text)] for text in headers if labels.get(plain(text))})


def _written(table: Cells, at: int, rows: int, labels: Mapping[str, str]) -> list[str]:
    """The headers: those of the row below where there are several rows and it says something, else
    those above.

    入党 below 时间 is 入党时间, where that is a label and 入党 alone is none.
    """
    found = [str(cell).strip() for cell in table[at]]
    for row in table[at + 1 : at + rows]:
        found = _joined(found, [str(cell).strip() for cell in row], labels)
    return found


def _joined(above: list[str], below: list[str], labels: Mapping[str, str]) -> list[str]:
    wide = max(len(above), len(below))
    above, below = (row + [""] * (wide - len(row)) for row in (above, below))
    for column in range(1, wide):  # what is merged across stands over each column that it covers
        if not above[column] and below[column]:
            above[column] = above[column - 1]
    return [_of_two(high, low, labels) for high, low in zip(above, below, strict=True)]


def _of_two(high: str, low: str, labels: Mapping[str, str]) -> str:
    if _SUM.fullmatch(plain(low)) and plain(high) in labels and plain(low) not in labels:
        return high  # 合计 below 月工资收入 is the whole of it
    if low and plain(low) not in labels:
        for joined in (f"{low}{high}", f"{high}{low}"):
            if plain(joined) in labels:
                return joined
    return low or high


def letter(column: int) -> str:
    """What a sheet calls the column at this place: A for 0, AA for 26."""
    name = ""
    while column >= 0:
        column, at = divmod(column, 26)
        name, column = chr(ord("A") + at) + name, column - 1
    return name


def _tell_unknown(
    table: Cells, found: Columns, unknown: list[tuple[int, str]], headers: list[str], asked: Asked
) -> None:
    filled = []
    for column, text in unknown:
        below = (str(row[column]).strip() for row in table[found.first :] if column < len(row))
        if first := next(filter(None, below), ""):
            filled.append(f"{text or _NO_HEADER}（{letter(column)}列）")
            if text:
                found.unknown[text] = first
    if filled:
        found.notes.append(f"{NOT_READ}{'、'.join(filled)}。")
    kept = {plain(text) for text in asked.not_taken}
    elsewhere = list(dict.fromkeys(t for t in headers if t and plain(t) in kept))
    if elsewhere:
        found.notes.append(f"另有登记处、未从本表读入的列：{'、'.join(elsewhere)}。")


def unread(table: Cells, unfolded: Unfolded, not_taken: Iterable[str]) -> list[str]:
    """What is to be told of the columns out of which a sheet of another shape made no rows; a sum
    that is right says nothing.
    """
    first, behind = unfolded.heads
    heads = _written(table, first, behind - first, {})
    numbers = {number for number, _ in unfolded.rows}
    found = Columns(behind, [])
    body = [row for number, row in enumerate(table, start=1) if number in numbers]
    wide = max(map(len, body), default=0)
    heads += [""] * (wide - len(heads))
    silent = {plain(text) for text in (*SILENT, *not_taken)}
    rest = [
        (column, text)
        for column, text in enumerate(heads)
        if column not in unfolded.read
        and plain(text) not in silent
        and not _is_sum(column, text, table, unfolded)
    ]
    texts = [text for column, text in enumerate(heads) if column not in unfolded.read]
    asked = Asked(names={}, required=(), not_taken=tuple(not_taken))
    _tell_unknown([*table[:behind], *body], found, rest, texts, asked)
    return found.notes


_NO_HEADER = "没有表头"
_SUM = re.compile(r".*(?:合计|总计|小计|共计|累计)(?:金额|党费)?")


def _is_sum(column: int, text: str, table: Cells, unfolded: Unfolded) -> bool:
    """Whether a column is the sum of what each row became."""
    if not _SUM.fullmatch(plain(text)):
        return False
    if _is_part_sum(column, table, unfolded):
        return True
    sums: dict[int, float] = {}
    for number, cells in unfolded.rows:
        amounts = [n for cell in cells for n in [_number(cell)] if n is not None]
        if len(amounts) != 1:
            return False
        sums[number] = sums.get(number, 0) + amounts[0]
    said = {number: row[column] for number, row in enumerate(table, 1) if column < len(row)}
    return all(
        not str(said.get(number, "")).strip() or _number(said[number]) == round(whole, 2)
        for number, whole in sums.items()
    )


def _is_part_sum(column: int, table: Cells, unfolded: Unfolded) -> bool:
    """Whether a column is in each row the sum of the columns that were read right before it, up to
    the first that was not.
    """
    first = column
    while first - 1 in unfolded.read:
        first -= 1
    said = []
    for number in {number for number, _ in unfolded.rows}:
        row = table[number - 1]
        parts = [n for cell in row[first:column] if (n := _number(cell)) is not None]
        if len(row) > column and str(row[column]).strip():
            said.append(len(parts) > 1 and _number(row[column]) == round(sum(parts), 2))
    return bool(said) and all(said)


def _number(cell: Cell) -> float | None:
    """A sum of money; a day, a month or a name is none."""
    found = re.fullmatch(r"([\d,]+(?:\.\d+)?)元?", str(cell).strip())
    return round(float(found[1].replace(",", "")), 2) if found else None


def _tell_twice(found: Columns, headers: list[str], labels: Mapping[str, str], number: int) -> None:
    names = [name for _, name in found.picked]
    for column, name in found.picked:
        if names.count(name) > 1:
            label = labels[plain(headers[column])]
            found.problems.append(
                Problem(
                    f"表头“{headers[column]}”出现了{names.count(name)}次（都读作“{label}”），请只留一列。",
                    row=number,
                    column=headers[column],
                )
            )
    found.problems = list(dict.fromkeys(found.problems))


def _fill(above: Iterable[list[Cell]], found: Columns, asked: Asked) -> None:
    """What the sheet lacks: said beside it, in its title, or missing."""
    there = {name for _, name in found.picked}
    for label, value in asked.same.items():
        if asked.names[label] not in there:
            found.filled[asked.names[label]] = value
    years = {year for row in above for cell in row for year in _YEAR.findall(folded(str(cell)))}
    found.years = years
    for label in asked.required:
        name = asked.names[label]
        if name in there or name in found.filled:
            continue
        if name in ("year", "for_year") and len(years) == 1:
            found.filled[name] = next(iter(years))
            found.notes.append(f"表中没有“{label}”列，按表题读作{found.filled[name]}。")
            continue
        found.missing.add(label)
        found.problems.append(
            Problem(
                f"缺少必填的表头“{label}”：请在表里加这一列；表里叫别的名字的，在“列的对应”里写 表里的列名={label}；"
                f"各行相同的，在“各行相同的内容”里写 {label}=……。"
            )
        )
