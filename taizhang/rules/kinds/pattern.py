"""Too many rows that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import NONE, Cut, Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import hints
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Pattern(RowRule):
    """Rows alike in the columns of `by`, of one year (with `ever`: of all years), are fewer than `at_least`."""

    kind: Literal["pattern"] = "pattern"
    by: list[str]
    at_least: PositiveInt
    ever: bool = False
    other: str = ""
    """The column of `by` that the suspicion names."""
    subject_of: ClassVar[str] = ""
    alone: ClassVar[bool] = False

    def one_year(self, cut: Cut) -> bool:
        """Rows are counted by years, unless of all years together."""
        return not self.ever and self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count what is alike."""
        counts: dict[tuple[object, ...], int] = {}
        for row in self.rows(branch, period):
            label = "" if self.ever else f"{getattr(row, self.day).year:04d}"
            at = (label, *(getattr(row, column) for column in self.by))
            if None not in at:
                counts[at] = counts.get(at, 0) + 1
        for (year, *values), found in counts.items():
            if found >= self.at_least:
                named = dict(zip(self.by, values, strict=True)).get(self.other, NONE)
                other = named if isinstance(named, int) else NONE
                yield self.hint(branch, str(year), other=other, found=found, wanted=self.at_least)

    def relation(self, tables: Tables) -> ir.Table:
        """The same as a group-by; two groups that look alike in a suspicion stay two rows."""
        rows = self.selected(tables)
        for column in self.by:
            rows = rows.filter(rows[column].notnull())
        year = ibis.literal("") if self.ever else rows[self.day].year().cast("string")
        keys = {f"k{i}": rows[column] for i, column in enumerate(self.by)}
        rows = rows.select("branch_id", label=year, **keys)
        counts = rows.group_by(["branch_id", "label", *keys]).aggregate(n=rows.count())
        counts = counts.filter(counts.n >= self.at_least)
        other = f"k{self.by.index(self.other)}" if self.other else NONE
        return hints(counts, window="label", other=other, found="n", wanted=self.at_least)
