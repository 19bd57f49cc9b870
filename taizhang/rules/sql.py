"""Rows and literals as SQL, where statements are written by hand; for codes, numbers and days of
our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

TYPES = {"int64": "bigint", "date": "date", "string": "string"}
"""Types of facts in SQL."""


def values(columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> str:
    """Rows as a query; for codes, labels, numbers and days of our own, never for what somebody
    typed.
    """
    typed = ", ".join(
        f'cast("{name}" as {TYPES[kind]}) as "{name}"' for name, kind in columns.items()
    )
    listed = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    nothing = f"({', '.join('null' for _ in columns)})"
    quoted = ", ".join(f'"{name}"' for name in columns)
    query = f"select {typed} from (values {listed or nothing}) as t({quoted})"  # noqa: S608
    return query if rows else f"{query} where false"


def literal(cell: object) -> str:
    """A number, a code, a day or nothing in SQL."""
    if cell is None:
        return "null"
    if isinstance(cell, date):
        return f"date '{cell.isoformat()}'"
    return str(int(cell)) if isinstance(cell, int) else f"'{cell}'"
