"""What a sheet says that was filled away from the page, taken in as if it had been
entered on site.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from taizhang.inspection.actions import site
from taizhang.inspection.models import Visit
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import seen
from taizhang.web.http import ActorRequest


def entered(request: ActorRequest, visit: Visit, entries: Sequence[e.AnyEntry]) -> HttpResponse:
    """What became of each entry, and what nobody entered yet."""
    results = site.sync(entries=entries, actor=request.actor, now=timezone.now())
    page = {
        "visit": visit,
        "results": list(zip(entries, results, strict=True)),
        "unseen": seen.unseen(visit),
    }
    return render(request, "inspection/sheet_done.html", page)
