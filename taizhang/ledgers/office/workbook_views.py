"""开局工作簿: the empty file, and a filled one taken in by each of the three hands."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.office import workbook, workbook_template
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.orgs.models import Role
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def empty(request: ActorRequest) -> HttpResponse:
    """The empty workbook, or for the organisation section with what is on the rosters already."""
    workbook.hand_of(request.actor)
    if request.GET.get("known") != "1":
        return xlsx_response(workbook_template.empty(), "开局工作簿.xlsx")
    data = workbook_template.known(actor=request.actor, now=timezone.now())
    return xlsx_response(data, "开局工作簿（列出已登记的）.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def bring_in(request: ActorRequest) -> HttpResponse:
    """A filled workbook, stored whole or not at all; slips of new accounts are shown once."""
    hand = workbook.hand_of(request.actor)
    page: dict[str, Any] = {
        "hand": hand.label,
        "titles": workbook.HANDS[hand],
        "problems": [],
        "done": None,
        "office": hand == Role.OFFICE,
        "dry_run": request.POST.get("dry_run") == "1",
    }
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise BadInput("请选择填好的开局工作簿。")
            page["done"] = workbook.bring_in(
                data=upload.read(),
                file_name=upload.name or "",
                actor=request.actor,
                now=timezone.now(),
                dry_run=page["dry_run"],
            )
        except BadInput as refusal:
            page["problems"] = [str(problem) for problem in refusal.problems]
    status = 422 if page["problems"] else 200
    answer = render(request, "ledgers/workbook.html", page, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
