"""减负情况表: the sums of a year as a paper, with how they were measured."""

from __future__ import annotations

from datetime import date

from taizhang.ledgers.burden.year import HEADS, HOW, Year
from taizhang.papers.paper import Note, Paper, Table


def paper(found: Year, today: date) -> Paper:
    """The table, how the records came, and what each figure means."""
    rows = [one.cells for one in (*found.lines, found.total)]
    table = Table("", [found.head, *HEADS], rows, widths=[2.0, *[1.0] * len(HEADS)])
    ways = "、".join(f"{way}{n}条" for way, n in found.ways)
    notes = [f"登记方式：{ways}。"] if ways else []
    return Paper(
        found.title,
        blocks=[table, *map(Note, [*notes, *HOW])],
        footer=f"{found.title}　{today:%Y-%m-%d}",
        landscape=True,
    )
