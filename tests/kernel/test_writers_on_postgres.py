"""Writers on PostgreSQL append to the journal one after the other, and wait for the
disk together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.db.postgresql.base import DatabaseWrapper
from taizhang.kernel.models import _QUEUE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has a queue of its own"),
]


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


def _synced_by() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


def _written_up_to(other: Any) -> str:
    return str(other.execute("SELECT pg_current_wal_insert_lsn()").fetchone()[0])


def test_what_is_answered_is_on_the_disk_and_the_next_does_not_wait_for_it(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = _synced_by()
    seen: list[object] = []
    with _somebody_else() as other:

        def watched(self: Any) -> None:
            at = _written_up_to(other)
            stored = other.execute("SELECT count(*) FROM kernel_journalline").fetchone()[0]
            seen.append((_is_free(other), stored))
            await_log(self)
            seen.append(_flushed(other, at))

        await_log = DatabaseWrapper._await_log
        monkeypatch.setattr(DatabaseWrapper, "_await_log", watched)
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append("answered"))
            journal.note("kernel.test", "x", by=None, now=now)
            assert not _is_free(other)
            assert _synced_by() == "off"
        assert seen == [(True, 1), True, "answered"]
    assert _synced_by() == usual


def test_what_notes_nothing_is_brought_to_the_disk_by_its_own_commit(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with transaction.atomic():
        journal.note("kernel.test", "x", by=None, now=now)
        transaction.set_rollback(True)
    with monkeypatch.context() as patched:
        patched.setattr(
            "taizhang.kernel.db.postgresql.base._BEHIND", "SELECT 1 FROM nowhere_at_all"
        )
        with transaction.atomic():
            assert _synced_by() != "off"
            connection.cursor().execute("SELECT 1")


def test_nobody_is_answered_when_the_log_cannot_be_awaited(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[str] = []
    with _somebody_else() as other:
        monkeypatch.setattr(
            "taizhang.kernel.db.postgresql.base._BEHIND",
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
def _act(answered: list[str], now: datetime) -> None:
    transaction.on_commit(lambda: answered.append("answered"))
    journal.note("kernel.test", "x", by=None, now=now)
