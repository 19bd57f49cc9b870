"""A province, the country: facts in Parquet → suspicions and verdicts in Parquet, a few parts at a
time, by DuckDB.

Where the parts are judged is for another to say (`Carry`): one after another here, or side by side
on a cluster. The result is written beside the last one and takes its place when whole.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taizhang.checks import engine, fact_tables
from taizhang.checks.batch import parquet, parts, source
from taizhang.checks.batch.parts import Carrier, Carry, Told, Work
from taizhang.checks.batch.source import Source
from taizhang.checks.columnar import verdict_sql
from taizhang.rules.base import Period
from taizhang.rules.columnar.compiler import compile_rules
from taizhang.rules.columnar.run import Statements

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

    def add(self, told: Told) -> None:
        """What was found of some parts."""
        self.suspicions += told.suspicions
        for outcome, n in told.outcomes.items():
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + n
        self.spend(told.spent)

    def spend(self, spent: dict[str, float]) -> None:
        """The seconds of each rule."""
        for key, seconds in spent.items():
            self.spent[key] = self.spent.get(key, 0.0) + seconds


def silent(what: str, done: int, total: int) -> None:
    """Reports nothing: the default for callers that show no progress."""


def check(
    place: str | Path,
    out: Path,
    name: str,
    period: Period,
    progress: Progress = silent,
    cache: Path | None = None,
    carrier: Carrier = parts.HERE,
) -> Ran:
    """Judge every branch of a folder (or bucket) of facts by every rule of a catalogue."""
    began, out = time.perf_counter(), out.resolve()
    held = parquet.about(place)
    ran = Ran(out, held.branches)
    with parquet.replacing(out) as fresh:
        for table in ("suspicions", "verdicts"):
            (fresh / table).mkdir(parents=True)
        work = _work(
            source.at(place), held.parts, fresh, name, period, cache, 1 if carrier.workers else None
        )
        jobs = _jobs(held.parts, carrier.workers)
        if len(jobs) > 1:
            ran.spend(_compared(work, jobs, carrier.each, progress))
        judged = carrier.each(partial(parts.judge, work), jobs, _counting(progress, "分片", jobs))
        for told in judged:
            ran.add(told)
        for left in fresh.iterdir():
            if left.is_file():
                left.unlink()
            elif left.name not in ("suspicions", "verdicts"):
                shutil.rmtree(left)
    ran.seconds = time.perf_counter() - began
    return ran


def _work(
    facts_at: Source,
    held: int,
    fresh: Path,
    name: str,
    period: Period,
    cache: Path | None,
    cores: int | None,
) -> Work:
    rules = list(engine.rules(name).values())
    statements = compile_rules(rules, fact_tables.schema(), cache)
    verdicts = verdict_sql.queries(engine.catalogue(name), period)
    return Work(
        facts_at,
        fresh,
        held,
        fact_tables.schema(),
        tuple(rules),
        statements,
        verdicts,
        period,
        _seldom_read(statements),
        cores,
    )


def _jobs(held: int, workers: int | None) -> list[range]:
    """Which parts are judged together: as many as pay, and no fewer heaps than there
    are workers.
    """
    size = max(1, min(TOGETHER, held // (workers or 1)))
    return [range(at, min(held, at + size)) for at in range(0, held, size)]


def _compared(work: Work, jobs: list[range], carry: Carry, progress: Progress) -> dict[str, float]:
    """What compares branches, of all parts: which values they share, the rows that hold these, and
    what the rules say of them.
    """
    carry(partial(parts.tell_values, work), jobs, _counting(progress, "列出可比对的值", jobs))
    buckets = list(range(work.buckets))
    carry(
        partial(parts.find_shared, work),
        buckets,
        _counting(progress, "找出多个支部共有的值", buckets),
    )
    carry(partial(parts.gather, work), jobs, _counting(progress, "取出要比对的记录", jobs))
    spent: dict[str, float] = carry(
        parts.compare, [work], _counting(progress, "支部之间的规则", [work])
    )[0]
    return spent


def _counting(
    progress: Progress, what: str, all_of: list[range] | list[int] | list[Work]
) -> Callable[[int], None]:
    return lambda done: progress(what, done, len(all_of))


def _seldom_read(statements: Statements) -> frozenset[str]:
    """The tables that it does not pay to load."""
    asked = [question.sql for question in statements.questions]
    readers = {table: sum(f'"{table}"' in one for one in asked) for table in fact_tables.schema()}
    return frozenset({"texts", *(table for table, n in readers.items() if n <= SELDOM)})
