"""Whether the tables are those of this program: asked often, so from names alone and with one
question.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connection

OLDER = "数据库需要升级（taizhang migrate）"
NEWER = "数据库来自更新的版本"


@cache
def last_steps() -> dict[str, str]:
    """App → the name of its last migration, of each app of ours that has some."""
    found = {}
    for one in apps.get_app_configs():
        names = [path.stem for path in (Path(one.path) / "migrations").glob("[0-9]*.py")]
        if one.name.startswith("taizhang.") and names:
            found[one.label] = max(names)
    return found


def fault() -> str:
    """What keeps this program from the database that is there, in words; "" where nothing does. One
    question.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        done = {(str(app), str(name)) for app, name in cursor.fetchall()}
    ours = last_steps()
    if any(app in ours and _number(name) > _number(ours[app]) for app, name in done):
        return NEWER
    return OLDER if set(ours.items()) - done else ""


def _number(name: str) -> str:
    return name.partition("_")[0]
