"""Moments as people read them: in the time of the place, whatever the database keeps."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def told_at(at: datetime | None) -> str:
    """A moment as clocks here show it, `2018-10-25 10:00`, or nothing."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def day_of(at: datetime | None) -> str:
    """The day here on which a moment was, `2018-10-25`, or nothing."""
    return told_at(at)[:10]
