"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis
from taizhang.rules.nibbles import differing
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
        """The pairs of texts and what leads to them, made once for all rules."""
        how = "across" if self.across else "within"
        return ("marked", f"bands_{how}", f"candidates_{how}", f"pairs_{how}")


_SLOTS = [f"s{i}" for i in range(SLOTS)]
_BANDS = [f"b{i}" for i in range(BANDS)]
_MARKS = {"m0": _SLOTS[:11], "m1": _SLOTS[11:22], "m2": _SLOTS[22:]}


def _id(row: Any) -> int:
    return int(row.source_id)


def _percent(equal: int) -> int:
    return equal * 100 // SLOTS


_OWN = {"source": "string", "about": "string", "branch_id": "int64", "source_id": "int64"}
_PAIR = {
    "source": "string",
    "branch_id": "int64",
    "one_branch": "int64",
    "one": "int64",
    "two": "int64",
}
PAIRS = _PAIR | {"percent": "int64"}
"""Columns of the tables of pairs."""


def _marked(tables: Tables) -> ir.Table:
    """Each text with four bits of every slot in three numbers: what differs in them differs in the slots."""
    texts = tables["texts"]
    marks = {
        name: reduce(or_, [(texts[slot] & 15) << (4 * at) for at, slot in enumerate(slots)])
        for name, slots in _MARKS.items()
    }
    return texts.select(*_OWN, *_BANDS, **marks)


def _shared(tables: Tables, alike: list[str], counted: str) -> ir.Table:
    """The texts of each band that others share, band by band; `counted` differs among those that share."""
    marked = tables["marked"]
    found = []
    for at, band in enumerate(_BANDS):
        on = [*alike, band]
        counts = marked.group_by(on).aggregate(
            first=marked[counted].min(), last=marked[counted].max()
        )
        shared = marked.semi_join(counts.filter(counts["first"] < counts["last"]), on)
        found.append(shared.select(*_OWN, *_MARKS, band=shared[band] * BANDS + at))
    return ibis.union(*found)


def _candidates_within(tables: Tables) -> ir.Table:
    """Every two texts of a branch and a ledger that share a band, the earlier key first."""
    one = tables["bands_within"]
    two = one.view()
    on = [one.band == two.band, one.branch_id == two.branch_id, one.source == two.source]
    return _candidates(one, two, [*on, one.source_id < two.source_id])


def _candidates_across(tables: Tables) -> ir.Table:
    """Every two texts of one kind in two branches that share a band, once."""
    one = tables["bands_across"]
    two = one.view()
    on = [one.band == two.band, one.source == two.source, one.about == two.about]
    return _candidates(one, two, [*on, one.branch_id < two.branch_id])


def _candidates(one: ir.Table, two: ir.Table, on: list[Any]) -> ir.Table:
    """Of those that share a band only the ones whose marks do not say already that they differ in too much."""
    unlike = reduce(add, [differing(one[mark], two[mark]) for mark in _MARKS])
    both = one.join(two, [*on, (SLOTS - unlike) * 100 >= LEAST * SLOTS]).select(
        source=two.source, branch_id=two.branch_id, one_branch=one.branch_id, one=one.source_id, two=two.source_id
    )  # fmt: skip
    return both.distinct()


def _pairs(tables: Tables, how: str) -> ir.Table:
    """What of the candidates agrees enough for any rule."""
    pairs, texts = tables[f"candidates_{how}"], tables["texts"].select(*_OWN, *_SLOTS)
    first = texts.rename({"one_branch": "branch_id", "one": "source_id"} | _named("x")).drop(
        "about"
    )
    second = texts.rename({"two": "source_id"} | _named("y")).drop("about")
    both = pairs.join(first, ["source", "one_branch", "one"])
    both = both.join(second, ["source", "branch_id", "two"])
    equal: Any = sum((both[f"x{s}"] == both[f"y{s}"]).cast("int64") for s in _SLOTS)
    both = both.select(*_PAIR, percent=(equal * 100 // SLOTS).cast("int64"))
    return both.filter(both.percent >= LEAST)


def _named(mark: str) -> dict[str, str]:
    return {f"{mark}{slot}": slot for slot in _SLOTS}


def _pairs_across(tables: Tables) -> ir.Table:
    """Each pair twice, for each is told of its own."""
    found = _pairs(tables, "across")
    turned = found.select(
        "source",
        "percent",
        branch_id=found.one_branch,
        one_branch=found.branch_id,
        one=found.two,
        two=found.one,
    )
    return found.union(turned.select(*PAIRS))


_BAND = _OWN | dict.fromkeys((*_MARKS, "band"), "int64")
HELPERS: dict[str, tuple[dict[str, str], Callable[[Tables], ir.Table]]] = {
    "marked": (_OWN | dict.fromkeys((*_BANDS, *_MARKS), "int64"), _marked),
    "bands_within": (_BAND, lambda tables: _shared(tables, ["branch_id"], "source_id")),
    "candidates_within": (_PAIR, _candidates_within),
    "pairs_within": (PAIRS, lambda tables: _pairs(tables, "within")),
    "bands_across": (_BAND, lambda tables: _shared(tables, [], "branch_id")),
    "candidates_across": (_PAIR, _candidates_across),
    "pairs_across": (PAIRS, _pairs_across),
}
"""Name → columns, and what it is made of; in the order in which they are made."""
