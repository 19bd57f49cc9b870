"""The menu: what each role finds where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from taizhang.checks.reasons.queries import current_scope, reckoning_day, waiting
from taizhang.demo.loading import progress
from taizhang.inspection.queries import in_a_team
from taizhang.kernel.actions import messages
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Role
from taizhang.web.help import contents

MOST_UNREAD = 99


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
    scope = request.scope if hasattr(request, "scope") else current_scope()
    today = timezone.localdate()
    reckoned = reckoning_day(scope, today)
    return {
        "menu": entries,
        "actor": actor,
        "scope": scope,
        "reckoned_on": reckoned if reckoned != today else None,
        "office": actor.may_run_office(),
        "help_chapter": contents.of_page(_name_of(request)),
        "unread_count": f"{MOST_UNREAD}+" if actor.unread > MOST_UNREAD else actor.unread,
        "unread": SimpleLazyObject(lambda: list(messages.unread(actor.user)[:MOST_UNREAD])),
        "loading": progress.seen(),
        "waiting": waiting(request.waits_for) if hasattr(request, "waits_for") else None,
    }


def _name_of(request: HttpRequest) -> str:
    """The name of the page; a page that was not found has none."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _is_active(path: str, url: str) -> bool:
    if url.startswith("/branches/"):
        return path == url or (
            "items" in path
            and path.startswith(url)
            and not url.endswith(("/todo/", "/inspections/"))
        )
    return path.startswith("/calendar/" if url.startswith("/calendar/") else url)


def _lines(actor: Actor) -> list[tuple[str, str]]:
    if actor.has(Role.SECURITY):
        return [
            ("账号管理", reverse("web:accounts")),
            ("登录规则", reverse("web:login-rules")),
        ]
    if actor.has(Role.SYSTEM):
        return [("账号管理", reverse("web:accounts"))]
    if actor.has(Role.AUDIT):
        return [("日志", reverse("web:journal"))]
    return [
        *_of_branch(actor),
        *_of_readers(actor),
        *_of_office(actor),
        ("我的", reverse("ledgers:mine")),
    ]


def _of_branch(actor: Actor) -> list[tuple[str, str]]:
    own, general = actor.own_branch, actor.own_general
    if own is None and general is not None:
        return [
            ("待办", reverse("checks:branch-todo", args=[general.pk])),
            ("督查整改", reverse("inspection:own", args=[general.pk])),
        ]
    if own is None:
        return []
    above = (
        [(general.short_name, reverse("checks:branch-todo", args=[general.pk]))] if general else []
    )
    return [
        *above,
        ("待办", reverse("checks:branch-todo", args=[own.pk])),
        ("我的台账", reverse("checks:branch", args=[own.pk])),
        ("登记台账", reverse("ledgers:kinds")),
        ("收件", reverse("intake:home")),
        ("督查整改", reverse("inspection:own", args=[own.pk])),
    ]


def _of_readers(actor: Actor) -> list[tuple[str, str]]:
    """Those who read ledgers; and teams, also when their right to read has ended."""
    lines, own = [], actor.own_branch
    if actor.reads_ledgers:
        lines = [
            ("三会一课", reverse("checks:meetings")),
            ("督查轮次", reverse("inspection:rounds")),
        ]
        if own is None:
            lines.insert(0, ("总览", reverse("checks:board")))
            lines.insert(2, ("台账", reverse("ledgers:kinds")))
    elif own is None and in_a_team(actor):
        lines.append(("督查轮次", reverse("inspection:rounds")))
    if own is None and not actor.may_run_office() and in_a_team(actor):
        lines.insert(0, ("待办", reverse("inspection:team-todo")))
    if actor.has(Role.TEAM_LEADER, Role.INSPECTOR):
        lines.append(("现场", reverse("inspection:site")))
    return lines


def _of_office(actor: Actor) -> list[tuple[str, str]]:
    if not actor.may_run_office():
        return []
    return [
        ("待办", reverse("checks:todo")),
        ("导入通知", reverse("inspection:import")),
        ("党组织", reverse("ledgers:organisations")),
        ("核查范围", reverse("checks:scope")),
        ("工作日历", reverse("ledgers:calendar", args=[timezone.localdate().year])),
        ("文书模板", reverse("papers:templates")),
        ("保管销毁", reverse("ledgers:disposals")),
    ]
