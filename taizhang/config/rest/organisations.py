"""党组织 that one may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from taizhang.config.rest.shared import REFUSALS, Paged, actor_of, key, page_of
from taizhang.ledgers.pages.api import Listed
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs

router = Router(tags=["党组织"])


def _told(one: Organisation) -> dict[str, Any]:
    return {
        "id": one.pk,
        "full_name": one.full_name,
        "short_name": one.short_name,
        "type": one.org_type,
        "parent": one.parent_id,
        "established_on": one.established_on,
        "dissolved_on": one.dissolved_on,
    }


@router.get("/", response={200: Listed, **REFUSALS}, operation_id="list_organisations")
def list_organisations(request: HttpRequest, asking: Query[Paged]) -> dict[str, Any]:
    """In the order of the tree."""
    found = Organisation.objects.visible_to(actor_of(request)).order_by("path")
    return page_of(found, asking.page, _told)


@router.get(
    "/{int:number}/", response={200: dict[str, Any], **REFUSALS}, operation_id="get_organisation"
)
def one(request: HttpRequest, number: int) -> dict[str, Any]:
    """One of them."""
    return _told(orgs.organisation(key(number), actor=actor_of(request)))
