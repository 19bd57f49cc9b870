"""The same check on a cluster: Spark carries the work to its workers and DuckDB does it there.

The folder of facts (or the bucket) and that of the result must lie where every worker sees them,
and this program must be installed on each.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import taizhang
from taizhang.checks.batch import parts
from taizhang.checks.batch import run as batch
from taizhang.checks.batch.parts import Carrier
from taizhang.checks.batch.run import Progress, Ran, silent
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period

LOCAL = "local[*]"
"""All cores of this machine."""
_LOOKS = 1.0
"""Seconds between two looks at how far the work is."""


@contextmanager
def session(master: str = LOCAL) -> Iterator[Any]:
    """A session on a cluster (`spark://HOST:7077`) or on this machine."""
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as absent:
        raise BadInput("没有安装 Spark：请先 pip install pyspark，并安装 Java 17。") from absent
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    building = SparkSession.builder.master(master).appName("taizhang")
    for key, value in _settings(master).items():
        building = building.config(key, value)
    try:
        spark = building.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
    except (PySparkException, Py4JError, RuntimeError) as refused:
        raise BadInput(f"不能启动 Spark（{master}）：{_reason(refused)}") from refused
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
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
        "spark.executorEnv.PYTHONPATH": str(Path(taizhang.__file__).parents[1]),
        "spark.driver.memory": os.environ.get("TAIZHANG_SPARK_MEMORY") or "1g",
        **(here if master.startswith("local") or "127.0.0.1" in master else {}),
    }


def check(
    place: str | Path,
    out: Path,
    name: str,
    period: Period,
    progress: Progress = silent,
    cache: Path | None = None,
    master: str = LOCAL,
) -> Ran:
    """Judge every branch of a folder (or bucket) of facts by every rule of a catalogue."""
    with session(master) as spark:
        context = spark.sparkContext
        return batch.check(
            place,
            out,
            name,
            period,
            progress,
            cache,
            Carrier(partial(_carried, context), context.defaultParallelism),
        )


def _carried(
    context: Any, work: Callable[[Any], Any], all_of: list[Any], done: Callable[[int], None]
) -> list[Any]:
    """Each on a worker; what one refuses is told in its words."""
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    told = context.parallelize(all_of, len(all_of)).map(partial(parts.answer, work))
    try:
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(told.collect)
            while wait([running], _LOOKS).not_done:
                done(_finished(context))
            found = running.result()
    except (PySparkException, Py4JError) as broken:
        raise BadInput(f"集群上的核查没有完成：{_reason(broken)}") from broken
    refused = next((text for text, _ in found if text), "")
    if refused:
        raise BadInput(refused)
    done(len(all_of))
    return [one for _, one in found]


def _finished(context: Any) -> int:
    tracker = context.statusTracker()
    stages = (tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds())
    return sum(stage.numCompletedTasks for stage in stages if stage)
