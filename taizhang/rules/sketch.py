"""A sketch of a text: few numbers by which two texts are compared without reading them again
(DOMAIN 6.4).

MinHash over five-character pieces of the bare text: the share of equal slots estimates the Jaccard
likeness of the pieces. Stable across machines and Python versions, because stored sketches are
compared with new ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from taizhang.kernel.text import bare
from taizhang.rules.marks import BANDS, SLOTS

PIECE = 5
_HALF = (1 << 64) - 1
_ROWS = SLOTS // BANDS
_PRIME = (1 << 31) - 1
_MULTIPLY = np.array(
    [(2 * i + 1) * 48271 * (i * 7919 + 13) % (_PRIME - 1) + 1 for i in range(SLOTS)],
    dtype=np.uint64,
)
_ADD = np.array([(i * 69621 + 16807) * (i + 3) % _PRIME for i in range(SLOTS)], dtype=np.uint64)


def sketch(text: str) -> list[int]:
    """The slots of a text; an empty list when it is too short to have a piece."""
    plain = bare(text)
    pieces = {plain[i : i + PIECE] for i in range(len(plain) - PIECE + 1)}
    if not pieces:
        return []
    marks = np.array([zlib.crc32(piece.encode()) & _PRIME for piece in pieces], dtype=np.uint64)
    table = (marks[:, None] * _MULTIPLY + _ADD) % np.uint64(_PRIME)
    return [int(value) for value in table.min(axis=0)]


def nibbles(slots: Sequence[int]) -> tuple[int, int]:
    """Four bits of each slot in two signed numbers of 64 bits: what differs in them differs in the
    slots.
    """
    whole = sum((slot & 15) << (4 * at) for at, slot in enumerate(slots))
    low, high = whole & _HALF, whole >> 64
    return _signed(low), _signed(high)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


def bands(slots: list[int]) -> list[int]:
    """One number for each run of four slots; texts that share one are compared."""
    parts = (slots[i * _ROWS : (i + 1) * _ROWS] for i in range(BANDS))
    return [zlib.crc32(",".join(map(str, part)).encode()) for part in parts]
