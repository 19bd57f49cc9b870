"""PostgreSQL whose writers wait for the disk together, not one behind the other (ADR 104).

Whoever appends to the journal holds its lock until his transaction ends, and PostgreSQL ends it
only when the log is on the disk: so one act was stored for each turn of the disk. Here such a
transaction ends at once, the lock is free for the next, and then the log is awaited by a second,
empty transaction, in which PostgreSQL brings the lines of all to the disk together.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

_BEHIND = "SELECT pg_logical_emit_message(true, 'taizhang', '')"
"""A transaction that says nothing to anybody: its end stands in the log behind all that was stored
before it.
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the wait behind the commit."""

    _awaits = False
    """Whether the transaction that runs ends before its lines are on the disk."""

    def queue_by(self, number: int) -> None:
        """Take this advisory lock until the transaction ends, which it will without waiting for the
        disk.
        """
        with self.cursor() as cursor:
            self._awaits = True
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s), set_config('synchronous_commit', 'off', true)",
                [number],
            )

    def _commit(self) -> Any:
        awaits, self._awaits = self._awaits, False
        super()._commit()  # type: ignore[misc]
        if awaits:
            self._await_log()

    def _await_log(self) -> None:
        """Nothing is told to anybody before: what the site says of acts, it says after their commit
        has returned.

        A connection that breaks here leaves open whether the act was stored, as one that breaks in
        the commit itself does.
        """
        with self.wrap_database_errors:
            self.connection.autocommit = True
            self.connection.execute(_BEHIND)
            self.connection.autocommit = False

    def _rollback(self) -> Any:
        self._awaits = False
        return super()._rollback()  # type: ignore[misc]

    def _close(self) -> Any:
        self._awaits = False
        return super()._close()  # type: ignore[misc]
