"""Marks of four bits a slot, sixteen slots at most in a signed number: in how many slots two of them differ.

The same operators serve whole numbers and the columns of every engine, so the one is said once for both.
"""

from __future__ import annotations

from typing import Any

_ONES = 0x1111_1111_1111_1111
_EIGHT = (1 << 32) - 1


def differing(one: Any, two: Any) -> Any:
    """A one for each slot that differs; in base sixteen a number leaves the sum of its digits when divided by fifteen."""
    bits = one ^ two
    unlike = (bits | (bits >> 1) | (bits >> 2) | (bits >> 3)) & _ONES
    return (unlike & _EIGHT) % 15 + (unlike >> 32) % 15
