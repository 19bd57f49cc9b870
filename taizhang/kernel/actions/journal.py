"""Reading the journal for those who verify it; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from taizhang.kernel.append_only import TRIGGERS
from taizhang.kernel.models import JournalLine


def lines() -> Iterator[JournalLine]:
    """Every line in the order of the numbers, a few thousand in memory at a time."""
    return JournalLine.objects.order_by("seq").iterator(chunk_size=5000)


def is_guarded() -> bool:
    """Whether the database still refuses to change or remove lines."""
    wanted = TRIGGERS[connection.vendor]
    known = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        return wanted <= {row[0] for row in cursor.fetchall()}
