"""The page on which the dues of a month are recorded in one go."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.burden import meter
from taizhang.ledgers.dues import month as dues_month
from taizhang.ledgers.kinds import dues_payments
from taizhang.ledgers.records import actions, inputs
from taizhang.ledgers.requests import branch_of
from taizhang.ledgers.today import reckoned
from taizhang.orgs.models import Organisation
from taizhang.web.http import ActorRequest
from taizhang.web.params import day


def _month(request: ActorRequest, branch: Organisation) -> date:
    asked = request.POST.get("month") or request.GET.get("month", "")
    if asked:
        return day(f"{asked}-01", "月份")
    return dues_month.first_open_month(branch, request.actor, reckoned())


@login_required
@require_http_methods(["GET", "POST"])
def month(request: ActorRequest) -> HttpResponse:
    """Everybody's dues of one month, filled with what is due; one press records all that are
    ticked.
    """
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    shown = dues_month.grid(branch, _month(request, branch), request.actor, reckoned())
    told: list[str] = []
    if request.method == "POST":
        dues_month.fill(shown, request.POST)
        try:
            rows = dues_month.rows(shown, branch)
            if not rows:
                raise BadInput("没有勾选任何人。")
            with meter.by("together", stamped=request.POST.get("began", "")):
                n = actions.record_many(
                    kind=dues_payments.KIND,
                    rows=rows,
                    actor=request.actor,
                    now=timezone.now(),
                    mode=inputs.mode_of(request.POST),
                    source=f"{shown.month:%Y-%m}党费逐人登记",
                )
        except BadInput as refusal:
            told = dues_month.refused(shown, refusal.problems) or [
                "有几行不对，已在行内标明；没有保存任何内容。"
            ]
        else:
            messages.success(request, f"已登记{n}人{shown.month:%Y年%-m月}党费。", request.path)
            return redirect(
                f"{reverse('ledgers:dues-month')}?branch={branch.pk}&month={shown.month:%Y-%m}"
            )
    page = {
        "branch": branch,
        "shown": shown,
        "told": told,
        "methods": dues_month.methods(),
        "began": request.POST.get("began", "")
        or meter.stamp(dues_month.filled(shown), timezone.now()),
    }
    return render(request, "ledgers/dues_month.html", page, status=422 if told else 200)
