"""Writers on PostgreSQL append to the journal one after the other, and wait for the
disk together.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model

from taizhang.kernel.actions import journal
from taizhang.kernel.db import once
from taizhang.kernel.models import _QUEUE
from taizhang.orgs.models import Duty, Role

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has a queue of its own"),
]


_BASE = "taizhang.kernel.db.postgresql.base"
_DISK = 4711


@contextmanager
def _somebody_else() -> Iterator[Any]:
    """Another process at the same database."""
    with psycopg.connect(
        **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True
    ) as other:
        yield other


def _is_free(other: Any) -> bool:
    """Whether the next could append to the journal now."""
    taken = other.execute("SELECT pg_try_advisory_lock(%s)", [_QUEUE]).fetchone()[0]
    if taken:
        other.execute("SELECT pg_advisory_unlock(%s)", [_QUEUE])
    return bool(taken)


def _flushed(other: Any, at: str) -> bool:
    """Whether the log is on the disk up to there."""
    found = other.execute("SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn", [at]).fetchone()
    return bool(found[0])


def _waits_for_the_disk(other: Any) -> bool:
    found = other.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s",
        [_DISK],
    ).fetchone()
    return bool(found[0])


def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def _synced_by() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


def _written_up_to(other: Any) -> str:
    return str(other.execute("SELECT pg_current_wal_insert_lsn()").fetchone()[0])


def test_the_next_does_not_wait_for_the_disk_and_nobody_is_answered_before_it(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock of somebody else stands for a disk that takes long."""
    monkeypatch.setattr(f"{_BASE}._BEHIND", f"SELECT pg_advisory_xact_lock({_DISK})")
    answered: list[str] = []

    def act() -> None:
        _act(answered, now)
        connection.close()

    with _somebody_else() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_DISK])
        acting = threading.Thread(target=act)
        acting.start()
        _until(lambda: _waits_for_the_disk(other))
        stored = other.execute("SELECT count(*) FROM kernel_journalline").fetchone()[0]
        assert (_is_free(other), stored, answered) == (True, 1, [])
        other.execute("SELECT pg_advisory_unlock(%s)", [_DISK])
        acting.join(timeout=30)
    assert answered == ["answered"]


def test_what_is_answered_is_on_the_disk(now: datetime) -> None:
    usual, answered = _synced_by(), list[str]()
    with _somebody_else() as other:
        for _ in range(5):
            with transaction.atomic():
                journal.note("kernel.test", "x", by=None, now=now)
                assert not _is_free(other)
                assert _synced_by() == "off"
                at = _written_up_to(other)
            assert _flushed(other, at)
        _act(answered, now)
    assert answered == ["answered"]
    assert _synced_by() == usual


def test_what_the_commit_refuses_is_refused_and_leaves_nothing(now: datetime) -> None:
    """Foreign keys are looked at only there."""
    answered: list[str] = []
    with pytest.raises(IntegrityError):
        _act(answered, now, Duty(user_id=10**9, organisation_id=10**9, role=Role.CLERK))
    assert answered == []
    _act(answered, now)
    assert answered == ["answered"]
    assert journal.last()[0] == 1


def test_what_notes_nothing_is_brought_to_the_disk_by_its_own_commit(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with transaction.atomic():
        journal.note("kernel.test", "x", by=None, now=now)
        transaction.set_rollback(True)
    with monkeypatch.context() as patched:
        patched.setattr(f"{_BASE}._BEHIND", "SELECT 1 FROM nowhere_at_all")
        with transaction.atomic():
            assert _synced_by() != "off"
            connection.cursor().execute("SELECT 1")


def test_nobody_is_answered_when_the_log_cannot_be_awaited(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[str] = []
    with _somebody_else() as other:
        monkeypatch.setattr(
            f"{_BASE}._BEHIND",
            "SELECT pg_terminate_backend(pg_backend_pid())",
        )
        with pytest.raises(OperationalError):
            _act(answered, now)
        assert answered == []
        assert _is_free(other)
    connection.close()
    monkeypatch.undo()
    _act(answered, now)
    assert answered == ["answered"]


@transaction.atomic
def _act(answered: list[str], now: datetime, *rows: Model) -> None:
    transaction.on_commit(lambda: answered.append("answered"))
    for row in rows:
        once.insert(row)
    journal.note("kernel.test", "x", by=None, now=now)
