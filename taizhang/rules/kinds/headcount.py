"""A number written down is the number of persons who belonged that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from taizhang.rules.base import Compared, Facts, Look, Period, Remedy, Suspicion, whole
from taizhang.rules.membership import SPELLS_FROM, Population, headcount, there
from taizhang.rules.row_rules import RowRule


class Headcount(RowRule):
    """`column` is the number of different persons of the population on the day, of the row's own
    group for groups.

    With `at_most` it is not more than that, with `at_least` not less; who belongs to `without` is
    not counted. On a day on which somebody came or left there are two numbers, before and after: a
    meeting that admits a member counts without him, and either is right.
    """

    kind: Literal["headcount"] = "headcount"
    usual_remedy: ClassVar[Remedy] = "correct"
    compares: ClassVar[Compared] = "roster"
    column: str
    population: Population
    without: Population | None = None
    at_most: bool = False
    at_least: bool = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "column")

    def looks_at(self) -> list[Look]:
        """The ledger, and what the populations rest on."""
        both = (self.population, self.without) if self.without else (self.population,)
        return [*super().looks_at(), *whole(*(t for p in both for t in SPELLS_FROM[p]))]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the persons of each row's day."""
        for row in self.rows(branch, period):
            found = getattr(row, self.column)
            if found is None:
                continue
            group = row.group_id if self.population == "group" else None
            day = getattr(row, self.day)
            wanted = headcount(branch, self.population, day, group, self.without)
            if self.is_wrong(found, wanted) and self.is_wrong(
                found, self._before(branch, day, group)
            ):
                yield self.hint(
                    branch,
                    day.isoformat(),
                    subject=getattr(row, self.subject),
                    found=found,
                    wanted=wanted,
                )

    def _before(self, branch: Facts, day: date, group: int | None) -> int:
        """How many there were before whoever came or left that day did so."""
        out = there(branch, self.without, day) if self.without else set()
        return len(there(branch, self.population, day - timedelta(days=1), group) - out)

    def is_wrong(self, found: Any, wanted: Any) -> Any:
        if self.at_least:
            return found < wanted
        return found > wanted if self.at_most else found != wanted
