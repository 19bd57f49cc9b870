"""What the database counts of its tables, by which it chooses its way."""

from __future__ import annotations

from django.db import connection

_LOOKED_AT = 1000
"""So many rows of each index are looked at on SQLite: some 40 ms for a whole district."""


def count_tables() -> None:
    """Count again, after many rows came in: of tables filled a moment ago the database knows
    nothing.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={_LOOKED_AT}")
        cursor.execute("ANALYZE")
