"""What is left of a sentence out of which fields were read: the clauses that none of them says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.documents.blocks import Paragraph, Table
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece
from taizhang.kernel.text import folded

_OF_ONE = re.compile(r"[、，,；;。\n（）()]")
_SAYS_HOW = re.compile(
    r"[\d\s]*|.*(?:主持|记录|召开|举行|开展|进行|参加|出席|请假|缺席|实到|应到|如下|决定|决议|党课|会议|活动)[^，。；]{0,4}|.*(?:上午|"
    r"下午|中午|晚上)"
)
"""Clauses that say no more than the fields that were read out of them."""
_SHORT = 4


def clauses(read: Read, used: Iterable[str]) -> list[str]:
    """The clauses of some length, without a number, of which no field says anything."""
    every = (one for text in used for one in _not_told(read, text))
    return [one for one in every if len(one) > _SHORT and not re.search(r"\d", one)]


def _not_told(read: Read, text: str) -> list[str]:
    every = list(read.values.values())
    said = [one for value in every for one in _OF_ONE.split(value) if len(one) > 1]
    whole = [folded(value) for value in every]
    own = (one.strip() for one in re.split(r"[，,。；;\s]", text))
    return [
        one
        for one in own
        if one
        and not _SAYS_HOW.fullmatch(one)
        and not any(word in one for word in said)
        and not any(folded(one) in value for value in whole)
    ]


def leave(read: Read, paragraphs: list[Paragraph]) -> None:
    """Of a line out of which something was read leave only the clauses that say more."""
    told = {one.text.strip() for one in paragraphs if one.where in read.sources.values()}
    for text in told & set(read.left):
        at = read.left.index(text)
        read.left[at : at + 1] = _not_told(read, text)


def cells(read: Read, piece: Piece) -> list[Paragraph]:
    """The cells with sentences of which nobody made anything: 同意。（某党复〔2018〕33号）."""
    tables = (block for block in piece.blocks if isinstance(block, Table))
    every = (cell for table in tables for row in table.rows for cell in row)
    told = [one for one in every if not one.spans and one.where and "。" in one.text]
    return [
        Paragraph(one.text, one.where)
        for one in told
        if any(left.endswith(one.text.strip()) for left in read.left)
    ]
