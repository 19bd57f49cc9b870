"""支部说明: what a branch says of a suspicion, written where the suspicion is shown."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from taizhang.checks.actions import explaining
from taizhang.checks.models import SuspicionRow
from taizhang.checks.reasons import queries
from taizhang.checks.views.verdicts import item_url
from taizhang.web.http import ActorRequest


@login_required
@require_POST
def explain(request: ActorRequest, key: int) -> HttpResponse:
    """Say of a suspicion, or of all that are told as one with it, how it came about."""
    row = queries.suspicion(key, actor=request.actor)
    rows = _meant(request, row)
    explaining.explain(
        rows=rows, text=request.POST.get("text", ""), actor=request.actor, now=timezone.now()
    )
    told = f"{len(rows)}处疑点的说明" if len(rows) > 1 else "说明"
    return _back(
        request, row, f"{told}已保存，督查组和组织科在疑点旁边看得到；疑点仍在，不等于排除。"
    )


@login_required
@require_POST
def take_back(request: ActorRequest, key: int) -> HttpResponse:
    """Say no longer what was said of a suspicion."""
    row = queries.suspicion(key, actor=request.actor)
    explaining.take_back(rows=_meant(request, row), actor=request.actor, now=timezone.now())
    return _back(request, row, "说明已撤回，写过的内容留存备查。")


def _meant(request: ActorRequest, row: SuspicionRow) -> list[SuspicionRow]:
    return queries.alike(row) if request.POST.get("all") == "1" else [row]


def _back(request: ActorRequest, row: SuspicionRow, told: str) -> HttpResponse:
    """To the page that the form stood on: the record's, or the item's."""
    messages.success(request, told)
    (reason,) = queries.reasons_of([row], queries.must_have_scope())
    if request.POST.get("back") == "record" and reason.record is not None:
        return redirect("ledgers:entry", reason.kind, reason.record)
    return redirect(item_url(request, row))
