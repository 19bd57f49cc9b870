"""When Python looks for garbage: a request or a check reads thousands of small rows and drops them at once."""

from __future__ import annotations

import gc


def look_rarely() -> None:
    """Once there is much to find."""
    gc.set_threshold(50_000, 20, 50)


def leave_what_is_there() -> None:
    """Of what is loaded by now, which stays, nothing is looked at again."""
    gc.collect()
    gc.freeze()
