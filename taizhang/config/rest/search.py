"""The search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router

from taizhang.config.rest.shared import REFUSALS, Paged, actor_of
from taizhang.ledgers.pages.api import Listed
from taizhang.ledgers.search import page as searching
from taizhang.ledgers.search.hits import Narrowed

router = Router(tags=["搜索"])


class Asking(Paged):
    """What is looked for, and to what it is narrowed."""

    words: str = Field(alias="q", min_length=1, max_length=60)
    ledger: str = Field("", max_length=40)
    branch: int | None = Field(None, ge=1, le=2**62)
    year: int | None = Field(None, ge=1949, le=2100)


@router.get("/", response={200: Listed, **REFUSALS}, operation_id="search")
def search(request: HttpRequest, asking: Query[Asking]) -> dict[str, Any]:
    """Records and files that hold every word, the latest first."""
    narrowed = Narrowed(asking.ledger, asking.branch, asking.year)
    words = asking.words.replace("\x00", "")
    found = searching.search(
        words=words, actor=actor_of(request), narrowed=narrowed, page=asking.page
    )
    told = [
        {
            "title": hit.title,
            "ledger": hit.ledger,
            "branch": hit.branch,
            "day": hit.day,
            "url": hit.url,
            "around": f"{hit.before}{hit.words}{hit.after}",
        }
        for hit in found.hits
    ]
    return {"total": found.total, "page": found.page, "pages": found.pages, "records": told}
