"""SQLite of one process: writers wait for each other in a queue of threads.

SQLite itself lets a writer that comes second sleep and try again, ever longer; with twelve
inspectors saving at once the last of them waited half a second for a write of one millisecond. A
lock of the process wakes the next at once, and between processes (a second worker of the site, a
command beside it) the system's lock on a file does. Whatever writes without this queue is still
held off by SQLite's own lock and its timeout.

To wait for the disk takes longer than to write, so whoever has committed lets the next one in and
then waits: no act is answered before its lines in the log are on the disk, and those of several are
brought there together (ADR 95).
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import suppress
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_WRITER = threading.Lock()
_LONGEST = 60.0
"""Seconds; a large import holds the lock for its whole transaction."""
_FULL = 2
"""SQLite's own number."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a queue before BEGIN IMMEDIATE."""

    _writes = False
    _door: int | None = None
    """The file on which processes wait for each other."""
    _log: int | None = None
    """SQLite's log, where each commit is to be on the disk. While this connection is open, nobody
    removes it.
    """

    def _start_transaction_under_autocommit(self) -> None:
        if not _WRITER.acquire(timeout=_LONGEST):
            raise OperationalError("database is locked")
        self._writes = True
        try:
            self._wait_for_processes()
            self._sync_by("NORMAL")
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            if self._log is None:
                self._open_log()
        except BaseException:
            self._let_go()
            self._sync_by("FULL")
            raise

    def _wait_for_processes(self) -> None:
        """Without a door (a database in memory, a folder that takes no file) SQLite's own lock is
        all there is.
        """
        name = str(self.settings_dict["NAME"])
        if self._door is None and "memory" not in name:
            with suppress(OSError):
                self._door = os.open(f"{name}.door", os.O_RDWR | os.O_CREAT, 0o600)
        if self._door is not None:
            fcntl.flock(self._door, fcntl.LOCK_EX)

    def _open_log(self) -> None:
        """For the transactions after this one: what is open now stays until this connection is
        closed.
        """
        if self.connection.execute("PRAGMA synchronous").fetchone() == (_FULL,):
            with suppress(OSError):
                self._log = os.open(f"{self.settings_dict['NAME']}-wal", os.O_RDONLY)

    def _sync_by(self, level: str) -> None:
        """Whether SQLite itself waits for the disk at the end of a transaction: FULL, or NORMAL for
        those that we sync.
        """
        if self._log is not None:
            self.connection.execute(f"PRAGMA synchronous={level}")

    def _sync(self, log: int) -> None:
        """Wait until what was committed is on the disk; what the log cannot bring there is copied
        to the database at once.
        """
        try:
            os.fdatasync(log)
        except OSError as broken:
            with self.wrap_database_errors:
                copied = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if copied[0]:
                raise OperationalError("the log did not reach the disk") from broken

    def _let_go(self) -> None:
        if self._writes:
            self._writes = False
            if self._door is not None:
                fcntl.flock(self._door, fcntl.LOCK_UN)
            _WRITER.release()

    def _commit(self) -> Any:
        log = self._log if self._writes else None
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._let_go()
        if log is not None:
            self._sync_by("FULL")
            self._sync(log)

    def is_usable(self) -> bool:
        """Asked at the end of a request in which the database refused something: the next one opens
        it anew.

        What was opened while the folder could not be written to stays read-only for as long as it
        is open.
        """
        return False

    def _rollback(self) -> Any:
        if self.errors_occurred:
            self.close_at = time.monotonic()
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()
        self._sync_by("FULL")

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._let_go()
            for open_file in filter(None, (self._door, self._log)):
                os.close(open_file)
            self._door = self._log = None
