"""Records whose line in the journal is missing: rows that were put into a ledger behind the program's back."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from taizhang.kernel.actions import journal
from taizhang.ledgers.kinds import KINDS

ONE, MANY, CORRECTED = "ledgers.record", "ledgers.record_many", "ledgers.correct"


def found() -> list[str]:
    """Ledger and number of each, in words."""
    lines = _Lines()
    told = []
    for kind in KINDS.values():
        rows = kind.model._default_manager.order_by("pk").values_list("pk", "recorded_at")
        told += [
            f"{kind.title}#{key}"
            for key, at in rows.iterator(chunk_size=5000)
            if not lines.covers(kind.slug, key, at)
        ]
    return told


class _Lines:
    """What the journal says of entering.

    A record entered by itself is named in its line. An import has one line for each branch, which gives the moment and how many:
    its records bear the same moment, and there are no more of them. A kind with `stored` makes records of other ledgers
    as it is saved (the roster: the stages of membership), at the moment of its own line.
    """

    def __init__(self) -> None:
        self._single: dict[str, set[int]] = defaultdict(set)
        self._imported: Counter[tuple[str, datetime]] = Counter()
        self._along: dict[datetime, set[str]] = defaultdict(set)
        makers = {slug for slug, kind in KINDS.items() if kind.stored}
        for verb, subject, at, detail in journal.subjects(ONE, MANY, CORRECTED):
            slug, _, key = subject.partition(":")
            if verb == ONE:
                self._single[slug].add(int(key))
            elif verb == MANY:
                self._imported[slug, at] += int(detail["n"])
            if slug in makers:
                self._along[at].add(slug)

    def covers(self, slug: str, key: int, at: datetime) -> bool:
        """Whether a record has its line; each is to be asked about once."""
        if key in self._single[slug]:
            return True
        if self._imported[slug, at] > 0:
            self._imported[slug, at] -= 1
            return True
        return bool(self._along.get(at, set()) - {slug})
