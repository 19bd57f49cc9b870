"""Facts as files: one folder a table, one Parquet file a part, the same branches in the same part
of every table.

`facts.json` beside them says which days they are meant to be judged by. A part fits into memory; so
does its check.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from taizhang.checks import facts
from taizhang.checks.batch import source
from taizhang.checks.batch.parts import SHARED, part_file
from taizhang.checks.columnar import arrow
from taizhang.kernel.errors import BadInput
from taizhang.rules.base import Period

PART = 1000
"""So many branches lie in one part."""
SORTED = {
    "phrases": ("source", "code"),
    "meetings": ("kind",),
    "documents": ("kind",),
    "speeches": ("meeting_kind",),
    "attendance": ("meeting_kind",),
}
"""Tables of which rules ask for some words of a column: in a part rows of other words lie elsewhere
and are not read.
"""
_NOTE = "facts.json"


@dataclass(frozen=True)
class About:
    """What a folder of facts holds, and the days that it is judged by unless others are
    asked for.
    """

    branches: int
    parts: int
    from_on: str
    to_on: str
    on: str
    catalogue: str

    @property
    def period(self) -> Period:
        """The days."""
        return Period(*(date.fromisoformat(d) for d in (self.from_on, self.to_on, self.on)))


def write(folder: Path, table: str, part: int, rows: Any) -> None:
    """One part of one table, of Arrow."""
    from pyarrow import parquet  # noqa: PLC0415  (heavy)

    path = part_file(folder, table, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    if table in SORTED:
        rows = rows.sort_by([(column, "ascending") for column in SORTED[table]])
    parquet.write_table(rows, path, compression="zstd")


def note(folder: Path, about: About) -> None:
    """Written last: a folder without it is not whole."""
    (folder / _NOTE).write_text(json.dumps(asdict(about)) + "\n", "utf-8")


def about(place: str | Path) -> About:
    """What a folder, or a bucket, says of itself."""
    told = source.at(place).text(_NOTE)
    if told is None:
        raise BadInput(f"{place} 不是事实数据目录（缺少 {_NOTE}），或导出没有完成。")
    try:
        return About(**json.loads(told))
    except (ValueError, TypeError) as broken:
        raise BadInput(f"{place}/{_NOTE} 不能识别。") from broken


def export(
    folder: Path,
    branches: Iterable[int],
    period: Period,
    catalogue: str,
    progress: Callable[[int], None] = lambda done: None,
) -> About:
    """The facts of these branches, part by part, so that memory does not grow with their number."""
    must_be_empty(folder)
    done = part = 0
    for part, keys in enumerate(batched_keys(branches)):
        tables: dict[str, list[Any]] = {}
        for key in keys:
            for name, rows in facts.of_branch(key).tables.items():
                if name not in SHARED:
                    tables.setdefault(name, []).extend(rows)
            done += 1
            progress(done)
        for name, rows in tables.items():
            write(folder, name, part, arrow.table(name, rows))
    for name in SHARED:
        write(folder, name, 0, arrow.table(name, facts.tables(wanted=[name])[name]))
    found = About(
        done,
        part + 1 if done else 0,
        f"{period.from_on}",
        f"{period.to_on}",
        f"{period.on}",
        catalogue,
    )
    note(folder, found)
    return found


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when all is written; what dies before leaves the
    last result.
    """
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    yield fresh
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def batched_keys(branches: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The branches of each part."""
    left = iter(branches)
    while part := tuple(islice(left, PART)):
        yield part


def must_be_empty(folder: Path) -> None:
    """Nothing that lies there is written over."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} 已经存在且不是空目录；请换一个目录。")
    folder.mkdir(parents=True, exist_ok=True)
