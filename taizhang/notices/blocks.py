"""A notice as a run of paragraphs and tables, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A cell; `spans` says that its text belongs to a merged cell that began above or to the left."""

    text: str
    spans: bool = False


@dataclass
class Paragraph:
    """A line of text."""

    text: str
    where: str


@dataclass
class Table:
    """A table; every row has the same number of cells. `exact` says that merging is known, not guessed."""

    rows: list[list[Cell]]
    where: str
    exact: bool = True


@dataclass
class Picture:
    """A picture, which is not read."""

    where: str


Block = Paragraph | Table | Picture


@dataclass
class Source:
    """What was read of a file, and what was seen on the way."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """(code, message, where)"""

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs before the first annex's own page, and those after, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]
