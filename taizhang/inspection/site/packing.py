"""What an inspector takes along to a unit: each requirement with the machine's verdict, its reasons
and the records behind them, a sample that can be drawn again, and what was left of the last round.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.pages.campaigns_asked import topics
from taizhang.checks.reasons import explanations, outcomes
from taizhang.checks.reasons import queries as checks
from taizhang.checks.reasons.folding import Matter
from taizhang.inspection.models import Finding, Round, RoundItem, Visit
from taizhang.inspection.site import of_general, sampling
from taizhang.ledgers.kinds.campaigns import KIND as CAMPAIGNS
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations

MOST_REASONS = 12
"""So many matters of one requirement go along, the gravest; the rest stand on the item's page."""
MOST_MEMBERS = 40
"""So many places of one matter go along."""

MOST_SHOWN = 4
"""So many records of one matter are named, to be read on site."""


def pack(visit: Visit, opened: Round, scope: CheckScope, actor: Actor) -> dict[str, Any]:
    """The picture of one unit as it is now, to be frozen with the round."""
    place = visit.unit.organisation
    items = list(opened.items.all())
    branches = organisations.branches_of([place])[place.pk] if place is not None else []
    if place is None or not branches:
        return {"items": {str(item.no): _unknown() for item in items}, "earlier": [], "sample": []}
    packs = [
        (one, _of_branch(one, items, opened, sampling.Where(one, scope, actor))) for one in branches
    ]
    whole = packs[0][1] if place.keeps_ledgers else of_general.joined(place, packs)
    return whole | {"earlier": earlier(opened, place)}


def _of_branch(
    branch: Organisation, items: list[RoundItem], opened: Round, where: sampling.Where
) -> dict[str, Any]:
    known = checks.standing_of(branch, where.scope)
    campaigns = topics(branch=branch, scope=where.scope, actor=where.actor)
    said = {topic.name: len(topic.days) for topic in campaigns}
    told = {str(item.no): _item(item, known, said, branch) for item in items}
    seed = f"{opened.pk}:{branch.pk}:{opened.opened_at.isoformat()}"
    return {"items": told, "seed": seed, **sampling.sample(items, told, where, seed)}


def word_of(known: dict[str, Any]) -> str:
    """How the outcome of a requirement in a pack is told."""
    return outcomes.word(known["outcome"], warnings_of(known))


def warnings_of(known: dict[str, Any]) -> int:
    """How many warnings nobody set aside; a pack of before says it by its reasons."""
    counted = sum(reason["severity"] == "warn" for reason in known["reasons"])
    return int(known.get("warns", counted))


def passes(known: dict[str, Any]) -> bool:
    """Whether the machine looked at a requirement and found nothing at all: only this may be
    accepted unseen.

    Where nothing was due yet there was nothing to look at (未到期).
    """
    fine = (Outcome.OK, Outcome.NOT_APPLICABLE)
    return known["outcome"] in fine and not warnings_of(known)


def _unknown() -> dict[str, Any]:
    return {
        "outcome": Outcome.TO_JUDGE,
        "warns": 0,
        "why": "没有对应的党组织，系统不能核对。",
        "reasons": [],
        "more": 0,
        "records": 0,
        "url": "",
    }


def _item(
    item: RoundItem, known: dict[str, checks.Known], said: dict[str, int], branch: Organisation
) -> dict[str, Any]:
    if item.is_topic:
        n = said.get(item.title, 0)
        why = f"登记了{n}条专项活动记录，由人工判断。" if n else "未见专项活动记录，由人工判断。"
        url = f"{reverse('ledgers:list', args=[CAMPAIGNS])}?branch={branch.pk}"
        return _unknown() | {"why": why, "records": n, "url": url}
    if not item.catalogue_item:
        return _unknown() | {"why": "要求与模板不同，系统不能核对，由人工判断。"}
    found = known.get(item.catalogue_item)
    if found is None:
        return _unknown() | {"outcome": Outcome.UNCHECKED, "why": "未核对，由人工判断。"}
    reasons = [_matter(matter) for matter in found.matters]
    return {
        "outcome": found.verdict.outcome,
        "warns": found.verdict.warns,
        "why": found.verdict.reason,
        "records": found.verdict.records,
        "reasons": reasons[:MOST_REASONS],
        "more": max(0, len(reasons) - MOST_REASONS),
        "url": reverse("checks:item", args=[branch.pk, item.catalogue_item]),
    }


def _matter(matter: Matter) -> dict[str, Any]:
    """What is said once, on the screen and in a letter, with the places that it folds; a finding
    made of it stands for the last.
    """
    r = matter.first
    return {
        "code": r.code,
        "rule": r.rule,
        "window": matter.last.window,
        "severity": r.severity,
        "text": matter.text,
        "official": matter.official,
        "says": r.says,
        "marks": " ".join(explanations.mark_of(one.suspicion) for one in matter.members),
        "n": matter.n,
        "shown": [
            [one.kind, one.record] for one in matter.members[:MOST_SHOWN] if one.record is not None
        ],
        "members": [one.text for one in matter.members[:MOST_MEMBERS]] if matter.n > 1 else [],
        "url": reverse("ledgers:entry", args=[r.kind, r.record])
        if r.record is not None and matter.n == 1
        else r.listed,
    }


def earlier(opened: Round, branch: Organisation) -> list[dict[str, Any]]:
    """The problems of the last round of this unit, those not closed first."""
    if opened.previous_id is None:
        return []
    found = Finding.objects.filter(
        visit__unit__area__round=opened.previous_id,
        visit__unit__organisation=branch,
        standing__in=Finding.ISSUED,
    ).select_related("item", "rectification")
    listed = [
        {
            "id": f.pk,
            "number": f.number,
            "facts": f.facts,
            "item": f.item.title if f.item else "",
            "code": f.item.catalogue_item if f.item else "",
            "rule": f.rule,
            "window": f.window,
            "standing": f.get_standing_display(),
            "closed": f.standing == Finding.Standing.CLOSED,
            "deadline": f"{f.deadline or ''}",
            "measure": f.rectification.measure if hasattr(f, "rectification") else "",
            "result": f.rectification.result if hasattr(f, "rectification") else "",
        }
        for f in found
    ]
    return sorted(listed, key=lambda one: bool(one["closed"]))


def day_of(opened: Round, today: date) -> date:
    """The day as of which a round's people are who they are."""
    return opened.starts_on or today
