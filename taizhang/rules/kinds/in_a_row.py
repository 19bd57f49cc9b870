"""Too many times in a row nothing is amiss (AF-P9 of DOMAIN 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class InARow(RowRule):
    """Of the rows whose `of` is at least `least`, in the order of their days, fewer than `at_least`
    together have a `part` that is equal to `of`.

    Told of the last row of each such run, with its length; a row in which either number is missing
    ends none and is in none.
    """

    kind: Literal["in_a_row"] = "in_a_row"
    part: str
    of: str
    least: int
    at_least: PositiveInt
    alone: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "part", "of")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Run by run."""
        rows = [
            row
            for row in self.rows(branch, period)
            if None not in (getattr(row, self.part), getattr(row, self.of))
            and getattr(row, self.of) >= self.least
        ]
        rows.sort(key=lambda row: (getattr(row, self.day), row.id))
        for whole, run in groupby(rows, key=self._is_whole):
            together = list(run)
            if whole and len(together) >= self.at_least:
                last = together[-1]
                yield self.hint(
                    branch,
                    getattr(last, self.day).isoformat(),
                    subject=getattr(last, self.subject),
                    found=len(together),
                    wanted=self.at_least,
                )

    def _is_whole(self, row: object) -> bool:
        return bool(getattr(row, self.part) == getattr(row, self.of))
