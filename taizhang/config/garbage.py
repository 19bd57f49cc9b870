"""When Python looks for garbage: a request or a check reads thousands of small rows and drops them at once."""

from __future__ import annotations

import gc


def look_rarely() -> None:
    """And never in what is there already, which stays; said once is enough."""
    if gc.get_freeze_count():
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
