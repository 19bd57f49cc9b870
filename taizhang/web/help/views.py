"""帮助: the contents for each role with the first steps, and one chapter."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taizhang.orgs.models import Role
from taizhang.orgs.queries import first_steps
from taizhang.web.help import contents, reading
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """The chapters that are one's own, then the others; and what is to be done first, as far as it
    is.
    """
    own, others = contents.for_actor(request.actor)
    starts = request.actor.has(Role.OFFICE, Role.SYSTEM, Role.SECURITY)
    page = {
        "own": own,
        "others": others,
        "own_steps": first_steps.of_keeper(request.actor),
        "steps": first_steps.of_bureau(request.actor) if starts else [],
    }
    return render(request, "web/help.html", page)


@login_required
@require_GET
def chapter(request: ActorRequest, slug: str) -> HttpResponse:
    """One chapter, and where to go on."""
    found = contents.chapter(slug)
    own, _ = contents.for_actor(request.actor)
    page = {"chapter": found, "blocks": reading.blocks(found.text), "own": own}
    return render(request, "web/chapter.html", page)
