"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

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
    alone: ClassVar[bool] = False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the texts that share a band."""
        for one, two, percent in [] if self.across else self._alike(branch, period):
            yield self._told(two, one, percent)

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """The same for texts of one kind in two branches; each branch is told of its own."""
        for one, two, percent in self._alike(everybody, period):
            if one.branch_id != two.branch_id and one.about == two.about:
                yield self._told(two, one, percent)
                yield self._told(one, two, percent)

    def _told(self, own: Any, other: Any, percent: int) -> Suspicion:
        return Suspicion(
            self.id,
            own.branch_id,
            getattr(own, self.day).isoformat(),
            subject=own.source_id,
            other=other.source_id,
            found=percent,
            wanted=self.at_least,
        )

    def _alike(self, facts: Facts, period: Period) -> Iterator[tuple[Any, Any, int]]:
        """(earlier, later, per cent) of every two texts that agree enough."""
        bands: dict[tuple[int, int], list[Any]] = {}
        pairs: dict[tuple[int, int], tuple[Any, Any]] = {}
        for row in self.rows(facts, period):
            if row.length < self.length:
                continue
            for i in range(BANDS):
                shared = bands.setdefault((i, getattr(row, f"b{i}")), [])
                for other in shared:
                    one, two = sorted((row, other), key=_id)
                    pairs[one.source_id, two.source_id] = (one, two)
                shared.append(row)
        for one, two in pairs.values():
            percent = _percent(sum(getattr(one, s) == getattr(two, s) for s in _SLOTS))
            if self.at_least <= percent < self.below:
                yield one, two, percent

    def relation(self, tables: Tables) -> ir.Table:
        """A self-join for each band, then the slots that agree."""
        rows = self.selected(tables)
        rows = rows.filter(rows.length >= self.length)
        bands = [f"b{i}" for i in range(BANDS)]
        rows = rows.select("branch_id", "about", "source_id", *_SLOTS, *bands, day=rows[self.day])
        two = rows.view()
        parts = [
            rows.join(
                two,
                [rows[f"b{i}"] == two[f"b{i}"], *self._pairing(rows, two)],
            ).select(
                branch_id=two.branch_id,
                one_branch=rows.branch_id,
                one=rows.source_id,
                two=two.source_id,
            )
            for i in range(BANDS)
        ]
        pairs = ibis.union(*parts, distinct=True)
        first = rows.select(
            one_branch="branch_id", one="source_id", **{f"x{s}": rows[s] for s in _SLOTS}
        )
        second = rows.select("branch_id", "day", *_SLOTS, two="source_id")
        both = pairs.join(first, ["one_branch", "one"]).join(second, ["branch_id", "two"])
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

    def _pairing(self, rows: ir.Table, two: ir.Table) -> list[Any]:
        """Which two texts are compared; across branches each pair is told to both."""
        if self.across:
            return [rows.branch_id != two.branch_id, rows.about == two.about]
        return [rows.branch_id == two.branch_id, rows.source_id < two.source_id]


_SLOTS = [f"s{i}" for i in range(SLOTS)]


def _id(row: Any) -> int:
    return int(row.source_id)


def _percent(equal: int) -> int:
    return equal * 100 // SLOTS
