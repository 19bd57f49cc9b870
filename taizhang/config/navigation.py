"""The menu: what each role finds where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from taizhang.checks.models import CheckScope
from taizhang.checks.reasons.queries import current_scope, reckoning_day, waiting
from taizhang.config import menu_counts
from taizhang.demo.loading import progress
from taizhang.inspection.progress.ahead import is_called_up
from taizhang.inspection.queries import in_a_team
from taizhang.kernel.actions import messages
from taizhang.ledgers.records.derived.search_index import spelled
from taizhang.orgs.actor import INSPECTORS, Actor
from taizhang.orgs.models import Role
from taizhang.web.help import contents
from taizhang.web.templatetags.addresses import address

MOST_UNREAD = 99


LOOK, DO, ENTER, KEEP = "查看", "办理", "登记", "管理"
"""The groups of the menu, by what one comes for."""


@dataclass(frozen=True)
class Line:
    """Where an entry leads, and behind which of the counts of `waiting` it stands."""

    group: str
    label: str
    url: str
    counted: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    active: bool
    waiting: int = 0
    """How much waits behind it."""
    about: str = ""
    """What it is that waits, in words."""

    @property
    def spelled(self) -> str:
        """How it is typed without Chinese characters."""
        return spelled(self.label)


@dataclass(frozen=True)
class Group:
    """Entries below one head."""

    label: str
    entries: list[Entry]


def menu(request: HttpRequest) -> dict[str, Any]:
    """The menu and the scope line of every page."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    scope = request.scope if hasattr(request, "scope") else current_scope()
    today = timezone.localdate()
    reckoned = reckoning_day(scope, today)
    return {
        "menu": SimpleLazyObject(lambda: groups(actor, request.path, scope, reckoned)),
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


def groups(actor: Actor, path: str, scope: CheckScope | None, today: date) -> list[Group]:
    """The entries of somebody's menu, with what waits behind them; a part of a page does not ask
    for it.
    """
    lines = _lines(actor)
    counted = (
        menu_counts.waiting(actor, scope, today) if any(line.counted for line in lines) else {}
    )
    found: dict[str, list[Entry]] = {}
    for line in lines:
        n = counted.get(line.counted, 0)
        about = menu_counts.WORDS.get(line.counted, "")
        if line.counted == menu_counts.TODO and (actor.own_branch or actor.own_general):
            about += menu_counts.APART
        entry = Entry(line.label, line.url, _is_active(path, line.url), n, about)
        found.setdefault(line.group, []).append(entry)
    first = LOOK if actor.may_run_office() and actor.own_branch is None else DO
    order = (first, DO, ENTER, LOOK, KEEP)
    return [Group(label, found.pop(label)) for label in order if label in found]


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


def _lines(actor: Actor) -> list[Line]:
    if actor.has(Role.SECURITY):
        return [
            Line(KEEP, "账号管理", address("web:accounts")),
            Line(KEEP, "登录规则", address("web:login-rules")),
        ]
    if actor.has(Role.SYSTEM):
        return [Line(KEEP, "账号管理", address("web:accounts"))]
    if actor.has(Role.AUDIT):
        return [Line(KEEP, "日志", address("web:journal"))]
    return [
        *_of_branch(actor),
        *_of_office(actor),
        *_of_readers(actor),
        Line(LOOK, "我的", address("ledgers:mine")),
    ]


def _of_branch(actor: Actor) -> list[Line]:
    own, general = actor.own_branch, actor.own_general
    if own is None and general is not None:
        return [
            Line(DO, "待办", address("checks:branch-todo", general.pk), menu_counts.TODO),
            Line(DO, "督查整改", address("inspection:own", general.pk)),
        ]
    if own is None:
        return []
    above = (
        [Line(DO, general.short_name, address("checks:branch-todo", general.pk))] if general else []
    )
    return [
        *above,
        Line(DO, "待办", address("checks:branch-todo", own.pk), menu_counts.TODO),
        Line(DO, "督查整改", address("inspection:own", own.pk)),
        Line(ENTER, "登记台账", address("ledgers:kinds")),
        Line(ENTER, "收件", address("intake:home"), menu_counts.INTAKE),
        Line(LOOK, "我的台账", address("checks:branch", own.pk), menu_counts.BOOK),
    ]


def _of_readers(actor: Actor) -> list[Line]:
    """Those who read ledgers; and teams, also when their right to read has ended."""
    own, lines = actor.own_branch, []
    outside = own is None and not actor.may_run_office()
    belongs = outside and in_a_team(actor)
    if belongs or (outside and is_called_up(actor)):
        todo = address("inspection:team-todo")
        lines.append(Line(DO, "待办", todo, menu_counts.TODO))
    if actor.has(*INSPECTORS):
        lines.append(Line(DO, "现场", address("inspection:site")))
    if actor.reads_ledgers or belongs:
        lines.append(Line(DO, "督查轮次", address("inspection:rounds")))
    if actor.reads_ledgers and own is None:
        lines.append(Line(LOOK, "总览", address("checks:board")))
    if actor.reads_ledgers:
        lines.append(Line(LOOK, "三会一课", address("checks:meetings")))
    if actor.reads_ledgers and own is None:
        lines.append(Line(LOOK, "台账", address("ledgers:kinds")))
    return lines


def _of_office(actor: Actor) -> list[Line]:
    if not actor.may_run_office():
        return []
    return [
        Line(DO, "待办", address("checks:todo"), menu_counts.TODO),
        Line(DO, "导入通知", address("inspection:import"), menu_counts.NOTICES),
        Line(KEEP, "党组织", address("ledgers:organisations")),
        Line(KEEP, "核查范围", address("checks:scope")),
        Line(KEEP, "工作日历", address("ledgers:calendar", timezone.localdate().year)),
        Line(KEEP, "文书模板", address("papers:templates")),
        Line(KEEP, "保管销毁", address("ledgers:disposals")),
    ]
