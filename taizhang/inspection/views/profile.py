"""概况 of one unit over its rounds."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.inspection import queries
from taizhang.inspection.progress import profile
from taizhang.kernel.errors import NotFound
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def of_unit(request: ActorRequest, key: int) -> HttpResponse:
    """One page, to be read or printed."""
    branch = orgs.organisation(key, actor=request.actor)
    if not (branch.keeps_ledgers or branch.is_general):
        raise NotFound("这个党组织不是被督查单位。")
    page = {
        "branch": branch,
        "profile": profile.profile(branch, request.actor, queries.findings(request.actor)),
    }
    return render(request, "inspection/profile.html", page)
