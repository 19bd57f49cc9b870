"""督查: rounds, visits and findings, and what a team writes down, many at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from taizhang.config.rest.shared import REFUSALS, Paged, actor_of, key, page_of
from taizhang.inspection import queries
from taizhang.inspection.actions import site
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.inspection.site import entries as e
from taizhang.ledgers.pages.api import Listed

router = Router(tags=["督查"])
MOST = 500


class Answers(Schema):
    """检查情况 of many requirements; each has a key of its own, by which sending it again makes no
    second one.
    """

    answers: list[e.AnswerGiven] = Field(max_length=MOST)


class FindingsAsked(Paged):
    """Of which round, and in which state."""

    round: int | None = Field(None, ge=1, le=2**62)
    standing: str = Field("", max_length=14)


def _round(one: Round) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "number": one.number,
        "standing": one.standing,
        "told": one.get_standing_display(),
        "period_from": one.period_from,
        "period_to": one.period_to,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }


def _visit(one: Visit) -> dict[str, Any]:
    return {
        "id": one.pk,
        "unit": one.unit.name,
        "area": one.unit.area.name,
        "branch": one.unit.organisation_id,
        "standing": one.standing,
        "told": one.get_standing_display(),
        "started_at": one.started_at,
        "ended_at": one.ended_at,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": one.pk,
        "number": one.number,
        "round": one.visit.unit.area.round_id,
        "visit": one.visit_id,
        "branch": one.visit.unit.organisation_id,
        "item": one.item.no if one.item else None,
        "facts": one.facts,
        "severity": one.severity,
        "standing": one.standing,
        "told": one.get_standing_display(),
        "deadline": one.deadline,
    }


@router.get("/rounds/", response={200: Listed, **REFUSALS}, operation_id="list_rounds")
def list_rounds(request: HttpRequest, asking: Query[Paged]) -> dict[str, Any]:
    """The rounds that one may see, the latest first."""
    return page_of(queries.rounds(actor_of(request)).order_by("-pk"), asking.page, _round)


@router.get(
    "/rounds/{int:number}/", response={200: dict[str, Any], **REFUSALS}, operation_id="get_round"
)
def one_round(request: HttpRequest, number: int) -> dict[str, Any]:
    """One of them, with its requirements and the visits that one may see."""
    actor = actor_of(request)
    found = queries.round_of(key(number), actor=actor)
    items = [
        {"no": one.no, "category": one.category, "title": one.title, "requirement": one.requirement}
        for one in found.items.all()
    ]
    return _round(found) | {
        "items": items,
        "visits": [_visit(v) for v in queries.visits_of(found, actor)],
    }


@router.get("/findings/", response={200: Listed, **REFUSALS}, operation_id="list_findings")
def list_findings(request: HttpRequest, asking: Query[FindingsAsked]) -> dict[str, Any]:
    """The problems that one may see: of a branch those that were issued."""
    found = queries.findings(actor_of(request))
    if asking.round is not None:
        found = found.filter(visit__unit__area__round=asking.round)
    if asking.standing:
        found = found.filter(standing=asking.standing.replace("\x00", ""))
    return page_of(found.order_by("-pk"), asking.page, _finding)


@router.get(
    "/findings/{int:number}/",
    response={200: dict[str, Any], **REFUSALS},
    operation_id="get_finding",
)
def one_finding(request: HttpRequest, number: int) -> dict[str, Any]:
    """One of them."""
    return _finding(queries.finding(key(number), actor=actor_of(request)))


@router.post(
    "/answers/", response={200: list[dict[str, Any]], **REFUSALS}, operation_id="give_answers"
)
def give_answers(request: HttpRequest, given: Answers) -> list[dict[str, Any]]:
    """Write down many verdicts; each is told whether it was stored, was known, or why it was
    refused.
    """
    found = site.sync(entries=given.answers, actor=actor_of(request), now=timezone.now())
    return [{"key": one.key, "state": one.state, "message": one.message} for one in found]
