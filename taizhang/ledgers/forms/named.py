"""Which inputs of a form the notice names, and in which sentence: said by the layer above that
knows the notice (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from taizhang.ledgers.forms import places
from taizhang.ledgers.kind import LedgerKind


@dataclass(frozen=True)
class Named:
    """A sentence of the notice that says what a record is to contain."""

    item: str
    title: str
    """What the line of the notice is called."""
    sentence: str
    inputs: tuple[str, ...]
    """The inputs that it names."""
    only: str = ""
    """The sort of records (as its label says it) that it speaks of; empty for all of the kind."""
    elsewhere: bool = False
    """Whether the form stands on another sort."""
    at: int = 0
    """Its place among those of the form; a line of the notice may have several sentences."""


Says = Callable[[LedgerKind], Sequence[Named]]
SAYS: list[Says] = []
SORT = "kind"
"""The input that says of which sort a record is, where forms ask more of one than of another."""


def subscribe(says: Says) -> None:
    """Let a layer above say them, as `today.subscribe` does for the day."""
    if says not in SAYS:
        SAYS.append(says)


def of(kind: LedgerKind, raw: Mapping[str, object]) -> list[Named]:
    """The sentences that speak of a kind, in the order of the notice, for a form in which this was
    written.
    """
    sort = raw.get(SORT) if SORT in places.names(kind) else ""
    found = [one for says in SAYS for one in says(kind)]
    return [
        replace(one, elsewhere=bool(one.only) and one.only != sort, at=at)
        for at, one in enumerate(found, start=1)
    ]


def by_input(found: Sequence[Named]) -> dict[str, list[Named]]:
    """The same by the input that they name."""
    told: dict[str, list[Named]] = {}
    for one in found:
        for name in one.inputs:
            told.setdefault(name, []).append(one)
    return told
