"""A sheet to be ticked by hand and read back from a picture: where everything lies on it is fixed,
in mm of A4.

Four codes stand at the corners. From them a picture of the page is laid straight; the boxes are
then where they were printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from taizhang.kernel.text import brief
from taizhang.papers.marks import drawn

WIDE, HIGH = 210.0, 297.0
LAYOUT = 1
"""Counts up whenever a place below changes: a sheet that was printed before is then told from those
of now.
"""
CORNER_SIDE = 16.0
CORNERS = ((10.0, 10.0), (184.0, 10.0), (10.0, 271.0), (184.0, 271.0))
"""Of the four codes with their quiet zones: the mark, then right above, left below, right below."""
TOP, ROW = 40.0, 8.5
"""Of the first row, and how high each is."""
ROWS = 26
"""On a page."""
COLUMNS = (12.0, 20.0, 72.0, 87.0, 102.0, 117.0, 132.0, 198.0)
"""The edges: number, what is asked, four verdicts, room to write."""
BOX = 4.6
"""The side of a box, which stands in the middle of its cell."""
_TITLE = 34
"""Characters in two lines."""


@dataclass(frozen=True)
class Row:
    """One requirement."""

    no: int
    title: str


@dataclass(frozen=True)
class TickPage:
    """One page: its four codes and its rows."""

    codes: tuple[str, str, str, str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class TickSheet:
    """All pages of a unit."""

    title: str
    about: list[str]
    verdicts: list[str]
    pages: list[TickPage] = field(default_factory=list)
    kind: Literal["ticks"] = "ticks"

    def told(self) -> dict[str, Any]:
        """For the layout of the PDF."""
        return {
            "title": self.title,
            "about": self.about,
            "verdicts": self.verdicts,
            "columns": COLUMNS,
            "top": TOP,
            "row": ROW,
            "box": BOX,
            "corners": CORNERS,
            "side": CORNER_SIDE,
            "pages": [
                {
                    "codes": [drawn.drawing(code) for code in page.codes],
                    "rows": [[str(row.no), _short(row.title)] for row in page.rows],
                }
                for page in self.pages
            ],
        }


def _short(title: str) -> str:
    return brief("".join(title.split()), _TITLE)


def box(row: int, column: int) -> tuple[float, float]:
    """The left upper corner of a box."""
    left, right = COLUMNS[2 + column : 4 + column]
    return (left + right - BOX) / 2, TOP + row * ROW + (ROW - BOX) / 2
