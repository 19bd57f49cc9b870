"""Where a person may want to go: ledgers, saved filters, units and records by a few characters or
their pinyin.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records.derived import search_index
from taizhang.ledgers.search import page as search
from taizhang.orgs.actor import Actor
from taizhang.orgs.lists import queries as lists
from taizhang.orgs.queries import accounts

MOST = 8


@dataclass(frozen=True)
class Place:
    """Somewhere to go."""

    label: str
    about: str
    url: str


_PAGES = {
    "/board/": "总览", "/organisations/": "党组织", "/accounts/": "账号管理", "/requirements/": "要求和规则",
    "/findings/": "问题", "/rectification/": "整改", "/compare/": "与上轮比较",
}  # fmt: skip
"""How the addresses of lists end, and what they are called."""


def _titled(path: str) -> str:
    """What the page of a saved filter is called."""
    kind = next((k for slug, k in KINDS.items() if path == f"/ledgers/{slug}/"), None)
    if kind is not None:
        return kind.title
    return next((told for end, told in _PAGES.items() if path.endswith(end)), "")


def named(name: str, words: str) -> bool:
    """Whether a name holds the words, or its pinyin does."""
    word = words.strip().lower()
    return word in name.lower() or (word.isascii() and word in search_index.spelled(name))


def places(*, words: str, actor: Actor) -> list[Place]:
    """Ledgers to look into and to enter, accounts, saved filters, then units, then records and
    persons; of each only what the actor may look at.
    """
    reads = actor.reads_ledgers
    kinds = [kind for kind in KINDS.values() if reads and named(kind.title, words)][:MOST]
    found = [Place(k.title, "台账", reverse("ledgers:list", args=[k])) for k in kinds]
    if actor.own_branch is not None:
        found += [
            Place(f"登记{k.title}", "登记", reverse("ledgers:record", args=[k])) for k in kinds
        ]
    found += [
        Place(one.name, f"筛选　{_titled(one.path)}", one.url)
        for one in lists.saved(actor)
        if named(one.name, words)
    ][:MOST]
    if actor.administrates_accounts:
        found += [
            Place(f"{one.name}（{one.username}）", "账号", reverse("web:account", args=[one.pk]))
            for one in accounts.every(actor)
            if named(one.name, words) or named(one.username, words)
        ][:MOST]
    if not reads:
        return found
    hits = search.search(words=words, actor=actor)
    found += [
        Place(one.short_name, "党支部", reverse("checks:branch", args=[one.pk]))
        for one in hits.branches
    ]
    return found + [
        Place(one.title, f"{one.ledger}　{one.branch}", one.url) for one in hits.hits[:MOST]
    ]
