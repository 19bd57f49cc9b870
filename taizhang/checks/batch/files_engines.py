"""Which engine judges a folder of facts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from taizhang.checks import engine
from taizhang.checks.batch import cluster
from taizhang.checks.batch import run as batch
from taizhang.checks.batch.run import Progress, Ran
from taizhang.rules.base import Period


class Check(Protocol):
    """Judges a folder, or a bucket, and leaves what it found in another."""

    def __call__(
        self, place: str | Path, out: Path, name: str, period: Period, progress: Progress = ...
    ) -> Ran: ...


def named(engine_name: str, master: str | None = None) -> Check:
    """DuckDB on this machine, or Spark on a cluster."""
    if engine_name == "spark":
        return partial(cluster.check, cache=engine.cache(), master=master or cluster.LOCAL)
    return partial(batch.check, cache=engine.cache())
