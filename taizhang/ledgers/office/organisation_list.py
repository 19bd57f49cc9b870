"""The list of organisations: which columns it has, and what it can be narrowed to."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.orgs.lists import tree
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing
from taizhang.web.lists.listing import Cell, Column

COLUMNS = (
    Column("short", "简称"), Column("full", "全称"), Column("type", "类型"), Column("above", "上级党组织", is_usual=False),
    Column("units", "所在单位"), Column("aliases", "别名"), Column("from", "成立"), Column("to", "撤销"),
)  # fmt: skip


def page(request: ActorRequest) -> dict[str, Any]:
    """What the page of organisations says."""
    branches = tree.tree(request.actor, timezone.localdate(), request.GET.get("branch", "")[:20])
    kind = listing.choice(request, "type", "类型", Organisation.Type.choices)
    over = listing.choice(
        request, "over", "撤销的", [("no", "不列"), ("only", "只列撤销的")], blank="一并列出"
    )
    found = [
        one
        for one in orgs.organisations(request.actor)
        if _is_asked(one, branches, kind.chosen, over.chosen)
    ]
    listed = listing.of_rows(
        request,
        name="organisations",
        columns=COLUMNS,
        rows=[_row(one) for one in found],
        counted="个",
        ticks=bool(found),
        empty="没有这样的党组织。",
        **listing.tree_of(request, branches, None),
    )
    return {"listed": listed, "asked": [kind, over], "saved": listing.saved(request)}


def _is_asked(one: Organisation, branches: tree.Tree, kind: str, over: str) -> bool:
    inside = branches.keys is None or one.pk in branches.keys
    is_over = one.dissolved_on is not None
    return inside and kind in ("", one.org_type) and over in ("", "only" if is_over else "no")


def _row(one: Organisation) -> listing.Row:
    cells = {
        "short": Cell(
            one.short_name, url=reverse("ledgers:organisation", args=[one.pk]), order=one.path
        ),
        "full": Cell(one.full_name),
        "type": Cell(one.get_org_type_display()),
        "above": Cell(one.parent.short_name if one.parent else ""),
        "units": Cell("、".join(unit.name for unit in one.units.all())),
        "aliases": Cell("、".join(alias.name for alias in one.aliases.all())),
        "from": Cell(f"{one.established_on}"),
        "to": Cell(f"{one.dissolved_on or ''}"),
    }
    return listing.Row(one.pk, cells)
