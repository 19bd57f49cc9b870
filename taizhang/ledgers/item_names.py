"""What the requirements that a ledger serves are called, said by the layer above that knows them
(ADR 0003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Says = Callable[[], Mapping[str, str]]
SAYS: list[Says] = []


def subscribe(says: Says) -> None:
    """Let a layer above say the names, as `today.subscribe` does for the day."""
    if says not in SAYS:
        SAYS.append(says)


def names() -> dict[str, str]:
    """The names by code; of what is in force nowhere there is none."""
    found: dict[str, str] = {}
    for says in SAYS:
        found.update(says())
    return found
