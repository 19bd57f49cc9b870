"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis
from taizhang.rules.slots import BANDS, SLOTS

if TYPE_CHECKING:
    import ibis.expr.types as ir


LEAST = 60
"""Texts that agree in less are not kept as pairs: no rule may ask for less."""


class SimilarText(RowRule):
    """Two texts of at least `length` characters agree in `at_least` to `below` per cent of the slots of their sketches.

    A sketch (see `rules.sketch`) estimates how many of the five-character pieces two texts share; it is made once
    when a text is saved. Pairs are looked for among texts that share a band.
    """

    kind: Literal["similar_text"] = "similar_text"
    ledger: str = "texts"
    subject: str = "source_id"
    at_least: int = Field(ge=LEAST)
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
        where = tuple((column, str(wanted)) for column, wanted in self.where.items())
        asked = ("pairs", self.ledger, where, self.day, self.from_, self.until, period, self.length)
        if asked not in facts.memo:
            facts.memo[asked] = list(self._sharing(facts, period))
        for one, two, percent in facts.memo[asked]:
            if self.at_least <= percent < self.below:
                yield one, two, percent

    def _sharing(self, facts: Facts, period: Period) -> Iterator[tuple[Any, Any, int]]:
        """The same of all that share a band, found once for all bounds that are asked about."""
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
            yield one, two, _percent(sum(getattr(one, s) == getattr(two, s) for s in _SLOTS))

    def relation(self, tables: Tables) -> ir.Table:
        """Both texts of each pair among the rows that are asked of."""
        rows = self.selected(tables)
        rows = rows.filter(rows.length >= self.length)
        first = rows.select("source", one_branch="branch_id", one="source_id")
        second = rows.select("source", "branch_id", day=rows[self.day], two="source_id")
        pairs = tables[self.helpers()[-1]]
        pairs = pairs.filter(pairs.percent >= self.at_least, pairs.percent < self.below)
        both = pairs.join(first, ["source", "one_branch", "one"])
        both = both.join(second, ["source", "branch_id", "two"])
        return hints(
            both,
            window=day_label(both.day),
            subject="two",
            other="one",
            found="percent",
            wanted=self.at_least,
        )

    def helpers(self) -> tuple[str, ...]:
        """The pairs of texts, made once for all rules."""
        return ("pairs_across",) if self.across else ("pairs_within",)


_SLOTS = [f"s{i}" for i in range(SLOTS)]


def _id(row: Any) -> int:
    return int(row.source_id)


def _percent(equal: int) -> int:
    return equal * 100 // SLOTS


PAIRS = {
    "source": "string", "branch_id": "int64", "one_branch": "int64", "one": "int64", "two": "int64", "percent": "int64",
}  # fmt: skip
"""Columns of the tables of pairs."""


def _pairs(tables: Tables, pairing: Callable[[ir.Table, ir.Table], list[Any]]) -> ir.Table:
    """A self-join of the texts of each ledger for each band; what agrees too little for any rule is dropped at once."""
    bands = [f"b{i}" for i in range(BANDS)]
    rows = tables["texts"].select("source", "branch_id", "about", "source_id", *_SLOTS, *bands)
    two = rows.view()
    equal: Any = sum((rows[s] == two[s]).cast("int64") for s in _SLOTS)
    percent = (equal * 100 // SLOTS).cast("int64")
    parts = []
    for band in bands:
        on = [rows[band] == two[band], rows.source == two.source, *pairing(rows, two)]
        both = rows.join(two, on).select(
            source=two.source,
            branch_id=two.branch_id,
            one_branch=rows.branch_id,
            one=rows.source_id,
            two=two.source_id,
            percent=percent,
        )
        parts.append(both.filter(both.percent >= LEAST))
    return ibis.union(*parts, distinct=True)


def _within(tables: Tables) -> ir.Table:
    """Every two texts of a branch and a ledger, the earlier key first."""
    return _pairs(
        tables, lambda one, two: [one.branch_id == two.branch_id, one.source_id < two.source_id]
    )


def _across(tables: Tables) -> ir.Table:
    """Every two texts of one kind in two branches; each pair twice, for each is told of its own."""
    return _pairs(tables, lambda one, two: [one.branch_id != two.branch_id, one.about == two.about])


HELPERS: dict[str, tuple[dict[str, str], Callable[[Tables], ir.Table]]] = {
    "pairs_within": (PAIRS, _within),
    "pairs_across": (PAIRS, _across),
}
"""Name → columns, and what it is made of."""
