"""勾选表: printed, ticked by hand, photographed, looked at by the inspector, and only then
taken in.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.inspection import queries
from taizhang.inspection.actions import site
from taizhang.inspection.site import pack as site_pack
from taizhang.inspection.site.ticks import review, sheet
from taizhang.inspection.views.handed_in.entered import entered
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers.records import actions as ledgers
from taizhang.papers.writers import pdf
from taizhang.web.http import ActorRequest, attachment


@login_required
@require_GET
def tick_sheet(request: ActorRequest, key: int) -> HttpResponse:
    """The sheet of a unit, to be printed."""
    found = queries.visit(key, actor=request.actor)
    at_work = site_pack.at_work(request.actor).filter(pk=key).exists()
    if not at_work and not request.actor.may_run_office():
        raise NotAllowed("勾选表只供本片区督查组使用。")
    data = pdf.written(sheet.made(found))
    ledgers.note_export(
        subject=f"visit:{key}",
        actor=request.actor,
        now=timezone.now(),
        detail={"paper": "tick sheet"},
    )
    return attachment(data, "application/pdf", f"督查检查勾选表-{found.unit.name}.pdf")


@login_required
@require_http_methods(["GET", "POST"])
def ticks(request: ActorRequest, key: int) -> HttpResponse:
    """Where pictures of the filled sheet are handed in; answers with what they say, and stores
    nothing.
    """
    found = queries.visit(key, actor=request.actor)
    site.visit_for(key, request.actor)
    page = {"visit": found, "verdicts": sheet.VERDICTS, "problems": []}
    if request.method == "GET":
        return render(request, "inspection/ticks.html", page)
    files = [(str(one.name), one.read()) for one in request.FILES.getlist("files")]
    try:
        page["reading"] = review.read(found, files)
    except BadInput as refusal:
        page["problems"] = [str(problem) for problem in refusal.problems]
    status = 422 if page["problems"] else 200
    return render(request, "inspection/ticks.html", page, status=status)


@login_required
@require_POST
def confirm(request: ActorRequest, key: int) -> HttpResponse:
    """What the inspector confirmed, taken in as if he had entered it on site."""
    found = queries.visit(key, actor=request.actor)
    site.visit_for(key, request.actor)
    entries = review.entries_of(found, request.POST.dict(), timezone.now())
    return entered(request, found, entries)
