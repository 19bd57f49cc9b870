"""Tokens of the API: a program acts with the rights of the person whose token it has, no further
and no faster.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.kernel.writing import columns
from taizhang.orgs.actions.noting import note
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import ADMINS, ApiToken, Role
from taizhang.orgs.queries import login as login_queries

MOST = 10
"""So many tokens of one person may be in use."""


def digest(token: str) -> str:
    """What is kept of a token; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(
    *, name: str, expires_on: date | None, actor: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """A token for one's own rights; it is told once and kept nowhere."""
    if actor.has(*ADMINS):
        raise NotAllowed("管理员不使用接口令牌。")
    longest = localdate(now) + timedelta(days=login_queries.rules().token_days)
    problems = []
    called = name.strip()
    if not called:
        problems.append(Problem("请写明用途。", column="用途"))
    problems += columns.too_long(ApiToken.name, called)
    if expires_on is None or not localdate(now) <= expires_on <= longest:
        problems.append(Problem(f"有效期应在今天至{longest}之间。", column="有效至"))
    if (
        ApiToken.objects.filter(
            user=actor.user, ended_at=None, expires_on__gte=localdate(now)
        ).count()
        >= MOST
    ):
        problems.append(Problem(f"在用的令牌不能超过{MOST}个。"))
    if problems or expires_on is None:
        raise BadInput(problems)
    token = f"tz_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        user=actor.user,
        name=called,
        digest=digest(token),
        begins=token[:8],
        made_at=now,
        expires_on=expires_on,
    )
    note("make_token", actor.user, actor, now, token=made.pk, name=made.name, end=f"{expires_on}")
    return made, token


@transaction.atomic
def end(*, token: ApiToken, actor: Actor, now: datetime) -> None:
    """The token is good for nothing from now on."""
    if token.user_id != actor.user.pk and not actor.has(Role.SYSTEM, Role.SECURITY):
        raise NotAllowed("只能作废自己的接口令牌。")
    token.ended_at = now
    token.save(update_fields=["ended_at"])
    note("end_token", token.user, actor, now, token=token.pk, name=token.name)


def used(given: str, now: datetime) -> tuple[ApiToken | None, bool]:
    """The token that was shown, if it is good today, and whether it asks too often: so many calls
    in a minute by the clock.
    """
    found = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=digest(given),
            ended_at=None,
            expires_on__gte=localdate(now),
            user__is_active=True,
        )
        .first()
    )
    if found is None:
        return None, False
    minute = int(now.timestamp()) // 60
    with transaction.atomic():
        same = ApiToken.objects.filter(pk=found.pk, window=minute).update(calls=F("calls") + 1)
        if not same:
            ApiToken.objects.filter(pk=found.pk).update(window=minute, calls=1)
    return found, found.window == minute and found.calls >= login_queries.rules().token_calls
