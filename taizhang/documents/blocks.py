"""What a file holds, whatever program made it: paragraphs, tables and pictures in order, each with
its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A cell; `spans` says that its text belongs to a merged cell that began above or
    to the left.
    """

    text: str
    spans: bool = False
    where: str = field(default="", compare=False)
    room: float | None = field(default=None, compare=False)
    """How many wide characters its last line would still have held, where a page tells."""


@dataclass
class Paragraph:
    """A line of text. `number` is what Word counts itself (it stands in `text` too), `indent` is in
    characters.
    """

    text: str
    where: str
    style: str = field(default="", compare=False)
    number: str = field(default="", compare=False)
    indent: float = field(default=0, compare=False)
    boxed: bool = field(default=False, compare=False)
    """It stands in a text box."""


@dataclass
class Table:
    """A table; every row has the same number of cells. `exact` says that merging is known, not
    guessed.
    """

    rows: list[list[Cell]]
    where: str
    exact: bool = True
    heads: int = field(default=0, compare=False)
    """How many rows the file itself names as header rows."""


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
    aside: list[Paragraph] = field(default_factory=list)
    """Headers, footers and footnotes."""

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


def placed(table: Table) -> Table:
    """The same table, each cell with its place."""
    table.rows = [
        [
            cell if cell.where else Cell(cell.text, cell.spans, f"{table.where} 第{r}行第{c}列")
            for c, cell in enumerate(row, 1)
        ]
        for r, row in enumerate(table.rows, 1)
    ]
    return table
