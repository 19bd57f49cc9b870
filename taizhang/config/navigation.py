"""The menu: what each role finds where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from taizhang.checks.reasons.queries import current_scope, reckoning_day, waiting
from taizhang.demo.loading import progress
from taizhang.inspection.queries import in_a_team
from taizhang.kernel.actions import messages
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Role
from taizhang.web.help import contents
from taizhang.web.templatetags.addresses import address

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
        "waiting": waiting(request.waits_for, scope) if hasattr(request, "waits_for") else None,
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
            ("账号管理", address("web:accounts")),
            ("登录规则", address("web:login-rules")),
        ]
    if actor.has(Role.SYSTEM):
        return [("账号管理", address("web:accounts"))]
    if actor.has(Role.AUDIT):
        return [("日志", address("web:journal"))]
    return [
        *_of_branch(actor),
        *_of_readers(actor),
        *_of_office(actor),
        ("我的", address("ledgers:mine")),
    ]


def _of_branch(actor: Actor) -> list[tuple[str, str]]:
    own, general = actor.own_branch, actor.own_general
    if own is None and general is not None:
        return [
            ("待办", address("checks:branch-todo", general.pk)),
            ("督查整改", address("inspection:own", general.pk)),
        ]
    if own is None:
        return []
    above = [(general.short_name, address("checks:branch-todo", general.pk))] if general else []
    return [
        *above,
        ("待办", address("checks:branch-todo", own.pk)),
        ("我的台账", address("checks:branch", own.pk)),
        ("登记台账", address("ledgers:kinds")),
        ("收件", address("intake:home")),
        ("督查整改", address("inspection:own", own.pk)),
    ]


def _of_readers(actor: Actor) -> list[tuple[str, str]]:
    """Those who read ledgers; and teams, also when their right to read has ended."""
    lines, own = [], actor.own_branch
    if actor.reads_ledgers:
        lines = [
            ("三会一课", address("checks:meetings")),
            ("督查轮次", address("inspection:rounds")),
        ]
        if own is None:
            lines.insert(0, ("总览", address("checks:board")))
            lines.insert(2, ("台账", address("ledgers:kinds")))
    elif own is None and in_a_team(actor):
        lines.append(("督查轮次", address("inspection:rounds")))
    if own is None and not actor.may_run_office() and in_a_team(actor):
        lines.insert(0, ("待办", address("inspection:team-todo")))
    if actor.has(Role.TEAM_LEADER, Role.INSPECTOR):
        lines.append(("现场", address("inspection:site")))
    return lines


def _of_office(actor: Actor) -> list[tuple[str, str]]:
    if not actor.may_run_office():
        return []
    return [
        ("待办", address("checks:todo")),
        ("导入通知", address("inspection:import")),
        ("党组织", address("ledgers:organisations")),
        ("核查范围", address("checks:scope")),
        ("工作日历", address("ledgers:calendar", timezone.localdate().year)),
        ("文书模板", address("papers:templates")),
        ("保管销毁", address("ledgers:disposals")),
    ]
