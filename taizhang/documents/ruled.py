"""Tables of a printed page, told by their rules: lines that touch each other make a grid, and text
falls into it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from taizhang.documents.blocks import Cell, Table

NEAR = 2.5
"""Points within which two rules meet."""


@dataclass(frozen=True)
class Piece:
    """Text at its place on the page, from the lower left corner."""

    text: str
    x: float
    y: float
    size: float
    drawn_out: float = 0.0
    """By how many of its sizes it was drawn out to the margin."""

    @property
    def right(self) -> float:
        """Where it ends, about: a wide character takes its size, another half of it."""
        return self.x + (sum(breadth(char) for char in self.text) + self.drawn_out) * self.size


def breadth(char: str) -> float:
    """How wide a character is, in its size."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.54


@dataclass
class Rules:
    """Rules of one direction: `at` is where they lie, `spans` from where to where they go."""

    lines: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, at: float, start: float, end: float) -> None:
        """One rule; those that lie on each other and touch become one."""
        first, last = min(start, end), max(start, end)
        for index, (other, low, high) in enumerate(self.lines):
            if abs(other - at) <= NEAR and first <= high + NEAR and last >= low - NEAR:
                del self.lines[index]
                self.add(other, min(low, first), max(high, last))
                return
        self.lines.append((at, first, last))

    def covers(self, at: float, middle: float) -> bool:
        """Whether a rule at `at` passes `middle`."""
        return any(
            abs(other - at) <= NEAR and low - NEAR <= middle <= high + NEAR
            for other, low, high in self.lines
        )

    def crosses(self, piece: Piece) -> bool:
        """Whether a rule goes through the middle of a text."""
        low, high = piece.y + piece.size * 0.15, piece.y + piece.size * 0.5
        return any(
            low < at < high and start < piece.right - 2 and end > piece.x + 2
            for at, start, end in self.lines
        )


@dataclass
class Ruled:
    """A grid on a page: borders from left to right and from top to bottom."""

    columns: list[float]
    rows: list[float]
    across: Rules
    down: Rules

    def holds(self, piece: Piece) -> bool:
        """Whether text stands inside."""
        return (
            self.columns[0] - NEAR <= piece.x <= self.columns[-1]
            and self.rows[-1] - NEAR <= piece.y <= self.rows[0]
        )

    def table(self, pieces: Iterable[Piece], where: str) -> Table:
        """The cells with their text; a merged cell's text stands in every cell that it covers."""
        firsts = self._firsts()
        held: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            row = _between(self.rows, piece.y + piece.size * 0.3, falling=True)
            column = _between(self.columns, piece.x + piece.size * 0.3)
            held.setdefault(firsts[row][column], []).append(piece)
        rows = []
        for row, line in enumerate(firsts):
            cells = []
            for column, first in enumerate(line):
                right = max(c for c, f in enumerate(line) if f == first) + 1
                place = f"{where} 第{first[0] + 1}行第{first[1] + 1}列"
                own = (held.get(first, []), self.columns[first[1]], self.columns[right])
                cells.append(Cell(cell_text(*own), first != (row, column), place, _room(*own)))
            rows.append(cells)
        return Table(rows, where)

    def _firsts(self) -> list[list[tuple[int, int]]]:
        """For each cell the first one, above or to the left, that it is merged with."""
        found: list[list[tuple[int, int]]] = []
        for row in range(len(self.rows) - 1):
            middle = (self.rows[row] + self.rows[row + 1]) / 2
            line: list[tuple[int, int]] = []
            for column in range(len(self.columns) - 1):
                centre = (self.columns[column] + self.columns[column + 1]) / 2
                if row and not self.across.covers(self.rows[row], centre):
                    line.append(found[row - 1][column])
                elif column and not self.down.covers(self.columns[column], middle):
                    line.append(line[column - 1])
                else:
                    line.append((row, column))
            found.append(line)
        return found


def _between(borders: list[float], at: float, *, falling: bool = False) -> int:
    sign = -1 if falling else 1
    inside = [i for i, border in enumerate(borders[:-1]) if sign * border <= sign * at + 0.5]
    return inside[-1] if inside else 0


def lines_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces by their lines from top to bottom, each from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one.y, one.x)):
        near = found and abs(found[-1][0].y - piece.y) <= max(2, piece.size * 0.35)
        if near:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(line, key=lambda one: one.x) for line in found]


_MARKS = re.compile(r"[“”‘’《》〈〉〔〕【】—…·](?: ?[“”‘’《》〈〉〔〕【】—…·])*")


def with_marks(pieces: list[Piece]) -> Iterator[Piece]:
    """Marks that a font lacked are drawn apart, in one piece before or behind the text that has
    gaps for them: put back.
    """
    left = list(pieces)
    while left:
        one, *left = left
        other = left[0] if left else None
        woven = _woven(one, other) if other else None
        if woven:
            left[0] = woven
        else:
            yield one


def _woven(one: Piece, other: Piece) -> Piece | None:
    """Two pieces of a line, of which one is marks alone, as many as the other has gaps, and may
    begin or end it.
    """
    marks, text = (one, other) if _MARKS.fullmatch(one.text) else (other, one)
    alone = _MARKS.fullmatch(marks.text) and not _MARKS.fullmatch(text.text)
    if not alone or abs(one.y - other.y) > 1 or not text.x - text.size * 2 < marks.x < text.right:
        return None
    said, parts = marks.text.replace(" ", ""), text.text.split(" ")
    before = said[0] if marks.x < text.x else ""
    inside = said[len(before) :]
    if not 0 <= len(inside) - (len(parts) - 1) <= 1:
        return None
    whole = before + "".join(part + mark for part, mark in zip_longest(parts, inside, fillvalue=""))
    return replace(text, text=whole, x=min(marks.x, text.x))


_COUNTED = "年月日号时点分秒次个名人所家天届级份件岁页"
_AROUND_NUMBER = re.compile(
    rf"(?<=[\u4e00-\u9fff（“《]) (?=\d+(?:\.\d+)? ?[{_COUNTED}])|(?<=\d) (?=[{_COUNTED}])"
)
"""The gap that a printer puts between characters and numbers: `于 2025 年` was written 于2025年."""
_BEFORE_MARK = re.compile(r" +(?=[，。；：、！？）】》”’])")
"""Nobody writes a blank before such a mark: a gap there is what the line was drawn out by."""


def said(line: list[Piece]) -> str:
    """The text of a line; a wide gap is a blank."""
    text, end = "", line[0].x
    for piece in line:
        gap = piece.x - end
        if text and gap > 2 * piece.size:
            text += "   "
        elif text and gap > 0.6 * piece.size:
            text += " "
        text += piece.text
        end = piece.right
    return _AROUND_NUMBER.sub("", _BEFORE_MARK.sub("", text)).strip()


def cell_text(pieces: list[Piece], left: float, right: float) -> str:
    """The text of a cell; a line that is full, or in which a bracket is open, goes on
    in the next.
    """
    lines = lines_of(pieces)
    edge = right - _pad(lines, left)
    texts = [said(line) for line in lines]
    full = [is_full(line, after, edge) for line, after in zip(lines, texts[1:], strict=False)]
    full = _without_ends(texts, full)
    text = ""
    for at, told in enumerate(texts):
        goes_on = (at > 0 and full[at - 1]) or text.count("（") > text.count("）")
        text += told if not text or goes_on else f"\n{told}"
    return text


def _pad(lines: list[list[Piece]], left: float) -> float:
    """How far the text keeps from the border of its cell."""
    return min(max(min((line[0].x - left for line in lines), default=0), 0), 6)


def _room(pieces: list[Piece], left: float, right: float) -> float | None:
    """How many wide characters the last line of a cell would still have held."""
    lines = lines_of(pieces)
    if not lines:
        return None
    last = lines[-1][-1]
    return (right - _pad(lines, left) - last.right + 0.5) / last.size


_END = 2
"""So many characters at its end tell the kind of a unit: 支部, 小学."""


def _without_ends(texts: list[str], full: list[bool]) -> list[bool]:
    """A line that only happens to be full goes on with nothing: it ends, as the next one does, as
    the lines end that are not full.
    """
    ends = {text[-_END:] for text, held in zip(texts, full, strict=False) if not held}
    listed = ends and not any(re.search(r"[、，,；;（(]", text) for text in texts)
    return [
        held
        and not (listed and {text[-_END:], after[-_END:]} <= ends and text[-_END:] == after[-_END:])
        for held, text, after in zip(full, texts, texts[1:], strict=False)
    ]


def row_over_pages(above: list[Cell], below: list[Cell]) -> list[Cell] | None:
    """The last row of a page with the first of the next one, where this is what was left of it: its
    own first cell is empty, and a cell above is cut in a bracket or in a list. None where they are
    two rows.
    """
    pairs = list(zip(above, below, strict=True))
    told = [(up, cell) for up, cell in pairs if cell.text.strip()]
    if below[0].text.strip() or not told or any(up.spans or not up.text for up, _ in told):
        return None
    if not any(_is_cut(up, cell.text) for up, cell in told):
        return None
    return [
        replace(up, text=_over_pages(up, cell.text), room=cell.room) if cell.text.strip() else up
        for up, cell in pairs
    ]


def _is_cut(up: Cell, following: str) -> bool:
    """Whether a cell ends within a bracket, behind a comma, or in a list whose last line
    is full.
    """
    if up.text.count("（") > up.text.count("）") or up.text.rstrip().endswith(("、", "，", ",")):
        return True
    return bool(re.search(r"[、，]", up.text)) and _has_no_room(up, following)


def _has_no_room(up: Cell, following: str) -> bool:
    return up.room is not None and up.room < sum(map(breadth, _first_word(following)))


def _over_pages(up: Cell, following: str) -> str:
    goes_on = _has_no_room(up, following) or up.text.count("（") > up.text.count("）")
    return up.text + ("" if goes_on else "\n") + following


_NEVER_LAST = "（【《“‘([<"
_NEVER_FIRST = "，。、；：？！）】》”’…—,.;:?!)]"
_WORD = re.compile(r"[A-Za-z\d][A-Za-z\d:.,\-—]*")


def is_full(line: list[Piece], following: str, right: float) -> bool:
    """Whether the word that follows would not have fitted in."""
    size = line[-1].size
    return right - line[-1].right < sum(map(breadth, _first_word(following))) * size - 0.5


def _first_word(following: str) -> str:
    """What must stand on one line at the beginning of a text."""
    word = _WORD.match(following)
    first = word[0] if word else following[: 1 + (following[:1] in _NEVER_LAST)]
    if following[len(first) : len(first) + 1] in _NEVER_FIRST:
        first = following[: len(first) + 1]
    return first


def tables_of(across: Rules, down: Rules) -> list[Ruled]:
    """The grids that the rules of a page make, from top to bottom."""
    found = []
    for lines, posts in _together(across.lines, down.lines):
        rows = sorted(_apart(at for at, _, _ in lines), reverse=True)
        columns = _apart(at for at, _, _ in posts)
        if len(rows) > 1 and len(columns) > 2:
            found.append(Ruled(columns, rows, Rules(lines), Rules(posts)))
    return sorted(found, key=lambda one: -one.rows[0])


_Lines = list[tuple[float, float, float]]


def _together(across: _Lines, down: _Lines) -> list[tuple[_Lines, _Lines]]:
    """Rules that touch, directly or through others."""
    groups: list[tuple[_Lines, _Lines]] = []
    for post in down:
        x, low, high = post
        touching = [g for g in groups if any(_meet(x, low, high, line) for line in g[0])]
        lines = [line for line in across if _meet(x, low, high, line)]
        merged: tuple[_Lines, _Lines] = (lines, [post])
        for group in touching:
            merged = (
                [*group[0], *(r for r in merged[0] if r not in group[0])],
                group[1] + merged[1],
            )
            groups.remove(group)
        groups.append(merged)
    return groups


def _meet(x: float, low: float, high: float, line: tuple[float, float, float]) -> bool:
    y, left, right = line
    return left - NEAR <= x <= right + NEAR and low - NEAR <= y <= high + NEAR


def _apart(values: Iterable[float]) -> list[float]:
    """Values in order, those that are near each other once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found
