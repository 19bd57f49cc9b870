"""The list of requirements, and that of their rules: which columns they have, and what they can be
narrowed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from taizhang.catalogue.model import Catalogue, Item
from taizhang.checks.catalogue_versions.rule_page import SEVERITIES
from taizhang.checks.catalogue_versions.words import KIND_NAMES
from taizhang.rules.base import Rule
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing
from taizhang.web.lists.listing import Cell, Column

ITEMS = (
    Column("item", "项目"), Column("category", "大类／小类"), Column("rules", "规则", is_number=True),
    Column("examples", "例子", is_number=True), Column("ledger", "台账", is_usual=False), Column("asked", "台账要求", is_usual=False, sorts=False),
    Column("draft", "草稿"),
)  # fmt: skip
RULES = (
    Column("code", "规则"), Column("item", "项目"), Column("says", "要求", sorts=False), Column("severity", "程度"), Column("kind", "怎样核对"),
    Column("basis", "依据", is_usual=False, sorts=False), Column("from", "起", is_usual=False), Column("until", "止", is_usual=False),
)  # fmt: skip


def page(
    request: ActorRequest,
    catalogue: Catalogue,
    states: Mapping[str, str],
    examples: Mapping[str, int],
) -> dict[str, Any]:
    """What the page of requirements says: a line for each of them, or for each of their rules."""
    view = listing.choice(request, "view", "列出", [("rules", "各条规则")], blank="各项要求")
    categories = dict.fromkeys(item.category for item in catalogue.items)
    category = listing.choice(request, "category", "大类", [(one, one) for one in categories])
    severity = listing.choice(request, "severity", "程度", SEVERITIES)
    items = [one for one in catalogue.items if category.chosen in ("", one.category)]
    if view.chosen:
        rules = [(one, rule) for one in items for rule in one.rules]
        rows = [of_rule(one, r) for one, r in rules if severity.chosen in ("", r.severity)]
        columns: Sequence[Column] = RULES
    else:
        rows = [of_item(one, states.get(one.id, ""), examples.get(one.id, 0)) for one in items]
        columns = ITEMS
    listed = listing.of_rows(
        request,
        name=f"requirements:{view.chosen or 'items'}",
        columns=columns,
        rows=rows,
        counted="条规则" if view.chosen else "项",
        empty="没有这样的要求。",
    )
    asked = [view, category, *([severity] if view.chosen else [])]
    return {"listed": listed, "asked": asked, "saved": listing.saved(request)}


def _number(item: Item) -> tuple[int, str]:
    plain = item.id.lstrip("L")
    return (int(plain) if plain.isdecimal() else 0, item.id)


def of_item(item: Item, state: str, examples: int) -> listing.Row:
    """A requirement, how far its draft is, and how many examples it has."""
    url = reverse("checks:requirement", args=[item.id])
    rules = f"{reverse('checks:rules')}?item={item.id}" if item.rules else ""
    cells = {
        "item": Cell(f"{item.id} {item.name}", url=url, order=_number(item)),
        "category": Cell("／".join(filter(None, (item.category, item.subcategory)))),
        "rules": Cell(f"{len(item.rules)}", url=rules, order=len(item.rules), is_number=True),
        "examples": Cell(f"{examples}", url=url, order=examples, is_number=True),
        "ledger": Cell(item.kept_in.ledger if item.kept_in else ""),
        "asked": Cell(item.asked),
        "draft": Cell(state),
    }
    return listing.Row(item.id, cells)


def of_rule(item: Item, rule: Rule) -> listing.Row:
    """A rule, with all that it rests on."""
    url = f"{reverse('checks:rules')}?item={item.id}"
    grave = [code for code, _ in SEVERITIES]
    cells = {
        "code": Cell(rule.id, url=url),
        "item": Cell(f"{item.id} {item.name}", order=_number(item)),
        "says": Cell(rule.says),
        "severity": Cell(dict(SEVERITIES)[rule.severity], order=grave.index(rule.severity)),
        "kind": Cell(KIND_NAMES.get(rule.kind, rule.kind)),
        "basis": Cell(rule.rests_on().told),
        "from": Cell("" if rule.from_.year <= 1 else f"{rule.from_}"),
        "until": Cell("" if rule.until.year >= 9999 else f"{rule.until}"),
    }
    return listing.Row(rule.id, cells)
