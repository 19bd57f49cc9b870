"""Rules that look at the rows of one ledger, each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, ClassVar

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import (
    Cut,
    Facts,
    Look,
    Period,
    Rule,
    Where,
    by_columns,
    combinations,
    whole,
)


class RowRule(Rule):
    """A rule over rows of one table, chosen by conditions and by the day of the event."""

    ledger: str
    where: Where = {}
    day: str = "on"
    end: str = ""
    """Column of the day on which the row's time ends: then all rows whose time touches the period
    are chosen.
    """
    subject: str = "id"
    given: str = ""
    """An own column; rows in which it is null are not asked."""
    among: str = ""
    """A table: only branches with a row in it are asked."""
    own_columns: ClassVar[tuple[str, ...]] = ("day", "end", "subject", "given")
    alone: ClassVar[bool] = True
    """Each record is judged by itself; a kind that compares the rows of its ledger says no."""

    def looks_at(self) -> list[Look]:
        """The rows that meet the conditions, and those that say which branches are asked."""
        return [Look(self.ledger, self.where), *whole(*[self.among] * bool(self.among))]

    def own(self) -> Look:
        """The rows of its ledger that meet the conditions."""
        return Look(self.ledger, self.where)

    def key(self) -> str:
        """The field `subject`, which a rule may set."""
        return self.subject

    def told_day(self) -> str:
        """The day by which rows are chosen."""
        return self.day

    def by_record(self) -> Mapping[str, str]:
        """Its ledger, if each record is judged by itself."""
        return {self.ledger: self.subject} if self.alone else {}

    def one_year(self, cut: Cut) -> bool:
        """What is judged row by row is judged year by year, where the ledger is cut by the rule's
        own day.
        """
        row_by_row = self.alone and not self.end and self._own_day_in(cut)
        return row_by_row or super().one_year(cut)

    def _own_day_in(self, cut: Cut) -> bool:
        return self.ledger not in cut or self.day in cut[self.ledger]

    def rows(self, branch: Facts, period: Period) -> Iterator[Any]:
        """The rows whose event lies in the period and in the rule's own time."""
        if self.among and not branch.rows(self.among):
            return
        columns = tuple(self.where)
        timed = (self.ledger, self.day, self.end, self.from_, self.until, period, self.given)
        key = ("rows", timed, columns)
        if key not in branch.memo:
            branch.memo[key] = by_columns(self._timed(branch, period, timed), columns)
        for values in combinations(self.where):
            yield from branch.memo[key].get(values, ())

    def _timed(self, branch: Facts, period: Period, timed: object) -> list[Any]:
        """The rows whose event lies in the period; found once for all rules that ask
        for the same.
        """
        key = ("timed", timed)
        if key not in branch.memo:
            branch.memo[key] = self._touching(branch, period)
        found: list[Any] = branch.memo[key]
        return found

    def _touching(self, branch: Facts, period: Period) -> list[Any]:
        asked = branch.rows(self.ledger)
        if self.given:
            asked = [row for row in asked if getattr(row, self.given) is not None]
        if self.end:
            return [row for row in asked if self._inside(row, period)]
        first, last, day_of = max(period.from_on, self.from_), period.last, attrgetter(self.day)
        return [
            row
            for row in asked
            if (day := day_of(row)) is not None and first <= day <= last and day < self.until
        ]

    def _inside(self, row: object, period: Period) -> bool:
        day = getattr(row, self.day)
        if day is None or day > period.last or not self.runs_on(day):
            return False
        return bool((getattr(row, self.end) or FOREVER) > period.from_on)
