"""What is said once of all rows of a list: `核定时间：2018年1月12日` above its headers, or in a line above
or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from taizhang.documents.blocks import Cell, Paragraph, Table
from taizhang.intake import forms
from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.intake.records.record import short
from taizhang.intake.records.rows.laid import within
from taizhang.intake.records.rows.laid.turned import SUBJECTS
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.written import tables
from taizhang.notices.words import persons

_OF_ONE_ROW = {"remark", "phone", "id_number"}
"""What stands above a list under such a label is of whoever filled it in."""
_WITHIN = 8

Shared = Mapping[str, tuple[str, str]]
"""Field → (text, place)."""


def told(kind: LedgerKind, piece: Piece) -> Shared:
    """What the lines around a list say under the ledger's own labels; what two lines say
    differently is left out.
    """
    known = labels.exact(kind.slug)
    asked = {one.name for one in kind.fields() if one.kind != "long"}
    people = {one.name for one in kind.fields() if one.kind == "person" or one.label.endswith("人")}
    found: dict[str, tuple[str, str]] = {}
    twice = set[str]()
    every = [(asked, one) for one in _lines(piece, known)]
    every += [(people, one) for one in _below(piece, known)]
    every += [(asked, one) for one in _of_form(piece, kind)]
    for may, (text, where) in every:
        for label, written in forms.of_line(text, known):
            name = known.get(label, "")
            said = _WIDE.split(written.strip())[0] if name in people else written
            if name not in may or name in _OF_ONE_ROW or not said.strip():
                continue
            if name in found and folded(found[name][0]) != folded(said):
                twice.add(name)
            found.setdefault(name, (said.strip(), f"{where}：{short(text)}"))
    return {name: one for name, one in found.items() if name not in twice}


def _lines(piece: Piece, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for block in piece.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.where
        elif isinstance(block, Table):
            for row in block.rows[:_WITHIN]:
                own = [cell for cell in row if not cell.spans and cell.text.strip()]
                if sum(plain(cell.text) in known for cell in own) > 1:
                    break  # the headers
                for cell in own:
                    if ":" in folded(cell.text):
                        yield cell.text, cell.where or block.where
                yield from _whose(own, known, block.where)


def _whose(own: list[Cell], known: Mapping[str, str], where: str) -> Iterator[tuple[str, str]]:
    """The person whose the rows are, named in the form above them: 姓名 │ 甲."""
    for label, beside in pairwise(own):
        who = known.get(plain(label.text), "") in _SUBJECTS
        if who and persons.like_person(beside.text.strip()):
            yield f"{label.text.strip()}：{beside.text.strip()}", beside.where or where


_SUBJECTS = (*SUBJECTS, "lost")


def _of_form(piece: Piece, kind: LedgerKind) -> Iterator[tuple[str, str]]:
    """The labels of a form with what they ask, above the headers of the list within or below it."""
    every = piece.tables()
    for table in every:
        cells: tables.Cells = [[cell.text for cell in row] for row in table.rows]
        inner = within.of(kind, cells)
        first = inner.first if inner else 0
        if inner is None and table is not every[-1] and within.is_form(kind, cells):
            first = len(cells)
        for row in table.rows[:first]:
            own = [cell for cell in row if not cell.spans and cell.text.strip()]
            for label, said in zip(own[::2], own[1::2], strict=False):
                yield f"{plain(label.text)}：{said.text}", said.where or table.where


def _below(piece: Piece, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The lines below the rows of a table in which every cell says who did what: `经办：甲 │ 批准：乙`."""
    for table in piece.tables():
        headed = False
        for row in table.rows:
            own = [cell for cell in row if not cell.spans and cell.text.strip()]
            if headed and own and all(_SIGNED.fullmatch(cell.text.strip()) for cell in own):
                yield from ((cell.text, cell.where or table.where) for cell in own)
            headed = headed or sum(plain(cell.text) in known for cell in own) > 1


_WIDE = re.compile(r"\s{2,}|　")
"""What parts a name from the day behind it."""
_SIGNED = re.compile(r"[^：:，。；\d]{2,8}[：:]\s*\S.{0,12}")
