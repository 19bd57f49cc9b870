"""How memory is used: a request or a check reads thousands of small rows and drops them at once."""

from __future__ import annotations

import ctypes
import gc
import time

from django.core.signals import request_finished


def look_rarely() -> None:
    """Once there is much to find."""
    gc.set_threshold(50_000, 20, 50)


_M_ARENA_MAX = -8
"""As the C library of Linux numbers it (malloc.h)."""


def share_arenas() -> None:
    """Let threads take memory from two places, not one each: what ten threads had left free took
    half of all.

    To be called before there are threads. Another C library has no such thing and needs none.
    """
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
    except (AttributeError, OSError):
        return


_RESTS = 2.0
"""Seconds between two times that free memory is given back; once takes some milliseconds."""


class GiveBack:
    """Returns to the system what pages have left free between what stays: a fifth of all, after two
    hundred of them.

    The C library keeps it otherwise, for as long as the process lives. To be called when a request
    is over.
    """

    def __init__(self) -> None:
        """Find the C library's own way; another library has none and needs none."""
        self.trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        self.next_at = 0.0

    def __call__(self, **_: object) -> None:
        """Now and then."""
        now = time.monotonic()
        if self.trim is not None and now >= self.next_at:
            self.next_at = now + _RESTS
            self.trim(0)


def give_back_what_is_free() -> None:
    """After requests, from now on."""
    request_finished.connect(GiveBack(), weak=False, dispatch_uid="give_back")


def leave_what_is_there() -> None:
    """Of what is loaded by now, which stays, nothing is looked at again."""
    gc.collect()
    gc.freeze()
