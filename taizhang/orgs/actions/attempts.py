"""Wrong passwords and codes: who waits for how long, and whom that may not keep out.

A lock holds for one account from one place, so a stranger locks himself out and not the owner. From
many addresses at once the account is locked for every address, yet not for browsers that have
logged in before. What was long ago is forgotten.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from taizhang.kernel.client_address import ORIGIN
from taizhang.orgs.actions.noting import note
from taizhang.orgs.models import AddressTries, KnownDevice, LoginTries, User
from taizhang.orgs.queries import login as login_queries

FADES = timedelta(days=1)
"""After so long without a wrong try from a place, its count begins again at zero."""
MANY_PLACES = 5
"""When so many addresses are locked out of one account within a day, every other address waits as
well.
"""
DEVICE_LASTS = timedelta(days=180)
MOST_DEVICES = 20


def waiting_minutes(*, username: str, now: datetime, device: str = "") -> int:
    """How long this place still waits for an account; 0 when it does not. Unknown names wait for
    nothing and say nothing.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        return 0
    place = _place(user, device)
    own = LoginTries.objects.filter(user=user, place=place).first()
    until = own.locked_until if own else None
    if place.startswith("address:") and (everywhere := _closed_until(user, now)):
        until = max(until, everywhere) if until else everywhere
    if until is None or until <= now:
        return 0
    return max(1, round((until - now).total_seconds() / 60))


def _closed_until(user: User, now: datetime) -> datetime | None:
    """Until when every address waits, because many were locked out."""
    asked = login_queries.rules()
    locked = LoginTries.objects.filter(
        user=user,
        place__startswith="address:",
        failed__gte=asked.free_tries,
        last_at__gt=now - FADES,
    )
    latest = list(locked.order_by("-last_at").values_list("last_at", flat=True)[:MANY_PLACES])
    if len(latest) < MANY_PLACES:
        return None
    return latest[0] + timedelta(minutes=asked.longest_lock)


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()


def _place(user: User, device: str) -> str:
    """The browser, where the account knows it, or else the address."""
    digest = _digest(device) if device else ""
    if digest and KnownDevice.objects.filter(user=user, digest=digest).exists():
        return f"device:{digest}"
    return f"address:{ORIGIN.get()}"


def is_refused_here(*, now: datetime) -> bool:
    """Whether this address has failed so often in this minute that no password is even
    looked at.
    """
    most = login_queries.rules().address_tries
    return AddressTries.objects.filter(
        address=ORIGIN.get(), window=_minute(now), failed__gte=most
    ).exists()


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60


@transaction.atomic
def note_failure(*, username: str, now: datetime, device: str = "") -> None:
    """A wrong password or code: after the free tries this place waits for a minute, then for twice
    as long each time.
    """
    _count_address(now)
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        note("login_failed", None, None, now)
        return
    tries, _ = LoginTries.objects.get_or_create(
        user=user, place=_place(user, device), defaults={"last_at": now}
    )
    if now - tries.last_at > FADES:
        tries.failed = 0
    tries.failed, tries.last_at = tries.failed + 1, now
    asked = login_queries.rules()
    over = tries.failed - asked.free_tries
    if over >= 0:
        tries.locked_until = now + timedelta(minutes=min(asked.longest_lock, 2**over))
    tries.save()
    note("login_failed", user, None, now, times=tries.failed)


@transaction.atomic
def note_refused_end(*, why: str, now: datetime) -> None:
    """Somebody said in the provider's name that a session ended, and did not prove it: counted like
    a wrong password.
    """
    _count_address(now)
    note("end_refused", None, None, now, why=why)


def _count_address(now: datetime) -> None:
    minute = _minute(now)
    AddressTries.objects.filter(window__lt=minute - 60).delete()
    kept, _ = AddressTries.objects.select_for_update().get_or_create(
        address=ORIGIN.get(), defaults={"window": minute}
    )
    kept.failed = kept.failed + 1 if kept.window == minute else 1
    kept.window = minute
    kept.save()


@transaction.atomic
def note_success(*, user: User, device: str, now: datetime) -> str:
    """Forget the wrong tries of this place; answers what the browser keeps, to be known by the next
    time.
    """
    LoginTries.objects.filter(user=user, place=_place(user, device)).delete()
    LoginTries.objects.filter(last_at__lt=now - FADES).delete()
    KnownDevice.objects.filter(seen_at__lt=now - DEVICE_LASTS).delete()
    digest = _digest(device) if device else ""
    if not digest or not KnownDevice.objects.filter(digest=digest).exists():
        device = secrets.token_urlsafe(24)
    KnownDevice.objects.update_or_create(
        user=user, digest=_digest(device), defaults={"seen_at": now}
    )
    kept = KnownDevice.objects.filter(user=user).order_by("-seen_at", "-pk")[:MOST_DEVICES]
    KnownDevice.objects.filter(user=user).exclude(pk__in=[one.pk for one in kept]).delete()
    return device


def forget(user: User) -> None:
    """Nobody waits for this account any more."""
    LoginTries.objects.filter(user=user).delete()
