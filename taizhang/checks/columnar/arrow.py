"""Facts as tables of Arrow, for what looks at all branches at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from taizhang.checks import fact_tables, facts

if TYPE_CHECKING:
    import pyarrow as pa


def tables() -> dict[str, pa.Table]:
    """All rows of all tables; rows of Python come between only where tables are made
    from others.
    """
    rows = facts.tables(wanted=fact_tables.made())
    return {
        name: table(name, rows[name]) if name in rows else _typed(name, facts.columns(name))
        for name in fact_tables.schema()
    }


def table(name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Rows as a table with the types of the schema."""
    return _typed(name, facts.in_columns(rows))


def _typed(name: str, columns: Sequence[Sequence[Any]]) -> pa.Table:
    """Columns as a table; days may be text."""
    import pyarrow as pa  # noqa: PLC0415  (heavy, and only needed for all branches at once)

    types = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string()}
    kinds = fact_tables.schema()[name]
    arrays = [
        pa.array(cells).cast(types[kind]) if kind == "date" else pa.array(cells, types[kind])
        for cells, kind in zip(columns or [[]] * len(kinds), kinds.values(), strict=True)
    ]
    return pa.table(arrays, names=list(kinds))
