"""Too many times in a row nothing is amiss (AF-P9 of DOMAIN 6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class InARow(RowRule):
    """Of the rows whose `of` is at least `least`, in the order of their days, fewer than `at_least` together have a
    `part` that is equal to `of`.

    Told of the last row of each such run, with its length; a row in which either number is missing ends none and is in none.
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

    def _is_whole(self, row: Any) -> bool:
        return bool(getattr(row, self.part) == getattr(row, self.of))

    def relation(self, tables: Tables) -> ir.Table:
        """The place among all less the place among the whole ones is the same along a run."""
        rows = self.selected(tables)
        rows = rows.filter(
            rows[self.part].notnull(), rows[self.of].notnull(), rows[self.of] >= self.least
        )
        rows = rows.select(
            "branch_id",
            "id",
            on=rows[self.day],
            subject=rows[self.subject],
            whole=(rows[self.part] == rows[self.of]).cast("int64"),
        )
        along = ibis.window(group_by="branch_id", order_by=["on", "id"])
        among = ibis.window(group_by=["branch_id", "whole"], order_by=["on", "id"])
        placed = rows.mutate(at=ibis.row_number().over(along), nth=ibis.row_number().over(among))
        placed = placed.filter(placed.whole == 1)
        placed = placed.mutate(run=placed["at"] - placed.nth)
        runs = placed.group_by(["branch_id", "run"]).aggregate(
            n=placed.count(), nth=placed.nth.max()
        )
        runs = runs.filter(runs.n >= self.at_least)
        last = runs.join(placed.drop("run"), ["branch_id", "nth"])
        return hints(
            last, window=day_label(last.on), subject="subject", found="n", wanted=self.at_least
        )
