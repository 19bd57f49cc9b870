"""Who wants to know when organisations or the calendar changed. The layers above subscribe; see ADR
0003.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from taizhang.orgs.models import Organisation

Listener = Callable[[Organisation | None, datetime], None]
LISTENERS: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Have the listener called in the transaction of every change."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def announce(organisation: Organisation | None, now: datetime) -> None:
    """Calls every listener with an organisation that was founded or changed, or with None for the
    calendar of working days.
    """
    for listener in LISTENERS:
        listener(organisation, now)
