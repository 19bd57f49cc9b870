"""Make a fault, ask, tell."""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lab.drill import faults, processes

ALL = ("writer", "site", "clock", "full", "shut", "torn")
"""What any machine can do; `backend` needs a PostgreSQL of one's own."""


def main(argv: Sequence[str] | None = None) -> int:
    """So many faults of a kind, or of each in turn."""
    parser = argparse.ArgumentParser(prog="python -m lab drill", description=processes.__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=(*faults.KINDS, "all"), default="writer")
    asked = parser.parse_args(argv)
    os.umask(0o077)
    draw = random.Random(asked.seed)  # noqa: S311
    kinds = ALL if asked.kind == "all" else (asked.kind,)
    more = {"DATABASE_URL": os.environ["DATABASE_URL"]} if asked.kind == "backend" else {}
    told: list[str] = []
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as named:
        env = processes.about(Path(named), **more)
        processes.python(env, processes.PREPARE)
        for kill in range(1, asked.kills + 1):
            kind = kinds[kill % len(kinds)]
            said = faults.KINDS[kind](faults.Drill(Path(named), env, draw))
            told += [line for line in said if not line.startswith("refused")]
            counted[kind] += 1
            counted["refused"] += sum(line.startswith("refused") for line in said)
            wrong = _wrong(env, told, clock=asked.kind in ("clock", "all"))
            if wrong:
                print(f"after {kind} {kill}:\n{wrong}")
                return 1
    done = ", ".join(f"{name} {n}" for name, n in counted.items())
    print(
        f"{asked.kills} faults ({done}), {len(told)} acknowledged acts: each there once and whole"
    )
    return 0


def _wrong(env: dict[str, str], told: list[str], *, clock: bool) -> str:
    """What is not as it was acknowledged, and what the doctor finds; that the clock went back he may say, where it did."""
    lost = processes.python(env, processes.ASK, "\n".join(told).encode())
    if lost:
        return lost
    faulty = [line for line in processes.doctor(env).splitlines() if line.startswith("✗")]
    return "\n".join(line for line in faulty if not (clock and "时钟" in line))
