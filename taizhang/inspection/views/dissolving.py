"""The page on which the organisation section dissolves an organisation."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taizhang.inspection import dissolving
from taizhang.kernel.errors import BadInput
from taizhang.orgs.actions import dissolving as actions
from taizhang.orgs.queries import organisations
from taizhang.web.http import ActorRequest
from taizhang.web.params import day, key_of


@login_required
@require_http_methods(["GET", "POST"])
def dissolve(request: ActorRequest, key: int) -> HttpResponse:
    """What hangs on it; then the day, and who goes on."""
    request.actor.must_run_office()
    place, said = organisations.organisation(key, actor=request.actor), request.POST
    heirs = organisations.heirs_of(place, request.actor)
    chosen = {key_of(text) for text in said.getlist("successor")}
    problems: list[str] = []
    if request.method == "POST":
        try:
            actions.dissolve(
                organisation=place,
                last_on=day(said.get("last_on"), "撤销日期"),
                successors=[one for one in heirs if one.pk in chosen],
                actor=request.actor,
                now=timezone.now(),
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"{place.short_name}已撤销。")
            return redirect("ledgers:organisation", key)
    on = _day_of(request) or timezone.localdate()
    page = {
        "place": place,
        "heirs": heirs,
        "chosen": chosen,
        "problems": problems,
        "on": on,
        "hanging": dissolving.hanging(place, on),
    }
    return render(request, "inspection/dissolve.html", page, status=422 if problems else 200)


def _day_of(request: ActorRequest) -> date | None:
    text = request.GET.get("on", "") or request.POST.get("last_on", "")
    try:
        return day(text, "撤销日期")
    except BadInput:
        return None
