"""One picture, cut, pressed anew or mirrored, serves twice (AF-F1 of DOMAIN 6.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import product
from operator import add
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import NONE, Facts, Period, Suspicion, Tables
from taizhang.rules.by_words import ByWords
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

BITS = 64
_ONES = 0x1111_1111_1111_1111
BLANK = 6
"""Of a picture of one colour hardly a bit is set, or all: so near to that a mark tells nothing."""
PARTS = tuple((9 * at, 9 if at < 6 else 10) for at in range(7))
"""(from bit, so many bits): of marks that differ in at most six bits, one of the seven parts is the same."""


class NearPicture(ByWords):
    """No two pictures of different records have marks that differ in at most `within` of 64 bits, mirrored or not.

    A blank picture has no mark to tell it by. The same file twice is for `no_repeat`
    to say. The later record (by key) is told, with the first of the others and the least difference; across
    branches, where only equal marks are looked for, each of the two.
    """

    kind: Literal["near_picture"] = "near_picture"
    ledger: str = "files"
    subject: str = "source_id"
    within: int = Field(6, ge=0, le=len(PARTS) - 1)
    alone: ClassVar[bool] = False

    def bits_apart(self) -> int:
        """As it says."""
        return self.within

    def meets_by(self) -> tuple[str, ...]:
        """Both marks, where only equal ones are looked for."""
        return ("mark", "mark_mirrored") if self.within == 0 else ()

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare each picture with those of earlier records."""
        if not self.across:
            yield from self._told(list(self.rows(branch, period)))

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """The same for pictures of two branches."""
        yield from self._told(list(self.rows(everybody, period)))

    def _told(self, rows: list[Any]) -> Iterator[Suspicion]:
        """By the parts of the marks, for a branch may have thousands of pictures."""
        by_part: dict[tuple[int, int], list[tuple[Any, int]]] = defaultdict(list)
        for row in rows:
            for mark in self._seen(row):
                for part in self._parts(mark):
                    by_part[part].append((row, mark))
        found: dict[tuple[int, int, Any], list[tuple[int, int]]] = {}
        for near in by_part.values():
            for (own, mark), (other, their) in product(near, near):
                far = distance(mark, their)
                if far <= self.within and self._apart(own, other):
                    at = (own.branch_id, own.source_id, own.on)
                    found.setdefault(at, []).append((other.source_id, far))
        for (branch, record, day), others in found.items():
            first, least = min(other for other, _ in others), min(far for _, far in others)
            yield Suspicion(self.id, branch, day.isoformat(), record, first, least, NONE)

    def _parts(self, mark: int) -> list[tuple[int, int]]:
        if self.within == 0:
            return [(0, mark)]
        return [(low, (mark >> low) & ((1 << n) - 1)) for low, n in PARTS]

    def _apart(self, own: Any, other: Any) -> bool:
        if self.across:
            return bool(own.branch_id != other.branch_id)
        earlier = own.branch_id == other.branch_id and other.source_id < own.source_id
        return bool(earlier and other.sha256 != own.sha256)

    def _seen(self, row: Any) -> list[int]:
        """The marks of a picture as it is and mirrored, without those that tell nothing."""
        marks = (mark for mark in (row.mark, row.mark_mirrored) if mark is not None)
        return [mark for mark in marks if BLANK < distance(mark, 0) < BITS - BLANK]

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """A join on the parts of the marks, then the bits that differ."""
        rows = self.rows_with(others, tables)
        seen = rows.select(
            "rule",
            "branch_id",
            "sha256",
            record=rows.source_id,
            day=rows[self.day],
            seen=ibis.array([rows.mark, rows.mark_mirrored]).unnest(),
        )
        lit = bits(seen.seen)
        own = self._parted(seen.filter(lit.between(BLANK + 1, BITS - BLANK - 1)))
        two = own.select(
            "rule", "part", o_branch="branch_id", o_record="record", o_sha256="sha256", o_seen="seen"
        )  # fmt: skip
        both = own.join(two, ["rule", "part"])
        if self.across:
            both = both.filter(both.branch_id != both.o_branch)
        else:
            both = both.filter(both.branch_id == both.o_branch, both.o_record < both.record)
            both = both.filter(both.sha256 != both.o_sha256)
        both = both.mutate(far=bits(both.seen ^ both.o_seen))
        both = both.filter(both.far <= self.within)
        first = both.group_by(["rule", "branch_id", "record", "day"]).aggregate(
            other=both.o_record.min(), found=both.far.min()
        )
        return hints(
            first, window=day_label(first.day), subject="record", other="other", found="found"
        )

    def _parted(self, rows: ir.Table) -> ir.Table:
        """Each row once for every part of its mark; as a whole where only equal marks are looked for."""
        mark = rows.seen
        if self.within == 0:
            return rows.mutate(part=mark)
        parts = [
            ((mark >> low) & ((1 << n) - 1)) * len(PARTS) + at for at, (low, n) in enumerate(PARTS)
        ]
        return rows.mutate(part=ibis.array(parts).unnest())


def distance(one: int, two: int) -> int:
    """In how many of their 64 bits two marks differ."""
    return ((one ^ two) & ((1 << BITS) - 1)).bit_count()


def bits(mark: Any) -> Any:
    """How many bits of a column of signed numbers are set: in base sixteen three digits of at most four at a time."""
    digits = reduce(add, [(mark >> at) & _ONES for at in range(4)])
    return reduce(add, [((digits >> low) & 0xFFF) % 15 for low in range(0, BITS, 12)])
