"""The list of all kinds of ledgers, narrowed to what somebody types: a name, its pinyin, a
requirement that it serves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Value

from taizhang.ledgers import doubted, item_names
from taizhang.ledgers.kind import SECTIONS, LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import counted
from taizhang.ledgers.search.go import named
from taizhang.orgs.actor import Actor
from taizhang.orgs.queries import organisations as orgs

NAMED = 3
"""So many requirements are named; of more their number is told."""


@dataclass(frozen=True)
class KindLine:
    """One kind: what it serves, how many records a branch has, and the day of the last."""

    kind: LedgerKind
    items: list[str]
    count: int = 0
    last: date | None = None
    doubted: int | None = None
    """In how many of the branches that a reader sees something stands against it; none where
    nothing is checked.
    """
    bare: int = 0
    """How many of these have no record of it."""

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
    branches: int = 0
    """Of how many branches is told, to who keeps none of them."""
    unjudged: int | None = 0
    """How many of these nobody checked; none where nothing is checked at all."""

    @property
    def breadth(self) -> int:
        """How many columns the table has."""
        return 4 if self.branches else 2


def kind_list(*, words: str, actor: Actor) -> KindList:
    """All kinds, or those that the words fit: with how many records one's own branch has, or else
    how the branches stand.
    """
    own, called = actor.own_branch, item_names.names()
    standing = counted.standing(own, actor, KINDS) if own else {}
    every = orgs.branches(actor).count() if own is None and actor.reads_ledgers else 0
    with_some = _with_records(actor) if every > 1 else {}
    known = doubted.told(actor) if every > 1 else None
    found: dict[str, list[KindLine]] = {section: [] for section in SECTIONS}
    for slug, kind in KINDS.items():
        items = [f"{item} {called.get(item, '')}".strip() for item in kind.items]
        if not words or any(named(text, words) for text in (kind.title, kind.section, *items)):
            line = KindLine(kind, items, *standing.get(slug, ()))
            if every > 1:
                doubts = known.branches.get(slug, 0) if known else None
                line = replace(line, doubted=doubts, bare=every - with_some.get(slug, 0))
            found[kind.section].append(line)
    sections = [(section, lines) for section, lines in found.items() if lines]
    unjudged = known.unjudged if known else None
    n = sum(len(lines) for _, lines in sections)
    return KindList(sections, n, every if every > 1 else 0, unjudged)


def _with_records(actor: Actor) -> dict[str, int]:
    """Of each kind, how many of the branches have a record, in one query."""
    places = orgs.branches(actor).order_by()
    parts = [
        kind.model.objects.visible_to(actor)
        .current()
        .filter(branch__in=places)
        .order_by()
        .annotate(slug=Value(slug))
        .values("slug")
        .annotate(n=Count("branch", distinct=True))
        for slug, kind in KINDS.items()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return {row["slug"]: row["n"] for row in rows}
