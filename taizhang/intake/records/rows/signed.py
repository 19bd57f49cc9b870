"""签到表: who signed is who came; it is one meeting, however many names stand side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.kernel.text import folded, looks_like_person
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import lines

_SHEET = re.compile(r"签到")
_NAME = {"姓名", "党员姓名", "参会人员", "参加人员"}
_SIGN = {"签到", "签名", "签字", "本人签名", "签到栏", "签到签名", "签到处"}
_AWAY = re.compile(
    r"(?:[病事产婚丧公]假|请假|缺席|未到|出差|外出|培训|公差|值班|休假|住院)[^，。；]{0,8}"
)


class Signed(NamedTuple):
    """Who came and who did not, where that stands, and the rest of the document."""

    came: list[str]
    away: list[str]
    unsigned: list[str]
    where: str
    rest: Piece


def of(piece: Piece) -> Signed | None:
    """What a sheet of signatures says; None for any other document."""
    said = " ".join([*(one.text for one in piece.headings), piece.sheet, piece.file])
    for table in piece.tables():
        top = " ".join(cell.text for row in table.rows[:_TOP] for cell in row)
        found = _columns(table) if _SHEET.search(f"{said} {top}") else None
        if found is not None:
            return _signed(piece, table, *found)
    return None


_TOP = 2
_WITHIN = 6


def _columns(table: Table) -> tuple[int, list[tuple[int, int]]] | None:
    """The row of the headers, and the columns for a name and its sign beside one another."""
    for at, row in enumerate(table.rows[:_WITHIN]):
        heads = [plain(cell.text) for cell in row]
        pairs = [
            (one, one + 1)
            for one, head in enumerate(heads[:-1])
            if head in _NAME and heads[one + 1] in _SIGN
        ]
        others = {head for head in heads if head} - _NAME - _SIGN - {"序号", "编号", "备注"}
        if pairs and not others:
            return at, pairs
    return None


def _signed(piece: Piece, table: Table, at: int, pairs: list[tuple[int, int]]) -> Signed:
    came, away, unsigned = list[str](), list[str](), list[str]()
    for row in table.rows[at + 1 :]:
        for name, sign in pairs:
            who, said = row[name].text.strip(), folded(row[sign].text)
            if not looks_like_person(who):
                continue
            if _AWAY.fullmatch(said):
                away.append(f"{who}（{said}）")
            elif said and not lines.is_nothing(said):
                came.append(who)
            else:
                unsigned.append(who)
    above: list[Block] = [
        Paragraph(cell.text, cell.where or table.where)
        for row in table.rows[:at]
        for cell in row
        if not cell.spans and cell.text.strip()
    ]
    blocks = [new for block in piece.blocks for new in (above if block is table else [block])]
    return Signed(came, away, unsigned, table.where, replace(piece, blocks=blocks))


_CAME = ("present", "attendees", "participants")
_ABSENT = "absent"


def asked(kind: LedgerKind) -> str:
    """The field or part of a ledger that says who came; empty where it asks for nobody."""
    names = {one.name for one in kind.fields()} | {part.name for part in kind.parts}
    return next((one for one in _CAME if one in names), "")


def add(read: Read, signed: Signed, kind: LedgerKind) -> None:
    """Who came and who was away, where no label said it; who did not sign is told, and
    is neither.
    """
    names = {one.name for one in kind.fields()} | {part.name for part in kind.parts}
    for name, people in ((asked(kind), signed.came), (_ABSENT, signed.away)):
        if people and name not in names:
            read.left.append(f"没有到的：{'、'.join(people)}")
        elif people and name not in read.values:
            read.add(name, "、".join(people), signed.where)
    if signed.unsigned:
        read.left.append(f"签到表上没有签名：{'、'.join(signed.unsigned)}")
