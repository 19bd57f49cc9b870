"""Which branches and schools a document says that it is of: in its headings, at its foot, beside a
label, and to whom it is addressed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taizhang.intake.reading.pieces import Piece, plain
from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.sheets import titles

_FOOT = 3
"""Who signed stands in one of so many last lines."""
_LABELS = {
    "党支部", "支部", "支部名称", "党支部名称", "所在支部", "所在党支部", "所属支部", "所属党支部", "党组织名称", "所在党组织", "所属党组织",
}  # fmt: skip
_PARTY = r"(?:中国共产党|中共)"
_BRANCH = r"(?:党?支部(?:委员会)?)"
_SCHOOL = r"(?:学校|小学|中学|分校|幼儿园|学院|大学)"
_OF_THE_PARTY = re.compile(rf"{_PARTY}([{HAN}]{{2,24}}?){_BRANCH}")
_OF_A_SCHOOL = re.compile(
    rf"(?!关于|致|与|和|对|向|赴|到|在|走进|走访|参观)([{HAN}]{{2,18}}?{_SCHOOL}(?![校区生段])"
    rf"(?:[{HAN}]{{0,8}}?(?={_BRANCH}))?)"
)
_BRANCH_ALONE = re.compile(rf"{_PARTY}?([{HAN}]{{2,24}}?){_BRANCH}")
_NO_NAME = re.compile(
    rf"(?:[本我该各全]|初级|高级|完全|实验|中心|附属|九年一贯制|[区市县省国镇乡]|中小?|小)*{_SCHOOL}?"
    rf"(?:教职工|教工|教师|机关|离?退休|在职|联合|学生|直属|第?[一二三四五六七八九十\d]+|党)*"
)
"""What is the name of no school and no branch: 全区中小学, 初级中学, 教工第一党支部."""


@dataclass(frozen=True)
class Whose:
    """Names without what the body is called (支部委员会): of whom it is, and to whom it goes."""

    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


def of(piece: Piece) -> Whose:
    """The names in a document, each once as it stands there."""
    return Whose(_names(_says(piece)), _names(_addressed(piece)))


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in found if not _NO_NAME.fullmatch(name)))


def _says(piece: Piece) -> Iterator[str]:
    for head in _heads(piece):
        text = _YEAR.sub("", folded(head))
        if found := _OF_THE_PARTY.match(text) or _OF_A_SCHOOL.match(text):
            yield found[1]
    for label, said in _beside(piece):
        if label in _LABELS:
            yield from _branch(folded(said))
    for one in piece.paragraphs()[-_FOOT:]:
        yield from _branch(folded(one.text))


def _heads(piece: Piece) -> Iterator[str]:
    yield from (one.text for one in piece.headings)
    for table in piece.tables()[:1]:
        yield from titles.lines_above([[cell.text for cell in row] for row in table.rows])
    yield piece.sheet


def _beside(piece: Piece) -> Iterator[tuple[str, str]]:
    """Every text before a colon or in a cell, with what stands beside it."""
    for one in piece.paragraphs():
        label, _, said = folded(one.text).partition(":")
        yield label, said
    for row in (row for table in piece.tables() for row in table.rows):
        own = [cell.text for cell in row if not cell.spans]
        yield from ((plain(label), said) for label, said in itertools.pairwise(own))


def _addressed(piece: Piece) -> Iterator[str]:
    for text in (folded(one.text) for one in piece.paragraphs()):
        if text.endswith(":"):
            yield from _branch(text[:-1])


def _branch(text: str) -> Iterator[str]:
    """The name of what calls itself a branch, and says nothing else."""
    if found := _BRANCH_ALONE.fullmatch(text):
        yield found[1]


_YEAR = re.compile(r"^(?:19|20)\d{2}(?:年度?|学年度?)")
