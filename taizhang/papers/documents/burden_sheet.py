"""减负情况表: the sums of a year as a paper, with how they were measured."""

from __future__ import annotations

from datetime import date

from taizhang.ledgers.burden.year import HEADS, HOW, NOT_MEASURED, UNKNOWN, Year
from taizhang.papers.official.paper import in_full
from taizhang.papers.paper import Note, Paper, Table

_UNKNOWN = "—"
"""A sheet of words that all say the same is not read."""


def paper(found: Year, today: date) -> Paper:
    """The table, how the records came, and what each figure means."""
    rows = [
        [_UNKNOWN if cell == UNKNOWN else cell for cell in one.cells]
        for one in (*found.lines, found.total)
    ]
    table = Table("", [found.head, *HEADS], rows, widths=[2.0, *[1.0] * len(HEADS)])
    ways = "、".join(f"{way}{n}条" for way, n in found.ways)
    notes = [f"登记方式：{ways}。"] if ways else []
    return Paper(
        found.title,
        blocks=[table, *map(Note, [*notes, *HOW, NOT_MEASURED.format(_UNKNOWN)])],
        footer=f"{found.title}　{in_full(today)}制表",
        landscape=True,
    )
