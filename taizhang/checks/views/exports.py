"""The pages of the verdicts as Excel, as they are shown; each export is noted in the journal."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.checks import current, engine
from taizhang.checks.pages import board as overview
from taizhang.checks.pages import exports as sheets_of_verdicts
from taizhang.checks.reasons import queries
from taizhang.checks.views.verdicts import (
    chosen_board,
    chosen_meetings,
    must_read,
    only_asked,
    scoped,
)
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.ledgers.records import actions
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.sheets.excel import Listed
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest


def _sheet(request: ActorRequest, lists: list[Listed], subject: str, name: str) -> HttpResponse:
    note = excel.watermark(request.actor.user.name, timezone.localtime())
    actions.note_export(
        subject=subject, actor=request.actor, now=timezone.now(), detail={"form": name}
    )
    return xlsx_response(excel.several(lists, note), f"{name}.xlsx")


@login_required
@require_GET
@scoped
def board(request: ActorRequest) -> HttpResponse:
    """The heat map as it is narrowed, with the suspicions behind it."""
    must_read(request)
    found = overview.board(
        actor=request.actor, chosen=chosen_board(request), today=timezone.localdate()
    )
    reasons = queries.open_reasons(
        [row.branch.pk for row in found.rows], request.scope, found.by.shown
    )
    matters = queries.matters_of(reasons, request.scope)
    lists = sheets_of_verdicts.of_board(
        found, reasons, matters, engine.catalogue(request.scope.catalogue)
    )
    return _sheet(request, lists, f"scope:{request.scope.pk}", "总览")


@login_required
@require_GET
@scoped
def meetings(request: ActorRequest) -> HttpResponse:
    """The meetings of a kind and a year."""
    must_read(request)
    found = chosen_meetings(request)
    return _sheet(
        request,
        sheets_of_verdicts.of_meetings(found),
        f"scope:{request.scope.pk}",
        found.title,
    )


@login_required
@require_GET
@scoped
def branch(request: ActorRequest, key: int) -> HttpResponse:
    """Everything that stands against a branch."""
    place = orgs.organisation(key, actor=request.actor)
    (found,) = orgs.as_called([place], request.scope.on)
    by = current.judged_by(request.scope, only_asked=only_asked(request))
    reasons = queries.open_reasons([found.pk], request.scope, by.shown)
    catalogue = engine.catalogue(request.scope.catalogue)
    matters = queries.matters_of(reasons, request.scope)
    lists = sheets_of_verdicts.of_branch(
        found, queries.book(branch=found, items=by.shown), by, reasons, matters, catalogue
    )
    return _sheet(request, lists, f"branch:{found.pk}", f"{found.short_name}疑点")
