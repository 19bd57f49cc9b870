"""Coming in and going out: wrong passwords, sessions, one's password, and the rules of 安全管理员."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.client_address import ORIGIN
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actions.noting import note
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import (
    ADMINS,
    EndedThere,
    LoginRules,
    LoginSession,
    PastPassword,
    Role,
    User,
)
from taizhang.orgs.queries import login as login_queries
from taizhang.orgs.queries.login import There


def is_slip_too_old(user: User, now: datetime) -> bool:
    """Whether a one-time password was left lying for too long."""
    days = timedelta(days=login_queries.rules().slip_days)
    return (
        user.must_change_password and user.password_at is not None and now - user.password_at > days
    )


def is_password_too_old(user: User, now: datetime) -> bool:
    """Whether the password must be changed by its age; one whose day is not known is not judged."""
    days = login_queries.rules().password_days
    return bool(days) and user.password_at is not None and now - user.password_at > timedelta(days)


@transaction.atomic
def note_login(
    *, user: User, session_key: str, agent: str, now: datetime, there: There | None = None
) -> LoginSession:
    """Somebody came in; where only one session is allowed, the others end. What ran out long ago is
    cleared away.
    """
    Session.objects.filter(expire_date__lte=now).delete()
    LoginSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    if login_queries.rules().one_session:
        _drop(user, keep=session_key)
    made = LoginSession.objects.create(
        user=user,
        session_key=session_key,
        began_at=now,
        origin=ORIGIN.get(),
        agent=columns.fitted(LoginSession.agent, agent),
        named_there=there.named if there else "",
        session_there=there.session if there else "",
    )
    note("login", user, user, now, session=made.pk)
    return made


def follow(*, old: str, new: str) -> None:
    """The session got another key, as it does when the password changes."""
    LoginSession.objects.filter(session_key=old).update(session_key=new)


@transaction.atomic
def note_sign_on_failed(*, user: User | None, subject: str, now: datetime) -> None:
    """Somebody proved who he is elsewhere, and may not come in here."""
    note("sign_on_failed", user, None, now, subject=subject)


KEPT = timedelta(days=1)
"""So long a provider's word is remembered; it is older than any that is still taken."""


@transaction.atomic
def end_from_there(*, token: str, there: There, now: datetime) -> int:
    """A provider says that a session, or all of a person, ended there: those begun by it end here.
    How many; none is no fault.
    """
    if not (there.named or there.session):
        raise BadInput("没有说明退出的人或会话。")
    EndedThere.objects.filter(at__lt=now - KEPT).delete()
    made = {"named_there": there.named, "session_there": there.session, "at": now}
    if not EndedThere.objects.get_or_create(token=token, defaults=made)[1]:
        raise WrongState("这个退出通知已经办理过。")
    found = LoginSession.objects.all()
    for name, mark in (("named_there", there.named), ("session_there", there.session)):
        found = found.filter(**{name: mark}) if mark else found
    ended = list(found.select_related("user"))
    Session.objects.filter(session_key__in=[one.session_key for one in ended]).delete()
    LoginSession.objects.filter(pk__in=[one.pk for one in ended]).delete()
    for user in {one.user for one in ended}:
        n = sum(one.user == user for one in ended)
        note("end_from_there", user, None, now, n=n)
    return len(ended)


@transaction.atomic
def note_logout(*, user: User, session_key: str, now: datetime) -> None:
    """Somebody went out."""
    LoginSession.objects.filter(session_key=session_key).delete()
    note("logout", user, user, now)


def _drop(user: User, *, keep: str | None) -> int:
    """End the sessions of a user but one; the browser that had it finds itself at the log-in."""
    ended = LoginSession.objects.filter(user=user).exclude(session_key=keep or "")
    Session.objects.filter(
        session_key__in=list(ended.values_list("session_key", flat=True))
    ).delete()
    return int(ended.delete()[0])


@transaction.atomic
def end_session(*, session: LoginSession, actor: Actor, now: datetime) -> None:
    """End one session: one's own, or for an administrator anybody's."""
    if session.user_id != actor.user.pk and not actor.has(Role.SYSTEM, Role.SECURITY):
        raise NotAllowed("只能结束自己的登录会话。")
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    note("end_session", session.user, actor, now, origin=session.origin)


@transaction.atomic
def end_other_sessions(*, keep: str | None, actor: Actor, now: datetime) -> int:
    """End all sessions of one's own but the present one."""
    n = _drop(actor.user, keep=keep)
    note("end_sessions", actor.user, actor, now, n=n)
    return n


@transaction.atomic
def change_password(*, actor: Actor, old: str, new: str, now: datetime) -> None:
    """Give oneself a new password that keeps the rules; all other sessions of the account end."""
    user = actor.user
    if not user.check_password(old):
        raise BadInput([Problem("原密码不正确。", column="原密码")])
    if user.check_password(new):
        raise BadInput([Problem("新密码不能与原密码相同。", column="新密码")])
    try:
        validate_password(new, user)
    except ValidationError as refusal:
        raise BadInput(
            [Problem(str(line), column="新密码") for line in refusal.messages]
        ) from refusal
    PastPassword.objects.create(user=user, stored=user.password, at=now)
    user.set_password(new)
    user.must_change_password, user.password_at = False, now
    user.save()
    kept = PastPassword.objects.filter(user=user).order_by("-at", "-pk")
    PastPassword.objects.filter(pk__in=[one.pk for one in kept[24:]]).delete()
    note("change_password", user, actor, now)


@transaction.atomic
def set_rules(*, values: Mapping[str, Any], actor: Actor, now: datetime) -> LoginRules:
    """Change the rules of logging in; what is not named stays. They hold from the next
    log-in on.
    """
    if not actor.has(Role.SECURITY):
        raise NotAllowed("登录规则由安全管理员设定。")
    kept = login_queries.rules()
    before = {name: getattr(kept, name) for name in values}
    unknown = set(values.get("second_factor_roles", ())) - set(Role.values) | (
        set(values.get("second_factor_roles", ())) & set(ADMINS)
    )
    if unknown:
        raise BadInput([Problem("角色不在可选范围内。", column="动态口令")])
    for name, value in values.items():
        setattr(kept, name, value)
    try:
        kept.clean_fields(exclude=["second_factor_roles"])
    except ValidationError as refusal:
        labels = {field.name: str(field.verbose_name) for field in LoginRules._meta.fields}
        raise BadInput(
            [
                Problem("".join(told), column=labels[name])
                for name, told in refusal.message_dict.items()
            ]
        ) from refusal
    kept.save()
    note("set_login_rules", None, actor, now, changed=journal.changed(before, values, LoginRules))
    return kept
