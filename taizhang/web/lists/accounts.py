"""The list of accounts: which columns it has, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.orgs.models import ADMINS, Role
from taizhang.orgs.queries.accounts import AccountLine
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing
from taizhang.web.lists.listing import Cell, Column

COLUMNS = (
    Column("name", "姓名"), Column("username", "用户名"), Column("standing", "状态"), Column("duties", "职责", sorts=False),
    Column("email", "提醒邮箱", is_usual=False), Column("password_at", "密码设定于", is_usual=False),
    Column("last_login", "上次登录", is_usual=False),
)  # fmt: skip
STANDINGS = (
    ("used", "在用"),
    ("waiting", "待首次登录"),
    ("closed", "已停用"),
    ("idle", "今天没有职责"),
)


def page(request: ActorRequest, accounts: Sequence[AccountLine]) -> dict[str, Any]:
    """What the page of accounts says."""
    role = listing.choice(request, "role", "职责", Role.choices)
    standing = listing.choice(request, "standing", "状态", STANDINGS)
    told = Role(role.chosen).label if role.chosen else ""
    rows = [
        _row(line)
        for line in accounts
        if (not told or any(one.startswith(f"{told}：") for one in line.duties))
        and standing.chosen in ("", _standing(line), "idle" if not line.duties else "")
    ]
    opens = request.actor.has(Role.SYSTEM)
    listed = listing.of_rows(
        request,
        name="accounts",
        columns=COLUMNS,
        rows=rows,
        counted="个",
        ticks=opens and bool(rows),
        empty="没有这样的账号。",
    )
    asked = [role, standing]
    few = len(accounts) <= len(ADMINS)
    return {"listed": listed, "asked": asked, "saved": listing.saved(request), "few": few}


def _standing(line: AccountLine) -> str:
    if not line.user.is_active:
        return "closed"
    return "waiting" if line.user.must_change_password else "used"


def _row(line: AccountLine) -> listing.Row:
    user, standing = line.user, _standing(line)
    told = dict(STANDINGS)[standing]
    duties = "；".join(line.duties)
    cells = {
        "name": Cell(user.name, url=reverse("web:account", args=[user.pk])),
        "username": Cell(user.username),
        "standing": Cell(told, tone="s-warn" if standing == "closed" else ""),
        "duties": Cell(duties) if duties else Cell("今天没有职责", tone="s-warn"),
        "email": Cell(user.email),
        "password_at": Cell(_day(user.password_at)),
        "last_login": Cell(_day(user.last_login)),
    }
    return listing.Row(user.pk, cells)


def _day(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
