"""The database of the tests: made once for a state of the code, and copied for each process that
runs tests.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections

import taizhang
from taizhang.kernel.journal.append_only import DROP, DROP_WHOLE

SOURCE = Path(taizhang.__file__).parent
MISSING = "模型改了而没有迁移：先运行 python manage.py makemigrations，再运行测试。"


class MigrationMissing(Exception):
    """Models were changed and no step of a migration says so."""


def fingerprint() -> str:
    """The state of everything that an empty database is made of."""
    told = hashlib.sha256(repr(django.VERSION).encode())
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".py", ".yaml", ".json"}:
            told.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def template() -> str:
    """Name of the migrated database of this state of the code, which is made if it is not there."""
    name = f"test-template-{fingerprint()}"
    with _alone():
        if connection.vendor == "sqlite":
            name = str(settings.DATA / f"{name}.sqlite3")
        if not _is_there(name):
            make(name)
    return name


def take(name: str) -> str:
    """Copies the template for the running process and connects to it; the copy's name."""
    process = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{os.getpid()}"
    if connection.vendor == "sqlite":
        own = str(settings.DATA / f"test-{process}.sqlite3")
        _forget_file(own)
        shutil.copyfile(name, own)
    else:
        own = f"test_{process}"
        _by_server(f'CREATE DATABASE "{own}" TEMPLATE "{name}"')
    _connect_to(own)
    if connection.vendor != "sqlite":
        _ROWS[name] = connection.creation.serialize_db_to_string()
    return own


def drop(own: str) -> None:
    """Removes such a copy."""
    connections.close_all()
    if connection.vendor == "sqlite":
        _forget_file(own)
    else:
        _by_server(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


def keep(path: Path) -> None:
    """Writes what SQLite holds now to a file that `restore` puts back."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as kept:
        connection.connection.backup(kept)


_FILES = itertools.count(1)


def become(path: Path | str) -> None:
    """Makes SQLite's database a copy of such a file: another file, so that whoever still holds the
    old one harms nothing.
    """
    before = str(connection.settings_dict["NAME"])
    own = f"{before.partition('.sqlite3')[0]}.sqlite3.{next(_FILES)}"
    shutil.copyfile(path, own)
    _connect_to(own)
    for end in ("", "-wal", "-shm", ".door"):
        Path(before + end).unlink(missing_ok=True)


def restore(name: str) -> None:
    """Puts back what the template (SQLite: or another file) holds, after a test that emptied the
    tables.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(name)) as kept:
            kept.backup(connection.connection)
    else:
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(_ROWS[name])
        models = apps.get_models(include_auto_created=True)
        for sql in connection.ops.sequence_reset_sql(
            no_style(), models
        ):  # rows that bring their keys use up no number
            with connection.cursor() as cursor:
                cursor.execute(sql)


_ROWS: dict[str, str] = {}
"""PostgreSQL: what a template holds, as Django writes it out."""


@contextmanager
def _alone() -> Iterator[None]:
    """One process makes the template, the others wait for it; none waits for that of another
    database.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / f"test-template-of-{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_there(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).is_file()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def make(name: str) -> None:
    """Migrates an empty database under a passing name, and calls it the template when
    it is whole.
    """
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit as wrong:
        raise MigrationMissing(MISSING) from wrong
    making = f"{name}.making" if connection.vendor == "sqlite" else f"{name}-making"
    before = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        for old in settings.DATA.glob("test-template-*.sqlite3*"):
            old.unlink()
    else:
        _by_server(f'DROP DATABASE IF EXISTS "{making}"', f'CREATE DATABASE "{making}"')
    _connect_to(making)
    call_command("migrate", interactive=False, verbosity=0)
    _let_tables_be_emptied()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _connect_to(before)
        Path(making).rename(name)
        _forget_file(making)  # what lay beside it
    else:
        _connect_to(before)
        _by_server(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


def _let_tables_be_emptied() -> None:
    """Tests without a transaction of their own empty every table after: the journal lets them here,
    and only here.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(DROP["sqlite"][1])
        for sql in DROP_WHOLE[connection.vendor]:
            cursor.execute(sql)


def _connect_to(name: str) -> None:
    """What a commit of a test wrote need not outlive a power cut, and no thread of a tried server
    keeps a file of before.
    """
    connections.close_all()
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _by_server(*statements: str) -> None:
    """Statements of PostgreSQL about whole databases."""
    with connection._nodb_cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _forget_file(name: str) -> None:
    for one in Path(name).parent.glob(f"{Path(name).name}*"):
        one.unlink(missing_ok=True)
