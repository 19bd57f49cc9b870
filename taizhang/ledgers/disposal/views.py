"""Pages of 销毁清册: how long things are kept, the lists, and what is done with one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import NotFound
from taizhang.ledgers.disposal import actions as disposing
from taizhang.ledgers.disposal import queries as disposals
from taizhang.ledgers.disposal import retention
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.web.http import ActorRequest
from taizhang.web.lists import pages
from taizhang.web.params import key_of


@login_required
@require_http_methods(["GET", "POST"])
def all_disposals(request: ActorRequest) -> HttpResponse:
    """The terms and the lists; a POST makes a new list."""
    if request.method == "POST":
        made = disposing.propose(actor=request.actor, now=timezone.now())
        messages.success(request, f"已编制{made}。")
        return redirect("ledgers:disposal", key=made.pk)
    page = {
        "found": disposals.disposals(request.actor),
        "terms": disposals.terms(),
        "held": retention.holds(),
    }
    return render(request, "ledgers/disposals.html", page)


@login_required
@require_GET
def disposal(request: ActorRequest, key: int) -> HttpResponse:
    """One list."""
    found = disposals.disposal(key, actor=request.actor)
    page = {
        "found": found,
        "paged": pages.paged(request, disposals.lines(found)),
        "digest": disposing.digest(found),
        "own": found.made_by_id == request.actor.user.pk,
    }
    return render(request, "ledgers/disposal.html", page)


@login_required
@require_GET
def disposal_sheet(request: ActorRequest, key: int) -> HttpResponse:
    """The list as a sheet."""
    found = disposals.disposal(key, actor=request.actor)
    data = disposals.destruction_list(found, request.actor, timezone.localtime())
    return xlsx_response(data, f"{found}.xlsx")


@login_required
@require_POST
def disposal_step(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """What is done with a list."""
    found, actor, now = disposals.disposal(key, actor=request.actor), request.actor, timezone.now()
    if verb == "keep":
        chosen = [key_of(text) for text in request.POST.getlist("line")]
        n = disposing.keep(disposal=found, keys=chosen, actor=actor, now=now)
        messages.success(request, f"留存{n}条。")
    elif verb == "approve":
        disposing.approve(
            disposal=found, number=request.POST.get("number", ""), actor=actor, now=now
        )
        messages.success(request, "已登记批准。")
    elif verb == "carry-out":
        disposing.carry_out(disposal=found, actor=actor, now=now)
        messages.success(request, "已销毁，清册长期保存。")
    elif verb == "drop":
        disposing.drop(disposal=found, actor=actor, now=now)
        messages.success(request, "已取消，没有销毁任何内容。")
    else:
        raise NotFound("没有这种操作。")
    return redirect("ledgers:disposal", key=key)
