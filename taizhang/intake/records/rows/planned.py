"""The rows of a plan that are one text of its ledger: what is to be held in which month, a line
each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from taizhang.documents.blocks import Block, Cell, Paragraph, Table
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import titles
from taizhang.ledgers.sheets.titles import Titled

_WITHIN = 4
"""The headers stand in one of so many first rows."""
_WHEN = re.compile(r"(?:计划|安排|活动|授课|开展|拟定?)?(?:时间|日期|月份|季度)(?:安排)?|月度?")
_THEN = re.compile(
    r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月.{0,12}|(?:第?[一二三四1-4]季度|[上下]半年).{0,6}"
)
_COLUMNS = 2


@dataclass
class Planned:
    """The rows of a plan as lines, each with its place, and what stands above them."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


def may_keep(kind: LedgerKind, said: Titled | None, title: str, tables: list[Table]) -> bool:
    """Whether a ledger may keep a document: a plan, by a customary title or by rows that say a
    month and no day, goes only into one that keeps plans.
    """
    named = said is not None and titles.keeps_plans(said.kind.slug)
    is_plan = titles.is_ahead(title) and (named or any(_head(one) is not None for one in tables))
    return not is_plan or titles.keeps_plans(kind.slug)


def apart(piece: Piece, kind: LedgerKind) -> tuple[Piece, Planned]:
    """The document without the rows of a plan that its ledger keeps in one text
    (`LedgerKind.rows_in`), and each of these rows as a line of all that its cells say, with its
    place.
    """
    if not kind.rows_in:
        return piece, Planned()
    blocks, lines, heads = list[Block](), list[tuple[str, str]](), list[str]()
    for block in piece.blocks:
        head = _head(block) if isinstance(block, Table) else None
        if head is None or not isinstance(block, Table):
            blocks.append(block)
            continue
        around = [row for at, row in enumerate(block.rows) if at < head or _is_alone(row)]
        blocks += [one for row in around for one in _cells(row, block.where)]
        rows = [row for row in block.rows[head + 1 :] if not _is_alone(row)]
        lines += [(_line(row), block.where) for row in rows]
        heads.append("　".join(_said(block.rows[head])))
    return replace(piece, blocks=blocks), Planned(lines, heads)


def add(read: Read, kind: LedgerKind, planned: Planned) -> None:
    """Fill the text with the rows; where it says something already they are left."""
    read.left += planned.heads
    if kind.rows_in in read.values:
        read.left += [text for text, _ in planned.lines]
        return
    for text, where in planned.lines:
        read.add(kind.rows_in, text, where)


def _head(table: Table) -> int | None:
    """The row of the headers, where one asks when and months stand below it."""
    for at, row in enumerate(table.rows[:_WITHIN]):
        if _is_alone(row) or len({cell.text for cell in row}) <= _COLUMNS:
            continue
        whens = [n for n, cell in enumerate(row) if _WHEN.fullmatch(plain(cell.text))]
        below = [other for other in table.rows[at + 1 :] if not _is_alone(other)]
        said = [folded(other[n].text) for n in whens[:1] for other in below]
        return at if said and all(map(_THEN.fullmatch, said)) else None
    return None


def _said(row: list[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row if cell.text.strip()]


def _is_alone(row: list[Cell]) -> bool:
    """A title, a note or a signature across the rows, or nothing."""
    return len(set(_said(row))) <= 1


def _cells(row: list[Cell], where: str) -> list[Block]:
    return [Paragraph(c.text, c.where or where) for c in row if c.text.strip() and not c.spans]


def _line(row: list[Cell]) -> str:
    cells = [" ".join(cell.text.split()) for cell in row]
    return "，".join(text for n, text in enumerate(cells) if text and cells[n - 1 : n] != [text])
