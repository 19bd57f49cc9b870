"""Marks of pictures and of speeches: numbers of 64 bits, by which two of them are compared."""

from __future__ import annotations

BITS = 64
_ALL = (1 << BITS) - 1
_ONES = 0x1111_1111_1111_1111


def distance(one: int, two: int) -> int:
    """In how many of their 64 bits two marks differ."""
    return ((one ^ two) & _ALL).bit_count()


def slots_apart(one: int, two: int) -> int:
    """In how many of their sixteen slots of four bits two marks differ."""
    bits = one ^ two
    return ((bits | bits >> 1 | bits >> 2 | bits >> 3) & _ONES).bit_count()
