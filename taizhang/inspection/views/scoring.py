"""计分: the sheet of a unit, its own points beside the team's."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.inspection import queries, rights, scores
from taizhang.inspection.actions import scoring
from taizhang.inspection.flows import BRANCH
from taizhang.kernel.errors import BadInput, Problem
from taizhang.web.http import ActorRequest


@login_required
@require_http_methods(["GET", "POST"])
def score_sheet(request: ActorRequest, key: int) -> HttpResponse:
    """The points of one unit. It sees its own; what the findings take off, the team and the
    organisation section.
    """
    visit = queries.visit(key, actor=request.actor)
    roles = rights.roles(visit, request.actor)
    if request.method == "POST":
        scoring.score_oneself(
            visit=visit, points=_given(request), actor=request.actor, now=timezone.now()
        )
        messages.success(request, "自评分已保存。")
        return redirect("inspection:scores", key=key)
    found = scores.score_sheet(visit)
    page = {
        "visit": visit,
        "roles": roles,
        "inspects": roles != {BRANCH},
        "total": scores.told(found.total),
        "self_total": scores.told(found.self_total),
        "lines": [
            (
                line,
                scores.told(line.points),
                scores.told(line.self_points),
                scores.told(line.got),
                scores.told(line.deducted),
            )
            for line in found.lines
        ],
    }
    return render(request, "inspection/scores.html", page)


def _given(request: ActorRequest) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for name, text in request.POST.items():
        if number := re.fullmatch(r"points-(\d{1,3})", name):
            found[int(number[1])] = _hundredths(str(text).strip(), int(number[1]))
    return found


def _hundredths(text: str, no: int) -> int | None:
    if not text:
        return None
    try:
        value = Decimal(text) * 100
        if not value.is_finite() or value != value.to_integral_value() or abs(value) > scores.WHOLE:
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise BadInput(
            [Problem(f"“{text}”不是分数（最多两位小数）。", column=f"第{no}项")]
        ) from wrong
    return int(value)


@login_required
@require_POST
def scored(request: ActorRequest, key: int) -> HttpResponse:
    """Whether the round is scored."""
    opened = queries.round_of(key, actor=request.actor)
    scoring.set_scored(
        opened=opened,
        scored=request.POST.get("scored") == "1",
        actor=request.actor,
        now=timezone.now(),
    )
    return redirect("inspection:round", key=key)
