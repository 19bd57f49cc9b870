"""Too many rows that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import NONE, Cut, Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class Pattern(RowRule):
    """Rows alike in the columns of `by`, of one year (with `ever`: of all years), are fewer than
    `at_least`.

    With `same_day` they are also of one day of the month, with `same_month` of one month; with
    `months` not the rows but their different months count; with `lately` only rows count that were
    entered in so many days before the day of judging.
    """

    kind: Literal["pattern"] = "pattern"
    by: list[str]
    at_least: PositiveInt
    ever: bool = False
    same_day: bool = False
    same_month: bool = False
    months: bool = False
    lately: int | None = None
    other: str = ""
    """The column of `by` that the suspicion names."""
    of_records: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "by", "other")
    alone: ClassVar[bool] = False

    def one_year(self, cut: Cut) -> bool:
        """Rows are counted by years, unless of all years together."""
        return not self.ever and self.lately is None and self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count what is alike."""
        alike: dict[tuple[object, ...], list[Any]] = {}
        told = attrgetter(self.day, *self.by)
        for row in self.rows(branch, period):
            day, *values = told(row)
            if self.lately is not None and not self._is_late(row.recorded_on, period):
                continue
            at = (0 if self.ever else day.year, self._same(day), *values)
            if None not in at:
                alike.setdefault(at, []).append((day.year, day.month) if self.months else row)
        for (year, _, *values), rows in alike.items():
            found = len(set(rows)) if self.months else len(rows)
            if found >= self.at_least:
                named = dict(zip(self.by, values, strict=True)).get(self.other, NONE)
                other = named if isinstance(named, int) else NONE
                label = "" if self.ever else f"{year:04d}"
                yield self.hint(branch, label, other=other, found=found, wanted=self.at_least)

    def _same(self, day: date) -> int:
        return day.day if self.same_day else day.month if self.same_month else 0

    def _is_late(self, entered: date | None, period: Period) -> bool:
        return entered is not None and 0 <= (period.on - entered).days < (self.lately or 0)
