"""What a branch changed in its ledgers after the picture of its visit was frozen, or after both
sides signed.

The picture, the findings and the letter stay as they were; a change is marked the moment it happens
and shown as later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.inspection.models import LaterChange, Round, RoundItem, Visit
from taizhang.kernel.db.questions import Question
from taizhang.ledgers.changes import Change
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.campaigns import KIND as CAMPAIGNS
from taizhang.orgs.queries import organisations

_OVER = (Round.Standing.CLOSED, Round.Standing.ARCHIVED)


def mark(change: Change, now: datetime) -> None:
    """Note a change with every visit of the branch whose round still goes on; called in the
    change's transaction.
    """
    found = _PACKED(*sorted(organisations.line_of(change.branch)))
    LaterChange.objects.bulk_create(
        LaterChange(
            visit_id=key,
            kind=change.kind.slug,
            entry_id=change.record,
            how=change.how,
            at=now,
            signed=bool(team and branch),
        )
        for key, team, branch in found
    )


_PACKED: Question[Any] = Question(
    lambda *places: (
        Visit.objects.filter(unit__organisation__in=places, packed_at__isnull=False)
        .exclude(unit__area__round__standing__in=_OVER)
        .values_list("pk", "team_signed_at", "branch_signed_at")
    )
)


@dataclass(frozen=True)
class Later:
    """A change as people read it; `items` are the catalogue's items that the ledger serves,
    `topics` says whether it serves the round's topics.
    """

    text: str
    url: str
    signed: bool
    items: tuple[str, ...]
    topics: bool


def told(changes: Iterable[LaterChange]) -> list[Later]:
    """The changes in words, the same act on the same record once."""
    found: dict[tuple[str, int | None, str, bool], LaterChange] = {}
    for one in changes:
        found[one.kind, one.entry_id, one.how, one.signed] = one
    return [
        Later(
            f"{timezone.localtime(one.at):%m-%d %H:%M} "
            f"{one.get_how_display()}{KINDS[one.kind].title}"
            + (f"第{one.entry_id}号" if one.entry_id else ""),
            reverse("ledgers:entry", args=[one.kind, one.entry_id])
            if one.entry_id
            else reverse("ledgers:list", args=[one.kind]),
            one.signed,
            KINDS[one.kind].items,
            one.kind == CAMPAIGNS.slug,
        )
        for one in found.values()
    ]


def by_no(changes: Iterable[Later], items: Iterable[RoundItem]) -> dict[int, list[Later]]:
    """Number of a requirement → the changes of the ledgers that serve it."""
    listed = list(changes)
    found: dict[int, list[Later]] = defaultdict(list)
    for item in items:
        for one in listed:
            if one.topics if item.is_topic else item.catalogue_item in one.items:
                found[item.no].append(one)
    return found
