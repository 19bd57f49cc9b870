"""Pairs of texts that are nearly the same, found once for all rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.bits import slots_apart
from taizhang.rules.columnar.run import PASSING
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.kinds.similar_text import LEAST, SLOT_NAMES
from taizhang.rules.marks import BANDS, SLOTS

_MARKS = ("like_low", "like_high")


_OWN = {"source": "string", "about": "string", "branch_id": "int64", "source_id": "int64"}


_PAIR = {
    "source": "string",
    "branch_id": "int64",
    "one_branch": "int64",
    "one": "int64",
    "two": "int64",
}


SAID = {"about": "string", "on": "date", "joint": "int64", "length": "int64"}


PAIRS = (
    _PAIR | SAID | {f"one_{column}": kind for column, kind in SAID.items()} | {"percent": "int64"}
)
"""Columns of the tables of pairs: what a rule asks of the later text has the names it has in
`texts`.
"""


def _shared(tables: Tables, at: int, alike: list[str], counted: str) -> ir.Table:
    """The texts of which others have the same band of this place; `counted` differs among those
    that share one.

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
    """Of those that share a band only the ones whose marks do not say already that they differ in
    too much.
    """
    unlike = reduce(add, [slots_apart(both[mark], both[f"o_{mark}"]) for mark in _MARKS])
    both = both.filter((SLOTS - unlike) * 100 >= LEAST * SLOTS)
    return both.select(
        source=both.source,
        branch_id=both.o_branch_id,
        one_branch=both.branch_id,
        one=both.source_id,
        two=both.o_source_id,
    )


def _pairs(tables: Tables, how: str) -> ir.Table:
    """What of the candidates agrees enough for any rule."""
    found = [
        tables[name].select(*_PAIR) for name in [f"candidates_{how}_{at}" for at in range(BANDS)]
    ]
    pairs, texts = ibis.union(*found, distinct=True), tables["texts"]
    texts = texts.select("source", "branch_id", "source_id", *SAID, *SLOT_NAMES)
    names = {"one_branch": "branch_id", "one": "source_id"}
    first = texts.rename(names | {f"one_{column}": column for column in SAID} | _named("x"))
    second = texts.rename({"two": "source_id"} | _named("y"))
    both = pairs.join(first, ["source", "one_branch", "one"])
    both = both.join(second, ["source", "branch_id", "two"])
    equal: Any = sum((both[f"x{s}"] == both[f"y{s}"]).cast("int64") for s in SLOT_NAMES)
    both = both.mutate(percent=(equal * 100 // SLOTS).cast("int64"))
    return both.select(*PAIRS).filter(both.percent >= LEAST)


def _named(mark: str) -> dict[str, str]:
    return {f"{mark}{slot}": slot for slot in SLOT_NAMES}


def _pairs_across(tables: Tables) -> ir.Table:
    """Each pair twice, for each is told of its own."""
    found = _pairs(tables, "across")
    names = {"branch_id": "one_branch", "two": "one"} | {column: f"one_{column}" for column in SAID}
    turned = found.rename(names | {old: new for new, old in names.items()})
    return found.union(turned.select(*PAIRS))


Made = tuple[dict[str, str], Callable[[Tables], Any]]


def _band_by_band(how: str) -> dict[str, Made]:
    """What shares a band, and of it what may agree; so that no more lies in memory than what shares
    one band.
    """
    alike, counted = (["branch_id"], "source_id") if how == "within" else ([], "branch_id")
    candidates = _candidates_within if how == "within" else _candidates_across
    found: dict[str, Made] = {}
    for at in range(BANDS):
        shared = partial(_shared, at=at, alike=alike, counted=counted)
        found[f"{PASSING}{how}_{at}"] = (_BAND, shared)
        found[f"candidates_{how}_{at}"] = (_PAIR, partial(candidates, at=at))
    return found


_BAND = _OWN | dict.fromkeys((*_MARKS, "band"), "int64")


MADE: dict[str, Made] = {
    **_band_by_band("within"),
    "pairs_within": (PAIRS, lambda tables: _pairs(tables, "within")),
    **_band_by_band("across"),
    "pairs_across": (PAIRS, _pairs_across),
}
"""Name → columns, and what it is made of; in the order in which they are made."""
