"""我的: what the ledgers have of oneself, and saying that something of it is wrong; and the branch's
answers.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.ledgers.mine import actions as objections
from taizhang.ledgers.mine import records as own_records
from taizhang.ledgers.models import Objection
from taizhang.web.http import ActorRequest


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: ActorRequest) -> HttpResponse:
    """A member's own page; a POST shows what is sealed in full, once."""
    person = request.actor.user.person
    page: dict[str, Any] = {"person": person, "abouts": Objection.About.choices}
    openly = request.method == "POST"
    if openly:
        objections.see_oneself(actor=request.actor, now=timezone.now())
    if person is not None:
        page |= own_records.records(person, openly=openly, today=timezone.localdate())
        page |= {"openly": openly, "of": _asked(request)}
    answer = render(request, "ledgers/mine.html", page)
    if openly:
        answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: ActorRequest) -> dict[str, str]:
    """The line that an objection begins from: what it is about, and which one."""
    about, line = request.GET.get("about", ""), request.GET.get("line", "")[:60]
    return {"about": about, "line": f"{line}：" if line else ""}


@login_required
@require_POST
def object_to(request: ActorRequest) -> HttpResponse:
    """Something on record about oneself is wrong."""
    given = request.POST
    objections.object_to(
        about=given.get("about", ""),
        text=given.get("text", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已提交，支部会核对并答复。")
    return redirect("ledgers:mine")


@login_required
@require_GET
def waiting(request: ActorRequest) -> HttpResponse:
    """What members of one's branch object to."""
    page = {"found": own_records.objections_for(request.actor)}
    return render(request, "ledgers/objections.html", page)


@login_required
@require_POST
def answer(request: ActorRequest, key: int) -> HttpResponse:
    """The branch answers."""
    objections.answer(
        objection=own_records.objection(key, actor=request.actor),
        is_right=request.POST.get("right") == "1",
        text=request.POST.get("answer", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已答复。")
    return redirect("ledgers:objections")
