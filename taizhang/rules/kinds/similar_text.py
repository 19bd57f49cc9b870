"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import Facts, Period, Suspicion, Tables
from taizhang.rules.by_words import ByWords, plainly
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis
from taizhang.rules.nibbles import differing
from taizhang.rules.slots import BANDS, COMPARED_FROM, SLOTS

if TYPE_CHECKING:
    import ibis.expr.types as ir


LEAST = 60
"""Texts that agree in less are not kept as pairs: no rule may ask for less."""


class SimilarText(ByWords):
    """Two texts of at least `length` characters agree in `at_least` to `below` per cent of the slots of their sketches.

    A sketch (see `rules.sketch`) estimates how many of the five-character pieces two texts share; it is made once
    when a text is saved. Pairs are looked for among texts that share a band. Records of two branches may share the
    text of what both say that they held jointly, on the same day.
    """

    kind: Literal["similar_text"] = "similar_text"
    ledger: str = "texts"
    subject: str = "source_id"
    at_least: int = Field(ge=LEAST)
    below: int = 101
    length: int = COMPARED_FROM
    alone: ClassVar[bool] = False
    differ_in: ClassVar[tuple[str, ...]] = ("at_least", "below")

    def meets_by(self) -> tuple[str, ...]:
        """The bands."""
        return tuple(f"b{i}" for i in range(BANDS))

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the texts that share a band."""
        for one, two, percent in [] if self.across else self._alike(branch, period):
            yield self._told(two, one, percent)

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """The same for texts of one kind in two branches; each branch is told of its own."""
        for one, two, percent in self._alike(everybody, period):
            if (
                one.branch_id != two.branch_id
                and one.about == two.about
                and not _held_jointly(one, two)
            ):
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

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """The pairs of which both texts are among the rows that are asked of."""
        pairs = tables[self.helpers()[-1]]
        later = self.rows_with(others, {**tables, self.ledger: pairs})
        later = later.filter(later.percent >= later.at_least, later.percent < later.below)
        later = later.filter(later.length >= self.length).mutate(day=self.day)
        if self.across:
            joint = (later.joint == 1) & (later.one_joint == 1) & (later["on"] == later.one_on)
            later = later.filter(~ibis.coalesce(joint, ibis.literal(value=False)))
        first = later.mutate(**{column: later[f"one_{column}"] for column in _SAID})
        plain, rest = plainly(self.where)
        both = self.model_copy(update={"where": rest}).selected({**tables, self.ledger: first})
        both = both.filter(
            both.length >= self.length, *[both[c] == both[f"own_{c}"] for c in plain]
        )
        return hints(
            both,
            window=day_label(both.day),
            subject="two",
            other="one",
            found="percent",
            wanted="at_least",
        )

    def helpers(self) -> tuple[str, ...]:
        """The pairs of texts and what leads to them, made once for all rules."""
        how = "across" if self.across else "within"
        return tuple(name for name in HELPERS if name.split("_")[1] == how)


_SLOTS = [f"s{i}" for i in range(SLOTS)]
_MARKS = ("like_low", "like_high")


def _held_jointly(one: Any, two: Any) -> bool:
    return bool(one.joint == two.joint == 1 and one.on == two.on)


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
_SAID = {"about": "string", "on": "date", "joint": "int64", "length": "int64"}
PAIRS = (
    _PAIR | _SAID | {f"one_{column}": kind for column, kind in _SAID.items()} | {"percent": "int64"}
)
"""Columns of the tables of pairs: what a rule asks of the later text has the names it has in `texts`."""


def _shared(tables: Tables, at: int, alike: list[str], counted: str) -> ir.Table:
    """The texts of which others have the same band of this place; `counted` differs among those that share one.

    Four bits of every slot go along in two numbers: what differs in them differs in the slots.
    """
    texts, band = tables["texts"], f"b{at}"
    on = [*alike, band]
    counts = texts.group_by(on).aggregate(first=texts[counted].min(), last=texts[counted].max())
    shared = texts.semi_join(counts.filter(counts["first"] < counts["last"]), on)
    return shared.select(*_OWN, *_MARKS, band=shared[band])


def _candidates_within(tables: Tables, at: int) -> ir.Table:
    """Every two texts of a branch and a ledger that share a band, the earlier key first."""
    both = _joined(tables[f"bands_within_{at}"], "branch_id", "source")
    return _candidates(both.filter(both.source_id < both.o_source_id))


def _candidates_across(tables: Tables, at: int) -> ir.Table:
    """Every two texts of one kind in two branches that share a band, once."""
    both = _joined(tables[f"bands_across_{at}"], "source", "about")
    return _candidates(both.filter(both.branch_id < both.o_branch_id))


def _joined(one: ir.Table, *alike: str) -> ir.Table:
    """Every two that share the band and agree in some columns; the second bears other names."""
    two = one.select(**{f"o_{column}": one[column] for column in one.columns})
    return one.join(two, [one[column] == two[f"o_{column}"] for column in ("band", *alike)])


def _candidates(both: ir.Table) -> ir.Table:
    """Of those that share a band only the ones whose marks do not say already that they differ in too much."""
    unlike = reduce(add, [differing(both[mark], both[f"o_{mark}"]) for mark in _MARKS])
    both = both.filter((SLOTS - unlike) * 100 >= LEAST * SLOTS)
    return both.select(
        source=both.source, branch_id=both.o_branch_id, one_branch=both.branch_id, one=both.source_id, two=both.o_source_id
    )  # fmt: skip


def _pairs(tables: Tables, how: str) -> ir.Table:
    """What of the candidates agrees enough for any rule."""
    found = [
        tables[name].select(*_PAIR) for name in [f"candidates_{how}_{at}" for at in range(BANDS)]
    ]
    pairs, texts = ibis.union(*found, distinct=True), tables["texts"]
    texts = texts.select("source", "branch_id", "source_id", *_SAID, *_SLOTS)
    names = {"one_branch": "branch_id", "one": "source_id"}
    first = texts.rename(names | {f"one_{column}": column for column in _SAID} | _named("x"))
    second = texts.rename({"two": "source_id"} | _named("y"))
    both = pairs.join(first, ["source", "one_branch", "one"])
    both = both.join(second, ["source", "branch_id", "two"])
    equal: Any = sum((both[f"x{s}"] == both[f"y{s}"]).cast("int64") for s in _SLOTS)
    both = both.mutate(percent=(equal * 100 // SLOTS).cast("int64"))
    return both.select(*PAIRS).filter(both.percent >= LEAST)


def _named(mark: str) -> dict[str, str]:
    return {f"{mark}{slot}": slot for slot in _SLOTS}


def _pairs_across(tables: Tables) -> ir.Table:
    """Each pair twice, for each is told of its own."""
    found = _pairs(tables, "across")
    names = {"branch_id": "one_branch", "two": "one"} | {
        column: f"one_{column}" for column in _SAID
    }
    turned = found.rename(names | {old: new for new, old in names.items()})
    return found.union(turned.select(*PAIRS))


Made = tuple[dict[str, str], Callable[[Tables], Any]]


def _band_by_band(how: str) -> dict[str, Made]:
    """What shares a band, and of it what may agree; so that no more lies in memory than what shares one band."""
    alike, counted = (["branch_id"], "source_id") if how == "within" else ([], "branch_id")
    candidates = _candidates_within if how == "within" else _candidates_across
    found: dict[str, Made] = {}
    for at in range(BANDS):
        shared = partial(_shared, at=at, alike=alike, counted=counted)
        found[f"bands_{how}_{at}"] = (_BAND, shared)
        found[f"candidates_{how}_{at}"] = (_PAIR, partial(candidates, at=at))
    return found


_BAND = _OWN | dict.fromkeys((*_MARKS, "band"), "int64")
HELPERS: dict[str, Made] = {
    **_band_by_band("within"),
    "pairs_within": (PAIRS, lambda tables: _pairs(tables, "within")),
    **_band_by_band("across"),
    "pairs_across": (PAIRS, _pairs_across),
}
"""Name → columns, and what it is made of; in the order in which they are made."""
PASSING = "bands_"
"""Tables whose names begin so are not needed when the next is made."""
