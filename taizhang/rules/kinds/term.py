"""A term of office and its dated length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.kernel.calendar import plus_months
from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule


class Length(BaseModel):
    """Terms begun before `until` last `nominal` years, at most `most`; the last has no `until`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    until: date | None = None
    nominal: int
    most: int


class Term(RowRule):
    """How long a term lasted or lasts, by the length in force when it began (TERM of DOMAIN 4.4).

    overdue: over its greatest length. late: over its nominal length, within the greatest. Both only
    without an approved extension (`extended_to`) that reaches so far. ends_soon: fewer than `days`
    left on the day of judging. extended: an extension longer than a year after its greatest length.
    advanced: ended more than a year before its nominal length.
    """

    kind: Literal["term"] = "term"
    usual_remedy: ClassVar[Remedy] = "now"
    ledger: str = "terms"
    day: str = "started_on"
    end: str = "ended_on"
    lengths: list[Length]
    check: Literal["overdue", "late", "ends_soon", "extended", "advanced"]
    days: int = 180

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the end, or the day of judging, with what is due."""
        for row in self.rows(branch, period):
            length = self._length(row.started_on)
            nominal, most = (
                plus_months(row.started_on, years * 12) for years in (length.nominal, length.most)
            )
            until = row.ended_on if row.ended_on and row.ended_on <= period.last else period.last
            found = self._found(row, nominal, most, until, period)
            if found is not None:
                yield self.hint(
                    branch,
                    row.started_on.isoformat(),
                    subject=row.id,
                    found=found,
                    wanted=length.nominal,
                )

    def _length(self, day: date) -> Length:
        return next(one for one in self.lengths if one.until is None or day < one.until)

    def _found(
        self, row: Any, nominal: date, most: date, until: date, period: Period
    ) -> int | None:
        """The days over (or left), or None when nothing is wrong."""
        extended = row.extended_to
        if self.check == "extended":
            over = (extended - plus_months(most, 12)).days if extended else 0
            return over if over > 0 else None
        if self.check == "advanced":
            early = (plus_months(nominal, -12) - row.ended_on).days if row.ended_on else 0
            return early if early > 0 else None
        if self.check == "ends_soon":
            runs = row.ended_on is None or row.ended_on > period.last
            left = ((extended or nominal) - period.last).days
            return left if runs and 0 <= left < self.days else None
        limit = most if self.check == "overdue" else nominal
        if until <= limit or (self.check == "late" and until > most):
            return None
        return (until - limit).days if (extended or date.min) < until else None
