"""Writers on SQLite wait for each other in a queue, those of other processes too."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from taizhang.config.environment import database
from taizhang.kernel.db.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL lets writers write at once"
    ),
]


def _is_shut(door: Path) -> bool:
    """Whether somebody stands in the door: what another process would wait for."""
    seen = os.open(door, os.O_RDWR)
    try:
        fcntl.flock(seen, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(seen)
    return False


def _door() -> Path:
    return Path(f"{connection.settings_dict['NAME']}.door")


def test_a_writer_keeps_other_processes_waiting_and_lets_the_next_in_after() -> None:
    with transaction.atomic():
        assert _is_shut(_door())

    assert not _is_shut(_door())
    assert _door().stat().st_mode & 0o077 == 0


def test_a_writer_that_gives_up_or_goes_away_leaves_the_door_open() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018
    assert not _is_shut(_door())

    with transaction.atomic():
        connection.close()
    assert not _is_shut(_door())


def test_a_folder_that_takes_no_file_is_no_hindrance(tmp_path: Path) -> None:
    about = {**connection.settings_dict, "NAME": str(tmp_path / "nowhere" / "gone.sqlite3")}
    lone = DatabaseWrapper(about, "lone")

    lone._wait_for_processes()

    assert lone._door is None


@pytest.fixture
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a site has it; the tests themselves do not wait for a disk."""
    options = database(Path())["OPTIONS"]
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    connection.close()
    _store()


def _synced_by() -> int:
    return int(connection.cursor().execute("PRAGMA synchronous").fetchone()[0])


@pytest.mark.usefixtures("durable")
def test_what_is_answered_is_on_the_disk_and_the_next_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[object] = []

    def synced(log: int) -> None:
        own = Path(f"{connection.settings_dict['NAME']}-wal")
        same = os.path.samestat(os.fstat(log), own.stat())
        seen.append((same, _is_shut(_door()), _within(log)))

    monkeypatch.setattr(os, "fdatasync", synced)
    with transaction.atomic():
        Session.objects.create(session_key="KEPT-WHOLE", expire_date=timezone.now())
        transaction.on_commit(lambda: seen.append("answered"))
        assert (_synced_by(), _is_shut(_door())) == (1, True)

    assert seen == [(True, False, True), "answered"]
    assert (
        _synced_by() == 2
    )  # what is written without a transaction, SQLite brings to the disk itself


def _within(log: int) -> bool:
    return b"KEPT-WHOLE" in os.pread(log, os.fstat(log).st_size, 0)


@pytest.mark.usefixtures("durable")
def test_what_the_log_cannot_bring_to_the_disk_is_copied_to_the_database_or_not_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(log: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fdatasync", broken)
    with transaction.atomic():
        Session.objects.create(session_key="COPIED-OVER", expire_date=timezone.now())
    without_log = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?immutable=1", uri=True)
    with closing(without_log):
        told = without_log.execute("SELECT session_key FROM django_session").fetchall()
    assert ("COPIED-OVER",) in told

    reader = sqlite3.connect(connection.settings_dict["NAME"])
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM django_session").fetchone()
    connection.cursor().execute("PRAGMA busy_timeout = 0")
    with closing(reader), pytest.raises(OperationalError, match="did not reach the disk"):
        _store()
    assert _synced_by() == 2
    assert not _is_shut(_door())


@pytest.mark.usefixtures("durable")
def test_a_transaction_that_is_given_up_leaves_the_disk_to_sqlite() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018
    assert _synced_by() == 2


def _store() -> None:
    with transaction.atomic():
        Session.objects.create(session_key=f"{Session.objects.count()}", expire_date=timezone.now())


def test_a_connection_serves_the_next_request_unless_the_database_refused_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age = database(tmp_path)["CONN_MAX_AGE"]
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", age)
    connection.close()
    _store()
    kept = connection.connection
    close_old_connections()  # as Django does at the beginning and at the end of a request
    assert connection.connection is kept

    connection.cursor().execute("PRAGMA query_only = ON")  # as if its folder had been shut then
    with pytest.raises(OperationalError, match="readonly"):
        _store()
    close_old_connections()
    _store()
    assert Session.objects.count() == 2

    with pytest.raises(OperationalError):
        connection.cursor().execute("SELECT 1 FROM nowhere")
    close_old_connections()
    assert connection.connection is None
