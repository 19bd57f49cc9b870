"""单位对应: which organisations the units of a round are; those that are not there yet are founded from
the notice.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.inspection import queries
from taizhang.inspection.actions import planning
from taizhang.inspection.models import Round
from taizhang.inspection.plan import matching
from taizhang.inspection.progress import workbench
from taizhang.inspection.units import actions, candidates, form, sheet
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.orgs.models import Organisation, Unit
from taizhang.orgs.queries import organisations
from taizhang.web.http import ActorRequest
from taizhang.web.lists import pages

PER_PAGE = 20
"""So many names are looked at at a time, those above branches first: who is founded below them
finds them there.
"""


@login_required
@require_http_methods(["GET", "POST"])
def units_of(request: ActorRequest, key: int) -> HttpResponse:
    """Names of the notice without organisation, to be founded or matched, each by its tick; and
    those that are matched.
    """
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    if request.method == "GET":
        return _page(request, opened, [])
    book = matching.AddressBook.of(request.actor)
    try:
        wanted = form.wanted(request.POST, candidates.of_round(opened, book), book.offered)
        made = actions.found(opened=opened, wanted=wanted, actor=request.actor, now=timezone.now())
    except BadInput as refusal:
        return _page(request, opened, [str(problem) for problem in refusal.problems])
    told = (
        f"新建党组织{made}个，对应单位{len(wanted)}个。" if made else f"已对应{len(wanted)}个单位。"
    )
    messages.success(request, told)
    return redirect("inspection:units", key=key)


def _page(request: ActorRequest, opened: Round, problems: list[str]) -> HttpResponse:
    book = matching.AddressBook.of(request.actor)
    posted = request.POST if problems else None
    above = organisations.organisations(request.actor).exclude(
        org_type__in=Organisation.BRANCH_TYPES
    )
    offered = sorted(
        candidates.of_round(opened, book), key=lambda one: one.org_type in Organisation.BRANCH_TYPES
    )
    lines = form.lines(offered, posted, list(above), book.offered)
    paged = pages.paged(request, lines, per=PER_PAGE)
    page = {
        "top": workbench.top(opened, "units"),
        "round": opened,
        "problems": problems,
        "may_change": opened.standing in planning.PLANNABLE[:-1],
        "paged": paged,
        "lines": paged.page,
        "established_on": posted.get("established_on", "") if posted else "",
        "matched": [
            (unit, request.POST.get(f"match-{unit.pk}", book.offered.name(unit.organisation_id)))
            for unit in queries.matched_units(opened)
        ],
        "offered": book.offered,
        "new": form.NEW,
        "types": Organisation.Type.choices,
        "unit_types": Unit.Type.choices,
    }
    return render(request, "inspection/units.html", page, status=422 if problems else 200)


@login_required
@require_POST
def change(request: ActorRequest, key: int) -> HttpResponse:
    """Match units otherwise than they are."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    try:
        chosen = form.matched(
            request.POST,
            queries.matched_units(opened),
            matching.AddressBook.of(request.actor).offered,
        )
        actions.match(opened=opened, chosen=chosen, actor=request.actor, now=timezone.now())
    except BadInput as refusal:
        return _page(request, opened, [str(problem) for problem in refusal.problems])
    messages.success(request, "单位对应已保存。")
    return redirect("inspection:units", key=key)


@login_required
@require_GET
def take_out(request: ActorRequest, key: int) -> HttpResponse:
    """The names without organisation as a sheet to complete."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    return xlsx_response(sheet.taken_out(opened, request.actor), "通知中的党组织.xlsx")


@login_required
@require_POST
def bring_in(request: ActorRequest, key: int) -> HttpResponse:
    """The completed sheet, stored whole or not at all."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise BadInput("请选择填好的 Excel 文件。")
        rows, matched = sheet.bring_in(
            opened=opened, data=upload.read(), actor=request.actor, now=timezone.now()
        )
    except BadInput as refusal:
        return _page(request, opened, [str(problem) for problem in refusal.problems])
    messages.success(request, f"已导入{rows}行，对应单位{matched}个。")
    return redirect("inspection:units", key=key)
