"""A migration's step that makes many tables at once.

Django renders every related model again after each `CreateModel`; with seventy tables that all name
a branch and a user this takes most of the time of setting up. Here the state is changed first,
without rendering, and the tables are made from the last state, with their indexes and constraints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Makes the tables of `operations`; what else stands among them (fields, indexes) is part of
    the tables.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Take the steps as `makemigrations` writes them."""
        self.operations = operations

    def deconstruct(self) -> Any:
        """How it is written in a migration."""
        return self.__class__.__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Every step, on a state that is not rendered meanwhile."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """The tables, as they are at the end."""
        del from_state
        for name in self._names():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop them, the last first."""
        del to_state
        for name in reversed(self._names()):
            schema_editor.delete_model(from_state.apps.get_model(app_label, name))

    def _names(self) -> list[str]:
        return [one.name for one in self.operations if isinstance(one, CreateModel)]

    def describe(self) -> str:
        """For the log."""
        return f"Create {len(self._names())} tables at once"
