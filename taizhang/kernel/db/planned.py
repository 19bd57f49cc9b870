"""SQL that stays the same from one time to the next: a cursor for it, and the words that never
change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection


def cursor() -> Any:
    """PostgreSQL parses and plans what is asked by it once for a connection; SQLite keeps by itself
    what it prepared.
    """
    kept: Any = connection
    return kept.planned() if connection.vendor == "postgresql" else connection.cursor()


def words(sql: str, params: Sequence[Any], asked: Collection[int]) -> tuple[str, list[Any]]:
    """The SQL in which only the parameters at `asked` are left open, and these in their order."""
    left = [params[place] for place in sorted(asked)]
    kept: Any = connection
    return (
        (kept.with_constants(sql, params, asked), left)
        if connection.vendor == "postgresql"
        else (sql, list(params))
    )
