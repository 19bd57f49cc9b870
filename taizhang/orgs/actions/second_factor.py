"""The second factor: an authenticator's codes (TOTP, RFC 6238) and spare codes for the day the
phone is lost.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.orgs.actions.noting import note
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Role, SecondFactor, User

STEP = 30
SPARE = 8
_WRONG = "动态口令不正确，请核对手机时间，输入最新的6位数字。"


def fresh_secret() -> str:
    """160 bits in base32, as authenticators take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address(secret: str, username: str) -> str:
    """What the picture says to the authenticator."""
    return _totp(secret).get_provisioning_uri(username, "党支部台账")


def code_at(secret: str, now: datetime) -> str:
    """The code of a moment."""
    return _totp(secret).generate(int(now.timestamp())).decode()


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP)  # noqa: S303 what authenticators understand


def _step_of(secret: str, code: str, now: datetime, after: int = 0) -> int | None:
    """The 30 seconds that a code is of: these, the last or the next, and later than the one used
    before.
    """
    made, present = _totp(secret), int(now.timestamp()) // STEP
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(made.generate(step * STEP), code.encode()):
            return step
    return None


def _digest(spare: str) -> str:
    return hashlib.sha256(spare.upper().encode()).hexdigest()


@transaction.atomic
def enrol(*, secret: str, code: str, actor: Actor, now: datetime) -> list[str]:
    """Take an authenticator into use once it shows the right code; answers the spare codes, which
    are kept nowhere.
    """
    step = _step_of(secret, _plain(code), now)
    if step is None:
        raise BadInput([Problem(_WRONG, column="动态口令")])
    spare = [base64.b32encode(secrets.token_bytes(5)).decode() for _ in range(SPARE)]
    SecondFactor.objects.filter(user=actor.user).delete()
    SecondFactor.objects.create(
        user=actor.user,
        secret=secret,
        since_at=now,
        last_step=step,
        spare=[_digest(s) for s in spare],
    )
    note("enrol_second_factor", actor.user, actor, now)
    return spare


def _plain(code: str) -> str:
    """Digits or letters as typed, perhaps with spaces."""
    return "".join(code.split()).replace("-", "")


@transaction.atomic
def passes(*, user: User, code: str, now: datetime) -> bool:
    """Whether the code is right; it is used up by this."""
    kept = SecondFactor.objects.select_for_update().filter(user=user).first()
    if kept is None:
        return False
    plain = _plain(code)
    step = _step_of(kept.secret, plain, now, kept.last_step)
    if step is not None:
        kept.last_step = step
        kept.save(update_fields=["last_step"])
        return True
    if _digest(plain) in kept.spare:
        kept.spare = [one for one in kept.spare if one != _digest(plain)]
        kept.save(update_fields=["spare"])
        note("use_spare_code", user, user, now, left=len(kept.spare))
        return True
    return False


@transaction.atomic
def give_up(*, code: str, actor: Actor, now: datetime) -> None:
    """Take one's own authenticator out of use, for another or for none, with a last right code."""
    if not passes(user=actor.user, code=code, now=now):
        raise BadInput([Problem(_WRONG, column="动态口令")])
    SecondFactor.objects.filter(user=actor.user).delete()
    note("give_up_second_factor", actor.user, actor, now)


@transaction.atomic
def reset(*, user: User, actor: Actor | None, now: datetime) -> None:
    """Take somebody's lost authenticator out of use.

    安全管理员 does it and 系统管理员 renews passwords, so that no one of them alone can enter an account with
    two factors; without an actor the command does, for an administrator who lost his own.
    """
    if actor is not None and not actor.has(Role.SECURITY):
        raise NotAllowed("重置动态口令由安全管理员办理。")
    if actor is not None and actor.user.pk == user.pk:
        raise NotAllowed("不能重置自己的动态口令。")
    SecondFactor.objects.filter(user=user).delete()
    note("reset_second_factor", user, actor, now)
