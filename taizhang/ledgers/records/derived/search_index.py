"""The index of all records' words: written when a record is saved, read by the search page.

The words lie in `SearchLine`; the pairs of characters by which they are found in an FTS5 table
(SQLite) or a column of `tsvector` with its GIN index (PostgreSQL), which only this module knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from taizhang.kernel.writing import columns, grams, pinyin
from taizhang.ledgers.fields import masked
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile, SearchLine
from taizhang.orgs.models import Person

SPELLED = "\x1e"
"""Stands before a name in pinyin, which is found but not shown."""
FILES = "files"
"""Stands for the kind of a line about a file of evidence."""
_LONGEST, _OVERLAP = 12_000, 100
"""A longer text takes several lines, which overlap; PostgreSQL counts positions to 16,383."""


def spelled(name: str) -> str:
    """A name in pinyin: whole, and by first letters."""
    found = pinyin.syllables(name)
    return f"{''.join(found)} {''.join(s[:1] for s in found)}"


def text_of(kind: LedgerKind, values: Mapping[str, Any], parts: Mapping[str, object]) -> str:
    """All words of a record that are not sensitive; persons in pinyin too. A bare yes or no tells
    nothing where its question is not said.
    """
    told = (f for f in kind.fields() if not f.sensitive and f.kind != "yes")
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
    pairs = [(line.pk, grams.of_text(f"{line.title}\n{line.text}")) for line in made]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(key, " ".join(found)) for key, found in pairs]
            cursor.executemany(
                "INSERT INTO ledgers_searchgrams(rowid, grams) VALUES (%s, %s)", rows
            )
        else:
            vectors = [(_vector(found), key) for key, found in pairs]
            cursor.executemany(
                "UPDATE ledgers_searchline SET grams = %s::tsvector WHERE id = %s", vectors
            )


def forget(kind: str, keys: Iterable[int]) -> None:
    """Take records out of the index."""
    gone = SearchLine.objects.filter(kind=kind, entry_id__in=list(keys))
    if connection.vendor == "sqlite":
        old = [
            (pk, " ".join(grams.of_text(f"{title}\n{text}")))
            for pk, title, text in gone.values_list("pk", "title", "text")
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO ledgers_searchgrams(ledgers_searchgrams, rowid, grams) VALUES "
                "('delete', %s, %s)",
                old,
            )
    gone.delete()


def _vector(found: list[str]) -> str:
    at: dict[str, list[int]] = {}
    for position, gram in enumerate(found, start=1):
        at.setdefault(gram, []).append(position)
    return " ".join(f"'{gram}':{','.join(map(str, spots[:255]))}" for gram, spots in at.items())


def holding(lines: QuerySet[SearchLine], words: str) -> QuerySet[SearchLine]:
    """The lines that hold every word asked for."""
    asked = grams.phrases(words)
    if not asked:
        return lines.none()
    if connection.vendor == "sqlite":
        query = " ".join(
            f'"{" ".join(phrase)}"' + ("*" if len(phrase[0]) == 1 else "") for phrase in asked
        )
        where = (
            "ledgers_searchline.id IN (SELECT rowid FROM ledgers_searchgrams WHERE grams MATCH %s)"
        )
        return lines.extra(where=[where], params=[query])  # noqa: S610
    query = " & ".join(
        f"'{phrase[0]}':*"
        if len(phrase[0]) == 1
        else "(" + " <-> ".join(f"'{g}'" for g in phrase) + ")"
        for phrase in asked
    )
    return lines.extra(where=["ledgers_searchline.grams @@ %s::tsquery"], params=[query])


def lines_of_file(file: EvidenceFile, text: str = "") -> Iterator[SearchLine]:
    """The lines of a file of evidence: its name, and its words when they were read."""
    return lines_of(FILES, file.pk, file.branch_id, file.uploaded_at.date(), file.name, text)
