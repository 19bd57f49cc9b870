"""The index of all records' words: written when a record is saved, read by the search page.

The words lie in `SearchLine`; the pairs of characters by which they are found in an FTS5 table
(SQLite) or a column of `tsvector` with its GIN index (PostgreSQL), which only this module writes
and `ledgers.search.hits` asks.

FTS5 tells no more of a hit than its number, and to look up another table for each of thousands
costs more than all the rest. So the number begins with the line's day, and behind the words stand
the branch and the kind as words that nobody can type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import connection

from taizhang.kernel.writing import columns, grams, pinyin
from taizhang.ledgers.fields import masked
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile, SearchLine
from taizhang.orgs.models import Person

SPELLED = "\x1e"
"""Stands before a name in pinyin, which is found but not shown."""
FILES = "files"
"""Stands for the kind of a line about a file of evidence."""
KEY_BITS = 36
"""How much of a number is the line's key: room for 68 milliards of them."""
_LONGEST, _OVERLAP = 12_000, 100
"""A longer text takes several lines, which overlap; PostgreSQL counts positions to 16,383."""


def spelled(name: str) -> str:
    """A name in pinyin: whole, and by first letters."""
    found = pinyin.syllables(name)
    return f"{''.join(found)} {''.join(s[:1] for s in found)}"


def text_of(kind: LedgerKind, values: Mapping[str, Any], parts: Mapping[str, object]) -> str:
    """All words of a record that are not sensitive; persons in pinyin too. A tick has no word:
    without its label, “否” says nothing.
    """
    told = [f for f in kind.fields() if not (f.sensitive or f.kind == "yes")]
    found = [masked(f, values[f.name]) for f in told]
    found += [str(parts.get(part.name) or "") for part in kind.parts]
    names = [v.name for v in values.values() if isinstance(v, Person)]
    names += [str(values[name]) for name in kind.search_names]
    return "\n".join(filter(None, found)) + "".join(f"{SPELLED}{spelled(n)}" for n in names)


def lines_of(
    kind: str, key: int, branch: int, day: date | None, title: str, text: str
) -> Iterator[SearchLine]:
    """The lines of one record; one, unless it is very long."""
    for start in range(0, max(len(text), 1), _LONGEST):
        yield SearchLine(
            kind=kind,
            entry_id=key,
            branch_id=branch,
            day=day,
            title=columns.fitted(SearchLine.title, title),
            text=text[start : start + _LONGEST + _OVERLAP],
        )


_paused: ContextVar[bool] = ContextVar("paused", default=False)


@contextmanager
def paused() -> Iterator[None]:
    """Leave the index for later: `search_rebuild.catch_up` writes what is missing."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def add(lines: Iterable[SearchLine]) -> None:
    """Put lines into the index."""
    if _paused.get():
        return
    made = SearchLine.objects.bulk_create(lines, batch_size=2000)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # In the order of their numbers FTS5 takes them together, else it stores one by one.
            cursor.executemany(
                "INSERT INTO ledgers_searchgrams(rowid, grams) VALUES (%s, %s)",
                sorted(map(_stored, made)),
            )
        else:
            vectors = [(_vector(_grams(line)), line.pk) for line in made]
            cursor.executemany(
                "UPDATE ledgers_searchline SET grams = %s::tsvector WHERE id = %s", vectors
            )


def forget(kind: str, keys: Iterable[int]) -> None:
    """Take records out of the index."""
    gone = SearchLine.objects.filter(kind=kind, entry_id__in=list(keys))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO ledgers_searchgrams(ledgers_searchgrams, rowid, grams) VALUES "
                "('delete', %s, %s)",
                sorted(map(_stored, gone)),
            )
    gone.delete()


def number_of(day: date | None, key: int) -> int:
    """Under what number FTS5 knows a line: its day (20180712; none comes before all), then its
    key.
    """
    return ((day.year * 10_000 + day.month * 100 + day.day) if day else 0) << KEY_BITS | key


def of_branch(key: int) -> str:
    """The word that says whose a line is."""
    return f"§b{key}"


def of_kind(kind: str) -> str:
    """The word that says of which ledger a line is; a hyphen would part it."""
    return f"§k{kind.replace('-', '§')}"


def _stored(line: SearchLine) -> tuple[int, str]:
    words = (*_grams(line), of_branch(line.branch_id), of_kind(line.kind))
    return number_of(line.day, line.pk), " ".join(words)


def _grams(line: SearchLine) -> list[str]:
    return grams.of_text(f"{line.title}\n{line.text}")


def _vector(found: list[str]) -> str:
    at: dict[str, list[int]] = {}
    for position, gram in enumerate(found, start=1):
        at.setdefault(gram, []).append(position)
    return " ".join(f"'{gram}':{','.join(map(str, spots[:255]))}" for gram, spots in at.items())


def lines_of_file(file: EvidenceFile, text: str = "") -> Iterator[SearchLine]:
    """The lines of a file of evidence: its name, and its words when they were read."""
    return lines_of(FILES, file.pk, file.branch_id, file.uploaded_at.date(), file.name, text)
