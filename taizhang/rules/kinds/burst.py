"""Records of many months were entered at one sitting (AF-D4 of DOMAIN 6.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class Burst(RowRule):
    """Within `minutes` one account enters records of fewer than `at_least` different months.

    Told of the day of entry on which such an hour begins, with the most months of one.
    """

    kind: Literal["burst"] = "burst"
    minutes: PositiveInt
    at_least: PositiveInt
    of_records: ClassVar[bool] = False
    alone: ClassVar[bool] = False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """From each entry look as far ahead as the minutes reach."""
        entered: dict[Any, list[tuple[int, Any, int]]] = defaultdict(list)
        for row in self.rows(branch, period):
            day = getattr(row, self.day)
            if None not in (row.recorded_by_id, row.recorded_minute, row.recorded_on):
                month = day.year * 100 + day.month
                entered[row.recorded_by_id].append((row.recorded_minute, row.recorded_on, month))
        most: dict[Any, int] = {}
        for whose, entries in entered.items():
            for on, n in self._sittings(sorted(set(entries))):
                most[whose, on] = max(n, most.get((whose, on), 0))
        for (_, on), n in most.items():
            yield self.hint(branch, on.isoformat(), found=n, wanted=self.at_least)

    def _sittings(self, entries: list[tuple[int, Any, int]]) -> Iterator[tuple[Any, int]]:
        for at, (minute, on, _) in enumerate(entries):
            if at + self.at_least > len(entries):
                return
            if entries[at + self.at_least - 1][0] > minute + self.minutes:
                continue
            months = {m for when, _, m in entries[at:] if when <= minute + self.minutes}
            if len(months) >= self.at_least:
                yield on, len(months)
