"""SQLite of one process: writers wait for each other in a queue of threads.

SQLite itself lets a writer that comes second sleep and try again, ever longer; with twelve inspectors saving at once the
last of them waited half a second for a write of one millisecond. A lock of the process wakes the next at once.
Other processes (a command beside the site) are still held off by SQLite's own lock and its timeout.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_WRITER = threading.Lock()
_LONGEST = 60.0
"""Seconds; a large import holds the lock for its whole transaction."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a queue before BEGIN IMMEDIATE."""

    _writes = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _WRITER.acquire(timeout=_LONGEST):
            raise OperationalError("database is locked")
        self._writes = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        if self._writes:
            self._writes = False
            _WRITER.release()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._let_go()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._let_go()
