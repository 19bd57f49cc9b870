"""One picture, cropped, compressed again or mirrored, serves twice (AF-F1 of DOMAIN 6.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import NONE, Facts, Period, Suspicion
from taizhang.rules.marks import BITS, distance
from taizhang.rules.row_rules import RowRule

BLANK = 6
"""Of a picture of one colour hardly a bit is set, or all: so near to that a mark tells nothing."""
PARTS = tuple((9 * at, 9 if at < 6 else 10) for at in range(7))
"""(from bit, so many bits): of marks that differ in at most six bits, one of the seven parts is the
same.
"""


class NearPicture(RowRule):
    """No two pictures of different records have marks that differ in at most `within` of 64 bits,
    mirrored or not.

    A blank picture has no mark to tell it by. The same file twice is for `no_repeat` to say. The
    later record (by key) is told, with the first of the others and the least difference; across
    branches, where only equal marks are looked for, each of the two.
    """

    kind: Literal["near_picture"] = "near_picture"
    ledger: str = "files"
    subject: str = "source_id"
    within: int = Field(6, ge=0, le=len(PARTS) - 1)
    alone: ClassVar[bool] = False

    def bits_apart(self) -> int:
        """The bits that it allows."""
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
