"""What changed since an earlier check of everybody: the rows behind the figures of 总览."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.checks.pages import changed
from taizhang.checks.views.verdicts import chosen_board, must_read, scoped
from taizhang.web.http import ActorRequest
from taizhang.web.params import key_of


@login_required
@require_GET
@scoped
def changes(request: ActorRequest) -> HttpResponse:
    """By branch and by item; narrowed to one of them, or to one figure, the single changes."""
    must_read(request)
    asked = request.GET
    chosen = replace(chosen_board(request), only="")
    wanted = changed.Wanted(
        branch=key_of(asked.get("branch")),
        item=asked.get("item", "")[:10],
        sort=asked.get("sort", "")[:10],
    )
    found = changed.page(
        actor=request.actor, chosen=chosen, wanted=wanted, today=timezone.localdate()
    )
    page = {"changed": found, "chosen": chosen, "wanted": wanted}
    return render(request, "checks/changes.html", page)
