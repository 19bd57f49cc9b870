"""Pages of the organisation section: organisations, and the calendar of working days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds.declarations import KIND
from taizhang.ledgers.office import actions as declarations
from taizhang.ledgers.office import (
    chart,
    organisation_forms,
    organisation_list,
    organisation_sheets,
)
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.ledgers.records import actions, queries
from taizhang.ledgers.today import reckoned
from taizhang.orgs.actions import calendar as org_actions
from taizhang.orgs.queries import first_steps
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest
from taizhang.web.params import day_or_none, key_of


@login_required
@require_GET
def organisations(request: ActorRequest) -> HttpResponse:
    """The organisations with their units and aliases."""
    request.actor.must_run_office()
    steps = [] if orgs.branches(request.actor).exists() else first_steps.steps(request.actor)
    page = organisation_list.page(request) | {"steps": steps}
    return render(request, "ledgers/organisations.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def organisation(request: ActorRequest, key: int) -> HttpResponse:
    """Change an organisation, or with key 0 enter a new one."""
    request.actor.must_run_office()
    found = orgs.organisation(key, actor=request.actor) if key else None
    problems: list[str] = []
    if request.method == "POST":
        try:
            saved = organisation_forms.save(found, request.POST, request.actor, timezone.now())
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"已保存{saved.short_name}。")
            return redirect("ledgers:organisations")
    page = organisation_forms.page(found, request.POST if problems else None, request.actor)
    return render(
        request,
        "ledgers/organisation.html",
        page | {"problems": problems},
        status=422 if problems else 200,
    )


@login_required
@require_GET
def org_chart(request: ActorRequest, key: int) -> HttpResponse:
    """组织架构图 of a branch on a day."""
    branch = orgs.organisation(key, actor=request.actor)
    found = chart.chart(branch, day_or_none(request.GET.get("on"), "日期") or reckoned())
    page = {
        "branch": branch,
        "chart": found,
        "drawing": chart.draw(found),
        "keeps": request.actor.may_keep_ledgers_of(branch),
    }
    return render(request, "ledgers/chart.html", page)


@login_required
@require_GET
def organisation_template(request: ActorRequest) -> HttpResponse:
    """The empty sheet of organisations."""
    request.actor.must_run_office()
    return xlsx_response(organisation_sheets.template(), "党组织模板.xlsx")


@login_required
@require_GET
def organisation_export(request: ActorRequest) -> HttpResponse:
    """The organisations as a sheet: those that are ticked, or all."""
    request.actor.must_run_office()
    keys = [key_of(one) for one in request.GET.getlist("key")]
    data = organisation_sheets.export(request.actor, timezone.localtime(), keys)
    actions.note_export(
        subject="organisations",
        actor=request.actor,
        now=timezone.now(),
        detail={"keys": keys} if keys else {},
    )
    return xlsx_response(data, "党组织.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def organisation_import(request: ActorRequest) -> HttpResponse:
    """A filled sheet of organisations, stored whole or not at all."""
    request.actor.must_run_office()
    problems: list[str] = []
    if request.method == "POST":
        upload = request.FILES.get("file")
        dry_run = request.POST.get("dry_run") == "1"
        try:
            if upload is None:
                raise BadInput("请选择要导入的 Excel 文件。")
            done = organisation_sheets.bring_in(
                data=upload.read(), actor=request.actor, now=timezone.now(), dry_run=dry_run
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            for note in done.notes:
                messages.warning(request, note)
            messages.success(request, f"{'校验通过' if dry_run else '已导入'}{done.rows}行。")
            return redirect("ledgers:organisations")
    page = {"problems": problems}
    return render(
        request, "ledgers/organisation_import.html", page, status=422 if problems else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: ActorRequest, year: int) -> HttpResponse:
    """The days off, the weekend days worked and the schools' vacations of one year."""
    request.actor.must_run_office()
    problems: list[str] = []
    if request.method == "POST":
        try:
            days = organisation_forms.days_of(year, request.POST)
            count = org_actions.set_calendar_year(
                year=year, **days, actor=request.actor, now=timezone.now()
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(
                request, f"已保存{year}年的{count}天。重新核查后，各支部的节假日疑点随之更新。"
            )
            return redirect("ledgers:calendar", year)
    page = organisation_forms.year_page(year, request.POST if problems else None)
    return render(
        request,
        "ledgers/calendar.html",
        page | {"problems": problems},
        status=422 if problems else 200,
    )


@login_required
@require_POST
def confirm(request: ActorRequest, key: int) -> HttpResponse:
    """Agree to what a branch declared."""
    entry: Any = queries.entry(kind=KIND, key=key, actor=request.actor)
    declarations.confirm(entry=entry, actor=request.actor, now=timezone.now())
    messages.success(request, "已确认，检查结果已更新。")
    return redirect("ledgers:entry", kind=KIND, key=key)
