"""核查: the verdict on every item of a branch, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from taizhang.checks import current
from taizhang.checks.models import Outcome
from taizhang.checks.reasons import queries
from taizhang.config.rest.shared import REFUSALS, actor_of, key
from taizhang.orgs.queries import organisations as orgs

router = Router(tags=["核查"])


@router.get(
    "/branches/{int:number}/", response={200: dict[str, Any], **REFUSALS}, operation_id="get_verdicts"
)  # fmt: skip
def verdicts(request: HttpRequest, number: int) -> dict[str, Any]:
    """The verdicts that hold within the days inspected; of a branch that is not judged yet there
    are none (`judged` false).
    """
    branch, scope = (
        orgs.organisation(key(number), actor=actor_of(request)),
        queries.must_have_scope(),
    )
    judged = current.judged(branch, scope)
    found = current.verdicts(scope).filter(branch=branch).order_by("item") if judged else []
    told = [
        {
            "item": one.item,
            "outcome": one.outcome,
            "told": Outcome(one.outcome).label,
            "reason": one.reason,
            "records": one.records,
            "errors": one.errors,
            "warns": one.warns,
        }
        for one in found
    ]
    return {
        "branch": branch.pk,
        "from": scope.from_on,
        "to": scope.to_on,
        "judged": judged is not None,
        "judged_at": judged.at if judged else None,
        "items": told,
    }


@router.get(
    "/branches/{int:number}/items/{item}/", response={200: dict[str, Any], **REFUSALS}, operation_id="get_reasons"
)  # fmt: skip
def reasons(request: HttpRequest, number: int, item: str) -> dict[str, Any]:
    """Why an item of a branch is as it is: what a machine suspects, in words."""
    branch = orgs.organisation(key(number), actor=actor_of(request))
    report = queries.item_report(branch=branch, key=item[:10])
    return {
        "branch": branch.pk,
        "item": item[:10],
        "suspicions": [
            {
                "text": one.text,
                "severity": one.first.severity,
                "certain": one.first.certain,
                "times": one.n,
            }
            for one in report.matters
        ],
    }
