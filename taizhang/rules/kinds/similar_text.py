"""Two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.marks import BANDS, COMPARED_FROM, SLOTS
from taizhang.rules.row_rules import RowRule

LEAST = 60
"""Texts that agree in less are not kept as pairs: no rule may ask for less."""


class SimilarText(RowRule):
    """Two texts of at least `length` characters agree in `at_least` to `below` per cent of the
    slots of their sketches.

    A sketch (see `rules.sketch`) estimates how many of the five-character pieces two texts share;
    it is made once when a text is saved. Pairs are looked for among texts that share a band.
    Records of two branches may share the text of what both say that they held jointly, on the same
    day.
    """

    kind: Literal["similar_text"] = "similar_text"
    ledger: str = "texts"
    subject: str = "source_id"
    at_least: int = Field(ge=LEAST)
    below: int = 101
    length: int = COMPARED_FROM
    alone: ClassVar[bool] = False

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
            yield one, two, _percent(sum(getattr(one, s) == getattr(two, s) for s in SLOT_NAMES))


SLOT_NAMES = [f"s{i}" for i in range(SLOTS)]


def _held_jointly(one: Any, two: Any) -> bool:
    return bool(one.joint == two.joint == 1 and one.on == two.on)


def _id(row: Any) -> int:
    return int(row.source_id)


def _percent(equal: int) -> int:
    return equal * 100 // SLOTS
