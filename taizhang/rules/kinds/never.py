"""Rows like these must not be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class Never(RowRule):
    """No row meets the conditions; rows of one record are told together, with their number."""

    kind: Literal["never"] = "never"

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the rows of each record."""
        counts: dict[tuple[int, str], int] = {}
        for row in self.rows(branch, period):
            at = (getattr(row, self.subject), getattr(row, self.day).isoformat())
            counts[at] = counts.get(at, 0) + 1
        for (subject, day), found in counts.items():
            yield self.hint(branch, day, subject=subject, found=found, wanted=0)
