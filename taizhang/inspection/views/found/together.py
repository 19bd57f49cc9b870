"""Acts on the findings that were ticked in a list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from taizhang.inspection import queries
from taizhang.inspection.models import Finding
from taizhang.inspection.together import actions
from taizhang.inspection.views.found import finding_list
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.sheets import excel
from taizhang.web.http import ActorRequest
from taizhang.web.params import day, key_of

PAGES = ("findings", "rectification")


def _ticked(request: ActorRequest, key: int) -> list[Finding]:
    opened = queries.round_of(key, actor=request.actor)
    keys = {key_of(one) for one in request.POST.getlist("key")}
    found = queries.findings(request.actor).filter(visit__unit__area__round=opened, pk__in=keys)
    some = list(found.order_by("number", "pk"))
    if len(some) != len(keys):
        raise BadInput("勾选的问题中有的没有了，或者您无权办理；请刷新页面。")
    if not some:
        raise BadInput("请先勾选问题。")
    return some


def _back(request: ActorRequest, key: int) -> HttpResponse:
    page, query = request.POST.get("page", ""), request.POST.get("query", "")[:500]
    url = reverse(f"inspection:{page if page in PAGES else PAGES[0]}", args=[key])
    return redirect(f"{url}?{query}" if query else url)


@login_required
@require_POST
def decide(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """One act on all of them, for one reason."""
    n = actions.decide_many(
        chosen=_ticked(request, key),
        verb=verb,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"{actions.VERBS[verb]}：已办理{n}个问题。")
    return _back(request, key)


@login_required
@require_POST
def deadlines(request: ActorRequest, key: int) -> HttpResponse:
    """Another day for all of them, for one reason."""
    n = actions.set_deadlines(
        chosen=_ticked(request, key),
        deadline=day(request.POST.get("deadline"), "整改时限"),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已改{n}个问题的整改时限。")
    return _back(request, key)


@login_required
@require_POST
def sheet(request: ActorRequest, key: int) -> HttpResponse:
    """They as a sheet, with all that the list can show."""
    some = _ticked(request, key)
    headers, rows = finding_list.table(request.actor, some)
    mark = excel.watermark(request.actor.user.name, timezone.localtime())
    ledgers.note_export(
        subject=f"round:{key}",
        actor=request.actor,
        now=timezone.now(),
        detail={"findings": len(some)},
    )
    return xlsx_response(excel.written("问题", headers, rows, mark), "问题清单（所选）.xlsx")
