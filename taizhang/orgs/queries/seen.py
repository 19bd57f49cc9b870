"""What somebody sees of the tree, by key and name only: to choose from, and to narrow a question to
it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from taizhang.kernel.db.questions import Question
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import within
from taizhang.orgs.models import Organisation


@dataclass(frozen=True)
class Place:
    """One organisation."""

    pk: int
    short_name: str
    keeps_ledgers: bool


@dataclass(frozen=True)
class Seen:
    """The organisations that somebody may read, in the order of the tree."""

    places: list[Place]
    others: set[int]
    """The keys of those that he may not."""

    @property
    def branches(self) -> list[Place]:
        """Those that keep ledgers."""
        return [one for one in self.places if one.keeps_ledgers]


def seen(actor: Actor) -> Seen:
    """All organisations, told apart by whether the actor may read them; one question."""
    found = _SEEN(*(end for span in actor.spans for end in span))
    places = [
        Place(pk, name, kind in Organisation.BRANCH_TYPES) for pk, name, kind, own in found if own
    ]
    return Seen(places, {pk for pk, _, _, own in found if not own})


def names(actor: Actor) -> dict[int, list[tuple[str, bool]]]:
    """What the branches that the actor may read are called, by their keys: full and short names,
    aliases and units, and whether a name may be typed in pinyin.
    """
    found = defaultdict(list)
    for pk, name, read_aloud in _NAMES(*(end for span in actor.spans for end in span)):
        found[pk].append((name, bool(read_aloud)))
    return found


def _within(ends: tuple[str, ...]) -> Q:
    return within("path", zip(ends[::2], ends[1::2], strict=True))


def _asked(*ends: str) -> QuerySet[Any]:
    told = Organisation.objects.annotate(own=Q(_within(ends)))
    return told.order_by("path").values_list("pk", "short_name", "org_type", "own")


def _asked_names(*ends: str) -> QuerySet[Any]:
    found = Organisation.objects.branches().filter(_within(ends)).order_by()
    columns = {"short_name": 1, "full_name": 0, "aliases__name": 1, "units__name": 0}
    first, *more = [
        found.exclude(**{column: None}).values_list("pk", F(column), Value(aloud))
        for column, aloud in columns.items()
    ]
    return first.union(*more, all=True)


_SEEN: Question[tuple[int, str, str, bool]] = Question(_asked)
_NAMES: Question[tuple[int, str, int]] = Question(_asked_names)
