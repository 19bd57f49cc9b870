"""A cluster of two workers says what one machine says; by day test_batch.py has Spark on one
machine, over a bucket.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyspark
import pytest

from taizhang.checks import engine
from taizhang.checks.batch import cluster, parquet
from taizhang.checks.batch import run as batch
from taizhang.kernel.errors import BadInput
from tests.checks.test_batch import SPARK, made, ran, same_by_spark

__all__ = ["made", "ran"]
pytestmark = [*SPARK, pytest.mark.night]


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[str]:
    """A master and two workers of one core each on the loopback; the master's address."""
    port, home = _free_port(), Path(pyspark.__file__).parent
    about = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(tmp_path / "work")}
    start = [str(home / "bin" / "spark-class")]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    master = f"spark://127.0.0.1:{port}"
    named = "org.apache.spark.deploy"
    commands = [
        [*start, f"{named}.master.Master", "--host", "127.0.0.1", "--port", f"{port}", "--webui-port", "0"],
        *[[*start, f"{named}.worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", master]] * 2,
    ]  # fmt: skip
    running = [subprocess.Popen(commands[0], env=about, **quiet)]  # type: ignore[call-overload]  # noqa: S603
    try:
        deadline = time.monotonic() + 60
        while not _answers(port) and time.monotonic() < deadline:
            time.sleep(0.2)
        running += [subprocess.Popen(one, env=about, **quiet) for one in commands[1:]]  # type: ignore[call-overload]  # noqa: S603
        yield master
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait(30)


@pytest.mark.django_db
def test_two_workers_say_what_one_process_says(
    made: Path, ran: batch.Ran, tmp_path: Path, two_workers: str
) -> None:
    same_by_spark(ran, made, tmp_path, two_workers)


def test_what_it_cannot_reach_or_read_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    (folder / "meetings").mkdir(parents=True)
    duckdb.sql(f"copy (select 1 as id) to '{folder}/meetings/part-00000.parquet' (format parquet)")
    parquet.note(
        folder, parquet.About(0, 1, "2016-01-01", "2016-12-31", "2016-12-31", "tianning-2018")
    )
    about, cache = parquet.about(folder), engine.cache()
    for master, told in (("local[2]", "不是这一版的事实数据"), ("nowhere://x", "不能启动 Spark")):
        with pytest.raises(BadInput, match=told):
            cluster.check(folder, tmp_path / "out", about.catalogue, about.period, cache=cache, master=master)  # fmt: skip
    assert not (tmp_path / "out").exists()
