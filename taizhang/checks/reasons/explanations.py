"""What branches say of suspicions: found by what a suspicion says, as dismissals are, so that a
check leaves them standing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from taizhang.checks.dismissals import key
from taizhang.checks.models import BranchExplanation
from taizhang.kernel.db.questions import Question
from taizhang.rules.base import Suspicion


@dataclass(frozen=True)
class Explained:
    """What a branch says of a suspicion now."""

    text: str
    by: str
    at: datetime
    before: tuple[str, ...] = ()
    """Its earlier wordings, the latest first."""


def of_branches(branches: Iterable[int]) -> dict[Suspicion, Explained]:
    """What these branches say: suspicion as it is kept → the wording that holds."""
    keys = list(branches)
    wordings: dict[Suspicion, list[BranchExplanation]] = {}
    for row in _OF_ONE(*keys) if len(keys) == 1 else _rows(*keys):
        wordings.setdefault(row.as_suspicion(), []).append(row)
    return {
        suspicion: Explained(rows[0].text, rows[0].by.name, rows[0].at, tuple(map(str, rows[1:])))
        for suspicion, rows in wordings.items()
        if rows[0].ended_at is None
    }


def _rows(*branches: int) -> QuerySet[BranchExplanation]:
    found = BranchExplanation.objects.filter(branch__in=branches)
    return found.select_related("by").order_by("-pk")


_OF_ONE: Question[BranchExplanation] = Question(_rows)


def told_whole(suspicion: Suspicion) -> str:
    """All that a suspicion says, as one text, whichever engine found it."""
    kept = key(suspicion)
    return "\x1f".join(map(str, (*kept[:-1], int(kept.certain))))


def mark_of(suspicion: Suspicion) -> str:
    """A few characters that stand for all that a suspicion says; two of one branch have the same by
    no likely chance.
    """
    return hashlib.sha256(told_whole(suspicion).encode()).hexdigest()[:10]


def told(explained: Sequence[Explained | None]) -> list[tuple[Explained, int]]:
    """The wordings that hold of some suspicions, each once, with of how many."""
    found: dict[Explained, int] = {}
    for one in explained:
        if one is not None:
            found[one] = found.get(one, 0) + 1
    return list(found.items())
