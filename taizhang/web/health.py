"""Whether the site can do its work: what a balancer or a monitor asks."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection


def faults() -> list[str]:
    """What cannot be used, in words."""
    found = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM kernel_journalline LIMIT 1")
    except DatabaseError:
        found.append("数据库不能用")
    store = Path(storages["evidence"].path(""))
    if not os.access(store if store.exists() else settings.DATA, os.R_OK | os.W_OK | os.X_OK):
        found.append("佐证材料的文件夹不能读写")
    return found
