"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis
from taizhang.rules.slots import BANDS, SLOTS

if TYPE_CHECKING:
    import ibis.expr.types as ir


class SimilarText(RowRule):
    """Two texts of at least `length` characters agree in `at_least` to `below` per cent of the slots of their sketches.

    A sketch (see `rules.sketch`) estimates how many of the five-character pieces two texts share; it is made once
    when a text is saved. Pairs are looked for among texts that share a band.
    """

    kind: Literal["similar_text"] = "similar_text"
    ledger: str = "texts"
    subject: str = "source_id"
    at_least: int
    below: int = 101
    length: int = 150

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the texts that share a band."""
        bands: dict[tuple[int, int], list[Any]] = {}
        pairs = set()
        for row in self.rows(branch, period):
            if row.length < self.length:
                continue
            for i in range(BANDS):
                shared = bands.setdefault((i, getattr(row, f"b{i}")), [])
                pairs |= {(min(row, o, key=_id), max(row, o, key=_id)) for o in shared}
                shared.append(row)
        for one, two in pairs:
            percent = _percent(sum(getattr(one, s) == getattr(two, s) for s in _SLOTS))
            if self.at_least <= percent < self.below:
                yield self.hint(
                    branch,
                    getattr(two, self.day).isoformat(),
                    subject=two.source_id,
                    other=one.source_id,
                    found=percent,
                    wanted=self.at_least,
                )

    def relation(self, tables: Tables) -> ir.Table:
        """A self-join for each band, then the slots that agree."""
        rows = self.selected(tables)
        rows = rows.filter(rows.length >= self.length)
        bands = [f"b{i}" for i in range(BANDS)]
        rows = rows.select("branch_id", "source_id", *_SLOTS, *bands, day=rows[self.day])
        two = rows.view()
        parts = [
            rows.join(
                two,
                [
                    rows.branch_id == two.branch_id,
                    rows[f"b{i}"] == two[f"b{i}"],
                    rows.source_id < two.source_id,
                ],
            ).select(branch_id=rows.branch_id, one=rows.source_id, two=two.source_id)
            for i in range(BANDS)
        ]
        pairs = ibis.union(*parts, distinct=True)
        first = rows.select("branch_id", one="source_id", **{f"x{s}": rows[s] for s in _SLOTS})
        second = rows.select("branch_id", "day", *_SLOTS, two="source_id")
        both = pairs.join(first, ["branch_id", "one"]).join(second, ["branch_id", "two"])
        equal: Any = sum((both[s] == both[f"x{s}"]).cast("int64") for s in _SLOTS)
        both = both.mutate(percent=equal * 100 // SLOTS)
        both = both.filter(both.percent >= self.at_least, both.percent < self.below)
        return hints(
            both,
            window=day_label(both.day),
            subject="two",
            other="one",
            found="percent",
            wanted=self.at_least,
        )


_SLOTS = [f"s{i}" for i in range(SLOTS)]


def _id(row: Any) -> int:
    return int(row.source_id)


def _percent(equal: int) -> int:
    return equal * 100 // SLOTS
