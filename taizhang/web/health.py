"""Whether the site can do its work: what a balancer or a monitor asks."""

from __future__ import annotations

from django.db import DatabaseError, connection

from taizhang.kernel.storage import store


def faults() -> list[str]:
    """What cannot be used, in words."""
    found = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM kernel_journalline LIMIT 1")
    except DatabaseError:
        found.append("数据库不能用")
    return [*found, *filter(None, [store.of("evidence").problem()])]
