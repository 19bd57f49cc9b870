"""The database at one moment: a copy of it, and what that copy itself says of its journal and its
files.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from taizhang.config.backup import stored
from taizhang.kernel.errors import Refused
from taizhang.kernel.journal.chain import BEGINNING
from taizhang.kernel.journal.heads import Head

_HEAD = "SELECT seq, hash FROM kernel_journalline ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True)
class Copy:
    """Where the copy lies, the head of the journal in it, and the files that it names."""

    path: Path
    head: Head
    named: dict[str, stored.Named]


def take(folder: Path) -> Copy:
    """Copy the database in use into a folder."""
    if connection.vendor == "sqlite":
        copy = folder / "taizhang.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return of_sqlite(copy)
    return _of_postgresql(folder / "taizhang.dump")


def of_sqlite(copy: Path) -> Copy:
    """A copy that is there; Refused when it is not sound."""
    with opened(copy) as ask:
        if list(ask("PRAGMA integrity_check")) != [("ok",)] or list(
            ask("PRAGMA foreign_key_check")
        ):
            raise Refused("数据库不完整。")
        tables = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return Copy(copy, _head(ask), stored.named(ask, tables))


@contextmanager
def opened(copy: Path) -> Iterator[stored.Ask]:
    """A database of SQLite for questions; Refused where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as database:
            yield lambda sql: database.execute(sql).fetchall()
    except sqlite3.DatabaseError as broken:
        raise Refused(f"数据库已损坏，不能读取：{broken}") from broken


def ask(sql: str) -> list[tuple[Any, ...]]:
    """Ask the database in use."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def named() -> dict[str, stored.Named]:
    """What the database in use says of the store."""
    return stored.named(ask, connection.introspection.table_names())


def _head(asking: stored.Ask) -> Head:
    found = list(asking(_HEAD))
    return Head(*found[0]) if found else Head(0, BEGINNING)


def _of_postgresql(copy: Path) -> Copy:
    """The dump and our own questions see the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        _dump(copy, cursor.fetchone()[0])
        return Copy(copy, _head(ask), named())


def _dump(copy: Path, snapshot: str) -> None:
    told = connection.settings_dict
    words = ["pg_dump", "-Fc", "--snapshot", snapshot, "-f", str(copy)]
    for option, name in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER")):
        words += [option, str(told[name])] if told[name] else []
    done = subprocess.run(  # noqa: S603  (our own words)
        [*words, told["NAME"]],
        env={"PGPASSWORD": told["PASSWORD"], "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"pg_dump 没有成功：{done.stderr.decode(errors='replace').strip()[:300]}")
