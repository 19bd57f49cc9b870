"""In how many branches something stands against the records of each kind, said by the layer above
that checks them (ADR 0003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from taizhang.orgs.actor import Actor


@dataclass(frozen=True)
class Doubted:
    """Of the branches that a reader sees."""

    branches: Mapping[str, int] = field(default_factory=dict)
    """Slug → of how many branches a 疑点 of that kind is known."""
    unjudged: int = 0
    """How many of the branches nobody checked yet: of them nothing is known."""


Says = Callable[[Actor], Doubted | None]
SAYS: list[Says] = []


def subscribe(says: Says) -> None:
    """Let a layer above say it, as `today.subscribe` does for the day."""
    if says not in SAYS:
        SAYS.append(says)


def told(actor: Actor) -> Doubted | None:
    """What is known; nothing where nothing is checked at all."""
    return next(filter(None, (says(actor) for says in SAYS)), None)
