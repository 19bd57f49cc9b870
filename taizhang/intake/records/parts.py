"""Tables below the fields of a form that are rows of a part: candidates with their votes, months
with what is studied.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from taizhang.documents.blocks import Block, Cell, Paragraph, Table
from taizhang.intake.reading.pieces import plain
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Part
from taizhang.ledgers.written import tables

_WITHIN = 3
HEADERS_WITHIN = 8
"""The headers of a list stand in one of so many first rows."""
_SUM = re.compile(r"(?:合计|总计|小计|共计).*")
_COUNTED = {"", "序号", "编号", "序"}


def of_table(table: Table, kind: LedgerKind) -> dict[str, tuple[str, str]] | None:
    """Part → its lines and place, of a table whose headers are those of a part, and the sum below
    it; None for any other.
    """
    for part in kind.parts:
        for at, row in enumerate(table.rows[:_WITHIN]):
            columns = _columns(row, part)
            if columns is None:
                continue
            below = [[cell.text.strip() for cell in other] for other in table.rows[at + 1 :]]
            columns |= _won(below, columns, part)
            columns = _named(row, below, columns)
            lines = [line for cells in below if (line := _line(cells, columns, part))]
            found = {part.name: ("\n".join(lines), table.where)}
            if left := _left(row, below, columns):
                found[LEFT] = (left, table.where)
            for number, cells in enumerate(below, at + 2):
                if part.sheet.total and (column := _sum(cells, columns)) is not None:
                    where = table.rows[number - 1][column].where
                    found[part.sheet.total] = (cells[column], where or table.where)
            return found if lines else None
    return None


def feet_apart(blocks: list[Block], kind: LedgerKind) -> list[Block]:
    """The same, with each text below the sum of a part's rows as a paragraph: where the money comes
    from and who approved it is no further row.
    """
    found: list[Block] = []
    for block in blocks:
        ends = _below_sum(block) if isinstance(block, Table) else []
        if not isinstance(block, Table) or not ends or of_table(block, kind) is None:
            found.append(block)
            continue
        own = [row for row in block.rows if not any(row is end for end in ends)]
        found.append(replace(block, rows=own))
        for row in ends:
            cell = next(cell for cell in row if cell.text.strip())
            found.append(Paragraph(cell.text, cell.where or block.where))
    return found


def _below_sum(table: Table) -> list[list[Cell]]:
    """The rows below that of the sum in which one text stands, in one cell or over all of them."""
    said = [[cell.text.strip() for cell in row if cell.text.strip()] for row in table.rows]
    sums = [at for at, texts in enumerate(said) if texts and _SUM.fullmatch(folded(texts[0]))]
    below = range(sums[-1] + 1, len(said)) if sums else range(0)
    return [table.rows[at] for at in below if len(set(said[at])) == 1]


def parted(table: Table, kind: LedgerKind, names: Container[str]) -> list[Table]:
    """A form in the middle of which the rows of a part stand, as what is above them, the rows, and
    what is below; else the table itself.
    """
    for at, row in enumerate(table.rows[_WITHIN:], _WITHIN):
        if not any(_columns(row, part) for part in kind.parts):
            continue
        labelled = (
            number
            for number, other in enumerate(table.rows[at + 1 :], at + 1)
            if any(plain(cell.text) in names for cell in other if not cell.spans)
        )
        end = next(labelled, len(table.rows))
        cut = (table.rows[:at], table.rows[at:end], table.rows[end:])
        return [Table(rows, table.where, table.exact) for rows in cut if rows]
    return [table]


_WON = re.compile(r"(?:未|没有)?当选|落选")
_RESULT = "结果"


def _won(below: list[list[str]], columns: Mapping[int, str], part: Part) -> dict[int, str]:
    """The column that says of each candidate whether he was elected, whatever stands above it."""
    if _RESULT not in part.sheet.columns or _RESULT in columns.values():
        return {}
    wide = min(map(len, below), default=0)
    said = {at: {cells[at] for cells in below} - {""} for at in range(wide) if at not in columns}
    found = [at for at, texts in said.items() if texts and all(map(_WON.fullmatch, texts))]
    return {found[0]: _RESULT} if len(found) == 1 else {}


_NAMES_IT = re.compile(r"(?:工作|步骤|程序|流程|具体)?(?:内容|名称|事项|环节|步骤|程序)")


def _named(row: list[Cell], below: list[list[str]], columns: dict[int, str]) -> dict[int, str]:
    """The columns with the one that names the rows as their head, where the head only counts them:
    步骤 1, 2, 3 beside 工作内容.
    """
    head = next(at for at, key in columns.items() if not key)
    counted = all(cells[head].isdigit() for cells in below if cells[head])
    names = [
        at
        for at, cell in enumerate(row)
        if at not in columns and not cell.spans and _NAMES_IT.fullmatch(plain(cell.text))
    ]
    if not counted or len(names) != 1:
        return columns
    return {names[0]: ""} | {at: key for at, key in columns.items() if key}


def above(table: Table, kind: LedgerKind) -> Table | None:
    """The rows above the headers of a part's table, where labels may stand."""
    for part in kind.parts:
        for at, row in enumerate(table.rows[:_WITHIN]):
            if _columns(row, part) is not None:
                return Table(table.rows[:at], table.where, table.exact) if at else None
    return None


def below(table: Table, kind: LedgerKind) -> Table | None:
    """The rows below a part's rows that are labels with what they ask: 批准人：甲 │ 批准日期：1月9日."""
    for part in kind.parts:
        for at, row in enumerate(table.rows[:_WITHIN]):
            if _columns(row, part) is not None:
                said = [other for other in table.rows[at + 1 :] if _is_labelled(other)]
                return Table(said, table.where, table.exact) if said else None
    return None


def _is_labelled(row: list[Cell]) -> bool:
    texts = [folded(cell.text) for cell in row if cell.text.strip() and not cell.spans]
    return bool(texts) and all(re.fullmatch(r"[^:]{2,8}:.+", text) for text in texts)


LEFT = ""
"""What stands in columns that the part does not ask for, where a part's name would be."""


def _left(row: list[Cell], below: list[list[str]], columns: Mapping[int, str]) -> str:
    told = []
    for at, cell in enumerate(row):
        label = plain(cell.text)
        if at not in columns and not cell.spans and label not in _COUNTED:
            said = [cells[at] for cells in below if cells[at] and not _SUM.fullmatch(cells[at])]
            told += [f"{label}：{'、'.join(dict.fromkeys(said))}"] if said else []
    return "\n".join(told)


def _sum(cells: list[str], columns: Mapping[int, str]) -> int | None:
    """The column of the sum, in a row of sums."""
    if not any(_SUM.fullmatch(folded(text)) for text in cells):
        return None
    return next((at for at, key in columns.items() if key and cells[at]), None)


def _columns(row: list[Cell], part: Part) -> dict[int, str] | None:
    """Column → label, "" for the head; None where it is no row of headers of the part."""
    found: dict[int, str] = {}
    unknown = 0
    said = [plain(cell.text) for cell in row]
    head = next((one for one in part.sheet.heads if one in said), "")
    for at, cell in enumerate(row):
        label = said[at]
        if label and label == head and "" not in found.values():
            found[at] = ""
        elif label in part.sheet.details and head in _of_details(part):
            found.setdefault(at, _DETAIL)
        elif key := _key(label, part.sheet.columns):
            found[at] = key
        else:
            unknown += label not in _COUNTED and not cell.spans
    return found if "" in found.values() and len(found) > max(1, unknown) else None


def _of_details(part: Part) -> tuple[str, ...]:
    """The heads of which the details say more: those before the first that may be a head itself."""
    heads = part.sheet.heads
    first = next((at for at, one in enumerate(heads) if one in part.sheet.details), len(heads))
    return heads[:first]


_DETAIL = "："
"""What stands for the column that says more of the head."""


def _key(label: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    return next((key for key, names in columns.items() if label in names), "")


def _line(cells: list[str], columns: Mapping[int, str], part: Part) -> str:
    head = next((" ".join(cells[at].split()) for at, key in columns.items() if not key), "")
    if not head or any(_SUM.fullmatch(folded(text)) for text in cells):
        return ""
    more = next((" ".join(cells[at].split()) for at, key in columns.items() if key == _DETAIL), "")
    head = f"{head}{_DETAIL}{more}" if more and more != head else head
    told = {}
    for key in part.sheet.columns:
        text = next((cells[at] for at, other in columns.items() if other == key), "")
        if text and text != head:
            told[key] = part.sheet.words.get(text, _number(text) if key == "月份" else text)
    return part.sheet.write(head, told)


def details(kind: LedgerKind) -> dict[str, tuple[Part, str]]:
    """Label of a form → (part, column), where it says more of the row that stands above it."""
    return {
        plain(name): (part, key)
        for part in kind.parts
        for key, names in part.sheet.columns.items()
        for name in names
        if len(name) >= _SAYS_OF_WHAT
    }


_SAYS_OF_WHAT = len("办理情况")
"""Shorter words (结果, 状态) may be about anything in a form."""


def _number(text: str) -> str:
    """3月 is the month 3."""
    return re.sub(r"^(\d{1,2})月份?$", r"\1", folded(text))


def across(kind: LedgerKind, table: tables.Table) -> dict[int, tuple[str, str, str]]:
    """Column → (part, what its row is called, header), where each column of a list is one row of a
    part.
    """
    for number, row in enumerate(table.cells[:HEADERS_WITHIN], 1):
        found = {
            at: (part.name, head, str(cell))
            for at, cell in enumerate(row)
            for part in kind.parts
            for pattern, head in part.sheet.across.items()
            if re.fullmatch(rf"(?:{pattern})(?:时间|日期)", plain(str(cell)))
            or (re.fullmatch(pattern, plain(str(cell))) and _are_days(table.cells[number:], at))
        }
        if len(found) > 1:
            return found
    return {}


def _are_days(rows: tables.Cells, at: int) -> bool:
    """Whether nothing but days stands in a column, though its header says no more than what
    happened on them.
    """
    said = [row[at] for row in rows if at < len(row) and str(row[at]).strip()]
    return bool(said) and all(re.match(r"(?:19|20)\d{2}", _day(cell)) for cell in said)


def steps(kind: LedgerKind, words: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Label of a form → (part, what its row is called), where a day stands beside it that is one
    row of a part.
    """
    return {
        plain(word): (part.name, head)
        for word in words
        for part in kind.parts
        for pattern, head in part.sheet.across.items()
        if re.fullmatch(rf"(?:{pattern})(?:时间|日期)", plain(word))
    }


def step(head: str, text: str) -> str:
    """The row with its day, as it is written where it is none."""
    return f"{head}：{_day(text)}"


def in_row(
    kind: LedgerKind, cells: Sequence[tables.Cell], columns: Mapping[int, tuple[str, str, str]]
) -> dict[str, str]:
    """Part → its lines, of the days that stand in such columns, in the order of the part wherever
    they stand; a month without its day stays as it is written.
    """
    order = [(part.name, head) for part in kind.parts for head in part.sheet.across.values()]
    found: dict[str, list[str]] = {}
    for at, (part, head, _) in sorted(columns.items(), key=lambda one: order.index(one[1][:2])):
        if at < len(cells) and str(cells[at]).strip():
            found.setdefault(part, []).append(f"{head}：{_day(cells[at])}")
    return {part: "\n".join(lines) for part, lines in found.items()}


def _day(cell: tables.Cell) -> str:
    try:
        return f"{written.day(cell):%F}" if isinstance(cell, str | float) else f"{cell:%F}"
    except (written.NotReadable, ValueError):
        return str(cell).strip()


def roles(kind: LedgerKind) -> dict[str, str]:
    """Label beside which names stand that belong to a part → the part."""
    return {role: part.name for part in kind.parts for role in part.sheet.roles}


def in_role(names: str, role: str) -> str:
    """The names with what they did behind each."""
    return "、".join(f"{name}（{role}）" for name in re.split(r"[、，,\s　]+", names) if name)
