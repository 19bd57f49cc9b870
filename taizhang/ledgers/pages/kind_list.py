"""The list of all kinds of ledgers, narrowed to what somebody types: a name, its pinyin, a requirement that it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taizhang.ledgers import item_names
from taizhang.ledgers.kind import SECTIONS, LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries
from taizhang.ledgers.search.go import named
from taizhang.orgs.actor import Actor

NAMED = 3
"""So many requirements are named; of more their number is told."""


@dataclass(frozen=True)
class KindLine:
    """One kind: what it serves, how many records a branch has, and the day of the last."""

    kind: LedgerKind
    items: list[str]
    count: int = 0
    last: date | None = None

    @property
    def shown(self) -> list[str]:
        """The requirements that are named."""
        return self.items[:NAMED]

    @property
    def more(self) -> bool:
        """Whether there are others."""
        return len(self.items) > NAMED


@dataclass(frozen=True)
class KindList:
    """The kinds by their sections, and how many were found."""

    sections: list[tuple[str, list[KindLine]]]
    n: int


def kind_list(*, words: str, actor: Actor) -> KindList:
    """All kinds, or those that the words fit; with how many records one's own branch has."""
    own, called = actor.own_branch, item_names.names()
    standing = queries.standing(own, actor, KINDS) if own else {}
    found: dict[str, list[KindLine]] = {section: [] for section in SECTIONS}
    for slug, kind in KINDS.items():
        items = [f"{item} {called.get(item, '')}".strip() for item in kind.items]
        if not words or any(named(text, words) for text in (kind.title, kind.section, *items)):
            found[kind.section].append(KindLine(kind, items, *standing.get(slug, ())))
    sections = [(section, lines) for section, lines in found.items() if lines]
    return KindList(sections, sum(len(lines) for _, lines in sections))
