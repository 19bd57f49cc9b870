"""Questions about logging in: the rules of the installation, who is logged in where, who may stand
in for whom.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet

from taizhang.kernel.errors import NotAllowed
from taizhang.orgs.actor import KEEPERS, Actor
from taizhang.orgs.models import (
    ADMINS,
    ApiToken,
    Duty,
    EndedThere,
    LoginRules,
    LoginSession,
    Role,
    SecondFactor,
    SignOn,
    User,
)

Row = TypeVar("Row", bound=Model)
LENDABLE = (*KEEPERS, Role.OFFICE)
"""Roles that somebody may stand in for; inspectors are replaced in the team, administrators by a
duty.
"""


def rules() -> LoginRules:
    """What 安全管理员 has set, or the customary figures."""
    return LoginRules.objects.order_by("pk").first() or LoginRules()


def has_second_factor(user: User) -> bool:
    """Whether an authenticator is in use."""
    return SecondFactor.objects.filter(user=user).exists()


def roles_on(user: User, day: date) -> set[str]:
    """The roles that a user holds on a day, anywhere."""
    duties = Duty.objects.filter(user=user).select_related("stands_in_for")
    return {one.role for one in duties if one.holds_on(day)}


def signed_on(provider: str, subject: str, day: date) -> tuple[User | None, str]:
    """Whose account an identity elsewhere was linked with, and why it may not come in, "" where it
    may.
    """
    link = SignOn.objects.filter(provider=provider, subject=subject).select_related("user").first()
    if link is None:
        return None, "还没有与本系统的账号关联，请系统管理员在“账号管理”里关联"
    if not link.user.is_active:
        return link.user, "关联的账号已停用"
    if roles_on(link.user, day) & set(ADMINS):
        return link.user, "关联的是管理员账号，管理员只用本系统的密码和动态口令登录"
    return link.user, ""


def sign_ons(provider: str) -> list[SignOn]:
    """Who comes in by a provider."""
    found = SignOn.objects.filter(provider=provider).select_related("user", "linked_by")
    return list(found.order_by("user__username"))


@dataclass(frozen=True)
class There:
    """Who came by single sign-on, as marks of his name and of his session there, and since when he
    is on his way.
    """

    named: str = ""
    session: str = ""
    since: datetime | None = None


def marked(provider: str, text: str) -> str:
    """What is kept of a name or a session at a provider: as long for each, and of another provider
    never the same.
    """
    return hashlib.sha256(f"{provider}\n{text}".encode()).hexdigest() if text else ""


def has_ended(there: There) -> bool:
    """Whether the provider has ended that session, or all of that person's, since he set out."""
    if there.since is None:
        return False
    whole = Q(named_there=there.named, session_there="")
    this = Q(session_there=there.session, session_there__gt="")
    return EndedThere.objects.filter(whole | this, at__gte=there.since).exists()


@dataclass(frozen=True)
class Open:
    """A session that is still open, and when it was last used, to a minute."""

    session: LoginSession
    seen_at: datetime | None
    here: bool


def open_sessions(user: User, *, here: str | None, now: datetime) -> list[Open]:
    """Where the account is logged in now, the latest first; `here` is the key of the session that
    asks.
    """
    kept = {one.session_key: one for one in LoginSession.objects.filter(user=user)}
    alive = Session.objects.filter(session_key__in=kept, expire_date__gt=now)
    found = []
    for one in alive:
        seen = one.get_decoded().get("awake_at")
        at = datetime.fromtimestamp(seen, UTC) if isinstance(seen, int) else None
        key = one.session_key
        found.append(Open(kept[key], at, key == here))
    return sorted(found, key=lambda one: one.session.began_at, reverse=True)


def own_session(key: int, *, actor: Actor) -> LoginSession:
    """A session of one's own; of any account for 系统管理员 and 安全管理员."""
    return _own(LoginSession.objects.filter(pk=key), actor, "登录会话")


def own_token(key: int, *, actor: Actor) -> ApiToken:
    """A token of one's own; of any account for the same."""
    return _own(ApiToken.objects.filter(pk=key), actor, "接口令牌")


def _own(found: QuerySet[Row], actor: Actor, what: str) -> Row:
    if not actor.has(Role.SYSTEM, Role.SECURITY):
        found = found.filter(user=actor.user)
    one = found.select_related("user").first()
    if one is None:
        raise NotAllowed(f"没有这个{what}，或者您无权办理。")
    return one


def own_duty(key: int, *, actor: Actor) -> Duty:
    """A duty of one's own, or one that another does in one's stead."""
    duties = Duty.objects.select_related("user", "organisation", "stands_in_for__user")
    found = duties.filter(pk=key).first()
    if found is None or actor.user.pk not in (
        found.user_id,
        found.stands_in_for.user_id if found.stands_in_for else None,
    ):
        raise NotAllowed("没有这项职责，或者您无权办理。")
    return found


@dataclass(frozen=True)
class Lendable:
    """A duty that may be done by another for a time: by whom, and who does it already."""

    duty: Duty
    candidates: list[User]
    stand_ins: list[Duty]


def lendable(actor: Actor, day: date) -> list[Lendable]:
    """One's own duties that somebody of the same organisation may do in one's stead."""
    own = Duty.objects.filter(
        user=actor.user, role__in=LENDABLE, stands_in_for=None
    ).select_related("organisation")
    found = []
    for duty in own:
        if duty.holds_on(day):
            lent = duty.stand_ins.select_related("user").order_by("from_on")
            candidates = _beside(duty, day)
            found.append(
                Lendable(duty, candidates, [o for o in lent if not o.to_on or o.to_on >= day])
            )
    return found


def _beside(duty: Duty, day: date) -> list[User]:
    beside = (
        Duty.objects.filter(organisation=duty.organisation_id, user__is_active=True)
        .exclude(user=duty.user_id)
        .exclude(role__in=ADMINS)
        .select_related("user", "stands_in_for")
    )
    users = {one.user.pk: one.user for one in beside if one.holds_on(day)}
    return sorted(users.values(), key=lambda user: (user.name, user.pk))


def may_stand_in(duty: Duty, user: User, day: date) -> bool:
    """Whether the user is of the same organisation and no administrator."""
    return user.pk in {one.pk for one in _beside(duty, day)}


def tokens(user: User) -> list[ApiToken]:
    """The tokens of an account, the latest first."""
    return list(ApiToken.objects.filter(user=user).order_by("-made_at", "-pk"))
