"""Plain text, with tables as word processors save them: each cell on lines of its own after a tab,
or tabs in a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from taizhang.documents.blocks import Cell, Paragraph, Source, Table, placed

ANNEX = re.compile(r"^\s*附\s*[件表]\s*[0-9０-９一二三四五六七八九十]*\s*[:：]?\s*$")

_HEADING = re.compile(r"^\s*[一二三四五六七八九十]{1,2}、\S")


def read(text: str) -> Source:
    """Paragraphs and tables of a text."""
    source = Source()
    lines = _unmarked(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("\t") and line.count("\t") == 1:
            at = _cell_lines(lines, at, source)
        elif _cells_in_line(line):
            at = _row_lines(lines, at, source)
        elif (barred := _barred(lines, at))[0] or (spaced := _rows_in(lines, at)):
            rows, taken = barred if barred[0] else (spaced, len(spaced))
            cells = [[Cell(text) for text in row] for row in rows]
            source.blocks.append(placed(Table(cells, f"第{at + 1}行起的表", exact=False)))
            at += taken
        else:
            if line.strip():
                source.blocks.append(Paragraph(line.strip(), f"第{at + 1}行"))
            at += 1
    return source


_HEADED = re.compile(r"^\s*#{1,6}\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_QUOTED = re.compile(r"^\s*(?:>\s?|[-*+]\s+(?=\S))")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")


def _unmarked(lines: list[str]) -> list[str]:
    """The lines of a text in Markdown without its marks; those of any other as they are."""
    if not any(_HEADED.match(line) or _BOLD.search(line) for line in lines):
        return lines
    found = []
    for line in lines:
        bare = _BOLD.sub(r"\2", _QUOTED.sub("", _HEADED.sub("", line)))
        found.append("" if _RULE.fullmatch(line) else bare)
    return found


def _cells_in_line(line: str) -> list[str]:
    """The cells of a line that holds a whole row; empty when it does not."""
    if line.strip().startswith("|") and line.count("|") >= 3:
        inner = line.strip()[1:]
        return [cell.strip() for cell in inner.removesuffix("|").split("|")]
    if "\t" in line.strip("\t ") or line.count("\t") >= 2:
        return [cell.strip() for cell in line.split("\t")]
    return []


_BAR = re.compile("[|｜│┃]")
_LINE_OF_TABLE = re.compile(r"[\s:|｜│┃+┼┬┴├┤┌┐└┘=\-—─━]+")
_RUN = 3
"""So many lines that bars part are a table."""


def _barred(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of a run of lines that bars part, each as often as the first or less, and how many
    lines they take.
    """
    bars, end = len(_BAR.findall(lines[at])), at
    rows: list[list[str]] = []
    for line in lines[at:] if bars else []:
        drawn = bool(line.strip()) and bool(_LINE_OF_TABLE.fullmatch(line))
        if not drawn and not 0 < len(_BAR.findall(line)) <= bars:
            break
        cells = [cell.strip() for cell in _BAR.split(line)]
        rows += [] if drawn else [[*cells, *[""] * (bars + 1 - len(cells))]]
        end += 1
    framed = all(not row[0] for row in rows) and all(not row[-1] for row in rows)
    return (
        ([row[1:-1] if framed else row for row in rows], end - at) if len(rows) >= _RUN else ([], 0)
    )


def _row_lines(lines: list[str], at: int, source: Source) -> int:
    """A run of lines, each a row."""
    where, rows = f"第{at + 1}行起的表", list[list[str]]()
    while at < len(lines):
        cells = _cells_in_line(lines[at])
        if not cells and rows and _goes_on(rows[-1], lines[at:]):
            rows[-1][-1] += f"\n{lines[at].strip()}"
            at += 1
            continue
        if not cells:
            break
        if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
            rows.append(cells)
        at += 1
    if len(rows) == 1 and len(rows[0]) == 2:
        source.blocks.append(Paragraph(" ".join(rows[0]), where))
        return at
    width = max((len(row) for row in rows), default=0)
    table = [[Cell(text) for text in [*row, *[""] * (width - len(row))]] for row in rows]
    source.blocks.append(placed(Table(table, where, exact=False)))
    return at


def _goes_on(row: list[str], lines: list[str]) -> bool:
    """A line without cells belongs to the last cell above, when that ends in the middle and the
    table goes on below.
    """
    unfinished = row[-1].endswith(("；", ";", "，", ",", "、", "："))
    return (
        unfinished and bool(lines[0].strip()) and len(_cells_in_line(lines[1])) == len(row)
        if lines[1:]
        else False
    )


def _cell_lines(lines: list[str], at: int, source: Source) -> int:
    """Cells that each begin with a tab and go on to the next; the first row tells how many make a
    row.
    """
    start, cells = at, list[str]()
    gap_after: list[bool] = []
    while at < len(lines) and lines[at].startswith("\t"):
        held = [lines[at][1:]]
        at += 1
        while at < len(lines) and not lines[at].startswith("\t"):
            held.append(lines[at])
            at += 1
        cut = _table_ends(held, last=at >= len(lines))
        cells.append("\n".join(held[:cut]).strip())
        gap_after.append(any(not line.strip() for line in held[1:cut]))
        if cut < len(held):
            at -= len(held) - cut
            break
    width = _width(cells, gap_after)
    source.blocks.append(_table(cells, width, start, source))
    return at


def _table_ends(held: list[str], *, last: bool) -> int:
    """How many of the lines belong to the cell: an annex heading, or after two blank lines at the
    end, do not.
    """
    for i, line in enumerate(held):
        if i and (ANNEX.match(line) or (not held[i - 1].strip() and _HEADING.match(line))):
            return i
        if last and i > 1 and not held[i - 1].strip() and not held[i - 2].strip() and line.strip():
            return i
    return len(held)


def _width(cells: list[str], gap_after: list[bool]) -> int:
    """The cells of the first row: up to the first that a blank line follows."""
    for at, gap in enumerate(gap_after):
        if gap and at:
            return at + 1
    return max(len(cells), 1)


def _table(cells: list[str], width: int, start: int, source: Source) -> Table:
    where = f"第{start + 1}行起的表"
    if len(cells) % width:
        source.notes.append(
            (
                "ragged_table",
                f"表格共{len(cells)}格，不能按每行{width}格整除，末行可能错位。",
                where,
            )
        )
        cells = [*cells, *[""] * (width - len(cells) % width)]
    rows = [[Cell(text) for text in cells[i : i + width]] for i in range(0, len(cells), width)]
    return placed(Table(rows, where, exact=False))


_Piece = tuple[int, int, str]
"""(first column on paper, the column behind it, text)"""
_SHORT_HEADER = re.compile(r"[\u4e00-\u9fffA-Za-z（）()/、]{1,10}")
_HEADER_WORD = re.compile(
    r"号$|组|片|单位|学校|支部|对象|时间|日期|地点|人员|成员|领导|姓名|职务|内容|要求|标准|分值|项目|类别|备注|电话"
)
_COLUMNS = 3
_KNOWN = 2
"""So many of the headers must be words that head a column: names in rows are no table."""
_SLACK = 2
"""A text may begin so many columns before its header."""


def _rows_in(lines: Sequence[str], at: int) -> list[list[str]]:
    """The rows of a table that begins in a line, its headers first; empty where none does."""
    heads = _pieces(lines[at])
    known = sum(bool(_HEADER_WORD.search(text)) for _, _, text in heads)
    short = all(_SHORT_HEADER.fullmatch(text) for _, _, text in heads)
    if len(heads) < _COLUMNS or known < _KNOWN or not short:
        return []
    rows = [[text for _, _, text in heads]]
    for line in lines[at + 1 :]:
        row = _under(heads, _pieces(line))
        if not row:
            break
        rows.append(row)
    return rows if len(rows) > _COLUMNS - 1 else []


def _pieces(line: str) -> list[_Piece]:
    """What several blanks part, with where it stands; a wide character takes two columns."""
    found: list[_Piece] = []
    for one in re.finditer(r"[^\s\u3000]+(?:[ \u3000](?![ \u3000])[^\s\u3000]+)*", line):
        first = _columns_of(line[: one.start()])
        found.append((first, first + _columns_of(one[0]), one[0]))
    return found


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _under(heads: Sequence[_Piece], pieces: Sequence[_Piece]) -> list[str]:
    """The cells of a line below the headers; empty where it is no row of theirs."""
    if len(pieces) == len(heads):
        return [text for _, _, text in pieces]
    row = [""] * len(heads)
    for first, _, text in pieces:
        near = [n for n, (left, _, _) in enumerate(heads) if left - _SLACK <= first]
        if not near or row[near[-1]] or abs(first - heads[near[-1]][0]) > _SLACK:
            return []
        row[near[-1]] = text
    return row if len(pieces) > 1 else []
