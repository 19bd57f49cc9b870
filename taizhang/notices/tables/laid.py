"""How a table of groups is laid out on paper: who inspects above its headers, or two tables in one
frame.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from taizhang.documents.blocks import Block, Cell, Paragraph, Source, Table
from taizhang.notices.tables import heads
from taizhang.notices.values import arabic_dates, flat
from taizhang.notices.words import labels

_SEATS = {"leader", "deputy", "members", "liaison", "contact", "team_units"}
_LEAST = 3
"""So many different headers at least tell that a row holds nothing else."""
_ABOVE = 4
"""So many rows at most stand above the headers."""


def parted(source: Source) -> Source:
    """The same, a table with other headers further down, or with a part for each group, as several
    tables.
    """
    blocks: list[Block] = []
    for block in source.blocks:
        if isinstance(block, Table):
            table, below = _without_lines_below(block)
            own = _of_groups(table) if table.rows else []
            parts = [part for one in own for part in _parted(one)]
            blocks += [*parts, *below]
        else:
            blocks.append(block)
    return Source(blocks, source.notes, source.aside)


def _without_lines_below(table: Table) -> tuple[Table, list[Paragraph]]:
    """The table, and the lines that its last rows hold across its whole width: remarks and who
    signs.
    """
    rows, below = list(table.rows), list[Paragraph]()
    dated = False
    while rows and (len(rows) > _LEAST or below):
        line, rest = _line_across(rows[-1]), all(cell.spans for cell in rows[-1])
        signs = _signs(rows[-1], dated=dated)
        if not (line or rest or signs):
            break
        below = [*filter(None, [line or signs]), *below]
        dated = dated or bool(signs)
        rows.pop()
    return (replace(table, rows=rows), below) if below else (table, [])


_LONG = 10
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")


def _signs(row: list[Cell], *, dated: bool) -> Paragraph | None:
    """The one text of a row that is a day, or stands above one: who signs below a table."""
    own = [cell for cell in row if cell.text.strip() and not cell.spans]
    said = len(own) == 1 and (dated or _DATE.fullmatch(arabic_dates(flat(own[0].text))))
    return Paragraph(own[0].text, own[0].where) if said else None


def _line_across(row: list[Cell]) -> Paragraph | None:
    """The one text of a row whose first cell goes over all others."""
    first, *others = row
    alone = others and all(cell.spans and cell.text == first.text for cell in others)
    said = alone and len(flat(first.text)) > _LONG and not first.spans
    return Paragraph(first.text, first.where) if said else None


def _parted(table: Table) -> list[Table]:
    first = next((at for at, row in enumerate(table.rows[:_ABOVE]) if _is_head(row)), None)
    if first is None:
        return [table]
    known = _texts(table.rows[first])
    starts = [
        at
        for at, row in enumerate(table.rows)
        if at > first + 1
        and _is_head(row)
        and not _is_head(table.rows[at - 1])
        and _texts(row) != known
    ]
    ends = [*starts, len(table.rows)][1:]
    parts = [replace(table, rows=table.rows[: starts[0]])] if starts else [table]
    for start, end in zip(starts, ends, strict=True):
        where = f"{table.where}第{start + 1}行起的部分"
        width = len(_texts(table.rows[start]))
        rows = [row[:width] for row in table.rows[start:end]]
        beside = any(cell.text.strip() for row in table.rows[start:end] for cell in row[width:])
        if beside or end - start < 2:
            return [table]
        parts.append(Table(rows, where, table.exact))
    return parts


_NAMES_IT = ("组别", "分组", "片区")


def _of_groups(table: Table) -> list[Table]:
    """`组别|第一组` above the headers of each part: a table for each."""
    starts = [at for at, row in enumerate(table.rows) if _names_it(row)]
    ends = [*starts, len(table.rows)][1:]
    parts = [table.rows[at:end] for at, end in zip(starts, ends, strict=True)]
    if len(starts) < 2 or starts[0] or not all(any(map(_is_head, part)) for part in parts):
        return [table]
    wheres = [f"{table.where}第{at + 1}行起的部分" if at else table.where for at in starts]
    return [replace(table, rows=rows, where=w) for rows, w in zip(parts, wheres, strict=True)]


def _names_it(row: list[Cell]) -> str:
    """The group that a row of a label and its name, and of nothing else, names."""
    label, *texts = [*dict.fromkeys(text for c in row if (text := flat(c.text)))] or [""]
    alone = label in _NAMES_IT and len(texts) == 1 and not labels.role_of(texts[0])
    return texts[0] if alone else ""


def _texts(row: list[Cell]) -> list[str]:
    """What stands in a row, without the empty cells behind."""
    texts = [flat(cell.text) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_head(row: list[Cell]) -> bool:
    """Whether a row holds nothing but different headers, of which one is of groups,
    units or seats.
    """
    texts = _texts(row)
    said = {heads.heads_a_schedule(text) for text in texts}
    several = len(said) >= _LEAST and len({*texts}) == len(texts)
    return several and "" not in said and bool(said & {"area", "units", "leader", "members"})


HeadingIn = Callable[[str], tuple[str, str] | None]


def headings_below(table: Table, heading_in: HeadingIn) -> Table:
    """The group that a row above the headers names, and who belongs to it, below them."""
    for at, row in enumerate(table.rows[:_ABOVE]):
        texts = {flat(cell.text) for cell in row if cell.text.strip()}
        head = heading_in(row[0].text) if len(texts) == 1 and len(row) > 1 else None
        end = at + 1
        while end < len(table.rows) and _is_head(table.rows[end]):
            end += 1
        said = {heads.heads_a_schedule(t) for one in table.rows[at + 1 : end] for t in _texts(one)}
        if head and end > at + 1 and "area" not in said and _tells_no_more(head[1]):
            rows = [*table.rows[:at], *table.rows[at + 1 : end], row, *table.rows[end:]]
            return replace(table, rows=rows)
    return table


def _tells_no_more(rest: str) -> bool:
    """Whether behind the name of a group stand seats, or nothing."""
    return not rest or any(role in _SEATS for role, _ in labels.parts(rest)[1:])


def with_seats_beside(table: Table, above: str) -> Table:
    """`组长|某某|副组长|某某` above the headers: beside each row who inspects, and the group that a heading
    names.
    """
    written = table
    if table.rows and (named := _names_it(table.rows[0])):
        table, above = replace(table, rows=table.rows[1:]), named
    start = next((at for at, row in enumerate(table.rows[:_ABOVE]) if _pairs(row)), None)
    if start is None:
        return written
    end = start
    while end < len(table.rows) and _pairs(table.rows[end]):
        end += 1
    head = table.rows[end] if end < len(table.rows) else []
    said = {heads.heads_a_schedule(text) for text in _texts(head)}
    if not _is_head(head) or said & {"area", "team", "leader", "deputy", "members"}:
        return written
    told = [pair for row in table.rows[start:end] for pair in _pairs(row)]
    seats = "\n".join(f"{label.text.strip()}：{value.text.strip()}" for label, value in told)
    more = [Cell("督查组"), *([Cell("组别")] if above else [])]
    own = [Cell(seats, where=told[0][1].where), *([Cell(above)] if above else [])]
    empty = [[Cell("") for _ in [*head, *more]] for _ in table.rows[start:end]]
    titles = [[*row, *(Cell("") for _ in more)] for row in table.rows[:start]]
    body = [[*row, *own] for row in table.rows[end + 1 :]]
    return replace(table, rows=[*titles, [*head, *more], *empty, *body])


def _pairs(row: list[Cell]) -> list[tuple[Cell, Cell]]:
    """The seats of a row with who has each; [] where it holds anything else."""
    cells = [c for n, c in enumerate(row) if not (n and c.spans and c.text == row[n - 1].text)]
    while cells and not cells[-1].text.strip():
        cells.pop()
    cells += [Cell("")] if len(cells) % 2 else []
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    seats = all(labels.role_of(flat(label.text)) in _SEATS for label, _ in pairs)
    told = [(label, value) for label, value in pairs if value.text.strip()]
    return told if seats and not any(heads.heads_a_schedule(v.text) for _, v in told) else []


_NUMBER = re.compile(r"\d{1,3}")


def is_filled_in(row: list[Cell]) -> bool:
    """Whether a row that may hold headers holds what stands below or beside some: a number alone,
    or who has a seat.
    """
    texts = [flat(cell.text) for cell in row]
    return any(map(_NUMBER.fullmatch, texts)) or bool(_pairs(row))
