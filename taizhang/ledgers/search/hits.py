"""Which lines hold the words: how many, of which years, and which stand on one page; all in one
question, without reading a line's text or a row for each hit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from taizhang.kernel.writing import grams
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records.derived import search_index
from taizhang.orgs.queries.seen import Seen

_YEAR = 10_000 << search_index.KEY_BITS
"""How far the numbers of two years stand apart; below it are the lines without a day."""
_END = 2**63 - 1
_KEY = (1 << search_index.KEY_BITS) - 1


@dataclass(frozen=True)
class Narrowed:
    """To what a search is narrowed: a kind of ledger, a branch, a year of the records' days."""

    kind: str = ""
    branch: int | None = None
    year: int | None = None


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class Hits:
    """How many lines there are, the years of all years' lines, and the keys of one page, the latest
    first.
    """

    total: int
    years: list[int]
    keys: list[int]


_NONE = Hits(0, [], [])


def hits(*, words: str, seen: Seen, narrowed: Narrowed, start: int, most: int) -> Hits:
    """Every line of what may be seen that holds each of the words; of them `most` after `start`."""
    asked = grams.phrases(words)
    if not asked or not seen.places:
        return _NONE
    if narrowed.branch is not None and narrowed.branch not in {one.pk for one in seen.places}:
        return _NONE
    ask = _of_sqlite if connection.vendor == "sqlite" else _of_postgresql
    sql, params = ask(asked, seen, narrowed)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, "start": start, "most": most})
        if connection.vendor == "postgresql":
            cursor.nextset()
        rows = cursor.fetchall()
    told: dict[str, list[int]] = {"total": [], "year": [], "number": []}
    for name, number in rows:
        told[name].append(number)
    keys = [number & _KEY for number in sorted(told["number"], reverse=True)]
    return Hits(told["total"][0], sorted(told["year"], reverse=True), keys)


_IN_FTS5 = """
WITH RECURSIVE year(n) AS ({years})
SELECT 'total', count(*) FROM ledgers_searchgrams
    WHERE grams MATCH %(words)s AND rowid BETWEEN %(first)s AND %(last)s
UNION ALL SELECT 'year', n FROM year WHERE n IS NOT NULL
UNION ALL SELECT 'number', rowid FROM (
    SELECT rowid FROM ledgers_searchgrams
    WHERE grams MATCH %(words)s AND rowid BETWEEN %(first)s AND %(last)s
    ORDER BY rowid DESC LIMIT %(most)s OFFSET %(start)s)
"""
_BY_LEAPS = f"""
    SELECT (SELECT rowid / {_YEAR} FROM ledgers_searchgrams
        WHERE grams MATCH %(words)s AND rowid >= {_YEAR} ORDER BY rowid LIMIT 1)
    UNION ALL
    SELECT (SELECT rowid / {_YEAR} FROM ledgers_searchgrams
        WHERE grams MATCH %(words)s AND rowid >= (n + 1) * {_YEAR} ORDER BY rowid LIMIT 1)
    FROM year WHERE n IS NOT NULL
"""  # noqa: S608
"""From one year to the next: as many looks as there are years, however many hits."""
_BY_WALK = f"""
    SELECT DISTINCT rowid / {_YEAR} FROM ledgers_searchgrams
        WHERE grams MATCH %(words)s AND rowid >= {_YEAR}
"""  # noqa: S608
"""Past every hit once: each look begins with all the branches that are named."""


def _of_sqlite(
    asked: list[list[str]], seen: Seen, narrowed: Narrowed
) -> tuple[str, dict[str, Any]]:
    """Who sees all names no branch; else those are named that are fewer, his or the others."""
    found = [f'"{" ".join(phrase)}"' + ("*" if len(phrase[0]) == 1 else "") for phrase in asked]
    if narrowed.kind in KINDS:
        found.append(f'"{search_index.of_kind(narrowed.kind)}"')
    query, years = " AND ".join(found), _BY_LEAPS
    if narrowed.branch is not None:
        query += f" AND {_any_of([narrowed.branch])}"
    elif seen.others:
        years = _BY_LEAPS if len(seen.places) == 1 else _BY_WALK
        fewer = len(seen.others) < len(seen.places)
        query = (
            f"({query}) NOT {_any_of(seen.others)}"
            if fewer
            else f"{query} AND {_any_of(one.pk for one in seen.places)}"
        )
    year = narrowed.year
    first, last = (0, _END) if year is None else (year * _YEAR, (year + 1) * _YEAR - 1)
    return _IN_FTS5.format(years=years), {"words": query, "first": first, "last": last}


def _any_of(branches: Iterable[int]) -> str:
    return "(" + " OR ".join(f'"{search_index.of_branch(key)}"' for key in branches) + ")"


_IN_GIN = f"""
SET LOCAL enable_seqscan = off;
WITH hit AS MATERIALIZED (
    SELECT id, day, extract(year FROM day)::int AS year FROM ledgers_searchline
    WHERE grams @@ %(words)s::tsquery {{where}}
), page AS (
    SELECT id, day FROM hit {{of_year}}
    ORDER BY day DESC NULLS LAST, id DESC LIMIT %(most)s OFFSET %(start)s
)
SELECT 'total', count(*) FROM hit {{of_year}}
UNION ALL SELECT 'year', year FROM hit WHERE year IS NOT NULL GROUP BY year
UNION ALL SELECT 'number',
    coalesce(to_char(day, 'YYYYMMDD')::bigint, 0) * {1 << search_index.KEY_BITS} + id FROM page
"""  # noqa: S608
"""An index is asked, for who reads all lines unpacks the vector of each: PostgreSQL does not count
that when it plans.
"""


def _of_postgresql(
    asked: list[list[str]], seen: Seen, narrowed: Narrowed
) -> tuple[str, dict[str, Any]]:
    words = " & ".join(
        f"'{phrase[0]}':*"
        if len(phrase[0]) == 1
        else "(" + " <-> ".join(f"'{g}'" for g in phrase) + ")"
        for phrase in asked
    )
    params: dict[str, Any] = {"words": words, "year": narrowed.year, "kind": narrowed.kind}
    where = "AND kind = %(kind)s" if narrowed.kind in KINDS else ""
    if narrowed.branch is not None or seen.others:
        where += " AND branch_id = ANY(%(branches)s)"
        own = [one.pk for one in seen.places]
        params["branches"] = own if narrowed.branch is None else [narrowed.branch]
    of_year = "WHERE year = %(year)s" if narrowed.year is not None else ""
    return _IN_GIN.format(where=where, of_year=of_year), params
