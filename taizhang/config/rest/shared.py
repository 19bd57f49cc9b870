"""What all parts of the API share: who asks, pages of lists, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

from taizhang.ledgers.pages.api import REFUSALS, Told
from taizhang.orgs.actor import Actor

__all__ = ["REFUSALS", "Paged", "Told", "actor_of", "key", "page_of"]
PER_PAGE = 100
_LARGEST = 2**62


class Paged(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=10**6)


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def key(number: int) -> int:
    """A key that a database can be asked for."""
    return max(0, min(number, _LARGEST))


def page_of(
    found: QuerySet[Any], number: int, tell: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """One page of a list, with how many there are."""
    page = Paginator(found, PER_PAGE).get_page(number)
    return {
        "total": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "records": [tell(one) for one in page],
    }
