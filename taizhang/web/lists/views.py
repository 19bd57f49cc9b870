"""What somebody keeps of lists: the columns that he wants, and filters by name."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from taizhang.kernel.errors import NotFound
from taizhang.orgs.lists import actions, queries
from taizhang.web.http import ActorRequest

SAVING = {
    "ledgers:list", "ledgers:organisations", "web:accounts", "checks:board", "checks:requirements", "checks:by-ledger", "inspection:findings",
    "inspection:rectification", "inspection:compare",
}  # fmt: skip
"""The pages whose filters have names. A test holds them against the pages that offer it."""
MOST_COLUMNS = 80


def _page(request: ActorRequest) -> tuple[str, str]:
    """The page that a form stood on: its path, which must be one of these, and what it was narrowed
    to.
    """
    path, query = request.POST.get("path", ""), request.POST.get("query", "")
    try:
        known = resolve(path).view_name in SAVING
    except Resolver404:
        known = False
    if not known:
        raise NotFound("没有这个列表。")
    return path, query


def _back(path: str, query: str) -> HttpResponse:
    return redirect(f"{path}?{query}" if query else path)


@login_required
@require_POST
def choose_columns(request: ActorRequest) -> HttpResponse:
    """Which columns of a list the person wants to see, and in which order: as ticked, one of them
    moved where its button was pressed.
    """
    path, query = _page(request)
    columns = [] if "usual" in request.POST else request.POST.getlist("column")[:MOST_COLUMNS]
    for way, step in (("left", -1), ("right", 1)):
        columns = actions.moved(columns, request.POST.get(way, ""), step)
    actions.choose_columns(
        user=request.actor.user,
        name=request.POST.get("list", ""),
        columns=[one[:60] for one in columns],
    )
    back = _back(path, query)
    if "left" in request.POST or "right" in request.POST:
        back["Location"] += "#columns"
    return back


@login_required
@require_POST
def save_filter(request: ActorRequest) -> HttpResponse:
    """Give what the page is narrowed to a name."""
    path, query = _page(request)
    found = actions.save_filter(
        name=request.POST.get("name", ""),
        path=path,
        query=query,
        shared=request.POST.get("shared") == "1",
        actor=request.actor,
        now=timezone.now(),
    )
    told = f"{found.unit.short_name}的人都能用" if found.unit else "只有您自己能用"
    messages.success(request, f"已存下“{found.name}”，{told}；按 Ctrl+K 也能找到。")
    return _back(path, query)


@login_required
@require_POST
def drop_filter(request: ActorRequest, key: int) -> HttpResponse:
    """Take a name away."""
    found = queries.saved_filter(key, actor=request.actor)
    actions.drop_filter(found=found, actor=request.actor, now=timezone.now())
    messages.success(request, f"已删除“{found.name}”。")
    return redirect(found.path)
