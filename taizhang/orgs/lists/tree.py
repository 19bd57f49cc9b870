"""The branches that somebody may read, as lists show them at their left: by 片区, else by the
organisation above them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations

OPEN_AT_ONCE = 60
"""With more branches than these only the chosen group shows its own."""


@dataclass(frozen=True)
class Group:
    """Branches that stand together, and how an address names them."""

    code: str
    name: str
    branches: tuple[Organisation, ...]


@dataclass(frozen=True)
class Leaf:
    """A branch, and how many rows of the list are its own."""

    code: str
    name: str
    n: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Twig:
    """A group with its rows; its leaves only where they are shown."""

    code: str
    name: str
    n: int | None
    is_chosen: bool
    leaves: list[Leaf]


@dataclass(frozen=True)
class Tree:
    """What a list can be narrowed to, and what it is."""

    groups: tuple[Group, ...]
    chosen: str = ""

    @property
    def is_worth_it(self) -> bool:
        """Whether there is anything to choose."""
        return sum(len(group.branches) for group in self.groups) > 1

    @property
    def keys(self) -> frozenset[int] | None:
        """The branches that are chosen; None where all are. What nobody knows is none of them."""
        if not self.chosen:
            return None
        for group in self.groups:
            if group.code == self.chosen:
                return frozenset(one.pk for one in group.branches)
        return frozenset(
            one.pk for group in self.groups for one in group.branches if str(one.pk) == self.chosen
        )

    def twigs(self, counts: Mapping[int, int] | None = None) -> list[Twig]:
        """The groups as they are drawn, with how many rows each branch has."""
        few = sum(len(group.branches) for group in self.groups) <= OPEN_AT_ONCE
        return [self._twig(group, counts, is_open=few) for group in self.groups]

    def _twig(self, group: Group, counts: Mapping[int, int] | None, *, is_open: bool) -> Twig:
        leaves = [
            Leaf(
                str(one.pk),
                one.short_name,
                None if counts is None else counts.get(one.pk, 0),
                str(one.pk) == self.chosen,
            )
            for one in group.branches
        ]
        is_open = is_open or group.code == self.chosen or any(leaf.is_chosen for leaf in leaves)
        total = None if counts is None else sum(leaf.n or 0 for leaf in leaves)
        mine = group.code == self.chosen
        return Twig(group.code, group.name, total, mine, leaves if is_open else [])


def tree(actor: Actor, day: date, chosen: str = "") -> Tree:
    """The branches that the actor may read, in their groups of a day."""
    found = list(organisations.branches(actor).select_related("parent"))
    if len(found) < 2:
        return Tree(_whole(found), chosen)
    left = {one.pk: one for one in found}
    groups = []
    for area, keys in organisations.areas(day):
        inside = [left.pop(key) for key in keys if key in left]
        if inside:
            groups.append(Group(f"a{area.pk}", area.name, _in_order(inside)))
    above: dict[Organisation | None, list[Organisation]] = {}
    for one in left.values():
        above.setdefault(one.parent, []).append(one)
    groups += [
        Group(
            f"o{parent.pk if parent else 0}",
            parent.short_name if parent else "其他",
            _in_order(some),
        )
        for parent, some in above.items()
    ]
    return Tree(tuple(groups), chosen)


def _whole(found: list[Organisation]) -> tuple[Group, ...]:
    return (Group("o0", "", tuple(found)),) if found else ()


def _in_order(branches: list[Organisation]) -> tuple[Organisation, ...]:
    return tuple(sorted(branches, key=lambda one: one.path))
