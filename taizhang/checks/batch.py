"""A province, the country: facts in Parquet → suspicions and verdicts in Parquet, part by part, by DuckDB.

What compares branches is asked once of all parts together; everything else needs a few parts at a time, so that memory
does not grow with the number of branches. Where a few parts are all, everything is asked at once. The result is
written beside the last one and takes its place when whole.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from taizhang.checks import engine, facts, parquet, verdict_sql
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period, Rule
from taizhang.rules.engines import columnar
from taizhang.rules.lazy import duckdb

MEMORY = "3GB"
"""DuckDB goes to the disk beyond this, beside the result."""
SPILLED = "spilled"
SELDOM = 2
"""Tables that so few statements read stay in their files; so do texts, of which little is read."""
TOGETHER = 4
"""So many parts are judged at once: every rule has a cost of its own, however few rows it sees."""
Progress = Callable[[str, int, int], None]
"""What is counted, how many are done, of how many."""


@dataclass
class Ran:
    """What a run over files found and what it took."""

    out: Path
    branches: int = 0
    suspicions: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    """Rule id → seconds."""
    seconds: float = 0.0


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def check(
    folder: Path,
    out: Path,
    name: str,
    period: Period,
    progress: Progress = silent,
    cache: Path | None = None,
) -> Ran:
    """Judge every branch of a folder of facts by every rule of a catalogue."""
    began, held = time.perf_counter(), parquet.about(folder)
    rules = list(engine.rules(name).values())
    sql = columnar.compile_rules(rules, facts.schema(), cache)
    own = [rule for rule in rules if not rule.across]
    viewed = _seldom_read(rules, sql)
    ran = Ran(out, held.branches)
    with parquet.replacing(out) as fresh:
        for table in ("suspicions", "verdicts"):
            (fresh / table).mkdir(parents=True)
        together = held.parts <= TOGETHER
        if not together:
            crossing = [rule for rule in rules if rule.across]
            con = _viewing(folder, held.parts, period, fresh)
            _spend(ran, crossing, sql, con, partial(progress, "支部之间的规则"))
            _keep_across(con, fresh)
        for at in range(0, held.parts, TOGETHER):
            parts = range(at, min(held.parts, at + TOGETHER))
            con = _loaded(folder, parts, period, fresh, viewed)
            _spend(ran, rules if together else own, sql, con, partial(silent, "规则"))
            if not together:
                _take_across(con, fresh)
            for table, query in verdict_sql.queries(engine.catalogue(name), period).items():
                con.execute(f"create table {table} as {query}")
            _store(con, "suspicions", fresh, at)
            _store(con, "verdicts", fresh, at)
            _count(con, ran)
            con.close()
            progress("分片", parts[-1] + 1, held.parts)
        (fresh / "across.parquet").unlink(missing_ok=True)
        shutil.rmtree(fresh / SPILLED, ignore_errors=True)
    ran.seconds = time.perf_counter() - began
    return ran


def _seldom_read(rules: list[Rule], sql: dict[str, str]) -> set[str]:
    """The tables that it does not pay to load."""
    asked = [sql[question.name] for question in columnar.questions(rules)]
    readers = {table: sum(f'"{table}"' in one for one in asked) for table in facts.schema()}
    return {"texts", *(table for table, n in readers.items() if n <= SELDOM)}


def _loaded(folder: Path, parts: range, period: Period, fresh: Path, viewed: set[str]) -> Any:
    """A connection that holds these parts of every table."""
    con = _open(period, fresh)

    def load(con: Any, table: str) -> None:
        _table(con, table, _files(folder, table, parts), "view" if table in viewed else "table")

    for _ in columnar.abreast(con, load, facts.schema()):
        pass
    return con


def _open(period: Period, fresh: Path) -> Any:
    con = columnar.connect({}, period)
    con.execute(f"set memory_limit = '{MEMORY}'")
    con.execute(f"set temp_directory = '{fresh / SPILLED}'")
    con.execute("set checkpoint_threshold = '1TB'")  # nothing of this is kept
    return con


def _spend(
    ran: Ran, rules: list[Rule], sql: dict[str, str], con: Any, progress: Callable[[int, int], None]
) -> None:
    spent: dict[str, float] = {}
    columnar.fill(rules, sql, con, progress, spent)
    for key, seconds in spent.items():
        ran.spent[key] = ran.spent.get(key, 0.0) + seconds


def _viewing(folder: Path, parts: int, period: Period, fresh: Path) -> Any:
    """A connection that reads all parts of every table from their files."""
    con = _open(period, fresh)
    for table in facts.schema():
        _table(con, table, _files(folder, table, range(parts)), "view")
    return con


def _keep_across(con: Any, fresh: Path) -> None:
    """What was said when all branches were compared, for `_take_across`."""
    con.execute(f"copy suspicions to '{fresh / 'across.parquet'}' (format parquet)")
    con.close()


def _take_across(con: Any, fresh: Path) -> None:
    """What was said of these parts when all were compared."""
    con.execute(
        """insert into suspicions select * from read_parquet(?)
        where branch_id in (select branch_id from branches)""",
        [str(fresh / "across.parquet")],
    )


def _files(folder: Path, table: str, parts: range) -> list[Path]:
    found = {parquet.part_file(folder, table, part) for part in parts}
    return sorted(file for file in found if file.exists())


def _table(con: Any, table: str, files: list[Path], form: str) -> None:
    """A table of the facts; one that nobody gave is empty, and rules that need it cannot tell."""
    if not files:
        con.execute(f'create table "{table}" as {columnar.values(facts.schema()[table], [])}')
        return
    names = ", ".join(f"'{file}'" for file in files)
    try:
        con.execute(
            f'create {form} "{table}" as select {columns_of(table)} from read_parquet([{names}])'  # noqa: S608
        )
    except duckdb.Error as unreadable:
        raise BadInput(f"{files[0]} 不是这一版的事实数据：{unreadable}") from unreadable


def _store(con: Any, table: str, fresh: Path, part: int) -> None:
    path = fresh / table / f"part-{part:05d}.parquet"
    con.execute(f"copy {table} to '{path}' (format parquet, compression zstd)")


def _count(con: Any, ran: Ran) -> None:
    ran.suspicions += con.execute("select count(*) from suspicions where certain = 1").fetchone()[0]
    for outcome, n in con.execute("select outcome, count(*) from verdicts group by 1").fetchall():
        ran.outcomes[outcome] = ran.outcomes.get(outcome, 0) + n


def columns_of(table: str) -> str:
    """The columns of a table of facts, each as the type it must have."""
    return ", ".join(
        f'cast("{column}" as {columnar.TYPES[kind]}) as "{column}"'
        for column, kind in facts.schema()[table].items()
    )
