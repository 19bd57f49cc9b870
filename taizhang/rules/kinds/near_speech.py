"""What one person said is nearly what another said, or what he said before (AF-T3 of
DOMAIN 6.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, ClassVar, Literal

from pydantic import Field

from taizhang.rules.base import NONE, Compared, Facts, Period, Suspicion
from taizhang.rules.marks import SLOTS, slots_apart
from taizhang.rules.row_rules import RowRule

HALVES = ("like_low", "like_high")
MOST = 4
"""So many of the 32 slots may differ at most: of five parts, one is then the same."""
PART, QUARTER = (1 << 24) - 1, (1 << 32) - 1
"""Three parts of the low half, and two of the high one."""


class NearSpeech(RowRule):
    """No two speeches, one `in_one` meeting by two speakers or of one speaker in two meetings,
    agree in `at_least` per cent.

    Their marks (`rules.sketch.nibbles`) hold four bits of each of 32 slots; short speeches have
    none. Told of the later meeting (by key) with the first of the others, and the greatest
    likeness.
    """

    kind: Literal["near_speech"] = "near_speech"
    ledger: str = "speeches"
    subject: str = "meeting_id"
    in_one: bool = False
    at_least: int = Field(ge=(SLOTS - MOST - 1) * 100 // SLOTS + 1, le=100)
    alone: ClassVar[bool] = False
    compares: ClassVar[Compared] = "speeches"

    def by_record(self) -> Mapping[str, str]:
        """Speeches of one meeting lie in one record."""
        return {self.ledger: self.subject} if self.in_one else {}

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare each speech with those that have a part of its mark."""
        found: dict[tuple[int, Any], list[tuple[int, int]]] = defaultdict(list)
        for near in self._sharing(branch, period):
            for one, two in combinations(near, 2):
                earlier, later = sorted((one, two), key=lambda row: int(row.meeting_id))
                percent = likeness(one, two)
                if percent >= self.at_least and self._apart(one, two):
                    found[later.meeting_id, later.on].append((earlier.meeting_id, percent))
        for (meeting, day), others in found.items():
            yield self.hint(
                branch,
                day.isoformat(),
                subject=meeting,
                other=NONE if self.in_one else min(other for other, _ in others),
                found=max(percent for _, percent in others),
                wanted=self.at_least,
            )

    def _sharing(self, branch: Facts, period: Period) -> Iterator[list[Any]]:
        """The speeches, of a meeting or of a speaker, that share a part of the mark."""
        parts: list[dict[Any, list[Any]]] = [{} for _ in range(5)]
        for row in self.rows(branch, period):
            low, high = row.like_low, row.like_high
            if low is None or high is None or not row.name:
                continue
            whose = row.meeting_id if self.in_one else row.name
            marks = (low & PART, (low >> 24) & PART, low >> 48, high & QUARTER, high >> 32)
            for held, mark in zip(parts, marks, strict=True):
                held.setdefault((whose, mark), []).append(row)
        for held in parts:
            yield from (near for near in held.values() if len(near) > 1)

    def _apart(self, one: Any, two: Any) -> bool:
        return bool(one.name != two.name if self.in_one else one.meeting_id != two.meeting_id)


def likeness(one: object, two: object) -> int:
    """In how many per cent of their slots two marks agree."""
    unlike = sum(slots_apart(getattr(one, half), getattr(two, half)) for half in HALVES)
    return (SLOTS - unlike) * 100 // SLOTS
