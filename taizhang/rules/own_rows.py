"""Rules whose own rows stand in a table or follow from tables, and are set beside the rows of
another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from taizhang.rules.base import Cut, Facts, Period, matches
from taizhang.rules.due_tables import (
    OF_ONE,
    YEARLY,
    is_derived,
    population,
)
from taizhang.rules.row_rules import RowRule


class OwnRows(RowRule):
    """A rule over rows of a table, or of a population, which has chosen its time already."""

    def rows(self, branch: Facts, period: Period) -> Iterator[Any]:
        """Those that meet the conditions in the rule's own time."""
        if not is_derived(self.ledger):
            yield from super().rows(branch, period)
            return
        if self.among and not branch.rows(self.among):
            return
        rows = population(branch, period, self.ledger)
        yield from (r for r in rows if matches(r, self.where) and self.runs_on(r.on))

    def people(self, theirs: str, match: Mapping[str, str]) -> Mapping[str, str]:
        """The columns of the person who is the `other`: of the own rows, and of `theirs` where
        these must agree with it.
        """
        own: str = getattr(self, "other", "")
        found = {self.ledger: own}
        if is_derived(self.ledger):
            facts = OF_ONE.get(self.ledger, ()) if own == "person_id" else ()
            found = dict.fromkeys(facts, own)
        if self.other_is != "person" or theirs in found or is_derived(theirs) or not found:
            return {}
        for column, mine in match.items():
            if mine == own:
                found[theirs] = column
        return found

    def by_record(self) -> Mapping[str, str]:
        """Never for a population: its rows are no records."""
        return {} if is_derived(self.ledger) else super().by_record()

    def one_year(self, cut: Cut) -> bool:
        """A population says by itself whether it is one of years."""
        return self.ledger in YEARLY if is_derived(self.ledger) else super().one_year(cut)


class Waiting(OwnRows):
    """A rule that gives a row time."""

    settle: int | None = None
    """A row is asked only once so many days have passed since its day."""

    def is_early(self, row: object, period: Period) -> bool:
        """Whether it is too soon to ask of a row."""
        return self.settle is not None and (period.on - getattr(row, self.day)).days < self.settle
