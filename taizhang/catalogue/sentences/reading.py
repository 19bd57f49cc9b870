"""A requirement table read against a catalogue: what each line means there, and what its sentences
ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.catalogue.matching.lines import Line, Match, in_company, match
from taizhang.catalogue.model import Catalogue
from taizhang.catalogue.sentences.contents import (
    Bound,
    Contains,
    bounds,
    contains,
    deadlines,
)
from taizhang.catalogue.sentences.frequency import Proposed, proposed
from taizhang.notices.model import Item, Notice


@dataclass(frozen=True)
class Asked:
    """One line of the table."""

    line: Line
    matches: list[Match]
    proposed: list[Proposed]
    contains: list[Contains]
    bounds: list[Bound]
    deadlines: list[str]

    def proposed_for(self, item: str | None) -> list[Proposed]:
        """The rules that belong to one of the items it means; what belongs to none of them goes
        with the first.
        """
        keys = [one.item for one in self.matches]
        first = keys[0] if keys else None
        return [p for p in self.proposed if (p.item if p.item in keys else first) == item]


def lines_of(notice: Notice) -> list[Line]:
    """The lines of a notice's requirement table."""
    heading = notice.title or ""
    return in_company((line_of(item) for item in notice.items), heading)


def line_of(item: Item) -> Line:
    """One row of it."""
    return Line(
        no=item.no,
        category=item.category or "",
        subcategory=item.subcategory or "",
        title=item.title,
        requirement=item.requirement,
        frequency=item.frequency or "",
    )


def read(lines: Iterable[Line], catalogue: Catalogue) -> list[Asked]:
    """Every line with the items that it means and the rules that it proposes."""
    return [
        Asked(
            line,
            match(line, catalogue),
            proposed(line),
            contains(line.asks),
            bounds(line.asks),
            deadlines(line.asks),
        )
        for line in lines
    ]
