"""All branches at once: rules compiled to SQL through Ibis, run by DuckDB.

Compiling costs tens of milliseconds a rule, so the SQL is kept: in the process, and in a file named by the rules
and the schema. The period and its windows are tables, so that the SQL does not change with them.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from datetime import date
from importlib.metadata import version  # importing Ibis takes a quarter of a second
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from taizhang.kernel.calendar import MONTHS
from taizhang.rules import people
from taizhang.rules.base import NONE, Period, Rule, Schema, Suspicion, Tables
from taizhang.rules.kinds import similar_text
from taizhang.rules.lazy import duckdb, ibis
from taizhang.rules.populations import always_needed

if TYPE_CHECKING:
    import ibis.expr.types as ir

One = TypeVar("One")
Done = TypeVar("Done")
_WINDOW = {"grain": "string", "label": "string", "starts_on": "date", "ends_on": "date"}
HELPERS: Schema = {
    "period": {"from_on": "date", "last_on": "date", "on_day": "date"},
    "windows": _WINDOW,
    "begun": _WINDOW,
    **{name: columns for name, (columns, _) in (people.HELPERS | similar_text.HELPERS).items()},
}


TOGETHER = 16
"""So many rules are asked in one statement: Spark makes one method of each, and of a long one it takes minutes."""

MANY = 16
"""So many questions are asked side by side, each on one processor, while one makes what others rest on; fewer are those
that compare branches, each of which needs all processors and, of a million branches, all memory.
"""

TYPES = {"int64": "bigint", "date": "date", "string": "string"}
"""Types of facts in SQL."""
_ARROW = {"int64": "bigint", "date32[day]": "date", "string": "string"}


def compile_rules(
    rules: Sequence[Rule], schema: Schema, cache: Path | None = None
) -> dict[str, str]:
    """SQL by the name of the question, and of what several rules rest on by its name; read from the cache when compiled before."""
    key = _key(rules, schema)
    kept = cache / f"rules-{key}.json" if cache else None
    if kept and kept.is_file():
        sql: dict[str, str] = json.loads(kept.read_text("utf-8"))
        return sql
    tables = {name: ibis.table(columns, name) for name, columns in (schema | HELPERS).items()}
    sql = {one.name: str(ibis.to_sql(one.relation(tables), "duckdb")) for one in questions(rules)}
    asked_for = {name for rule in rules for name in rule.helpers()} | people.HELPERS.keys()
    for name, (_, made) in (people.HELPERS | similar_text.HELPERS).items():
        if name in asked_for:
            sql[name] = str(ibis.to_sql(made(tables), "duckdb"))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(sql), "utf-8")
        fresh.replace(kept)
    return sql


@dataclass(frozen=True)
class Question:
    """Rules that are asked in one statement; it is named by the first of them."""

    rules: tuple[Rule, ...]

    @property
    def name(self) -> str:
        """The key of its SQL."""
        return self.rules[0].id

    @property
    def rests(self) -> bool:
        """Whether something must be made before it is asked."""
        return any(rule.helpers() for rule in self.rules)

    def relation(self, tables: Tables) -> ir.Table:
        """What its rules find, with the columns of `FOUND`."""
        first, *others = self.rules
        return first.relation_with(others, tables).select(*FOUND)


def questions(rules: Iterable[Rule]) -> list[Question]:
    """The rules, those together that may be; what asks most comes first."""
    found: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.asked_with(), []).append(rule)
    split = (
        Question(tuple(held[at : at + TOGETHER]))
        for held in found.values()
        for at in range(0, len(held), TOGETHER)
    )
    return sorted(split, key=lambda question: -len(question.rules))


def _key(rules: Sequence[Rule], schema: Schema) -> str:
    source = [version("ibis-framework"), json.dumps(schema, sort_keys=True)]
    source += [rule.model_dump_json() for rule in rules]
    source += [path.read_text("utf-8") for path in sorted(Path(__file__).parents[1].rglob("*.py"))]
    return hashlib.sha256("\n".join(source).encode()).hexdigest()[:20]


def connect(tables: dict[str, Any], period: Period) -> Any:
    """A connection that holds the fact tables, given as Arrow, and the period."""
    con = duckdb.connect()
    con.execute(";".join(_empty(name, rows) for name, rows in tables.items()))
    for name, rows in tables.items():
        if len(rows):
            con.execute(f'insert into "{name}" select * from rows')  # noqa: S608
    for name, query in helpers(period).items():
        con.execute(f"create table {name} as {query}")
    return con


def _empty(name: str, rows: Any) -> str:
    columns = ", ".join(f'"{one.name}" {_ARROW[str(one.type)]}' for one in rows.schema)
    return f'create table "{name}" ({columns})'


def helpers(period: Period) -> dict[str, str]:
    """The period, the windows due in it, and those begun in it, as queries."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        "period": [(period.from_on, period.last, period.on)],
        "windows": [astuple(w) for grain in MONTHS for w in period.due(grain)],
        "begun": [astuple(w) for grain in MONTHS for w in period.begun(grain)],
    }
    return {name: values(HELPERS[name], held) for name, held in rows.items()}


def values(columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> str:
    """Rows as a query; for codes, labels, numbers and days of our own, never for what somebody typed."""
    typed = ", ".join(
        f'cast("{name}" as {TYPES[kind]}) as "{name}"' for name, kind in columns.items()
    )
    listed = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    nothing = f"({', '.join('null' for _ in columns)})"
    quoted = ", ".join(f'"{name}"' for name in columns)
    query = f"select {typed} from (values {listed or nothing}) as t({quoted})"  # noqa: S608
    return query if rows else f"{query} where false"


def literal(cell: Any) -> str:
    """A number, a code, a day or nothing in SQL."""
    if cell is None:
        return "null"
    if isinstance(cell, date):
        return f"date '{cell.isoformat()}'"
    return str(int(cell)) if isinstance(cell, int) else f"'{cell}'"


def judge(
    rules: Sequence[Rule],
    sql: dict[str, str],
    con: Any,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Suspicion]:
    """The suspicions of every branch, rule by rule."""
    fill(rules, sql, con, progress)
    yield from (Suspicion(*row) for row in con.execute("select * from suspicions").fetchall())


FOUND: dict[str, str] = {
    "rule": "string", "branch_id": "int64", "window": "string", "subject": "int64", "other": "int64",
    "found": "int64", "wanted": "int64", "detail": "string", "certain": "int64",
}  # fmt: skip
"""The columns of the table of suspicions."""


def fill(
    rules: Sequence[Rule],
    sql: dict[str, str],
    con: Any,
    progress: Callable[[int, int], None] = lambda done, total: None,
    spent: dict[str, float] | None = None,
    cores: int | None = None,
) -> None:
    """Put the suspicions of every branch into a table `suspicions`.

    `spent`: rule id → seconds of a processor, what a rule makes for others too among them; rules that are asked
    together share what that takes.
    """
    con.execute(f"create table told as {nothing_found()}")
    spent = {} if spent is None else spent

    def ask(con: Any, question: Question | None) -> tuple[int, dict[str, float]]:
        if question is None:
            return 0, _prepare(rules, sql, con)
        began = time.perf_counter()
        con.execute(f"insert into told {sql[question.name]}")
        share = (time.perf_counter() - began) / len(question.rules)
        return len(question.rules), dict.fromkeys((rule.id for rule in question.rules), share)

    done = 0
    every = questions(rules)
    resting = [question for question in every if question.rests]
    plain: list[Question | None] = [question for question in every if not question.rests]
    side_by_side = len(plain) >= MANY
    if side_by_side:
        plain.insert(0, None)
    else:
        spent.update(_prepare(rules, sql, con))
    for jobs in (plain, resting):
        for n, took in each(con, ask, jobs, cores if side_by_side else 1):
            spent.update({key: spent.get(key, 0.0) + seconds for key, seconds in took.items()})
            done += n
            progress(done, len(rules))
    con.execute(f"create table suspicions as {settled(rules)}")
    con.execute("drop table told")


def _prepare(rules: Sequence[Rule], sql: dict[str, str], con: Any) -> dict[str, float]:
    """Make what several rules rest on; tables in passing are dropped when the next is made. Rule id → seconds."""
    made: set[str] = set()
    spent: dict[str, float] = {}
    passing = ""
    if not all(rule.across for rule in rules):
        made |= people.HELPERS.keys()  # the verdicts rest on them too
        for name in people.HELPERS:
            con.execute(f"create table {name} as {sql[name]}")
    for rule in rules:
        began = time.perf_counter()
        for name in [name for name in rule.helpers() if name not in made]:
            con.execute(f"create table {name} as {sql[name]}")
            if passing:
                con.execute(f"drop table {passing}")
            passing = name if name.startswith(similar_text.PASSING) else ""
        for table in [table for table in rule.needs if f"held_{table}" not in made]:
            con.execute(f"create table held_{table} as {holding(table)}")
        made |= {*rule.helpers(), *(f"held_{table}" for table in rule.needs)}
        spent[rule.id] = time.perf_counter() - began
    return spent


def each(
    con: Any, work: Callable[[Any, One], Done], all_of: Iterable[One], cores: int | None = None
) -> Iterator[Done]:
    """Do as many at a time as there are processors, each on one: a plan is made on one anyway."""
    if cores == 1:
        yield from (work(con, one) for one in all_of)
        return
    con.execute("set threads = 1")
    with ThreadPoolExecutor(cores or os.cpu_count()) as pool:
        yield from pool.map(lambda one: work(con.cursor(), one), all_of)
    con.execute(f"set threads = {cores}" if cores else "reset threads")


def nothing_found() -> str:
    """The table of suspicions without a row, as a query."""
    return values(FOUND, [])


def holding(table: str) -> str:
    """Which branches have rows in a table, as a query; it is to be kept as `held_TABLE` before `settled` is asked."""
    return f'select distinct branch_id from "{table}" where branch_id is not null'  # noqa: S608


def settled(rules: Sequence[Rule]) -> str:
    """What the rules told (the table `told`) and no graver rule tells, and a "cannot tell" instead for each branch without rows in a table that a rule needs.

    Not where the rule asks nothing of it: see `always_needed`.
    """
    needing: dict[tuple[tuple[str, ...], tuple[str, ...], date, date], list[str]] = {}
    for rule in rules:
        if rule.needs:
            needed = rule.needs, always_needed(rule), rule.from_, rule.until
            needing.setdefault(needed, []).append(rule.id)
    said = _graver(rules)
    if not needing:
        return said
    unsure = " union all ".join(_unsure(*needed, ids) for needed, ids in needing.items())
    return f"""with unsure as ({unsure})
        select t.* from ({said}) t left join unsure u on u.rule = t.rule and u.branch_id = t.branch_id
        where u.rule is null
        union all select rule, branch_id, '', {NONE}, {NONE}, {NONE}, {NONE}, lacks, 0 from unsure"""  # noqa: S608


def _graver(rules: Sequence[Rule]) -> str:
    """What was told, without what a rule tells that gives way to another which speaks of the same record and day."""
    pairs = [(a.id, b.id) for a in rules if a.gives_way_to for b in rules if a.yields_to(b)]
    if not pairs:
        return "select * from told"
    yielding = values({"rule": "string", "graver": "string"}, pairs)
    fact = " and ".join(f'g."{c}" = t."{c}"' for c in ("branch_id", "window", "subject", "other"))
    return f"""select t.* from told t where not exists (
        select 1 from ({yielding}) y join told g on g.rule = y.graver where y.rule = t.rule and {fact})"""  # noqa: S608


def _unsure(
    needs: Iterable[str], always: Iterable[str], begins: date, until: date, ids: Iterable[str]
) -> str:
    """The branches without rows in a table that these rules need, with the first such table (`cannot_tell`).

    None where the rules were in force on no day of the period (`Rule.touches`).
    """
    touching = ""
    if begins > date.min:
        touching += f" and (select last_on from period) >= date '{begins}'"  # noqa: S608
    if until < date.max:
        touching += f" and (select from_on from period) < date '{until}'"  # noqa: S608
    cases = " ".join(
        f"when branch_id not in (select branch_id from held_{table}) then '{table}'"  # noqa: S608
        for table in needs
    )
    rules = values({"rule": "string"}, [(key,) for key in ids])
    asks = " or ".join(
        [
            "exists (select 1 from told t where t.rule = r.rule and t.branch_id = w.branch_id)",
            *(f"w.branch_id not in (select branch_id from held_{table})" for table in always),  # noqa: S608
        ]
    )
    return f"""select rule, branch_id, lacks from (select branch_id, case {cases} end as lacks from branches) w
        cross join ({rules}) r where lacks is not null{touching} and ({asks})"""  # noqa: S608
