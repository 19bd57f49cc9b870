"""The random sample of a visit: of which records it is drawn, how, and the seed by which anybody
draws it again.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.catalogue.model import Catalogue, Item
from taizhang.checks import engine, facts
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons import queries as checks
from taizhang.checks.reasons.record_links import TABLES
from taizhang.checks.verdicts import kept_rows
from taizhang.inspection.models import RoundItem
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

SIZE = 3
"""Of so many requirements that the machine found in order, one record each is looked at."""
Record = tuple[str, int]
"""Kind and key."""


@dataclass(frozen=True)
class Where:
    """Whose records are drawn from, for which days, and who draws."""

    branch: Organisation
    scope: CheckScope
    actor: Actor


def sample(
    items: Sequence[RoundItem], told: dict[str, dict[str, Any]], where: Where, seed: str
) -> dict[str, Any]:
    """The records drawn, and the plan by which they were; the same seed draws the same ones."""
    fine = [
        item
        for item in items
        if told[str(item.no)]["outcome"] == Outcome.OK
        and not told[str(item.no)]["warns"]
        and told[str(item.no)]["records"]
    ]
    rules = engine.catalogue(where.scope.catalogue)
    drawn, of = draw(fine, lambda item: population(item.catalogue_item, rules, where), seed)
    method = f"在台账登记未见疑点且有记录的{of}项中随机抽{len(drawn)}项，每项从督查期内该项的全部记录中随机抽1条。"
    return {
        "sample": drawn,
        "sampling": {"population": of, "size": len(drawn), "seed": seed, "method": method},
    }


def draw(
    items: Sequence[RoundItem], records_of: Callable[[RoundItem], list[Record]], seed: str
) -> tuple[list[dict[str, Any]], int]:
    """One record each of some items, every record of an item with the same chance; and of how many
    items.
    """
    chance = random.Random(hashlib.sha256(seed.encode()).digest())  # noqa: S311  (drawn again by anybody, not secret)
    drawn = []
    for item in chance.sample(items, min(SIZE, len(items))):
        if records := records_of(item):
            slug, key = chance.choice(records)
            entry = KINDS[slug].model.objects.get(pk=key)
            drawn.append(
                {
                    "no": item.no,
                    "kind": KINDS[slug].title,
                    "record": key,
                    "what": str(entry),
                    "of": len(records),
                    "url": reverse("ledgers:entry", args=[slug, key]),
                }
            )
    return drawn, len(items)


def population(code: str, rules: Catalogue, where: Where) -> list[Record]:
    """All records of an item within the period: those that it is kept in, and those of the other
    ledgers that serve it.
    """
    item = next(one for one in rules.items if one.id == code)
    period = checks.period_of(where.scope, timezone.localdate())
    kept = item.kept_in
    own = _slug(item)
    found: list[Record] = []
    if kept is not None:
        tables = facts.of_branch(where.branch.pk, {kept.ledger}).tables
        found = [(own, row.id) for row in kept_rows(item, tables, period)]
    days = (period.from_on, period.last)
    for slug, _ in checks.kinds_for(code):
        if slug != own and slug not in _divided(rules):
            keys = ledgers.keys_between(KINDS[slug], where.branch, days, where.actor)
            found += [(slug, key) for key in keys]
    return found


def _slug(item: Item) -> str:
    return TABLES[item.kept_in.ledger][0].slug if item.kept_in else ""


def _divided(rules: Catalogue) -> set[str]:
    """Kinds of which several items keep a part each: none of their records is of an item that keeps
    no part.
    """
    return {_slug(item) for item in rules.items if item.kept_in and item.kept_in.where}
