"""Somebody is at meetings for more hours than a day of meetings has (AF-N10 of DOMAIN 6.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Cut, Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class LongDay(RowRule):
    """On no day the times from `starts` to `ends` of one person's rows add up to more than
    `at_most` minutes.

    A row without both times, or for somebody whom the roster does not know, is not counted. A day
    is told once, with the first of the records (by key) and the most minutes of one person.
    """

    kind: Literal["long_day"] = "long_day"
    subject: str = "meeting_id"
    at_most: PositiveInt
    alone: ClassVar[bool] = False

    def one_day(self, cut: Cut) -> bool:
        """Minutes are added up day by day."""
        return self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Add up by person and day."""
        spent: dict[Any, list[tuple[int, int]]] = defaultdict(list)
        for row in self.rows(branch, period):
            if None not in (row.person_id, row.starts, row.ends):
                one = (getattr(row, self.subject), row.ends - row.starts)
                spent[row.person_id, getattr(row, self.day)].append(one)
        days: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for (_, day), rows in spent.items():
            minutes = sum(each for _, each in rows)
            if minutes > self.at_most:
                days[day].append((min(record for record, _ in rows), minutes))
        for day, found in days.items():
            yield self.hint(
                branch,
                day.isoformat(),
                subject=min(record for record, _ in found),
                found=max(minutes for _, minutes in found),
                wanted=self.at_most,
            )
