"""How many records there are, by kind, branch and year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django.db.models.functions import ExtractYear

from taizhang.kernel.db.questions import Question
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds.campaigns import CampaignRecord
from taizhang.ledgers.records.queries import Filters, entries, pairs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation


def counts_by_branch(kind: LedgerKind, actor: Actor, filters: Filters) -> dict[int, int]:
    """How many rows of a list each branch has, whichever branches are chosen."""
    found = entries(kind, actor, replace(filters, branch=None, among=None)).order_by()
    return dict(found.values_list("branch_id").annotate(n=Count("pk")))


def standing(
    branch: Organisation, actor: Actor, kinds: dict[str, LedgerKind]
) -> dict[str, tuple[int, date | None]]:
    """How many records the branch has of each kind, and the day of the last, in one query."""
    parts = [
        kind.model.objects.visible_to(actor)
        .current()
        .filter(branch=branch)
        .order_by()
        .annotate(slug=Value(slug))
        .values("slug")
        .annotate(n=Count("pk"), last=Max(kind.day))
        for slug, kind in kinds.items()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return {row["slug"]: (row["n"], row["last"]) for row in rows}


def counts(branch: Organisation, actor: Actor, kinds: dict[str, LedgerKind]) -> dict[str, int]:
    """How many records the branch has of each kind."""
    return {slug: n for slug, (n, _) in standing(branch, actor, kinds).items()}


def counts_by_year(
    branch: Organisation, actor: Actor, kinds: dict[str, LedgerKind]
) -> dict[tuple[str, int], int]:
    """How many records of each kind lie in each year, in one query; what has no day is in none."""
    parts = [
        kind.model.objects.visible_to(actor)
        .current()
        .filter(branch=branch, **{f"{kind.day}__isnull": False})
        .order_by()
        .annotate(slug=Value(slug), of_year=ExtractYear(kind.day))
        .values("slug", "of_year")
        .annotate(n=Count("pk"))
        for slug, kind in kinds.items()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return {(row["slug"], row["of_year"]): row["n"] for row in rows}


def campaign_days(
    branch: Organisation, actor: Actor, from_on: date, to_on: date
) -> list[tuple[str, date]]:
    """The campaigns that the branch recorded within the days: name and day of each record."""
    return _CAMPAIGNS(branch.pk, from_on, to_on, *chain(*actor.spans))


def _campaigns(branch: int, from_on: date, to_on: date, *ends: str) -> QuerySet[Any]:
    model: Any = CampaignRecord
    of_branches = model.objects.within(pairs(ends)).current()
    days = {"held_on__gte": from_on, "held_on__lte": to_on}
    found: QuerySet[Any] = of_branches.filter(branch=branch, **days)
    return found.values_list("campaign", "held_on")


_CAMPAIGNS: Question[tuple[str, date]] = Question(_campaigns)
