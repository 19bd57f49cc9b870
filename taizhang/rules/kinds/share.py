"""The share of rows of a kind among all of somebody's rows in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal

from taizhang.rules.base import Cut, Facts, Look, Period, Suspicion, Where, matches
from taizhang.rules.row_rules import RowRule


class Share(RowRule):
    """Of the rows alike in `by` and of one year, at least `percent` per cent meet `good`; fewer
    than `least` rows are not judged.

    With `has`, the good ones are instead the rows of that table, alike in `by`, of the same year.
    With `too_good` the other way round: not all of them do.
    """

    kind: Literal["share"] = "share"
    by: str
    good: Where = {}
    has: str = ""
    has_where: Where = {}
    has_day: str = "on"
    percent: int = 100
    least: int = 1
    too_good: bool = False
    of_records: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "by")
    alone: ClassVar[bool] = False

    def one_year(self, cut: Cut) -> bool:
        """Rows are counted by years."""
        return self._own_day_in(cut) and (self.has not in cut or self.has_day in cut[self.has])

    def looks_at(self) -> list[Look]:
        """The ledger, and the table of the good ones."""
        good = [Look(self.has, self.has_where)] if self.has else []
        return [*super().looks_at(), *good]

    def counted(self) -> list[Look]:
        """The good ones, then all."""
        good = [Look(self.has, self.has_where)] if self.has else []
        return [*good, *super().counted()]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count all and the good ones."""
        rows = list(self.rows(branch, period))
        counts = Counter(self._whose(rows, self.day))
        if self.has:
            theirs = (row for row in branch.rows(self.has) if matches(row, self.has_where))
            good = Counter(self._whose(theirs, self.has_day))
        else:
            good = Counter(self._whose((r for r in rows if matches(r, self.good)), self.day))
        for (year, whose), n in counts.items():
            found = good[year, whose]
            if n >= self.least and self.is_wrong(found, n):
                yield self.hint(branch, f"{year:04d}", other=whose, found=found, wanted=n)

    def _whose(self, rows: Iterable[Any], day: str) -> Iterator[tuple[int, int]]:
        for row in rows:
            whose, on = getattr(row, self.by), getattr(row, day)
            if whose is not None and on is not None:
                yield on.year, whose

    def is_wrong(self, good: Any, all_rows: Any) -> Any:
        return good == all_rows if self.too_good else good * 100 < all_rows * self.percent
