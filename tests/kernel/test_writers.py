"""Writers on SQLite wait for each other in a queue, those of other processes too."""

from __future__ import annotations

import fcntl
import os
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
