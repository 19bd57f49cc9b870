"""A few parts of a folder of facts, judged by DuckDB in one process: what `batch` does here, and a
cluster on its workers.

No Django: a worker needs this program and where the facts lie, nothing else. What compares branches
is narrowed first: rows of two branches can only be set side by side when they share a value
(`Rule.meets_by`), so each part tells its values by bucket, a bucket tells which of them several
branches have, and only rows of these are judged together.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from taizhang.checks.batch.source import Fetch, Source
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period, Rule, Schema
from taizhang.rules.columnar import run
from taizhang.rules.columnar.run import Statements
from taizhang.rules.sql import TYPES, values

MEMORY = "3GB"
"""DuckDB goes to the disk beyond this, beside the result."""
SHARED = ("calendar",)
"""Tables that are of no branch: they have one part for all."""
BUCKETS = 64
"""Into so many buckets values are told at most, so that no process holds those of a country."""


@dataclass(frozen=True)
class Work:
    """All that a process must know to judge some parts; it can be sent to another machine."""

    source: Source
    fresh: Path
    """Where results and what leads to them are written; a path that every worker sees."""
    parts: int
    schema: Schema
    rules: tuple[Rule, ...]
    statements: Statements
    verdicts: dict[str, str]
    """Table → query, as `verdict_sql.queries` gives them."""
    period: Period
    viewed: frozenset[str]
    """Tables that it does not pay to load."""
    cores: int | None = None
    """How many processors a process may use; all without a number."""

    @property
    def own(self) -> list[Rule]:
        """The rules that look at one branch."""
        return [rule for rule in self.rules if not rule.across]

    @property
    def crossing(self) -> list[Rule]:
        """The rules that compare branches."""
        return [rule for rule in self.rules if rule.across]

    @property
    def meeting(self) -> dict[str, list[str]]:
        """Table → columns of which one must hold the same in two branches; a table that some rule
        needs whole is not in it.
        """
        found: dict[str, list[str]] = {}
        whole = {table for rule in self.crossing for table in rule.needs}
        for rule in self.crossing:
            for table in rule.uses():
                columns = rule.meets_by() if table == rule.own().table else ()
                found.setdefault(table, []).extend(columns)
                whole |= set() if columns else {table}
        return {t: sorted(set(columns)) for t, columns in found.items() if t not in whole}

    @property
    def buckets(self) -> int:
        """How many buckets there are."""
        return min(BUCKETS, self.parts)


@dataclass
class Told:
    """What was found of some parts."""

    parts: int = 0
    suspicions: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    """Rule id → seconds."""


def part_file(folder: Path, table: str, part: int) -> Path:
    """Where a part of a table lies."""
    return folder / _part_name(table, part)


def _part_name(table: str, part: int) -> str:
    return f"{table}/part-{0 if table in SHARED else part:05d}.parquet"


def tell_values(work: Work, parts: range) -> int:
    """Write which values the branches of these parts have, by bucket; how many parts that were."""
    with _at_work(work, parts) as (con, fetch):
        for table, columns in work.meeting.items():
            files = fetch(_names(table, parts))
            if files:
                _table(con, work, table, files, "view")
                values = ", ".join(f'cast("{column}" as varchar)' for column in columns)
                _copy(
                    con,
                    f"""select distinct value, branch_id, hash(value) % {work.buckets} as bucket
                    from (select unnest([{values}]) as value, branch_id from "{table}")
                    where value is not null""",  # noqa: S608
                    work.fresh / "values" / table,
                    "format parquet, partition_by (bucket), overwrite_or_ignore, "
                    f"filename_pattern 'from-{parts[0]:05d}-{{i}}'",
                )
    return len(parts)


def find_shared(work: Work, bucket: int) -> int:
    """Write which values of a bucket several branches have."""
    con = duckdb.connect()
    for table in work.meeting:
        told = work.fresh / "values" / table / f"bucket={bucket}"
        if told.is_dir():
            _copy(
                con,
                f"select value from read_parquet('{told}/*.parquet') group by value having "  # noqa: S608
                "min(branch_id) < max(branch_id)",
                work.fresh / "shared" / table / f"bucket-{bucket:02d}.parquet",
            )
    con.close()
    return 1


def gather(work: Work, parts: range) -> int:
    """Write the rows of these parts whose values other branches have too; how many
    parts that were.
    """
    with _at_work(work, parts) as (con, fetch):
        for table, columns in work.meeting.items():
            files, shared = fetch(_names(table, parts)), work.fresh / "shared" / table
            if files and shared.is_dir():
                _table(con, work, table, files, "view")
                con.execute(f"create table shared as from read_parquet('{shared}/*.parquet')")
                any_of = " or ".join(
                    f'cast("{column}" as varchar) in (from shared)' for column in columns
                )
                path = part_file(work.fresh / "met", table, parts[0])
                _copy(con, f'select * from "{table}" where {any_of}', path)  # noqa: S608
                con.execute("drop table shared")
    return len(parts)


def compare(work: Work) -> dict[str, float]:
    """Judge what compares branches, over what was gathered; the seconds of each rule."""
    spent: dict[str, float] = {}
    every = range(work.parts)
    with _at_work(work, every) as (con, fetch):
        for table in work.schema:
            met = sorted((work.fresh / "met" / table).glob("*.parquet"))
            files = met if table in work.meeting else fetch(_names(table, every))
            _table(con, work, table, files, "view")
        run.fill(work.crossing, work.statements, con, spent=spent, cores=work.cores)
        _copy(con, "from suspicions", work.fresh / "across.parquet")
    return spent


def judge(work: Work, parts: range) -> Told:
    """Suspicions and verdicts of these parts. Where they are all there is, what compares branches
    is asked with the rest.
    """
    told = Told(len(parts))
    together = len(parts) == work.parts
    with _at_work(work, parts) as (con, fetch):

        def load(con: Any, table: str) -> None:
            form = "view" if table in work.viewed else "table"
            _table(con, work, table, fetch(_names(table, parts)), form)

        for _ in run.each(con, load, work.schema, work.cores):
            pass
        rules = list(work.rules) if together else work.own
        run.fill(rules, work.statements, con, spent=told.spent, cores=work.cores)
        if not together:
            con.execute(
                """insert into suspicions select * from read_parquet(?)
                where branch_id in (select branch_id from branches)""",
                [str(work.fresh / "across.parquet")],
            )
        _tell(work, con, parts, told)
    shutil.rmtree(_spilled(work, parts), ignore_errors=True)
    return told


def _tell(work: Work, con: Any, parts: range, told: Told) -> None:
    """Write the results of these parts, and count them."""
    for table, query in work.verdicts.items():
        con.execute(f"create table {table} as {query}")
    for table in ("suspicions", "verdicts"):
        store(con, table, work.fresh, parts[0])
    told.suspicions = con.execute("select count(*) from suspicions where certain = 1").fetchone()[0]
    told.outcomes = dict(
        con.execute("select outcome, count(*) from verdicts group by 1").fetchall()
    )


def store(con: Any, table: str, fresh: Path, part: int) -> None:
    """One file of a result."""
    _copy(con, f"from {table}", part_file(fresh, table, part), "format parquet, compression zstd")


def _copy(con: Any, query: str, path: Path, how: str = "format parquet") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"copy ({query}) to '{path}' ({how})")


@contextmanager
def _at_work(work: Work, parts: range) -> Iterator[tuple[Any, Fetch]]:
    """A database of the process, and the files of the facts for as long as it reads them."""
    with work.source.at_hand() as fetch, closing(run.connect({}, work.period)) as con:
        if work.cores:
            con.execute(f"set threads = {work.cores}")
        con.execute(f"set memory_limit = '{MEMORY}'")
        con.execute(f"set temp_directory = '{_spilled(work, parts)}'")
        con.execute("set checkpoint_threshold = '1TB'")  # nothing of this is kept
        yield con, fetch


def _spilled(work: Work, parts: range) -> Path:
    return work.fresh / f"spilled-{parts[0]}-{len(parts)}"


def _names(table: str, parts: Iterable[int]) -> list[str]:
    return sorted({_part_name(table, part) for part in parts})


def _table(con: Any, work: Work, table: str, files: list[Path], form: str) -> None:
    """A table of the facts; one that nobody gave is empty, and rules that need it cannot tell."""
    columns = work.schema[table]
    if not files:
        con.execute(f'create table "{table}" as {values(columns, [])}')
        return
    names = ", ".join(f"'{file}'" for file in files)
    listed = ", ".join(
        f'cast("{column}" as {TYPES[kind]}) as "{column}"' for column, kind in columns.items()
    )
    try:
        con.execute(f'create {form} "{table}" as select {listed} from read_parquet([{names}])')  # noqa: S608
    except duckdb.Error as unreadable:
        raise BadInput(
            f"{work.source}/{table}/{files[0].name} 不是这一版的事实数据：{unreadable}"
        ) from unreadable


Carry = Callable[[Callable[[Any], Any], list[Any], Callable[[int], None]], list[Any]]
"""Does a piece of work for each of many, wherever that is; the last tells how many are done."""


def in_turn(
    work: Callable[[Any], Any], all_of: list[Any], done: Callable[[int], None]
) -> list[Any]:
    """One after another, in this process."""
    found = []
    for at, one in enumerate(all_of, start=1):
        found.append(work(one))
        done(at)
    return found


def answer(work: Callable[[Any], Any], one: Any) -> tuple[str, Any]:
    """What it refuses, in words, or what it found: for a carrier that cannot carry a refusal."""
    try:
        return "", work(one)
    except BadInput as refusal:
        return str(refusal), None


@dataclass(frozen=True)
class Carrier:
    """Where work is done: in this process with all its processors, or by so many workers of one
    processor each.
    """

    each: Carry = in_turn
    workers: int | None = None


HERE = Carrier()
