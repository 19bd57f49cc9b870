"""Rows of the ledgers held against the journal: which were changed, removed or added behind the
program's back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from taizhang.kernel.actions import journal, row_hashes
from taizhang.kernel.actions.row_hashes import Table
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records.derived.row_hashes import PERSONS, VERSIONS, tables

ONE, MANY, CORRECTED = "ledgers.record", "ledgers.record_many", "ledgers.correct"
ALL_HASHED = "ledgers.hash_records"
_VERBS = (
    ONE, MANY, CORRECTED, ALL_HASHED,
    "ledgers.withdraw", "ledgers.put_back", "ledgers.confirm_declaration", "ledgers.carry_out_disposal",
)  # fmt: skip


@dataclass
class Compared:
    """What does not agree, in words, and how many rows are from before hashes were kept."""

    wrong: list[str] = field(default_factory=list)
    before: int = 0


class _Hash(NamedTuple):
    seq: int
    algorithm: str
    hash: str


def compare() -> Compared:
    """Every row against the last line that has its hash; a row without one against the lines that
    have none.
    """
    lines = _Lines()
    found = Compared(lines.wrong)
    for name, table in tables().items():
        known, without = lines.latest[name], []
        for key, text in row_hashes.texts(table, table.all_keys()):
            kept = known.pop(key, None)
            if kept is None:
                without.append(key)
            elif text is None or row_hashes.hash_of(text, kept.algorithm) != kept.hash:
                found.wrong.append(
                    f"{_named(table, key)} 与日志第{kept.seq}条的校验码不同：被改动过"
                )
        found.wrong += [
            f"{_named(table, key)} 不见了（日志第{kept.seq}条有它）" for key, kept in known.items()
        ]
        added = list(_added(table, without, lines))
        found.wrong += [f"{_named(table, key)} 在日志里没有登记" for key in added]
        found.before += len(without) - len(added)
    return found


def unhashed() -> dict[str, list[int]]:
    """Table → keys of the rows that no line has a hash of."""
    latest = _Lines().latest
    return {
        name: [key for key in table.all_keys() if key not in latest[name]]
        for name, table in tables().items()
    }


def _named(table: Table, key: int) -> str:
    return f"{table.title}#{key}"


def _added(table: Table, keys: list[int], lines: _Lines) -> Iterator[int]:
    """Those of the keys that no line without hashes explains; persons come with the records that
    name them.
    """
    if table.name == PERSONS and table.name not in lines.whole:
        return
    if table.name in lines.whole:
        yield from keys
        return
    for at in range(0, len(keys), row_hashes.BATCH):
        part = keys[at : at + row_hashes.BATCH]
        if table.name == VERSIONS:
            versions = EntryVersion.objects.filter(pk__in=part).order_by("pk")
            yield from (one.pk for one in versions if not lines.ended(one))
        else:
            rows = table.model._default_manager.filter(pk__in=part).order_by("pk")
            moments = rows.values_list("pk", "recorded_at")
            yield from (key for key, moment in moments if not lines.covers(table.name, key, moment))


class _Lines:
    """What the journal says of rows.

    Since hashes are kept, a line has those of the rows that it wrote, and of what they were before.
    A line from before has a record's number, or for an import the moment and how many; a kind with
    `stored` made records of other ledgers as it was saved (the roster: the stages of membership),
    at the moment of its own line.
    """

    def __init__(self) -> None:
        self.latest: dict[str, dict[int, _Hash]] = defaultdict(dict)
        self.wrong: list[str] = []
        self.whole: set[str] = set()
        """Tables of which every row got its hash at some time."""
        self._single: dict[str, set[int]] = defaultdict(set)
        self._imported: Counter[tuple[str, datetime]] = Counter()
        self._along: dict[datetime, set[str]] = defaultdict(set)
        self._ended: set[tuple[str, datetime]] = set()
        for line in journal.told_by(*_VERBS):
            self._take_hashes(line)
            if "hashes" not in line.detail:
                self._take_old(line)

    def _take_hashes(self, line: Any) -> None:
        algorithm = line.hash.partition(":")[0]
        for name, rows in line.detail.get("were", {}).items():
            for key, was in rows.items():
                self._must_have_been(name, int(key), was, line.seq, algorithm)
        for name, rows in line.detail.get("hashes", {}).items():
            known = self.latest[name]
            for key, text in rows.items():
                known[int(key)] = _Hash(line.seq, algorithm, text)
        for name, keys in line.detail.get("removed_rows", {}).items():
            for key in keys:
                self.latest[name].pop(key, None)
        if line.verb == ALL_HASHED:
            self.whole.add(line.subject.partition(":")[2])

    def _must_have_been(self, name: str, key: int, was: str, seq: int, algorithm: str) -> None:
        kept = self.latest[name].get(key)
        if kept is not None and kept.algorithm == algorithm and kept.hash != was:
            named = _named(tables()[name], key)
            self.wrong.append(
                f"{named} 在日志第{seq}条之前被改动过（与第{kept.seq}条的校验码不同）"
            )

    def _take_old(self, line: Any) -> None:
        slug, _, key = line.subject.partition(":")
        if line.verb == ONE:
            self._single[slug].add(int(key))
        elif line.verb == MANY:
            self._imported[slug, line.at] += int(line.detail["n"])
        elif line.verb == CORRECTED:
            self._ended.add((line.subject, line.at))
        if slug in KINDS and KINDS[slug].stored and line.verb in (ONE, MANY, CORRECTED):
            self._along[line.at].add(slug)

    def covers(self, slug: str, key: int, at: datetime) -> bool:
        """Whether a record has its line from before; each is to be asked about once."""
        if key in self._single[slug]:
            return True
        if self._imported[slug, at] > 0:
            self._imported[slug, at] -= 1
            return True
        return bool(self._along.get(at, set()) - {slug})

    def ended(self, version: EntryVersion) -> bool:
        """Whether a line from before corrected this version."""
        return (f"{version.kind}:{version.entry_id}", version.at) in self._ended
