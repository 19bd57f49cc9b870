"""Bits of columns, counted by DuckDB; `rules.marks` says the same of numbers."""

from __future__ import annotations

from typing import Any

import ibis

_ONES = 0x1111_1111_1111_1111


def _named(column: Any) -> Any:
    """What Ibis asks for a name of: DuckDB's own function does the work."""


_bit_count: Any = ibis.udf.scalar.builtin(_named, name="bit_count", signature=(("int64",), "int8"))


def bits_set(column: Any) -> Any:
    """How many of the 64 bits of a column of numbers are set."""
    return _bit_count(column).cast("int64")


def slots_apart(one: Any, two: Any) -> Any:
    """In how many of their sixteen slots of four bits two columns differ."""
    bits = one ^ two
    return bits_set((bits | (bits >> 1) | (bits >> 2) | (bits >> 3)) & _ONES)
