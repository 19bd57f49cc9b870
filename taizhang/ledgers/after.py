"""Who wants to know when a branch's ledgers changed. The layers above subscribe; see ADR 0003."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from taizhang.orgs.models import Organisation

Listener = Callable[[Organisation, datetime], None]
LISTENERS: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Have the listener called in the transaction of every change."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def changed(branch: Organisation, now: datetime) -> None:
    """Tell everybody."""
    for listener in LISTENERS:
        listener(branch, now)
