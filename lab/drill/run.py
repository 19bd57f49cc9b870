"""Make a fault, ask, tell."""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import ExitStack

from lab.drill import faults, places, processes

NEED_POSTGRES = tuple(name for name, (place, _) in faults.KINDS.items() if place == "postgres")


def kinds_of(asked: Sequence[str]) -> list[str]:
    """The kinds that take turns; of all, those that need a PostgreSQL of one's own only where DATABASE_URL names one."""
    if "all" not in asked:
        return list(asked)
    reached = "DATABASE_URL" in os.environ
    return [name for name in faults.KINDS if reached or name not in NEED_POSTGRES]


def main(argv: Sequence[str] | None = None) -> int:
    """So many faults of a kind, or of each in turn."""
    parser = argparse.ArgumentParser(prog="python -m lab drill", description=processes.__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=(*faults.KINDS, "all"), action="append")
    asked = parser.parse_args(argv)
    kinds = kinds_of(asked.kind or ["writer"])
    if set(kinds) & set(NEED_POSTGRES) and "DATABASE_URL" not in os.environ:
        parser.error("this kind needs DATABASE_URL; see tools/on_postgres.sh")
    os.umask(0o077)
    draw = random.Random(asked.seed)  # noqa: S311
    counted: Counter[str] = Counter()
    opened: dict[str, places.Drill] = {}
    with ExitStack() as stack:
        for kill in range(1, asked.kills + 1):
            kind = kinds[kill % len(kinds)]
            name = faults.KINDS[kind][0]
            if name not in opened:
                opened[name] = stack.enter_context(places.opened(name, draw))
            wrong = _done(kind, opened[name], counted)
            if wrong:
                print(f"after {kind} {kill}:\n{wrong}")
                return 1
    done = ", ".join(f"{name} {n}" for name, n in counted.items())
    acts = sum(len(place.told) for place in opened.values())
    print(f"{asked.kills} faults ({done}), {acts} acknowledged acts: each there once and whole")
    return 0


def _done(kind: str, place: places.Drill, counted: Counter[str]) -> str:
    """One fault, and what is wrong after it; a doctor who names what the drill itself is the cause of is right."""
    said = faults.KINDS[kind][1](place)
    counted[kind] += 1
    counted["refused"] += sum(line.startswith("refused") for line in said)
    place.told.extend(line for line in said if not line.startswith(("refused", "bare")))
    place.caused.update(
        {"clock": {"时钟"}, "full": {"磁盘空间"}, "words": {"磁盘空间"}}.get(kind, ())
    )
    bare = [line for line in said if line.startswith("bare")]
    return "\n".join(bare) or _wrong(place.env, place.told, place.caused)


_NOBODY_WORKS = "任务等了"
"""Between two faults of a place no worker runs there: in a long drill its jobs wait."""


def _wrong(env: dict[str, str], told: list[str], caused: Collection[str] = ()) -> str:
    """What is not as it was acknowledged, and what the doctor finds, but for what the drill itself caused."""
    lost = processes.python(env, processes.ASK, "\n".join(told).encode())
    if lost:
        return lost
    told = processes.doctor(env).splitlines()
    faulty = [line for line in told if line.startswith("✗") and _NOBODY_WORKS not in line]
    return "\n".join(line for line in faulty if not any(word in line for word in caused))
