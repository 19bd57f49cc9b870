"""The menu: what each role finds where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from taizhang.checks.queries import current_scope
from taizhang.inspection.queries import in_a_team
from taizhang.orgs.actor import READERS, Actor
from taizhang.orgs.models import Role


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    active: bool


def menu(request: HttpRequest) -> dict[str, Any]:
    """The menu and the scope line of every page."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    entries = [Entry(label, url, _is_active(request.path, url)) for label, url in _lines(actor)]
    return {
        "menu": entries,
        "actor": actor,
        "scope": request.scope if hasattr(request, "scope") else current_scope(),
        "office": actor.may_run_office(),
    }


def _is_active(path: str, url: str) -> bool:
    if url.startswith("/branches/"):
        return path == url or (
            "items" in path
            and path.startswith(url)
            and not url.endswith(("/todo/", "/inspections/"))
        )
    return path.startswith("/calendar/" if url.startswith("/calendar/") else url)


def _lines(actor: Actor) -> list[tuple[str, str]]:
    lines = []
    own = actor.own_branch
    if own is not None:
        lines.append(("待办", reverse("checks:branch-todo", args=[own.pk])))
        lines.append(("我的台账", reverse("checks:branch", args=[own.pk])))
        lines.append(("登记台账", reverse("ledgers:kinds")))
        lines.append(("督查整改", reverse("inspection:own", args=[own.pk])))
    if actor.has(*READERS):
        if own is None:
            lines += [("总览", reverse("checks:board"))]
        lines += [("三会一课", reverse("checks:meetings"))]
        if own is None:
            lines += [("台账", reverse("ledgers:kinds"))]
        lines += [("督查轮次", reverse("inspection:rounds"))]
    elif own is None and in_a_team(actor):
        lines.append(("督查轮次", reverse("inspection:rounds")))
    if actor.has(Role.TEAM_LEADER, Role.INSPECTOR):
        lines.append(("现场", reverse("inspection:site")))
    if actor.may_run_office():
        lines += [
            ("待办", reverse("checks:todo")),
            ("导入通知", reverse("inspection:import")),
            ("党组织", reverse("ledgers:organisations")),
            ("核查范围", reverse("checks:scope")),
            ("工作日历", reverse("ledgers:calendar", args=[timezone.localdate().year])),
        ]
    lines.append(("我的", reverse("ledgers:mine")))
    return lines
