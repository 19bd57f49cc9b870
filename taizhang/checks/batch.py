"""A province, the country: facts in Parquet → suspicions and verdicts in Parquet, part by part, by DuckDB.

What compares branches is asked once of all parts together; everything else needs one part at a time, so that memory
does not grow with the number of branches. The result is written beside the last one and takes its place when whole.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taizhang.checks import engine, facts, parquet
from taizhang.checks.verdicts import ALIVE, UNDECLARED, WITHOUT
from taizhang.kernel.calendar import FOREVER
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period, Rule, Where
from taizhang.rules.engines import columnar
from taizhang.rules.lazy import duckdb

MEMORY = "3GB"
"""DuckDB goes to the disk beyond this."""
TOGETHER = 4
"""So many parts are judged at once: every rule has a cost of its own, however few rows it sees."""
_DUCK = {"int64": "bigint", "date": "date", "string": "varchar"}
Progress = Callable[[int, int], None]


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


def check(
    folder: Path,
    out: Path,
    name: str,
    period: Period,
    progress: Progress = lambda done, total: None,
    cache: Path | None = None,
) -> Ran:
    """Judge every branch of a folder of facts by every rule of a catalogue."""
    began, held = time.perf_counter(), parquet.about(folder)
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for table in ("suspicions", "verdicts"):
        (fresh / table).mkdir(parents=True)
    rules = list(engine.rules(name).values())
    sql = columnar.compile_rules(rules, facts.schema(), cache)
    ran = Ran(out, held.branches)
    _across([rule for rule in rules if rule.across], sql, folder, fresh, held.parts, period, ran)
    own = [rule for rule in rules if not rule.across]
    for at in range(0, held.parts, TOGETHER):
        parts = range(at, min(held.parts, at + TOGETHER))
        con = _open(period)
        for table in facts.schema():
            _table(con, table, _files(folder, table, parts), "table")
        _spend(ran, own, sql, con)
        con.execute(
            """insert into suspicions select * from read_parquet(?)
            where branch_id in (select branch_id from branches)""",
            [str(fresh / "across.parquet")],
        )
        _judge(con, name, period)
        _store(con, "suspicions", fresh, at)
        _store(con, "verdicts", fresh, at)
        _count(con, ran)
        con.close()
        progress(parts[-1] + 1, held.parts)
    (fresh / "across.parquet").unlink()
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    ran.seconds = time.perf_counter() - began
    return ran


def _open(period: Period) -> Any:
    con = columnar.connect({}, period)
    con.execute(f"set memory_limit = '{MEMORY}'")
    return con


def _spend(ran: Ran, rules: list[Rule], sql: dict[str, str], con: Any) -> None:
    spent: dict[str, float] = {}
    columnar.fill(rules, sql, con, spent=spent)
    for key, seconds in spent.items():
        ran.spent[key] = ran.spent.get(key, 0.0) + seconds


def _across(
    rules: list[Rule], sql: dict[str, str], folder: Path, fresh: Path, parts: int, period: Period, ran: Ran
) -> None:  # fmt: skip
    """What compares branches, over all parts."""
    con = _open(period)
    for table in facts.schema():
        _table(con, table, _files(folder, table, range(parts)), "view")
    _spend(ran, rules, sql, con)
    con.execute(f"copy suspicions to '{fresh / 'across.parquet'}' (format parquet)")
    con.close()


def _files(folder: Path, table: str, parts: range) -> list[Path]:
    found = {parquet.part_file(folder, table, part) for part in parts}
    return sorted(file for file in found if file.exists())


def _table(con: Any, table: str, files: list[Path], form: str) -> None:
    """A table of the facts; one that nobody gave is empty, and rules that need it cannot tell."""
    columns = facts.schema()[table]
    if not files:
        typed = ", ".join(f'"{column}" {_DUCK[kind]}' for column, kind in columns.items())
        con.execute(f'create table "{table}" ({typed})')
        return
    listed = ", ".join(f'cast("{column}" as {_DUCK[kind]}) as "{column}"' for column, kind in columns.items())  # fmt: skip
    names = ", ".join(f"'{file}'" for file in files)
    try:
        con.execute(f'create {form} "{table}" as select {listed} from read_parquet([{names}])')  # noqa: S608
    except duckdb.Error as unreadable:
        raise BadInput(f"{files[0]} 不是这一版的事实数据：{unreadable}") from unreadable


def _store(con: Any, table: str, fresh: Path, part: int) -> None:
    path = fresh / table / f"part-{part:05d}.parquet"
    con.execute(f"copy {table} to '{path}' (format parquet, compression zstd)")


def _count(con: Any, ran: Ran) -> None:
    ran.suspicions += con.execute("select count(*) from suspicions where certain = 1").fetchone()[0]
    for outcome, n in con.execute("select outcome, count(*) from verdicts group by 1").fetchall():
        ran.outcomes[outcome] = ran.outcomes.get(outcome, 0) + n


def _judge(con: Any, name: str, period: Period) -> None:
    """The verdicts, as `verdicts.derive` says them of one branch; dismissals are of a database and not of files."""
    catalogue = engine.catalogue(name)
    con.execute("create table severities (rule varchar, item varchar, severity varchar)")
    con.executemany(
        "insert into severities values (?, ?, ?)",
        [(r.id, r.id.partition(":")[0], r.severity) for r in engine.rules(name).values()],
    )
    con.execute(
        "create table items (item varchar, required boolean, condition varchar, zero_report boolean, judged boolean)"
    )
    con.executemany(
        "insert into items values (?, ?, ?, ?, ?)",
        [(i.id, i.applies.required, i.applies.with_ or "", i.applies.zero_report, bool(i.rules)) for i in catalogue.items],
    )  # fmt: skip
    con.execute("create table records (branch_id bigint, item varchar, n bigint)")
    for item in catalogue.items:
        if item.kept_in:
            kept = item.kept_in
            days = _in_force(period) if kept.ledger == "documents" else f'"{kept.day}" between {_day(period.from_on)} and {_day(period.last)}'  # fmt: skip
            con.execute(
                f"""insert into records select branch_id, '{item.id}', count(*) from "{kept.ledger}"
                where {_meets(kept.where)} and {days} group by 1"""  # noqa: S608
            )
    _conditions(con, period)
    con.execute(_VERDICTS.format(
        without=_listed(WITHOUT), undeclared=_listed(UNDECLARED), first=_day(period.from_on), last=_day(period.last),
    ))  # fmt: skip


def _listed(names: dict[str, str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _day(day: Any) -> str:
    return f"date '{day.isoformat()}'"


def _in_force(period: Period) -> str:
    last = _day(period.last)
    return f"effective_from <= {last} and {last} < coalesce(superseded_on, {_day(FOREVER)})"


def _meets(where: Where) -> str:
    """`rules.base.matches` as a condition."""
    parts = ["true"]
    for column, wanted in where.items():
        values = [v for v in (wanted if isinstance(wanted, list) else [wanted]) if v is not None]
        literal = ", ".join(str(v) if isinstance(v, int) else f"'{v}'" for v in values)
        if isinstance(wanted, list):
            parts.append(f'"{column}" in ({literal})' if values else "false")
        else:
            parts.append(f'"{column}" is null' if wanted is None else f'"{column}" = {literal}')
    return " and ".join(parts)


def _conditions(con: Any, period: Period) -> None:
    con.execute("create table meets (branch_id bigint, condition varchar)")
    first, last = _day(period.from_on), _day(period.last)
    for condition, (table, begins, ends) in ALIVE.items():
        con.execute(
            f"""insert into meets select distinct branch_id, '{condition}' from "{table}"
            where "{begins}" <= {last} and coalesce("{ends}", {_day(FOREVER)}) > {first}"""  # noqa: S608
        )
    con.execute(
        "insert into meets select distinct branch_id, 'public_institution' from institutions"
    )


_VERDICTS = """
create table verdicts as
with declared as (
    select branch_id, item, max(kind) as kind from declarations
    where confirmed_at is not null and from_on <= {first} and to_on >= {last} group by 1, 2
), counts as (
    select s.branch_id, v.item,
        count(*) filter (certain = 1 and severity = 'error') as errors,
        count(*) filter (certain = 1 and severity = 'warn') as warns,
        count(*) filter (certain = 1 and severity = 'info') as infos,
        count(*) filter (certain = 0) as unsure
    from suspicions s join severities v using (rule) group by 1, 2
), known as (
    select b.branch_id, i.*, coalesce(r.n, 0) as records, coalesce(d.kind, '') as declared,
        coalesce(c.errors, 0) as errors, coalesce(c.warns, 0) as warns, coalesce(c.infos, 0) as infos,
        coalesce(c.unsure, 0) as unsure, i.condition <> '' and m.branch_id is null as unmet
    from branches b cross join items i
    left join records r on r.branch_id = b.branch_id and r.item = i.item
    left join declared d on d.branch_id = b.branch_id and d.item = i.item
    left join counts c on c.branch_id = b.branch_id and c.item = i.item
    left join meets m on m.branch_id = b.branch_id and m.condition = i.condition
)
select branch_id, item, case
    when not required or declared = 'not_applicable' then 'not_applicable'
    when unmet and condition in ({without}) and errors = 0 then 'not_applicable'
    when (unmet and condition in ({undeclared})) or (zero_report and records = 0 and errors = 0)
        then case when declared = 'nothing' then 'ok' else 'to_judge' end
    when not judged then 'to_judge'
    when errors > 0 then case when records > 0 then 'defective' else 'missing' end
    when unsure > 0 then 'to_judge'
    when records = 0 then 'not_due'
    else 'ok' end as outcome, records, errors, warns, infos
from known
"""
