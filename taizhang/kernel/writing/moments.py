"""Moments as people read them: in the time of the place, whatever the database keeps."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils import timezone

_KEPT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def told_at(at: datetime | None) -> str:
    """A moment as clocks here show it, `2018-10-25 10:00`, or nothing."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def told_if_moment(text: str) -> str:
    """The same of a moment that was kept as text with its zone, `2018-10-25T02:00:00+00:00`; any
    other text as it is.
    """
    if not _KEPT.fullmatch(text):
        return text
    return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M:%S}"


def day_of(at: datetime | None) -> str:
    """The day here on which a moment was, `2018-10-25`, or nothing."""
    return told_at(at)[:10]
