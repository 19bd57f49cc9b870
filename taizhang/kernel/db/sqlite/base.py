"""SQLite of one process: writers wait for each other in a queue of threads.

SQLite itself lets a writer that comes second sleep and try again, ever longer; with twelve inspectors saving at once the
last of them waited half a second for a write of one millisecond. A lock of the process wakes the next at once, and
between processes (a second worker of the site, a command beside it) the system's lock on a file does. Whatever writes
without this queue is still held off by SQLite's own lock and its timeout.
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


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a queue before BEGIN IMMEDIATE."""

    _writes = False
    _door: int | None = None
    """The file on which processes wait for each other."""

    def _start_transaction_under_autocommit(self) -> None:
        if not _WRITER.acquire(timeout=_LONGEST):
            raise OperationalError("database is locked")
        self._writes = True
        try:
            self._wait_for_processes()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _wait_for_processes(self) -> None:
        """Without a door (a database in memory, a folder that takes no file) SQLite's own lock is all there is."""
        name = str(self.settings_dict["NAME"])
        if self._door is None and "memory" not in name:
            with suppress(OSError):
                self._door = os.open(f"{name}.door", os.O_RDWR | os.O_CREAT, 0o600)
        if self._door is not None:
            fcntl.flock(self._door, fcntl.LOCK_EX)

    def _let_go(self) -> None:
        if self._writes:
            self._writes = False
            if self._door is not None:
                fcntl.flock(self._door, fcntl.LOCK_UN)
            _WRITER.release()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._let_go()

    def is_usable(self) -> bool:
        """Asked at the end of a request in which the database refused something: the next one opens it anew.

        What was opened while the folder could not be written to stays read-only for as long as it is open.
        """
        return False

    def _rollback(self) -> Any:
        if self.errors_occurred:
            self.close_at = time.monotonic()
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._let_go()
            if self._door is not None:
                os.close(self._door)
                self._door = None
