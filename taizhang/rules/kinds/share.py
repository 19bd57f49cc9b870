"""The share of rows of a kind among all of somebody's rows in a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.rules.base import (
    Cut,
    Facts,
    Period,
    Suspicion,
    Tables,
    Where,
    chosen,
    matches,
)
from taizhang.rules.by_words import ByWords
from taizhang.rules.columns import hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Share(ByWords):
    """Of the rows alike in `by` and of one year, at least `percent` per cent meet `good`; fewer than `least` rows are not judged.

    With `too_good` the other way round: not all of them do.
    """

    kind: Literal["share"] = "share"
    by: str
    good: Where
    percent: int = 100
    least: int = 1
    too_good: bool = False
    subject_of: ClassVar[str] = ""
    alone: ClassVar[bool] = False

    def one_year(self, cut: Cut) -> bool:
        """Rows are counted by years."""
        return self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count all and the good ones."""
        counts: dict[tuple[int, int], list[int]] = {}
        for row in self.rows(branch, period):
            whose = getattr(row, self.by)
            if whose is not None:
                count = counts.setdefault((getattr(row, self.day).year, whose), [0, 0])
                count[0] += 1
                count[1] += matches(row, self.good)
        for (year, whose), (all_rows, good) in counts.items():
            if all_rows >= self.least and self._wrong(good, all_rows):
                yield self.hint(branch, f"{year:04d}", other=whose, found=good, wanted=all_rows)

    def _wrong(self, good: Any, all_rows: Any) -> Any:
        return good == all_rows if self.too_good else good * 100 < all_rows * self.percent

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """The same as two group-bys."""
        rows = self.rows_with(others, tables)
        rows = rows.filter(rows[self.by].notnull())
        all_rows, good = self._counted(rows), self._counted(chosen(rows, self.good))
        keys = ["rule", "branch_id", "label", "whose"]
        both = all_rows.left_join(good, keys).select(*keys, "n", good=good.n.fill_null(0))
        both = both.filter(both.n >= self.least, self._wrong(both.good, both.n))
        return hints(both, window="label", other="whose", found="good", wanted="n")

    def _counted(self, rows: ir.Table) -> ir.Table:
        year = rows[self.day].year().cast("string")
        rows = rows.select("rule", "branch_id", label=year, whose=rows[self.by])
        return rows.group_by(["rule", "branch_id", "label", "whose"]).aggregate(n=rows.count())
