"""What is asked after a fault: is all there that was acknowledged, and is what was written since
whole.

The doctor goes through everything, which costs more with every act; this goes through what came
since the last time, and no less of it: each act that was acknowledged, the chain of the journal
from where one was, each new row of each ledger against the hash in its line and against the search,
each new file byte by byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from taizhang.kernel.actions import journal, row_hashes
from taizhang.kernel.journal import chain
from taizhang.kernel.storage.store import digest_of
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, SearchLine
from taizhang.ledgers.records.derived import row_hashes as of_records

TOLD_APART = {"meeting": ("meetings", "title"), "talk": ("talks", "topic")}
"""What a writer says of a record → its ledger, and the field that no two acts of a drill share."""
Lines = Sequence[chain.Line]
_TAKEN_IN = "ledgers.take_in_file"


@dataclass(frozen=True)
class Looked:
    """How far one has looked: number and hash of a line of the journal, the last key of each table,
    the last file.
    """

    seq: int = 0
    hash: str = chain.BEGINNING
    rows: dict[str, int] = field(default_factory=dict)
    file: int = 0


@dataclass(frozen=True)
class Found:
    """What is wrong, a line each, and how far one has looked now."""

    wrong: list[str]
    looked: Looked


def since(said: Collection[str], looked: Looked) -> Found:
    """What is wrong with what was said, and with what was written since one looked."""
    before, lines = [], list(journal.lines(after=max(0, looked.seq - 1)))
    if looked.seq:
        before, lines = lines[:1], lines[1:]
    wrong = [*_sound(), *_acknowledged(said), *_chained(before, lines, looked)]
    rows, faults = _rows(lines, looked.rows)
    file, broken = _files(lines, looked.file)
    seq, head = (lines[-1].seq, lines[-1].hash) if lines else (looked.seq, looked.hash)
    return Found([*wrong, *faults, *broken], Looked(seq, head, rows, file))


def _sound() -> Iterator[str]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            if (told := cursor.fetchall()) != [("ok",)]:
                yield f"quick_check: {told[:3]}"


def _acknowledged(said: Collection[str]) -> Iterator[str]:
    """Each record once and under its number, each file once and whole."""
    told = [line.split() for line in said]
    for what, (slug, name) in TOLD_APART.items():
        own = {one[-1] if what == "meeting" else one[1]: one for one in told if one[0] == what}
        found = KINDS[slug].model.objects.filter(**{f"{name}__in": list(own)})
        there = list(found.values_list("pk", name))
        times = Counter(value for _, value in there)
        keys = {value: str(key) for key, value in there}
        for value, one in own.items():
            if times[value] != 1 or (what == "meeting" and keys[value] != one[1]):
                yield f"{' '.join(one)}: there {times[value]} times"
    for sha256 in [one[1] for one in told if one[0] == "file"]:
        if EvidenceFile.objects.filter(sha256=sha256).count() != 1 or not _is_whole(sha256):
            yield f"file {sha256}: not there once and whole"


def _is_whole(sha256: str) -> bool:
    store, name = evidence.store(), evidence.path_of(sha256)
    if not store.exists(name):
        return False
    with store.read(name) as stream:
        return digest_of(stream) == sha256


def _chained(before: Lines, lines: Lines, looked: Looked) -> Iterator[str]:
    """The line where one stood is as it was, and the chain goes on from it."""
    if looked.seq and [(one.seq, one.hash) for one in before] != [(looked.seq, looked.hash)]:
        yield f"line {looked.seq} of the journal is not what it was"
    if fault := chain.verify(lines, after=(looked.seq, looked.hash)).fault:
        yield fault.text
    if shortened := journal.shortened():
        yield shortened


def _rows(lines: Lines, before: dict[str, int]) -> tuple[dict[str, int], list[str]]:
    """The last key of each table; rows that are not as their lines say, and those without a line,
    twice, or not to be found.
    """
    wrong, last, told = [], {}, _told(lines)
    for name, table in of_records.tables().items():
        new = table.model._default_manager.filter(pk__gt=before.get(name, 0)).order_by("pk")
        keys = set(new.values_list("pk", flat=True))
        last[name] = max(keys, default=before.get(name, 0))
        kept = told.get(name, {})
        texts = dict(row_hashes.texts(table, sorted(kept)))
        for key, (algorithm, text_hash) in kept.items():
            text = texts.get(key)
            if text is None or row_hashes.hash_of(text, algorithm) != text_hash:
                wrong.append(f"{name} {key} is not as the journal says")
        wrong += [f"{name} {key} has no line in the journal" for key in sorted(keys - kept.keys())]
        if name in dict(TOLD_APART.values()):
            found = SearchLine.objects.filter(kind=name, entry_id__in=keys)
            lost = keys - set(found.values_list("entry_id", flat=True))
            wrong += [f"{name} {key} is not found by the search" for key in sorted(lost)]
    for slug, field_name in TOLD_APART.values():
        new = KINDS[slug].model.objects.filter(pk__gt=before.get(slug, 0))
        times = Counter(new.values_list(field_name, flat=True))
        wrong += [f"{slug} {value}: {n} times" for value, n in times.items() if n > 1]
    return last, wrong


def _told(lines: Lines) -> dict[str, dict[int, tuple[str, str]]]:
    """Table → key → algorithm and hash of the last line that has one."""
    told: dict[str, dict[int, tuple[str, str]]] = {}
    for line in lines:
        algorithm = line.hash.partition(":")[0]
        for name, rows in line.detail.get("hashes", {}).items():
            own = told.setdefault(name, {})
            own.update({int(key): (algorithm, text_hash) for key, text_hash in rows.items()})
        for name, keys in line.detail.get("removed_rows", {}).items():
            for key in keys:
                told.get(name, {}).pop(int(key), None)
    return told


def _files(lines: Lines, last: int) -> tuple[int, list[str]]:
    """The last file; new ones that have no line, or not all their bytes."""
    new = list(EvidenceFile.objects.filter(pk__gt=last).order_by("pk"))
    told = {line.subject for line in lines if line.verb == _TAKEN_IN}
    wrong = [f"file {one.pk} has no line" for one in new if f"file:{one.pk}" not in told]
    wrong += [f"file {one.sha256} is not whole" for one in new if not _is_whole(one.sha256)]
    return max((one.pk for one in new), default=last), wrong
