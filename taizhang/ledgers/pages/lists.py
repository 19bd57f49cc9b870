"""The lists of the ledgers: all kinds, one kind narrowed and sorted, what it shows as a sheet, and
acts on what is ticked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.batch import actions as batch
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.pages import kind_list
from taizhang.ledgers.pages.views import xlsx_response
from taizhang.ledgers.records import actions, counted, queries
from taizhang.ledgers.sheets import excel
from taizhang.orgs.lists import tree
from taizhang.orgs.models import Organisation
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing, pages
from taizhang.web.params import day_or_none, key_of

_PLACE = "党支部"
"""The column that is no field of a record: whose it is."""


def _filters(request: ActorRequest, branches: tree.Tree) -> queries.Filters:
    asked = request.GET
    return queries.Filters(
        among=branches.keys,
        from_on=day_or_none(asked.get("from"), "起日"),
        to_on=day_or_none(asked.get("to"), "止日"),
        words=asked.get("q", "").strip()[:40],
        choice=asked.get("choice", "")[:40],
        with_withdrawn=asked.get("withdrawn") == "1",
        sort=asked.get("sort", "")[:40],
        per_page=listing.per_page(request),
    )


def _tree(request: ActorRequest) -> tree.Tree:
    return tree.tree(request.actor, timezone.localdate(), request.GET.get("branch", "")[:20])


@login_required
@require_GET
def kinds(request: ActorRequest) -> HttpResponse:
    """All kinds, or those that were asked for; htmx gets only the table."""
    words = request.GET.get("q", "").strip()[:40]
    found = kind_list.kind_list(words=words, actor=request.actor)
    page = {"found": found, "words": words, "branch": request.actor.own_branch}
    template = "ledgers/kinds.html#kinds" if request.htmx else "ledgers/kinds.html"
    return render(request, template, page)


@login_required
@require_GET
def ledger(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """One page of a ledger; htmx gets only the lines."""
    branches = _tree(request)
    filters = _filters(request, branches)
    found = {
        "kind": kind,
        "filters": filters,
        "listed": _listed(request, kind, filters, branches),
        "saved": listing.saved(request),
        "choice": queries.choice_column(kind),
        "may_record": request.actor.own_branch is not None,
    }
    template = "ledgers/list.html#lines" if request.htmx else "ledgers/list.html"
    return render(request, template, found)


def _listed(
    request: ActorRequest, kind: LedgerKind, filters: queries.Filters, branches: tree.Tree
) -> listing.Listed:
    actor, several = request.actor, branches.is_worth_it
    columns = queries.columns(kind)
    place = [listing.Column(_PLACE, _PLACE, sorts=False)] if several else []
    names = listing.chosen_columns(request, f"ledger:{kind.slug}", [*place, *columns])
    own = [name for name in names if name != _PLACE]
    if not own:
        own = [field.name for field in kind.list_fields()]
        names += own
    counts = counted.counts_by_branch(kind, actor, filters) if several else None
    page = queries.ledger_page(
        kind=kind,
        actor=actor,
        filters=filters,
        number=request.GET.get("page", "1"),
        names=own,
        counts=counts,
    )
    _, choices = listing.offered_columns([*place, *columns], names)
    heads, at = list(page.heads), names.index(_PLACE) if _PLACE in names else None
    if at is not None:
        heads.insert(at, listing.head(place[0], filters.sort))
    printed = reverse("papers:record", args=[kind, 0, "pdf"]).removesuffix("0.pdf")
    rows = [_shown(printed, line, page, at, actor.own_branch) for line in page.lines]
    return listing.Listed(
        name=f"ledger:{kind.slug}",
        heads=heads,
        sections=listing.sections(rows),
        page=page.page,
        total=page.total,
        choices=choices,
        unpaged=pages.without(request, "page"),
        unsorted=pages.without(request, "page", "sort"),
        empty="没有这样的记录。"
        if request.GET
        else "还没有登记。"
        + ("可以点“登记”逐条填写，或下载模板用 Excel 批量导入。" if actor.own_branch else ""),
        ticks=bool(rows),
        has_acts=True,
        **listing.tree_of(request, branches, counts),
    )


def _shown(
    printed: str,
    line: queries.Line,
    page: queries.LedgerPage,
    place: int | None,
    own: Organisation | None,
) -> listing.Shown:
    cells = [
        listing.Cell(
            text, url=f"{line.pk}/" if text.endswith("…") else "", is_number=head.is_number
        )
        for text, head in zip(line.cells, page.heads, strict=True)
    ]
    cells[0] = replace(
        cells[0],
        url=f"{line.pk}/",
        text=cells[0].text or "查看",
        tag="补录" if line.backfilled else "",
    )
    acts = [("查看", f"{line.pk}/")]
    if own is not None and not line.withdrawn:
        acts.append(("更正", f"{line.pk}/correct/"))
    acts.append(("打印", f"{printed}{line.pk}.pdf"))
    row = listing.Row(line.pk, {}, is_struck=line.withdrawn, acts=tuple(acts))
    if place is not None:
        cells.insert(place, listing.Cell(line.branch))
    return listing.Shown(row, cells)


@login_required
@require_GET
def export(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """What the list shows, as a sheet."""
    detail = {"query": request.GET.urlencode()[:300]}
    return _sheet(request, kind, _filters(request, _tree(request)), detail)


def _sheet(
    request: ActorRequest, kind: LedgerKind, filters: queries.Filters, detail: dict[str, Any]
) -> HttpResponse:
    headers, rows = queries.export_rows(kind=kind, actor=request.actor, filters=filters)
    mark = excel.watermark(request.actor.user.name, timezone.localtime())
    actions.note_export(subject=kind.slug, actor=request.actor, now=timezone.now(), detail=detail)
    return xlsx_response(excel.written(kind.title, headers, rows, mark), f"{kind.title}.xlsx")


@login_required
@require_POST
def export_chosen(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """The ticked records, as a sheet."""
    keys = ticked(request)
    chosen = queries.Filters(keys=frozenset(keys), with_withdrawn=True)
    return _sheet(request, kind, chosen, {"keys": keys})


@login_required
@require_POST
def withdraw_chosen(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """Take the ticked records out of the ledger, all for one reason, or none of them."""
    n = batch.withdraw_many(
        kind=kind,
        keys=ticked(request),
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已撤回{n}条，记录仍可在“含已撤回”中查到。")
    back = reverse("ledgers:list", args=[kind])
    query = request.POST.get("query", "")[:500]
    return redirect(f"{back}?{query}" if query else back)


def ticked(request: ActorRequest) -> list[int]:
    """The keys of the ticked rows."""
    keys = list(dict.fromkeys(key_of(one) for one in request.POST.getlist("key")))
    if not keys:
        raise BadInput("请先勾选记录。")
    if len(keys) > batch.MOST:
        raise BadInput(f"一次最多{batch.MOST}条。")
    return keys
