"""All branches at once: every rule compiled to SQL through Ibis, run by DuckDB.

Compiling costs tens of milliseconds a rule, so the SQL is kept: in the process, and in a file named by the rules
and the schema. The period and its windows are tables, so that the SQL does not change with them.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from taizhang.kernel.calendar import MONTHS
from taizhang.rules.base import COLUMNS, NONE, Period, Rule, Schema, Suspicion
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
    fill(rules, sql, con, progress)
    yield from (Suspicion(*row) for row in con.execute("select * from suspicions").fetchall())


FOUND = (
    'rule varchar, branch_id bigint, "window" varchar, subject bigint, other bigint, found bigint, wanted bigint, '
    "detail varchar, certain bigint"
)
"""The columns of the table of suspicions."""


def fill(
    rules: Sequence[Rule],
    sql: dict[str, str],
    con: Any,
    progress: Callable[[int, int], None] = lambda done, total: None,
    spent: dict[str, float] | None = None,
) -> None:
    """Put the suspicions of every branch into a table `suspicions`, rule by rule; `spent`: rule id → seconds."""
    con.execute(f"create table suspicions ({FOUND})")
    held: set[str] = set()
    for at, rule in enumerate(rules):
        began = time.perf_counter()
        _hold(con, [table for table in rule.needs if table not in held])
        held |= set(rule.needs)
        unsure = _unsure(rule)
        con.execute(f"""insert into suspicions select '{rule.id}', q.* from ({sql[rule.id]}) q
            where q.branch_id not in (select branch_id from ({unsure}))""")  # noqa: S608
        if rule.needs:
            con.execute(f"""insert into suspicions
                select '{rule.id}', branch_id, '', {NONE}, {NONE}, {NONE}, {NONE}, lacks, 0 from ({unsure})""")  # noqa: S608
        if spent is not None:
            spent[rule.id] = time.perf_counter() - began
        progress(at + 1, len(rules))


def _hold(con: Any, tables: Sequence[str]) -> None:
    """Which branches have rows in a table."""
    for table in tables:
        con.execute(f"""create table "held_{table}" as
            select distinct branch_id from "{table}" where branch_id is not null""")  # noqa: S608


def _unsure(rule: Rule) -> str:
    """The branches without rows in a table that the rule needs, with the first such table (`cannot_tell`)."""
    if not rule.needs:
        return "select branch_id, '' as lacks from branches where false"
    cases = " ".join(
        f"""when branch_id not in (select branch_id from "held_{table}") then '{table}'"""  # noqa: S608
        for table in rule.needs
    )
    return f"select * from (select branch_id, case {cases} end as lacks from branches) where lacks is not null"  # noqa: S608
