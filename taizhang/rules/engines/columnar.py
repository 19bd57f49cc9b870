"""All branches at once: every rule compiled to SQL through Ibis, run by DuckDB.

Compiling costs tens of milliseconds a rule, so the SQL is kept: in the process, and in a file named by the rules
and the schema. The period and its windows are tables, so that the SQL does not change with them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from taizhang.kernel.calendar import MONTHS
from taizhang.rules.base import COLUMNS, Period, Rule, Schema, Suspicion
from taizhang.rules.engines.reference import cannot_tell
from taizhang.rules.lazy import duckdb, ibis

HELPERS: Schema = {
    "period": {"from_on": "date", "last_on": "date", "on_day": "date"},
    "windows": {"grain": "string", "label": "string", "starts_on": "date", "ends_on": "date"},
}


def compile_rules(
    rules: Sequence[Rule], schema: Schema, cache: Path | None = None
) -> dict[str, str]:
    """SQL by rule id; read from the cache folder when these rules were compiled before."""
    key = _key(rules, schema)
    kept = cache / f"rules-{key}.json" if cache else None
    if kept and kept.is_file():
        sql: dict[str, str] = json.loads(kept.read_text("utf-8"))
        return sql
    tables = {name: ibis.table(columns, name) for name, columns in (schema | HELPERS).items()}
    sql = {
        rule.id: str(ibis.to_sql(rule.relation(tables).select(*COLUMNS), "duckdb"))
        for rule in rules
    }
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(sql), "utf-8")
    return sql


def _key(rules: Sequence[Rule], schema: Schema) -> str:
    source = [ibis.__version__, json.dumps(schema, sort_keys=True)]
    source += [rule.model_dump_json() for rule in rules]
    source += [path.read_text("utf-8") for path in sorted(Path(__file__).parents[1].rglob("*.py"))]
    return hashlib.sha256("\n".join(source).encode()).hexdigest()[:20]


def connect(tables: dict[str, Any], period: Period) -> Any:
    """A connection that knows the fact tables (Arrow, or anything DuckDB reads) and the period."""
    con = duckdb.connect()
    for name, rows in tables.items():
        con.register(name, rows)
    days = [period.from_on, period.last, period.on]
    con.execute("create table period (from_on date, last_on date, on_day date)")
    con.execute("insert into period values (?, ?, ?)", days)
    con.execute("create table windows (grain varchar, label varchar, starts_on date, ends_on date)")
    due = [
        (w.grain, w.label, w.starts_on, w.ends_on) for grain in MONTHS for w in period.due(grain)
    ]
    if due:
        con.executemany("insert into windows values (?, ?, ?, ?)", due)
    return con


def judge(
    rules: Sequence[Rule],
    sql: dict[str, str],
    con: Any,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Suspicion]:
    """The suspicions of every branch, rule by rule."""
    branches = [row[0] for row in con.execute("select branch_id from branches").fetchall()]
    held: dict[str, set[int]] = {}
    for at, rule in enumerate(rules):
        unsure: set[int] = set()
        for table in rule.needs:
            for branch in branches:
                if branch not in _held(con, held, table) and branch not in unsure:
                    unsure.add(branch)
                    yield cannot_tell(rule, branch, table)
        for row in con.execute(sql[rule.id]).fetchall():
            if row[0] not in unsure:
                yield Suspicion(rule.id, *row)
        progress(at + 1, len(rules))


def _held(con: Any, held: dict[str, set[int]], table: str) -> set[int]:
    if table not in held:
        rows = con.execute(f'select distinct branch_id from "{table}"').fetchall()  # noqa: S608
        held[table] = {row[0] for row in rows}
    return held[table]
