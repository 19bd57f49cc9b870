"""The check of a folder of facts, against a plain scan of the same files; and whether it finds what
was planted. Figures, never tests.
"""

from __future__ import annotations

import resource
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb

from taizhang.catalogue.model import code_of
from taizhang.checks import engine, fact_tables
from taizhang.checks.batch import parquet
from taizhang.checks.batch.files_engines import Check
from taizhang.checks.batch.run import Ran
from taizhang.kernel.errors import BadInput

Line = dict[str, Any]
SLOWEST = 5


def run(name: str, folder: Path, judge: Check) -> list[Line]:
    """`check` or `truth` on a folder that `facts make` wrote."""
    benches = {"check": check, "truth": truth}
    if name not in benches:
        raise BadInput("--facts 只用于 bench check 和 bench truth。")
    return benches[name](folder, judge)


def _judged(folder: Path, judge: Check) -> Ran:
    about = parquet.about(folder)
    return judge(folder, folder / "checked", about.catalogue, about.period)


def _scan(folder: Path) -> float:
    """Seconds to read every column of every part once, and do nothing with it."""
    began, con = time.perf_counter(), duckdb.connect()
    for table, columns in fact_tables.schema().items():
        if any((folder / table).glob("*.parquet")):
            read = ", ".join(f'max("{column}")' for column in columns)
            con.execute(f"select {read} from read_parquet('{folder / table}/*.parquet')")  # noqa: S608
            con.fetchall()
    return time.perf_counter() - began


def check(folder: Path, judge: Check) -> list[Line]:
    """Wall, processor, memory, the ratio to the scan, and which kinds of rules took the time."""
    scan = _scan(folder)
    began = time.process_time()
    ran = _judged(folder, judge)
    used = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rules = engine.rules(parquet.about(folder).catalogue)
    kinds: dict[str, float] = defaultdict(float)
    for key, seconds in ran.spent.items():
        kinds[rules[key].kind] += seconds
    slowest = sorted(ran.spent.items(), key=lambda s: -s[1])[:SLOWEST]
    return [
        {"name": "branches", "value": f"{ran.branches}"},
        {"name": "suspicions", "value": f"{ran.suspicions}"},
        {"name": "plain scan", "value": f"{scan:.2f} s"},
        {"name": "check", "value": f"{ran.seconds:.2f} s wall, {used:.2f} s CPU"},
        {"name": "check / scan", "value": f"{ran.seconds / scan:.1f}"},
        {"name": "peak memory", "value": f"{peak:.0f} MB"},
        *(
            {"name": f"kind {kind}", "value": f"{s:.2f} s"}
            for kind, s in sorted(kinds.items(), key=lambda k: -k[1])
        ),
        *({"name": f"rule {key}", "value": f"{s:.2f} s"} for key, s in slowest),
    ]


def truth(folder: Path, judge: Check) -> list[Line]:
    """Per rule: how many were planted, how many of them were found, what else was said; both over
    all; what was not tried.
    """
    _judged(folder, judge)
    con = duckdb.connect()
    planted = Counter(
        con.execute(
            f"select branch_id, item, code, \"window\" from '{folder}/truth.parquet'"  # noqa: S608
        ).fetchall()
    )
    said = con.execute(
        f"select branch_id, rule, \"window\" from '{folder}/checked/suspicions/*.parquet' "  # noqa: S608
        "where certain = 1"
    ).fetchall()
    found = Counter((b, r.partition(":")[0], code_of(r), w) for b, r, w in said)
    lines = []
    for item, code in sorted({key[1:3] for key in planted | found}):
        own, told = (_of(rows, item, code) for rows in (planted, found))
        lines.append({"name": f"{item} {code}", "value": _told(own, told)})
    rules = engine.catalogue(parquet.about(folder).catalogue).rules()
    tried = {code for _, _, code, _ in planted}
    untried = {code_of(rule.id) for rule in rules} - tried
    return [
        *lines,
        {"name": "all", "value": _told(planted, found)},
        {"name": "rules planted", "value": f"{len(tried)}"},
        {"name": "rules not planted", "value": "、".join(sorted(untried)) or "none"},
    ]


def _of(rows: Counter[Any], item: str, code: str) -> Counter[Any]:
    return Counter({key: n for key, n in rows.items() if key[1:3] == (item, code)})


def _told(planted: Counter[Any], found: Counter[Any]) -> str:
    right = (planted & found).total()
    recall = right / planted.total() if planted else 1.0
    precision = right / found.total() if found else 1.0
    return (
        f"planted {planted.total()}, found {found.total()}, recall {recall:.3f}, precision "
        f"{precision:.3f}"
    )
