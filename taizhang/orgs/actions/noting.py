"""Lines of the journal about accounts and organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taizhang.kernel.actions import journal
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import User


def note(
    verb: str, user: User | None, actor: Actor | User | None, now: datetime, **detail: object
) -> None:
    """Who did what with which account; commands have no actor."""
    by = actor.user if isinstance(actor, Actor) else actor
    journal.note(f"orgs.{verb}", f"user:{user.pk}" if user else "user", by=by, now=now, **detail)


def line(
    verb: str, subject: str, *, actor: Actor | None, now: datetime, detail: dict[str, Any]
) -> None:
    """Who did what with an organisation, a unit or the calendar; the set-up has no actor."""
    journal.note(verb, subject, by=actor.user if actor else None, now=now, **detail)
