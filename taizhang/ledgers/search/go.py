"""Where a person may want to go: ledgers, units and records by a few characters or their pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import search_index
from taizhang.ledgers.search import page as search
from taizhang.orgs.actor import Actor

MOST = 8


@dataclass(frozen=True)
class Place:
    """Somewhere to go."""

    label: str
    about: str
    url: str


def named(name: str, words: str) -> bool:
    """Whether a name holds the words, or its pinyin does."""
    word = words.strip().lower()
    return word in name.lower() or (word.isascii() and word in search_index.spelled(name))


def places(*, words: str, actor: Actor) -> list[Place]:
    """Ledgers to look into and to enter, then units, then records and persons."""
    kinds = [kind for kind in KINDS.values() if named(kind.title, words)][:MOST]
    found = [Place(k.title, "台账", reverse("ledgers:list", args=[k])) for k in kinds]
    if actor.own_branch is not None:
        found += [
            Place(f"登记{k.title}", "登记", reverse("ledgers:record", args=[k])) for k in kinds
        ]
    hits = search.search(words=words, actor=actor)
    found += [
        Place(one.short_name, "党支部", reverse("checks:branch", args=[one.pk]))
        for one in hits.branches
    ]
    return found + [
        Place(one.title, f"{one.ledger}　{one.branch}", one.url) for one in hits.hits[:MOST]
    ]
