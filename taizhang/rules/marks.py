"""What two records are compared by: marks of pictures and speeches, and the size of a sketch of a
text.

What computes a sketch stands apart in `sketch`, for it loads numpy.
"""

from __future__ import annotations

BITS = 64
"""Of the mark of a picture or of a speech."""
SLOTS = 32
BANDS = 8
COMPARED_FROM = 150
"""Characters: shorter texts are not compared by their sketches, unless a rule says so."""
_ALL = (1 << BITS) - 1
_ONES = 0x1111_1111_1111_1111


def distance(one: int, two: int) -> int:
    """In how many of their 64 bits two marks differ."""
    return ((one ^ two) & _ALL).bit_count()


def slots_apart(one: int, two: int) -> int:
    """In how many of their sixteen slots of four bits two marks differ."""
    bits = one ^ two
    return ((bits | bits >> 1 | bits >> 2 | bits >> 3) & _ONES).bit_count()
