"""DuckDB asked what rules find in all branches: the statements that `compiler` made, on tables of
facts. No Ibis.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, TypeVar

import duckdb

from taizhang.kernel.calendar import MONTHS
from taizhang.rules.base import NONE, Period, Rule, Schema, Suspicion, giving_way
from taizhang.rules.due_tables import always_needed
from taizhang.rules.sql import values

One = TypeVar("One")
Done = TypeVar("Done")
Progress = Callable[[int, int], None]
_WINDOW = {"grain": "string", "label": "string", "starts_on": "date", "ends_on": "date"}
DAYS: Schema = {
    "period": {"from_on": "date", "last_on": "date", "on_day": "date"},
    "windows": _WINDOW,
    "begun": _WINDOW,
}
"""Tables of the period, so that statements do not change with it."""
MANY = 16
"""So many questions are asked side by side, each on one processor, while one makes what others rest
on; fewer are those that compare branches, each of which needs all processors and, of a million
branches, all memory.
"""
FOR_VERDICTS = "committees"
"""What the verdicts rest on besides suspicions."""
PASSING = "bands_"
"""Tables whose names begin so are not needed when the next is made."""
_ARROW = {"int64": "bigint", "date32[day]": "date", "string": "string"}


@dataclass(frozen=True)
class Question:
    """One statement, the ids of the rules that it answers for, and the tables that must be made
    before it is asked.
    """

    rules: tuple[str, ...]
    sql: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Statements:
    """What there is to ask, most rules first; and how the tables are made that several questions
    rest on, in this order.
    """

    questions: tuple[Question, ...]
    made: Mapping[str, str]

    def of(self, rules: Iterable[Rule]) -> list[Question]:
        """The questions of some rules; rules that are asked together are all among
        them, or none.
        """
        wanted = {rule.id for rule in rules}
        return [question for question in self.questions if question.rules[0] in wanted]


def connect(tables: dict[str, Any], period: Period) -> Any:
    """A connection that holds the fact tables, given as Arrow, and the period."""
    con = empty(tables)
    hold(con, tables, period)
    return con


def empty(tables: dict[str, Any]) -> Any:
    """A connection with the fact tables, given as Arrow, without a row."""
    con = duckdb.connect()
    con.execute(";".join(_empty(name, rows) for name, rows in tables.items()))
    return con


def hold(con: Any, tables: dict[str, Any], period: Period) -> None:
    """Put rows into the empty fact tables of a connection, and make the tables of the period."""
    for name, rows in tables.items():
        if len(rows):
            con.execute(f'insert into "{name}" select * from rows')  # noqa: S608
    for name, query in days(period).items():
        con.execute(f"create table {name} as {query}")


def _empty(name: str, rows: Any) -> str:
    columns = ", ".join(f'"{one.name}" {_ARROW[str(one.type)]}' for one in rows.schema)
    return f'create table "{name}" ({columns})'


def days(period: Period) -> dict[str, str]:
    """The period, the windows due in it, and those begun in it, as queries."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        "period": [(period.from_on, period.last, period.on)],
        "windows": [astuple(w) for grain in MONTHS for w in period.due(grain)],
        "begun": [astuple(w) for grain in MONTHS for w in period.begun(grain)],
    }
    return {name: values(DAYS[name], held) for name, held in rows.items()}


def judge(
    rules: Sequence[Rule],
    statements: Statements,
    con: Any,
    progress: Progress = lambda done, total: None,
) -> Iterator[Suspicion]:
    """The suspicions of every branch, rule by rule."""
    fill(rules, statements, con, progress)
    yield from (Suspicion(*row) for row in con.execute("select * from suspicions").fetchall())


FOUND: dict[str, str] = {
    "rule": "string", "branch_id": "int64", "window": "string", "subject": "int64", "other": "int64",
    "found": "int64", "wanted": "int64", "detail": "string", "certain": "int64",
}  # fmt: skip
"""The columns of the table of suspicions."""


def fill(
    rules: Sequence[Rule],
    statements: Statements,
    con: Any,
    progress: Progress = lambda done, total: None,
    spent: dict[str, float] | None = None,
    cores: int | None = None,
) -> None:
    """Put the suspicions of every branch into a table `suspicions`.

    `spent`: rule id → seconds of a processor, what a rule makes for others too among them; rules
    that are asked together share what that takes.
    """
    con.execute(f"create table told as {nothing_found()}")
    spent = {} if spent is None else spent
    every = statements.of(rules)

    def ask(con: Any, question: Question | None) -> tuple[int, dict[str, float]]:
        if question is None:
            return 0, _prepare(rules, statements, every, con)
        began = time.perf_counter()
        con.execute(f"insert into told {question.sql}")
        share = (time.perf_counter() - began) / len(question.rules)
        return len(question.rules), dict.fromkeys(question.rules, share)

    done = 0
    resting = [question for question in every if question.rests_on]
    plain: list[Question | None] = [question for question in every if not question.rests_on]
    side_by_side = len(plain) >= MANY
    if side_by_side:
        plain.insert(0, None)
    else:
        spent.update(_prepare(rules, statements, every, con))
    for jobs in (plain, resting):
        for n, took in each(con, ask, jobs, cores if side_by_side else 1):
            spent.update({key: spent.get(key, 0.0) + seconds for key, seconds in took.items()})
            done += n
            progress(done, len(rules))
    con.execute(f"create table suspicions as {settled(rules)}")
    con.execute("drop table told")


def _prepare(
    rules: Sequence[Rule], statements: Statements, every: Sequence[Question], con: Any
) -> dict[str, float]:
    """Make what several questions rest on; tables in passing are dropped when the next is made.
    Rule id → seconds.
    """
    asking = {name: one.rules[0] for one in reversed(every) for name in one.rests_on}
    if not all(rule.across for rule in rules):
        asking.setdefault(FOR_VERDICTS, "")
    spent: dict[str, float] = {}
    passing = ""
    for name, query in statements.made.items():
        if name in asking:
            began = time.perf_counter()
            con.execute(f"create table {name} as {query}")
            if passing:
                con.execute(f"drop table {passing}")
            passing = name if name.startswith(PASSING) else ""
            for_rule = asking[name]
            spent[for_rule] = spent.get(for_rule, 0.0) + time.perf_counter() - began
    for table in dict.fromkeys(table for rule in rules for table in rule.needs):
        con.execute(f"create table held_{table} as {holding(table)}")
    spent.pop("", None)
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
    """Which branches have rows in a table, as a query; it is to be kept as `held_TABLE` before
    `settled` is asked.
    """
    return f'select distinct branch_id from "{table}" where branch_id is not null'  # noqa: S608


def settled(rules: Sequence[Rule]) -> str:
    """What the rules told (the table `told`) and no graver rule tells, and a "cannot tell" instead
    for each branch without rows in a table that a rule needs.

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
        select t.* from ({said}) t
        left join unsure u on u.rule = t.rule and u.branch_id = t.branch_id
        where u.rule is null
        union all
        select rule, branch_id, '', {NONE}, {NONE}, {NONE}, {NONE}, lacks, 0 from unsure"""  # noqa: S608


def _graver(rules: Sequence[Rule]) -> str:
    """What was told, without what a rule tells that gives way to another which speaks of the same
    record and day.
    """
    pairs = [
        (rule, graver) for rule, others in giving_way(rules).items() for graver in sorted(others)
    ]
    if not pairs:
        return "select * from told"
    yielding = values({"rule": "string", "graver": "string"}, pairs)
    fact = " and ".join(f'g."{c}" = t."{c}"' for c in ("branch_id", "window", "subject", "other"))
    return f"""select t.* from told t where not exists (
        select 1 from ({yielding}) y join told g on g.rule = y.graver
        where y.rule = t.rule and {fact})"""  # noqa: S608


def _unsure(
    needs: Iterable[str], always: Iterable[str], begins: date, until: date, ids: Iterable[str]
) -> str:
    """The branches without rows in a table that these rules need, with the first such table
    (`cannot_tell`).

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
    return f"""select rule, branch_id, lacks
        from (select branch_id, case {cases} end as lacks from branches) w
        cross join ({rules}) r where lacks is not null{touching} and ({asks})"""  # noqa: S608
