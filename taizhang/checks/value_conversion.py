"""A cell as a driver gives it → the plain value that rules see."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from taizhang.kernel.secret import unseal

_ZONE = ZoneInfo(settings.TIME_ZONE)


@lru_cache(maxsize=200_000)
def day(text: str) -> date:
    """A day that was stored as text."""
    return date.fromisoformat(text)


def local_day(value: str | datetime) -> date:
    """The local day of a moment."""
    if isinstance(value, str):
        return _moment_day(value)
    found: date = value.astimezone(_ZONE).date()
    return found


@lru_cache(maxsize=200_000)
def _moment_day(text: str) -> date:
    return _moment(text).astimezone(_ZONE).date()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=ZoneInfo("UTC"))


@lru_cache(maxsize=200_000)
def minute(value: str | datetime) -> int:
    """The minutes of a moment since 1970."""
    moment = _moment(value) if isinstance(value, str) else value
    return int(moment.timestamp()) // 60


def year(value: object) -> int:
    """The year of a day, be it text or not."""
    return int(str(value)[:4])


@lru_cache(maxsize=200_000)
def opened(value: str) -> int:
    """A number that was stored sealed."""
    return int(unseal(value))
