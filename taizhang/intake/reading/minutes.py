"""Minutes by their own reader, with labels in other words put into its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from taizhang.documents.blocks import Block, Cell, Paragraph, Table
from taizhang.intake import forms
from taizhang.intake.reading import labels, layout
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.intake.records import years
from taizhang.intake.records.record import Places, locate
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.minutes import reader as minutes_reader
from taizhang.ledgers.minutes.found import Minutes


def read(piece: Piece, kind: LedgerKind) -> forms.Read:
    """What minutes say, each value where it stands."""
    known = labels.names(kind, forms.possible(piece.blocks))
    own = {name: label for label, name in reversed(labels.exact(kind.slug).items())}
    blocks = [_upright(block, known, own) for block in piece.blocks]
    found, title = minutes_reader.of_blocks(blocks, least=0), years.of(piece)
    told = title is not None and "held_on" not in found.values
    if told and title:
        found = minutes_reader.of_blocks(blocks, least=0, year=title[0])
    said = _with_places(found, kind, piece)
    if told and title and "held_on" in said.values:
        said.sources["held_on"] = found.places.get("held_on") or piece.where
        years.tell(
            said, next(one.label for one in kind.fields() if one.name == "held_on"), title[1]
        )
    return said


def _with_places(found: Minutes, kind: LedgerKind, piece: Piece) -> forms.Read:
    """The values that stand in the source, at the places where the reader took them."""
    known, every = {one.name: one for one in kind.fields()}, Places(piece.blocks)
    places = {
        name: place
        for name, value in found.values.items()
        if (place := found.places.get(name)) and locate(value, known.get(name), every)
    }
    return forms.Read(dict(found.values), places, list(found.left))


def _upright(block: Block, known: Mapping[str, str], own: Mapping[str, str]) -> Block:
    """A table with labels above what they ask, the labels beside it; labels in other words in the
    reader's.
    """
    if isinstance(block, Paragraph):
        return replace(
            block, text=_LABEL.sub(lambda found: _said_in_own(found, known, own), block.text)
        )
    if not isinstance(block, Table):
        return block
    rows = [_in_own_words(row, known, own) for row in layout.upright(block, known)]
    return Table(rows, block.where, block.exact, block.heads)


_LABEL = re.compile(r"(?:(?<=^)|(?<=[\s　，,；;。]))([^\s　：:，,；;。]{2,10})(?=\s*[：:])")


def _said_in_own(found: re.Match[str], known: Mapping[str, str], own: Mapping[str, str]) -> str:
    label = plain(found[1])
    return found[1] if label not in known or minutes_reader.knows(label) else own[known[label]]


def _in_own_words(row: list[Cell], known: Mapping[str, str], own: Mapping[str, str]) -> list[Cell]:
    """Labels in the reader's words; what stands beside a label is none."""
    found: list[Cell] = []
    beside = False
    for cell in row:
        label = plain(cell.text)
        is_label = not beside and (label in known or minutes_reader.knows(label))
        if is_label and not minutes_reader.knows(label):
            found.append(Cell(own[known[label]], cell.spans, cell.where))
        else:
            found.append(cell)
        beside = is_label
    return found
