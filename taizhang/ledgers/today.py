"""The day that pages and forms reckon from: today, unless a layer above says that an earlier time
is looked back on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

SAYS: list[Callable[[date], date]] = []


def subscribe(says: Callable[[date], date]) -> None:
    """Let a layer above say which day counts as today, as `retention.subscribe` does for what is
    kept (ADR 0003).
    """
    if says not in SAYS:
        SAYS.append(says)


def reckoned() -> date:
    """What counts as today."""
    day = timezone.localdate()
    for says in SAYS:
        day = says(day)
    return day
