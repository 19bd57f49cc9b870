"""The same check on Spark: facts in Parquet → suspicions and verdicts in Parquet, on the cores of a cluster.

A folder of facts must lie where every worker sees it. Rules are asked several in one job, and several jobs at once,
because each has a cost of its own however few rows it sees. No Python runs on the workers.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from taizhang.checks import engine, facts, parquet, verdict_sql
from taizhang.checks.batch import Progress, Ran, columns_of, silent
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period, Rule
from taizhang.rules.engines import columnar

LOCAL = "local[*]"
"""All cores of this machine."""
QUESTIONS = 12
"""So many questions are asked in one job."""
JOBS = 3
"""So many jobs at once."""
SWELLS = "20"
"""By so much a file of facts grows when it is read: what is small as a file must not be sent whole to every worker."""


@contextmanager
def session(master: str = LOCAL) -> Iterator[Any]:
    """A session on a cluster (`spark://HOST:7077`) or on this machine."""
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as absent:
        raise BadInput("没有安装 Spark：请先 pip install pyspark，并安装 Java 17。") from absent
    building = SparkSession.builder.master(master).appName("taizhang")
    for key, value in _settings(master).items():
        building = building.config(key, value)
    try:
        spark = building.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
    except (PySparkException, Py4JError, RuntimeError) as refused:
        raise BadInput(f"不能启动 Spark（{master}）：{_reason(refused)}") from refused
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    spark.conf.set("spark.sql.shuffle.partitions", spark.sparkContext.defaultParallelism)
    try:
        yield spark
    finally:
        spark.stop()


def _reason(refused: Exception) -> str:
    """What Spark says without where it says it."""
    lines = [line.strip() for line in str(refused).splitlines() if not line.startswith("\tat ")]
    return " ".join(lines[:2])[:300]


def _settings(master: str) -> dict[str, str]:
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.sources.fileCompressionFactor": SWELLS,
        "spark.driver.memory": os.environ.get("TAIZHANG_SPARK_MEMORY") or "3g",
        **(here if master.startswith("local") or "127.0.0.1" in master else {}),
    }


def check(
    folder: Path,
    out: Path,
    name: str,
    period: Period,
    progress: Progress = silent,
    cache: Path | None = None,
    master: str = LOCAL,
) -> Ran:
    """Judge every branch of a folder of facts by every rule of a catalogue."""
    began, folder, out = time.perf_counter(), folder.resolve(), out.resolve()
    ran, rules = Ran(out, parquet.about(folder).branches), list(engine.rules(name).values())
    with parquet.replacing(out) as fresh, session(master) as spark:
        sql = columnar.compile_rules(rules, facts.schema(), cache, "pyspark")
        _tables(spark, folder, period, rules, fresh / "made")
        for made in [name for name in columnar.HELPERS if name in sql]:
            _stored(spark, made, spark.sql(sql[made]), fresh / "made")
        _ask(spark, rules, sql, fresh / "found", progress)
        _view("told", spark.read.parquet(str(fresh / "found" / "*")))
        found = spark.sql(columnar.settled(rules))
        found = found.coalesce(1 + spark.sparkContext.defaultParallelism // 4)
        _stored(spark, "suspicions", found, fresh)
        for table, query in verdict_sql.queries(engine.catalogue(name), period).items():
            _view(table, spark.sql(query))
        _stored(spark, "verdicts", spark.table("verdicts"), fresh)
        _count(spark, ran)
        for working in ("made", "found"):
            shutil.rmtree(fresh / working)
    ran.seconds = time.perf_counter() - began
    return ran


def _view(name: str, rows: Any) -> None:
    rows.createOrReplaceTempView(name)


def _stored(spark: Any, name: str, rows: Any, fresh: Path) -> None:
    """Rows written down, and from then on read from there: no plan that asks for them grows by how they were made."""
    where = str(fresh / name)
    rows.write.parquet(where)
    _view(name, spark.read.parquet(where))


def _tables(spark: Any, folder: Path, period: Period, rules: list[Rule], made: Path) -> None:
    """The facts, the period and its windows, and who has rows in what, as views."""
    for table in facts.schema():
        _view(table, _table(spark, folder, table))
    for table, query in columnar.helpers(period).items():
        _view(table, spark.sql(query))
    for table in {table for rule in rules for table in rule.needs}:
        _stored(spark, f"held_{table}", spark.sql(columnar.holding(table)), made)


def _table(spark: Any, folder: Path, table: str) -> Any:
    """A table of the facts; one that nobody gave is empty, and rules that need it cannot tell."""
    from pyspark.errors import AnalysisException  # noqa: PLC0415

    if not any((folder / table).glob("*.parquet")):
        return spark.sql(columnar.values(facts.schema()[table], []))
    try:
        return spark.sql(f"select {columns_of(table)} from parquet.`{folder / table}`")  # noqa: S608
    except AnalysisException as unreadable:
        raise BadInput(
            f"{folder / table} 不是这一版的事实数据：{_reason(unreadable)}"
        ) from unreadable


def _ask(
    spark: Any, rules: list[Rule], sql: dict[str, str], found: Path, progress: Progress
) -> None:
    """Every question, a few in one job; each job writes a folder of its own."""
    asked = columnar.questions(rules)
    jobs = [asked[at : at + QUESTIONS] for at in range(0, len(asked), QUESTIONS)]

    def ask(at: int) -> None:
        query = " union all ".join(f"({sql[question.name]})" for question in jobs[at])
        spark.sql(f"{columnar.nothing_found()} union all {query}").repartition(1).write.parquet(
            str(found / f"job-{at:03d}")
        )

    _all_of(len(jobs), ask, progress)


def _all_of(jobs: int, ask: Callable[[int], None], progress: Progress) -> None:
    with ThreadPoolExecutor(JOBS) as pool:
        running = [pool.submit(ask, at) for at in range(jobs)]
        try:
            for done, job in enumerate(as_completed(running), start=1):
                job.result()
                progress("任务", done, jobs)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _count(spark: Any, ran: Ran) -> None:
    ran.suspicions = spark.sql("select count(*) from suspicions where certain = 1").first()[0]
    for outcome, n in spark.sql("select outcome, count(*) from verdicts group by 1").collect():
        ran.outcomes[outcome] = n
