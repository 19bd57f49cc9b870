"""How memory is used: a request or a check reads thousands of small rows and drops them at once."""

from __future__ import annotations

import ctypes
import gc


def look_rarely() -> None:
    """Once there is much to find."""
    gc.set_threshold(50_000, 20, 50)


_M_ARENA_MAX = -8
"""As the C library of Linux numbers it (malloc.h)."""


def share_arenas() -> None:
    """Let threads take memory from two places, not one each: what ten threads had left free took half of all.

    To be called before there are threads. Another C library has no such thing and needs none.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
    except (AttributeError, OSError):
        return


def leave_what_is_there() -> None:
    """Of what is loaded by now, which stays, nothing is looked at again."""
    gc.collect()
    gc.freeze()
