"""Telling somebody in the product, and his reading it. About oneself alone, so without a line in the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from taizhang.kernel.errors import NotFound
from taizhang.kernel.messages.models import Message

KEPT = timedelta(days=180)


def tell(*, to: Any, text: str, url: str, key: str, now: datetime) -> bool:
    """Tell a person once about a matter; whether he had not been told before."""
    told = {"text": text[:300], "url": url[:300], "made_at": now}
    return Message.objects.get_or_create(to=to, key=key[:160], defaults=told)[1]


def of(user: Any) -> QuerySet[Message]:
    """A person's messages, the latest first."""
    return Message.objects.filter(to=user)


def unread(user: Any) -> QuerySet[Message]:
    """Those that he has not read."""
    return of(user).filter(read_at=None)


def read(*, key: int, user: Any, now: datetime) -> Message:
    """Note that a person read a message of his own."""
    found = of(user).filter(pk=key).first()
    if found is None:
        raise NotFound("没有这条消息。")
    if found.read_at is None:
        found.read_at = now
        found.save(update_fields=["read_at"])
    return found


def read_all(*, user: Any, now: datetime) -> int:
    """Note that a person read all that he was told."""
    return unread(user).update(read_at=now)


def forget_the_old(now: datetime) -> int:
    """What was read long ago leaves the list."""
    return Message.objects.filter(read_at__lt=now - KEPT).delete()[0]
