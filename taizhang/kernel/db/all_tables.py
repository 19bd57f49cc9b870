"""An empty database gets its tables as the models say, in one go (ADR 68).

Step by step Django renders all models again after each change, which takes ten seconds of a
processor for a place where nothing is yet. Here every table is made once; then follows what steps
do besides tables (triggers, the index of the search, the calendar), on tables that are empty; then
every step is on record as done. A step marked `elidable` only changes rows of before and is left
out.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder


def is_empty(database: str) -> bool:
    """No table is there yet."""
    return not connections[database].introspection.table_names()


def make(database: str) -> None:
    """All of it in one transaction: a process that dies over it leaves an empty database."""
    connection = connections[database]
    executor = MigrationExecutor(connection)
    plan = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for sql in editor.deferred_sql:
            editor.execute(sql)
        editor.deferred_sql.clear()
        for step in plan:
            _besides_tables(step, editor)
        _record(plan, MigrationRecorder(connection), editor)
    emit_post_migrate_signal(0, interactive=False, db=database)


def _besides_tables(step: Any, editor: Any) -> None:
    now: Any = apps  # what steps ask for models by their names
    for operation in step.operations:
        if isinstance(operation, RunPython) and not operation.elidable:
            operation.code(now, editor)
        elif isinstance(operation, RunSQL) and not operation.elidable:
            operation.database_forwards(step.app_label, editor, now, now)


def _record(plan: list[Migration], recorder: MigrationRecorder, editor: Any) -> None:
    """Steps and those that they replace, as when each had been done."""
    editor.create_model(recorder.Migration)
    done = [name for step in plan for name in (*step.replaces, (step.app_label, step.name))]
    recorder.Migration.objects.using(editor.connection.alias).bulk_create(
        recorder.Migration(app=app, name=name) for app, name in dict.fromkeys(done)
    )
