"""Two ledgers add up to the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.kernel.calendar import Grain, label_of
from taizhang.rules.base import (
    Cut,
    Facts,
    Look,
    Period,
    Remedy,
    Rule,
    Suspicion,
    Where,
    matches,
)
from taizhang.rules.kinds.tally import Op, holds


class Sum(BaseModel):
    """The sum of one or more columns over the rows of a window, or without columns their number;
    null counts as zero.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    ledger: str
    where: Where = {}
    day: str = "on"
    columns: list[str] = []

    def of(self, row: object) -> int:
        """What a row adds."""
        return sum(getattr(row, c) or 0 for c in self.columns) if self.columns else 1


class Reconcile(Rule):
    """In every window that is over and in which either side has rows, the left sum stands to the
    right as `op` says.
    """

    kind: Literal["reconcile"] = "reconcile"
    usual_remedy: ClassVar[Remedy] = "correct"
    every: Grain
    left: Sum
    right: Sum
    op: Op = "eq"
    of_records: ClassVar[bool] = False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Add up each side by windows."""
        left, right = self._sums(branch, self.left), self._sums(branch, self.right)
        for window in period.due(self.every):
            if not self.runs_on(window.starts_on) or not (
                window.label in left or window.label in right
            ):
                continue
            found, wanted = left.get(window.label, 0), right.get(window.label, 0)
            if not holds(self.op, found, wanted):
                yield self.hint(branch, window.label, found=found, wanted=wanted)

    def _sums(self, branch: Facts, side: Sum) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in branch.rows(side.ledger):
            day = getattr(row, side.day)
            if day is not None and matches(row, side.where):
                label = label_of(self.every, day)
                sums[label] = sums.get(label, 0) + side.of(row)
        return sums

    def one_year(self, cut: Cut) -> bool:
        """Each window is added up by itself."""
        return all(
            side.ledger not in cut or side.day in cut[side.ledger]
            for side in (self.left, self.right)
        )

    def counted(self) -> list[Look]:
        """The left side."""
        return [Look(self.left.ledger, self.left.where)]

    def looks_at(self) -> list[Look]:
        """Both tables."""
        return [Look(side.ledger, side.where) for side in (self.left, self.right)]
