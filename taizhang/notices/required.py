"""What the columns of a requirement table mean where their headers do not say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taizhang.notices.grids import Grid

_LIST = re.compile(r"台账|目录|卷内|资料|材料|制度|清单")
_ASKED = ("requirement", "score", "frequency")


def settled(grid: Grid) -> bool:
    """Name what is unnamed; whether there is a column of items, and one of what is asked of them."""
    if not grid.of("level"):
        _name_levels(grid)
    if grid.of("level") and not any(map(grid.of, _ASKED)):
        _name_requirement(grid)
    return bool(grid.of("level")) and any(map(grid.of, _ASKED))


def _name_levels(grid: Grid) -> None:
    """Where no header names the items, what stands before the requirement does."""
    first = min(grid.of("requirement"), default=0)
    unknown = [c for c in range(first) if c not in grid.columns and grid.headers.get(c)]
    grid.columns |= dict.fromkeys(unknown, "level")


def _name_requirement(grid: Grid) -> None:
    """Of two columns of contents the last, if it says more; else the remarks of a list of files."""
    levels, notes = grid.of("level"), grid.of("note")
    if len(levels) > 1 and _says(grid, levels[-1]) > _says(grid, levels[-2]):
        grid.columns[levels[-1]] = "requirement"
    elif notes and _LIST.search(grid.headers[levels[-1]]):
        grid.columns[notes[0]] = "requirement"


def _says(grid: Grid, column: int) -> int:
    return sum(len(row[column].text.strip()) for row in grid.rows)
