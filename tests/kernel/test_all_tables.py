"""An empty database gets its tables as the models say, and lacks nothing that the steps would have
made.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

from taizhang.kernel.db.create_together import CreateTogether

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("taizhang.")}
UNDERSTOOD = (
    CreateTogether, operations.RunPython, operations.RunSQL, operations.CreateModel, operations.DeleteModel, operations.RenameModel,
    operations.AddField, operations.AlterField, operations.RemoveField, operations.RenameField, operations.AddIndex,
    operations.RemoveIndex, operations.RenameIndex, operations.AddConstraint, operations.RemoveConstraint,
    operations.AlterModelOptions, operations.AlterUniqueTogether, operations.AlterModelManagers,
)  # fmt: skip
"""What makes tables, which the models say as well, and what is run besides."""
AT_ONCE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from taizhang.config.cli.server import service
service.must_be_migrated()
"""
BY_STEPS = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
call_command(migrate.Command(), verbosity=0)
"""


def test_every_operation_of_a_step_is_one_that_an_empty_database_knows() -> None:
    steps = MigrationLoader(None).graph.nodes
    strange = {
        f"{app} {name}: {type(one).__name__}"
        for app, name in steps
        if app in OURS
        for one in steps[app, name].operations
        if not isinstance(one, UNDERSTOOD)
    }

    assert not strange


def _made(script: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    about = {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings", "TAIZHANG_DATA": str(folder)}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run([sys.executable, "-c", script], env={**kept, **about}, check=True)  # noqa: S603
    return folder / "taizhang.sqlite3"


def _shape(database: Path) -> dict[str, object]:
    """Tables with columns, constraints and rows' number, indexes and triggers word by word, the
    calendar, the steps.
    """
    shape: dict[str, object] = {}
    with closing(sqlite3.connect(database)) as con:
        for kind, name, sql in con.execute("select type, name, sql from sqlite_master").fetchall():
            shape[f"{kind} {name}"] = sql
            if kind == "table" and name != "sqlite_sequence":
                columns = con.execute(f'pragma table_info("{name}")').fetchall()
                keys = con.execute(f'pragma foreign_key_list("{name}")').fetchall()
                rows = con.execute(f'select count(*) from "{name}"').fetchone()
                shape[f"{kind} {name}"] = (
                    sorted(column[1:] for column in columns),
                    sorted(key[2:] for key in keys),
                    sorted(re.findall(r'CONSTRAINT "\w+" (?:CHECK|UNIQUE)', sql)),
                    rows,
                )
        days = con.execute("select day, kind from orgs_calendarday order by day").fetchall()
        steps = con.execute("select app, name from django_migrations").fetchall()
        return {**shape, "calendar": days, "steps": sorted(steps)}


def test_an_empty_database_has_the_journal_locked_and_the_calendar_filled(tmp_path: Path) -> None:
    shape = _shape(_made(AT_ONCE, tmp_path / "new"))

    assert "trigger kernel_journalline_no_update" in shape
    assert "table ledgers_searchgrams" in shape
    assert ("2018-12-29", "workday") in shape["calendar"]  # type: ignore[operator]
    with closing(sqlite3.connect(tmp_path / "new" / "taizhang.sqlite3")) as made:
        assert made.execute("SELECT count(*) FROM auth_permission").fetchone() == (0,)


@pytest.mark.night
def test_an_empty_database_is_the_one_made_step_by_step(tmp_path: Path) -> None:
    made = _shape(_made(AT_ONCE, tmp_path / "new"))

    assert made == _shape(_made(BY_STEPS, tmp_path / "steps"))


def test_a_database_with_tables_goes_step_by_step(tmp_path: Path) -> None:
    database = _made(AT_ONCE, tmp_path)
    known = "select count(*) from sqlite_master where name = 'ledgers_recognised'"
    with closing(sqlite3.connect(database)) as con:
        con.execute("delete from django_migrations where name = '0024_recognised'")
        con.execute("drop table ledgers_recognised")
        con.commit()

    _made(AT_ONCE, tmp_path)

    with closing(sqlite3.connect(database)) as con:
        assert con.execute(known).fetchone() == (1,)
