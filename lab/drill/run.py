"""Make a fault, ask, tell."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack

from lab.drill import faults, places

ABOUT = "Faults on purpose, and after each the question whether all that was acknowledged is there."
NEED_POSTGRES = tuple(name for name, (place, _) in faults.KINDS.items() if place == "postgres")
EVERY = 25
"""So many faults after another of one place, and at its end, the doctor goes through everything."""
ON_BOTH = "folder"
"""What happens there happens every other time on the PostgreSQL that DATABASE_URL names."""


def kinds_of(asked: Sequence[str]) -> list[str]:
    """The kinds that take turns; of all, those that need a PostgreSQL of one's own only where
    DATABASE_URL names one.
    """
    if "all" not in asked:
        return list(asked)
    reached = "DATABASE_URL" in os.environ
    return [name for name in faults.KINDS if reached or name not in NEED_POSTGRES]


def main(argv: Sequence[str] | None = None) -> int:
    """So many faults of a kind, or of each in turn."""
    parser = argparse.ArgumentParser(prog="python -m lab drill", description=ABOUT)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=(*faults.KINDS, "all"), action="append")
    asked = parser.parse_args(argv)
    kinds = kinds_of(asked.kind or ["writer"])
    if set(kinds) & set(NEED_POSTGRES) and "DATABASE_URL" not in os.environ:
        parser.error("this kind needs DATABASE_URL; see tools/on_postgres.sh")
    os.umask(0o077)
    began = time.monotonic()
    with ExitStack() as stack:
        drill = _Run(stack, random.Random(asked.seed))  # noqa: S311
        for kill in range(asked.kills):
            kind = kinds[kill % len(kinds)]
            wrong = drill.does(kind, kill // len(kinds))
            if wrong:
                print(f"after {kind} {kill + 1} of seed {asked.seed}:\n{wrong}")
                return 1
            if (kill + 1) % EVERY == 0:
                print(f"{kill + 1} of {asked.kills}", file=sys.stderr)
        if wrong := drill.everything():
            print(f"at the end of seed {asked.seed}:\n{wrong}")
            return 1
    print(drill.told())
    print(
        f"{_used() / max(1, asked.kills):.2f} CPU s a fault, {time.monotonic() - began:.0f} s "
        "in all"
    )
    return 0


def _used() -> float:
    """Seconds of a processor that the drill and its processes took."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


class _Run:
    """The places that were opened, and what was counted."""

    def __init__(self, stack: ExitStack, draw: random.Random) -> None:
        self._stack, self._draw = stack, draw
        self._opened: dict[str, places.Drill] = {}
        self._counted: Counter[str] = Counter()

    def does(self, kind: str, turn: int) -> str:
        """One fault, and what is wrong after it."""
        name, do = faults.KINDS[kind]
        if name == ON_BOTH and turn % 2 and "DATABASE_URL" in os.environ:
            name = "postgres"
        if name not in self._opened:
            self._opened[name] = self._stack.enter_context(places.opened(name, self._draw))
        place = self._opened[name]
        said = do(place)
        self._counted[f"{kind} on {name}"] += 1
        self._counted["refused"] += sum(line.startswith("refused") for line in said)
        place.faults += 1
        place.caused.update(
            {"clock": {"时钟"}, "full": {"磁盘空间"}, "words": {"磁盘空间"}}.get(kind, ())
        )
        if bare := [line for line in said if line.startswith("bare")]:
            return "\n".join(bare)
        kept = [line for line in said if not line.startswith("refused")]
        place.told += kept
        return _since(place, kept) or (_all(place) if place.faults % EVERY == 0 else "")

    def everything(self) -> str:
        """What is wrong in any place, all of it looked at once more."""
        return "\n".join(filter(None, map(_all, self._opened.values())))

    def told(self) -> str:
        """What was done."""
        done = ", ".join(f"{name} {n}" for name, n in sorted(self._counted.items()))
        acts = sum(len(place.told) for place in self._opened.values())
        n = sum(place.faults for place in self._opened.values())
        cut = sum(place.cut for place in self._opened.values())
        return (
            f"{n} faults ({done}, jobs cut off {cut}), {acts} acknowledged acts: each there "
            "once and whole"
        )


def _since(place: places.Drill, said: Sequence[str]) -> str:
    """What is not as it was acknowledged, and what of all that was written since the last time is
    not whole.
    """
    asked = json.dumps({"said": said, "looked": place.looked}).encode()
    found = json.loads(place.parent.does("ask", asked))
    place.looked = found["looked"]
    return "\n".join(found["wrong"])


def _all(place: places.Drill) -> str:
    """The same from the beginning, and what the doctor finds, but for what the drill
    itself caused.
    """
    place.looked = {}
    return _since(place, place.told) or _ill(place)


_NOBODY_WORKS = "任务等了"
"""Between two faults of a place no worker runs there: in a long drill its jobs wait."""


def _ill(place: places.Drill) -> str:
    told = place.parent.does("doctor", fails=True).splitlines()
    faulty = [line for line in told if line.startswith("✗") and _NOBODY_WORKS not in line]
    return "\n".join(line for line in faulty if not any(word in line for word in place.caused))
