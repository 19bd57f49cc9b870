"""Databases of versions whose steps are gone (ADR 88)."""

from __future__ import annotations

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

THE_WAY = "数据库来自0.2以前的版本：请先用0.7的程序升级一次，再用本程序升级。"


def is_too_old(database: str) -> bool:
    """Whether it stopped among steps that one step has replaced since."""
    steps = MigrationLoader(None)
    done = set(MigrationRecorder(connections[database]).applied_migrations())
    return any(
        key not in done and 0 < len(done & set(one.replaces)) < len(one.replaces)
        for key, one in steps.replacements.items()
    )
