"""What changed since an earlier check: by branch, by item, and one by one where it is narrowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from taizhang.catalogue.model import Item
from taizhang.checks.current import JudgedBy, judged_by
from taizhang.checks.history import changes
from taizhang.checks.history.changes import Change, Since, counted
from taizhang.checks.pages.board import BoardFilter, chosen_branches
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

MOST = 150
"""So many lines a page lists; it says how many more there are."""


@dataclass(frozen=True)
class Wanted:
    """What the list of changes is narrowed to: a branch, an item, one of the figures."""

    branch: int = 0
    item: str = ""
    sort: str = ""

    def __bool__(self) -> bool:
        """Whether it is narrowed at all."""
        return bool(self.branch or self.item or self.sort)

    def takes(self, one: Change) -> bool:
        """Whether a change is asked for."""
        return (
            self.branch in (0, one.branch)
            and self.item in ("", one.item)
            and (not self.sort or one.is_of(self.sort))
        )


@dataclass(frozen=True)
class Group:
    """The changes of one branch, or of one item in all."""

    name: str
    link: str
    counts: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Line:
    """One change as it is read."""

    branch: Organisation
    item: Item
    change: Change


@dataclass(frozen=True)
class Changed:
    """The page; `since` is None where there is nothing to compare with."""

    since: Since | None
    n_branches: int
    link: str
    """The address of the page with what it is narrowed to beside the change itself."""
    counts: list[tuple[str, str, int]]
    branches: list[Group]
    items: list[Group]
    lines: list[Line]
    n_lines: int
    narrowed: str
    """What the list is narrowed to, in words."""
    by: JudgedBy

    @property
    def unlisted(self) -> int:
        """How many lines are not listed."""
        return self.n_lines - len(self.lines)

    @property
    def uncompared(self) -> int:
        """Of how many branches nothing can be said: not judged then, or not now."""
        return self.n_branches - len(self.since.compared) if self.since else self.n_branches


def page(*, actor: Actor, chosen: BoardFilter, wanted: Wanted, today: date) -> Changed:
    """What changed in the branches that the actor sees and asks for."""
    scope = must_have_scope()
    _, called = chosen_branches(actor=actor, chosen=chosen, scope=scope, today=today)
    branches = {branch.pk: branch for branch in called}
    by = judged_by(scope, only_asked=chosen.asked)
    items = {item.id: item for item in by.shown}
    since = changes.since(scope=scope, branches=branches, asked=chosen.since, today=today)
    since = since and since.only(items)
    every = since.changes if since else []
    told = {
        "area": chosen.area,
        "unit_type": chosen.unit_type,
        "since": chosen.since,
        "asked": int(by.is_narrowed),
    }
    link = "?" + urlencode({name: value for name, value in told.items() if value})
    listed = [one for one in every if wanted.takes(one)] if wanted else []
    return Changed(
        since,
        len(branches),
        link,
        counted([one for one in every if wanted.takes(one)]),
        _groups(
            every, lambda one: one.branch, lambda key: branches[key].short_name, f"{link}&branch="
        ),
        _groups(
            every, lambda one: one.item, lambda key: f"{key} {items[key].name}", f"{link}&item="
        ),
        [Line(branches[one.branch], items[one.item], one) for one in listed[:MOST]],
        len(listed),
        _in_words(wanted, branches, items),
        by,
    )


def _groups(
    every: list[Change], key: Callable[[Change], Any], name: Callable[[Any], str], link: str
) -> list[Group]:
    """By what the changes have in common, those with most that is new first."""
    found: dict[Any, list[Change]] = {}
    for one in every:
        found.setdefault(key(one), []).append(one)
    made = [Group(name(one), f"{link}{one}", counted(some)) for one, some in found.items()]
    return sorted(made, key=lambda group: [-n for _, _, n in group.counts])


def _in_words(wanted: Wanted, branches: dict[int, Organisation], items: dict[str, Item]) -> str:
    branch, item = branches.get(wanted.branch), items.get(wanted.item)
    told = [
        branch.short_name if branch else "",
        f"{item.id} {item.name}" if item else "",
        changes.SORTS[wanted.sort][0] if wanted.sort in changes.SORTS else "",
    ]
    return "、".join(filter(None, told))
