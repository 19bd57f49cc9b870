"""What keeps lines of the journal from being changed or removed, in the database itself."""

from __future__ import annotations

_TABLE = "kernel_journalline"
_SAYS = "日志只能增加，不能修改或者删除"

CREATE = {
    "sqlite": [
        f"CREATE TRIGGER {_TABLE}_no_{act} BEFORE {act.upper()} ON {_TABLE} BEGIN SELECT "
        f"RAISE(ABORT, '{_SAYS}'); END"
        for act in ("update", "delete")
    ],
    "postgresql": [
        (
            f"CREATE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
        ),
        (
            f"CREATE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()"
        ),
    ],
}
CREATE_WHOLE: dict[str, list[str]] = {
    "sqlite": [],
    "postgresql": [
        (
            f"CREATE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_refuse()"
        )
    ],
}
"""Against emptying the table in one statement, which triggers for rows do not see; SQLite has no
such statement.
"""
DROP_WHOLE: dict[str, list[str]] = {
    "sqlite": [],
    "postgresql": [f"DROP TRIGGER IF EXISTS {_TABLE}_no_truncate ON {_TABLE}"],
}
DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_TABLE}_no_{act}" for act in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {_TABLE}_no_change ON {_TABLE}",
        *DROP_WHOLE["postgresql"],
        f"DROP FUNCTION IF EXISTS {_TABLE}_refuse()",
    ],
}
TRIGGERS = {
    "sqlite": {f"{_TABLE}_no_{act}" for act in ("update", "delete")},
    "postgresql": {f"{_TABLE}_no_change", f"{_TABLE}_no_truncate"},
}
