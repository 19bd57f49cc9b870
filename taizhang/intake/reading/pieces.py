"""A file may hold several documents: a workbook its sheets, a file of minutes one meeting after
another.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from taizhang.documents.blocks import Block, Cell, Paragraph, Picture, Source, Table
from taizhang.kernel.text import HAN, chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import titles
from taizhang.ledgers.written import feet, lines
from taizhang.ledgers.written.tables import Cells

_SHEET = re.compile(r"工作表“(.+?)”")
_LONGEST_HEADING = 40
_OF_YEAR = re.compile(r"\s*(?:所属)?(?:年份|年度)\s*[:：]\s*20\d{2}年")
"""年份：2024年 above a list or below the title."""
_SAME_LABELS = 3
"""A second table that has so many of the first one's labels begins the next document."""


_OF_TITLES = 2
"""A title and its unit stand in one row at most."""


@dataclass
class Piece:
    """One document: its blocks, and what the file and the sheet that it stands in are called."""

    file: str
    sheet: str = ""
    book: str = ""
    """The heading of the whole file, where it holds several documents, and its place."""
    book_where: str = ""
    blocks: list[Block] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    """Where texts stand that were looked for."""
    imprint: list[Paragraph] = field(default_factory=list)
    """The lines that say who published it and when, once they are taken out of the blocks."""
    section: str = ""
    """The heading of the one list that is meant, where a table holds several."""

    @property
    def headings(self) -> list[Paragraph]:
        """The short lines before anything else; a title is among them."""
        found = []
        for block in self.blocks:
            if not isinstance(block, Paragraph) or not is_heading(block.text):
                break
            found.append(block)
        return found[:6]

    @cached_property
    def titles(self) -> list[str]:
        """Its own, those in its table, its sheet's and its book's: each row of a list asks for
        them, so they are looked for once.
        """
        own = [one.text.strip() for one in self.headings]
        own += [one.text.strip() for one in self.paragraphs() if _OF_YEAR.match(one.text)]
        above: Cells = [[cell.text for cell in row] for row in self._top]
        own = [*filter(None, (self.section,)), *own]
        return [*own, *titles.lines_above(above), *filter(None, (self.sheet, self.book))]

    @property
    def _top(self) -> list[list[Cell]]:
        """The rows of the first table in which a title may stand: those above its headers."""
        first = next((block for block in self.blocks if isinstance(block, Table)), None)
        rows = first.rows[: titles.WITHIN] if first else []
        wide = (at for at, row in enumerate(rows) if len({c.text for c in row} - {""}) > _OF_TITLES)
        return rows[: next(wide, len(rows))]

    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def where(self) -> str:
        """Where in the file it begins."""
        first = self.blocks[0] if self.blocks else None
        return (self.sheet and f"工作表“{self.sheet}”") or (first.where if first else "")


_UNIT = re.compile(r"[（(](?:金额)?单位[：:][^（）()]{1,4}[)）]$")
"""（单位：元） behind a title."""


def is_heading(text: str) -> bool:
    """A short line that is no sentence and no field."""
    plain = _UNIT.sub("", text.strip())
    if not 0 < len(plain) <= _LONGEST_HEADING or re.search(r"[。；;，,]$|[:：]", plain):
        return False
    return lines.spaced(plain, all_labels()) == plain


def pieces(source: Source, file: str) -> list[Piece]:
    """The documents of a file; none where it holds nothing but blanks."""
    found: list[Piece] = []
    said: list[str] = []
    blocks = _with_colons(source.blocks)
    for at, block in enumerate(blocks):
        sheet = _SHEET.match(block.where)
        name = sheet[1] if sheet else ""
        own = list(_before_colons(block.text)) if isinstance(block, Paragraph) else []
        again = bool(own) and len(set(said)) >= _SAME_LABELS and own[0] == said[0]
        if (
            not found
            or found[-1].sheet != name
            or (not sheet and (again or _begins(block, found[-1], blocks[at + 1 :])))
        ):
            heads = (
                _take_headings(found[-1])
                if found and not sheet and (again or isinstance(block, Table))
                else []
            )
            found.append(Piece(file, name, blocks=heads))
            said = []
        found[-1].blocks.append(block)
        said += own
    for piece in found:
        for head in found[0].headings[:1]:
            piece.book, piece.book_where = head.text.strip(), head.where
    return [piece for piece in found if any(_has_text(block) for block in piece.blocks)]


_RUN = 3


def _with_colons(blocks: list[Block]) -> list[Block]:
    """Lines that part labels from what they ask by a blank, `时间 3月2日`, with colons: where several
    stand together.
    """
    meant = [
        lines.spaced(_drawn_in(block.text), all_labels(), wide=False)
        if isinstance(block, Paragraph)
        else ""
        for block in blocks
    ]
    are = [
        isinstance(block, Paragraph) and text != block.text
        for block, text in zip(blocks, meant, strict=True)
    ]
    found = list(blocks)
    for is_run, group in itertools.groupby(range(len(blocks)), key=are.__getitem__):
        run = list(group)
        for at in run if is_run and len(run) >= _RUN else ():
            block = found[at]
            found[at] = replace(block, text=meant[at]) if isinstance(block, Paragraph) else block
    return found


_DRAWN_OUT = re.compile(rf"^\s*([{HAN}](?:[ 　][{HAN}]){{1,4}})(?=[ 　]{{2,}}|　|\t)")


def _drawn_in(line: str) -> str:
    """`主 持 人  甲` as `主持人  甲`, where that is a label."""
    found = _DRAWN_OUT.match(line)
    label = folded(found[1]) if found else ""
    return line.replace(found[1], label, 1) if found and label in all_labels() else line


def _take_headings(before: Piece) -> list[Block]:
    """The headings at the end of a document belong to the one that begins."""
    at = len(before.blocks)
    while at > 1 and isinstance(last := before.blocks[at - 1], Paragraph) and is_heading(last.text):
        at -= 1
    heads, before.blocks = before.blocks[at:], before.blocks[:at]
    return heads


_SORT = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,2}次)?(?:支部委员会|支委会|(?:支部)?党员大会|支部大会|(?:第?[一二三四五六七八九十\d]{1,2})?党小组会|党课"
    r"|主题党日(?:活动)?|组织生活会)(?:会议)?(?:[（(].{1,10}[)）])?"
)
"""A heading that is nothing but what sort of meeting was held."""
_ON_A_DAY = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}[.-]\d{1,2}[.-]\d{1,2}")


def _is_next_meeting(block: Paragraph, before: Piece, behind: list[Block]) -> bool:
    """Whether the minutes of another meeting begin: its sort as a heading, a day in the line below,
    and a day above as well.
    """
    below = next((one for one in behind if isinstance(one, Paragraph) and one.text.strip()), None)
    return (
        _SORT.fullmatch(folded(block.text)) is not None
        and below is not None
        and _tells_day(below.text)
        and any(_tells_day(one.text) for one in before.paragraphs())
    )


def _tells_day(text: str) -> bool:
    return bool(_ON_A_DAY.search(folded(written.in_digits(text))))


def _begins(block: Block, before: Piece, behind: list[Block]) -> bool:
    """Whether the next document begins here: a title of a ledger, or a form with the labels of the
    last one.
    """
    if isinstance(block, Paragraph) and _is_next_meeting(block, before, behind):
        return True
    if isinstance(block, Paragraph):
        said = titles.titled(block.text) if is_heading(block.text) else None
        if is_heading(block.text) and (
            _is_next(block.text, before) or _is_next_number(block.text, before, behind)
        ):
            return True
        return (
            said is not None
            and len(before.blocks) > len(before.headings)
            and not _is_item(block.text, before.blocks[-1])
            and not _is_section(block.text, said, before)
        )
    if isinstance(block, Table) and before.tables() and _only_headings_since(before):
        own, last = labels_in(block), labels_in(before.tables()[-1])
        return len(own & last) >= _SAME_LABELS and len(own & last) * 5 >= len(own | last) * 4
    return False


_NTH = re.compile(
    r"[（(]?第?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[次期场份篇]?[)）]?|(?:19|20)\d{2}年|\d{1,2}月(?:\d{1,2}日)?"
)


def _is_next(text: str, before: Piece) -> bool:
    """Whether a heading is that of the document before but for its number: 谈话记录（二）
    below 谈话记录（一）.
    """
    first, own = (
        (_NTH.sub("", folded(one)) for one in (before.headings[0].text, text))
        if before.headings
        else ("", "")
    )
    differs = bool(before.headings) and folded(text) != folded(before.headings[0].text)
    return differs and len(own) >= _SHORTEST and own == first and len(before.blocks) > 1


def _is_next_number(text: str, before: Piece, behind: list[Block]) -> bool:
    """Whether the heading of the document before stands here once more, and the line below it is
    that one's but for its number: 某组字第07号 below 某组字第06号.
    """
    said = [one.text for one in before.paragraphs() if one.text.strip()][:2]
    below = next((one for one in behind if isinstance(one, Paragraph) and one.text.strip()), None)
    if below is None or len(said) < len(("heading", "line")) or folded(text) != folded(said[0]):
        return False
    own, first = folded(below.text), folded(said[1])
    return own != first and _same_but_numbers(own, first)


def _same_but_numbers(one: str, other: str) -> bool:
    bare = re.sub(r"\d+", "", one)
    return len(bare) >= _SHORTEST and bare == re.sub(r"\d+", "", other)


_SHORTEST = 4
_ITEM = re.compile(r"\s*(?:(\d{1,2})[.、．]|[（(](\d{1,2})[)）]|([一二三四五六七八九十]{1,3})、)")


def _is_item(text: str, above: Block) -> bool:
    """Whether a line goes on counting from the one above it, or is the first of what that
    announces.
    """
    found = _ITEM.match(text)
    if found is None or not isinstance(above, Paragraph):
        return False
    last = _ITEM.match(above.text)
    number, before = (_number(one) for one in (found, last))
    return (number == 1 and bool(re.search(r"[：:]\s*$", above.text))) or (
        before is not None and number == before + 1
    )


def _number(found: re.Match[str] | None) -> int | None:
    return chinese_number(max(one or "" for one in found.groups())) if found else None


def _only_headings_since(before: Piece) -> bool:
    """Whether nothing but headings stands below the last table: 党员大会 above the second of two
    minutes.
    """
    for block in reversed(before.blocks):
        if not isinstance(block, Paragraph):
            return isinstance(block, Table)
        if not is_heading(block.text) and block.text.strip():
            return False
    return False


def _is_section(text: str, said: titles.Titled, before: Piece) -> bool:
    """Whether the title is what the paper that goes on calls one of its fields: 班子对照检查材料 in
    组织生活会材料.
    """
    own = next((one for head in before.headings if (one := titles.titled(head.text))), None)
    label = plain(_COUNTED.sub("", text))
    return (
        own is not None
        and own.kind is said.kind
        and label in {plain(one) for one in label_names(own.kind)}
        and not any(plain(head.text) == label for head in before.headings)
    )


_COUNTED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]+|\d{1,2}[.、．])\s*")


def _has_text(block: Block) -> bool:
    if isinstance(block, Picture):
        return True
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for row in block.rows for cell in row)


@lru_cache(maxsize=1)
def all_labels() -> dict[str, frozenset[str]]:
    """Every label of every ledger, without blanks → the slugs of the ledgers that have it."""
    found: dict[str, set[str]] = {}
    for slug, kind in KINDS.items():
        for label in label_names(kind):
            found.setdefault(plain(label), set()).add(slug)
    return {label: frozenset(slugs) for label, slugs in found.items()}


def plain(text: str) -> str:
    """A label without blanks, its colon, and what stands in brackets behind it."""
    return re.sub(r"[（(].*?[)）]|[：:*＊]", "", folded(text))


def labels_in(table: Table) -> set[str]:
    """The labels that stand in cells of their own."""
    known = all_labels()
    return {
        plain(cell.text)
        for row in table.rows
        if not _is_of_sums(row)
        for cell in row
        if not cell.spans
    } & known.keys()


def _is_of_sums(row: list[Cell]) -> bool:
    """Whether a row says 合计 and its sums: a label of no ledger, though one has a field for it."""
    said = [cell.text for cell in row if not cell.spans and cell.text.strip()]
    numbers = all(re.fullmatch(r"[\d.,，\s]*元?|[-—/]", text) for text in said[1:])
    return bool(said) and feet.is_sum(said[0]) and numbers


def labels_of(piece: Piece) -> set[str]:
    """The labels of a document, in cells or before a colon."""
    found: set[str] = set()
    for block in piece.blocks:
        if isinstance(block, Table):
            found |= labels_in(block)
            for row in block.rows:
                for cell in row:
                    if not cell.spans and len(cell.text) > 1:
                        found |= set(_before_colons(cell.text))
        elif isinstance(block, Paragraph):
            found |= set(_before_colons(block.text))
    return found


_COLON = re.compile(r"(?:^|[\s　，,；;。])([^\s　：:，,；;。]{1,14})\s*[:：]")


def _before_colons(text: str) -> Iterator[str]:
    known = all_labels()
    for line in (lines.spaced(lines.uncovered(one), known) for one in text.splitlines()):
        for found in _COLON.finditer(line):
            label = plain(found[1])
            if label in known:
                yield label
