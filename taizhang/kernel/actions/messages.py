"""Telling somebody in the product, and his reading it. About oneself alone, so without a line in
the journal.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from taizhang.kernel.errors import NotFound
from taizhang.kernel.jobs import sending
from taizhang.kernel.messages.models import Message
from taizhang.kernel.writing import columns

KEPT = timedelta(days=180)


def tell(*, to: Any, text: str, url: str, key: str, now: datetime) -> bool:
    """Tell a person once about a matter; whether he had not been told before."""
    told = {"text": columns.fitted(Message.text, text), "url": url, "made_at": now}
    return Message.objects.get_or_create(to=to, key=key, defaults=told)[1]


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


def digests() -> dict[Any, list[Message]]:
    """Whoever gave an address → what he has neither read nor had by mail; what is due has its own
    mail.
    """
    waiting = Message.objects.filter(read_at=None, mailed_at=None, to__is_active=True)
    waiting = waiting.exclude(key__startswith="due:keeper:").exclude(to__email="")
    found: dict[Any, list[Message]] = {}
    for one in waiting.select_related("to").order_by("to", "pk"):
        found.setdefault(one.to, []).append(one)
    return found


def send_digests(*, now: datetime) -> int:
    """Have one mail sent to each of them; answers how many."""
    found = digests()
    site = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else ""
    with transaction.atomic():
        for user, some in found.items():
            lines = [one.text for one in some] + ([f"{site}/messages/"] if site else [])
            subject = f"【台账消息】{len(some)}条未读"
            Message.objects.filter(pk__in=[one.pk for one in some]).update(mailed_at=now)
            sending.mail(to=user.email, subject=subject, body="\n".join(lines))
    return len(found)


def forget_the_old(now: datetime) -> int:
    """What was read long ago leaves the list."""
    return Message.objects.filter(read_at__lt=now - KEPT).delete()[0]
