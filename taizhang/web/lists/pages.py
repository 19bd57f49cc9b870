"""A long list in numbered pages, where it is no table of columns (`listing`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from taizhang.web.http import ActorRequest

PER_PAGE = 50


@dataclass(frozen=True)
class Paged:
    """One page of something; `web/pager.html` draws the numbers."""

    page: Page[Any]
    before: str
    """What stands in an address before the number of a page."""

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count

    @property
    def numbers(self) -> list[int | str]:
        """The numbers of the pages, with … where some are left out."""
        return list(
            self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        )


def paged(
    request: ActorRequest,
    found: Sequence[Any] | QuerySet[Any],
    *,
    name: str = "page",
    per: int = PER_PAGE,
) -> Paged:
    """The page that the address names, the nearest where there is no such; the rest of the address
    stays.
    """
    rest = without(request, name)
    page = Paginator(found, per).get_page(request.GET.get(name))
    return Paged(page, f"?{rest}{'&' if rest else ''}{name}=")


def without(request: ActorRequest, *names: str) -> str:
    """The address's question without some of its answers."""
    asked = request.GET.copy()
    for name in names:
        asked.pop(name, None)
    return asked.urlencode()
