"""What somebody says of a doubt while he enters a record: handed to the layer above that knows
doubts (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import QueryDict

from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry

BEFORE = "say-"
"""What stands before the name of a rule in a form."""
MOST = 40
Keeps = Callable[[LedgerKind, Entry, Mapping[str, str], Actor, datetime], int]
KEEPS: list[Keeps] = []


def subscribe(keeps: Keeps) -> None:
    """Let a layer above keep it, as `today.subscribe` does for the day."""
    if keeps not in KEEPS:
        KEEPS.append(keeps)


def said(posted: QueryDict) -> dict[str, str]:
    """What a form says, by the names of rules."""
    names = [name for name in posted if name.startswith(BEFORE)][:MOST]
    found = {name.removeprefix(BEFORE): posted.get(name, "").strip() for name in names}
    return {rule: text for rule, text in found.items() if text}


def keep(kind: LedgerKind, entry: Entry, posted: QueryDict, actor: Actor, now: datetime) -> int:
    """Of how many doubts about a record that was just stored something is said now."""
    found = said(posted)
    return sum(keeps(kind, entry, found, actor, now) for keeps in KEEPS) if found else 0
