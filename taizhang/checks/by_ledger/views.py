"""The page of one kind of ledger over all branches."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from taizhang.checks.by_ledger import doubts
from taizhang.checks.views.verdicts import must_read, scoped
from taizhang.ledgers.kind import LedgerKind
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing
from taizhang.web.lists.listing import Cell, Column

COLUMNS = (
    Column("branch", "党支部"),
    Column("doubts", "疑点", is_number=True),
    Column("records", "记录", is_number=True),
)
ONLY = (("doubts", "有疑点的"), ("none", "没有记录的"), ("unjudged", "未核对的"))


@login_required
@require_GET
@scoped
def branches(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """Which branches have a 疑点 of this kind, and which no record."""
    must_read(request)
    only = listing.choice(request, "only", "列出", ONLY)
    found = [
        one
        for one in doubts.lines(kind, request.scope, request.actor)
        if only.chosen in ("", *_standing(one))
    ]
    listed = listing.of_rows(
        request,
        name=f"by-ledger:{kind.slug}",
        columns=COLUMNS,
        rows=[_row(kind, one) for one in found],
        counted="个支部",
        empty="没有这样的支部。",
    )
    page = {"kind": kind, "listed": listed, "asked": [only], "saved": listing.saved(request)}
    return render(request, "checks/by_ledger.html", page)


def _standing(one: doubts.BranchLine) -> list[str]:
    said = {"doubts": bool(one.doubts), "none": not one.records, "unjudged": one.doubts is None}
    return [name for name, holds in said.items() if holds]


def _row(kind: LedgerKind, one: doubts.BranchLine) -> listing.Row:
    book = reverse("checks:branch", args=[one.branch.pk])
    own = f"{reverse('ledgers:list', args=[kind])}?branch={one.branch.pk}"
    told = "未核对" if one.doubts is None else str(one.doubts or "")
    cells = {
        "branch": Cell(one.branch.short_name, url=book),
        "doubts": Cell(
            told,
            url=f"{book}items/{one.item}/" if one.doubts else "",
            order=-1 if one.doubts is None else one.doubts,
            is_number=True,
        ),
        "records": Cell(str(one.records or "没有"), url=own, order=one.records, is_number=True),
    }
    return listing.Row(one.branch.pk, cells)
