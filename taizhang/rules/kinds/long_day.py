"""Somebody is at meetings for more hours than a day of meetings has (AF-N10 of DOMAIN 6.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Cut, Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class LongDay(RowRule):
    """On no day the times from `starts` to `ends` of one person's rows add up to more than `at_most` minutes.

    A row without both times, or for somebody whom the roster does not know, is not counted.
    """

    kind: Literal["long_day"] = "long_day"
    at_most: PositiveInt
    subject_of: ClassVar[str] = ""
    alone: ClassVar[bool] = False

    def one_year(self, cut: Cut) -> bool:
        """A day lies in one year."""
        return self._own_day_in(cut)

    def one_day(self, cut: Cut) -> bool:
        """Minutes are added up day by day."""
        return self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Add up by person and day."""
        sums: dict[Any, int] = defaultdict(int)
        for row in self.rows(branch, period):
            if None not in (row.person_id, row.starts, row.ends):
                sums[row.person_id, getattr(row, self.day)] += row.ends - row.starts
        for (person, day), minutes in sums.items():
            if minutes > self.at_most:
                yield self.hint(
                    branch, day.isoformat(), other=person, found=minutes, wanted=self.at_most
                )

    def relation(self, tables: Tables) -> ir.Table:
        """The same as a group-by."""
        rows = self.selected(tables)
        rows = rows.filter(rows.person_id.notnull(), rows.starts.notnull(), rows.ends.notnull())
        rows = rows.select(
            "branch_id", "person_id", on=rows[self.day], minutes=rows.ends - rows.starts
        )
        sums = rows.group_by(["branch_id", "person_id", "on"]).aggregate(n=rows.minutes.sum())
        sums = sums.filter(sums.n > self.at_most)
        return hints(
            sums, window=day_label(sums.on), other="person_id", found="n", wanted=self.at_most
        )
