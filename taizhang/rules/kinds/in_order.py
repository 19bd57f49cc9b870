"""One day comes after another, not too soon and not too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from taizhang.kernel.calendar import plus_months
from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class InOrder(RowRule):
    """`later` is not before `earlier` plus the least, and not after `earlier` plus the most; in
    months or days.

    "+ n months" is the same day number, else the last day of that month (DOMAIN 4.5.2). A row in
    which either day is missing is not judged. `found` is the number of days between the two.
    """

    kind: Literal["in_order"] = "in_order"
    earlier: str
    later: str
    least_months: int | None = None
    most_months: int | None = None
    least_days: int | None = None
    most_days: int | None = None
    pending: bool = False
    """Judges instead the rows whose later day is missing, as if it were the day of judging."""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "earlier", "later")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count from the earlier day."""
        for row in self.rows(branch, period):
            first, second = getattr(row, self.earlier), getattr(row, self.later)
            if self.pending:
                second = period.on if second is None else None
            if first is None or second is None or self._fine(first, second):
                continue
            yield self.hint(
                branch,
                getattr(row, self.day).isoformat(),
                subject=getattr(row, self.subject),
                found=(second - first).days,
            )

    def _fine(self, first: date, second: date) -> bool:
        days = (second - first).days
        return not (
            (self.least_months is not None and second < plus_months(first, self.least_months))
            or (self.most_months is not None and second > plus_months(first, self.most_months))
            or (self.least_days is not None and days < self.least_days)
            or (self.most_days is not None and days > self.most_days)
        )
