"""A database that came step by step is the one that an empty place gets in one step."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

STEP_BY_STEP = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


class Steps(MigrationLoader):
    def load_disk(self):
        super().load_disk()
        steps = {key: one for key, one in self.disk_migrations.items() if not one.replaces}
        self.disk_migrations = steps


executor = MigrationExecutor(connection)
executor.loader = Steps(connection)
leaves = executor.loader.graph.leaf_nodes()
executor.migrate([(app, UP_TO.get(app, name)) for app, name in leaves if app in UP_TO or app in DJANGO])
for app, name in RECORDED:
    executor.recorder.record_applied(app, name)
"""
RELEASED = {
    "0.1": {
        "orgs": "0006_vacations", "ledgers": "0008_marks_of_texts", "checks": "0007_to_compare",
        "inspection": "0008_pictures_kept", "kernel": "0002_chain",
    },
    "0.2": {
        "orgs": "0010_names", "ledgers": "0010_intake", "checks": "0008_told",
        "inspection": "0011_basis", "kernel": "0003_truncate",
    },
}  # fmt: skip
"""The last step of each version."""
RECORDED = [
    ("orgs", "0001_initial"),
    ("orgs", "0003_more_of_terms_and_posts"),
    ("orgs", "0004_reminder_address"),
]
RECORDED += [
    ("ledgers", name)
    for name in (
        "0001_initial", "0002_receipts_and_points", "0003_fill_receipts", "0004_all_ledgers", "0005_evidence",
        "0006_record_links", "0007_search",
    )
]  # fmt: skip
"""What a fresh database of the first versions says was done, though nothing of it is there any more."""
AT_ONCE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from taizhang.config.cli.server import service
service.must_be_migrated()
"""
DJANGO = ("auth", "contenttypes", "sessions")


def _made(script: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    about = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(folder)}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run([sys.executable, "-c", script], env={**kept, **about}, check=True)  # noqa: S603
    return folder / "taizhang.sqlite3"


def _shape(database: Path) -> dict[str, object]:
    con = sqlite3.connect(database)
    try:
        parts = con.execute("select type, name from sqlite_master").fetchall()
        shape: dict[str, object] = {f"{kind} {name}": name for kind, name in parts}
        for kind, name in parts:
            if kind == "table":
                columns = con.execute(f'pragma table_info("{name}")').fetchall()
                shape[f"{kind} {name}"] = sorted(column[1:] for column in columns)
        days = con.execute("select day, kind from orgs_calendarday order by day").fetchall()
        return {**shape, "calendar": days}
    finally:
        con.close()


@pytest.mark.night
@pytest.mark.parametrize("version", RELEASED)
def test_a_database_of_before_becomes_the_one_made_at_once(version: str, tmp_path: Path) -> None:
    told = f"UP_TO = {RELEASED[version]!r}\nRECORDED = {RECORDED!r}\nDJANGO = {DJANGO!r}\n"
    old = _made(told + STEP_BY_STEP, tmp_path / "old")
    new = _shape(_made(AT_ONCE, tmp_path / "new"))
    assert _shape(_made(AT_ONCE, old.parent)) == new
