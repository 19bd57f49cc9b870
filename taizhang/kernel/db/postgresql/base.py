"""PostgreSQL whose writers wait for the disk together, not one behind the other (ADR 104).

Whoever appends to the journal holds its lock until his transaction ends, and PostgreSQL ends it
only when the log is on the disk: so one act was stored for each turn of the disk. Here such a
transaction ends at once, the lock is free for the next, and then the log is awaited by a second,
empty transaction, in which PostgreSQL brings the lines of all to the disk together.

What is asked again and again is parsed and planned once for a connection (ADR 111).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import debug_transaction
from psycopg.sql import quote

_BEHIND = "SELECT pg_logical_emit_message(true, 'taizhang', '')"
"""A transaction that says nothing to anybody: its end stands in the log behind all that was stored
before it.
"""


_QUEUED = "SELECT pg_advisory_xact_lock(%s), set_config('synchronous_commit', 'off', true)"
_KEPT = "kept"
"""The name by which a cursor of kept plans is asked for, as Django asks for others by theirs."""
_OFTEN = 2
"""So many times a statement is asked before its plan is kept: most are asked once."""


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, that knows what was asked where a plan was kept as well."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """The words with what was asked written into them: to count and to read, not to execute."""
        kept: Any = cursor
        if kept._query is not None:  # noqa: SLF001  (where Django looks)
            return super().last_executed_query(cursor, sql, params)
        return str(self.compose_sql(sql, params))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the wait behind the commit and with plans that are kept."""

    ops_class = DatabaseOperations
    _awaits = False
    """Whether the transaction that runs ends before its lines are on the disk."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, and plans are kept for whoever asks for them by `planned`."""
        return super().get_connection_params() | {"prepare_threshold": _OFTEN}

    def planned(self) -> Any:
        """A cursor for SQL that stays the same: what changes is sent beside it, and the server
        parses and plans it once for a connection.

        All other SQL goes with what changes written into it, as Django sends it.
        """
        return self._cursor(_KEPT)  # type: ignore[attr-defined]

    def with_constants(self, sql: str, params: Sequence[Any], asked: Collection[int]) -> str:
        """Only the parameters at `asked` left open, the others written into the SQL: the server
        plans by them, and need not guess their types.
        """
        at = count()
        self.ensure_connection()

        def written(mark: re.Match[str]) -> str:
            place = -1 if mark[0] == "%%" else next(at)
            if place < 0 or place in asked:
                return mark[0]
            return quote(params[place], self.connection).replace("%", "%%")

        return re.sub("%[%s]", written, sql)

    def create_cursor(self, name: str | None = None) -> Any:
        """Django's cursors, and that of kept plans."""
        if name != _KEPT:
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = usual

    def queue_by(self, number: int, then: str) -> list[Any]:
        """Take this advisory lock until the transaction ends, which it will without waiting for the
        disk; the rows of `then`, which sees what all before have stored.
        """
        with self.cursor() as cursor:
            self._awaits = True
            cursor.execute(f"{_QUEUED}; {then}", [number])
            cursor.nextset()
            return list(cursor.fetchall())

    def _commit(self) -> Any:
        """Nothing is told to anybody before the log is awaited: what the site says of acts, it says
        after their commit has returned.

        The two go to the server together, one after the other. A connection that breaks in the
        second leaves open whether the act was stored, as one that breaks in the first does.
        """
        awaits, self._awaits = self._awaits, False
        if not awaits:
            return super()._commit()  # type: ignore[misc]
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            return self.connection.execute(f"COMMIT; {_BEHIND}")

    def _rollback(self) -> Any:
        self._awaits = False
        return super()._rollback()  # type: ignore[misc]

    def _close(self) -> Any:
        self._awaits = False
        return super()._close()  # type: ignore[misc]
