"""What faults in minutes are planted with: one meeting otherwise, a year of meetings, who came and
who stayed away.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from lab.faults.altering import NotHereError
from taizhang.demo import words
from taizhang.demo.faults.meetings import ITEM, collecting, pick
from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found
from taizhang.demo.minutes import Held
from taizhang.demo.records import Ledgers

ASSEMBLY, COMMITTEE, GROUP, LECTURE = "members_assembly", "committee_meeting", "group_meeting", "party_lecture"  # fmt: skip


def told(held: Held, *codes: str) -> Found:
    """What is found in a meeting: its item, the rules and the day."""
    return [(ITEM[held.kind], code, held.row["held_on"]) for code in codes]


def minutes(change: Callable[[Held], None], *codes: str, kind: str) -> Plant:
    """One meeting is written otherwise."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        held = pick(ledgers, rng, kind)
        change(held)
        return told(held, *codes)

    return plant


def fields(kind: str, *codes: str, **changes: object) -> Plant:
    """One meeting with some fields otherwise."""
    return minutes(lambda held: held.row.update(changes), *codes, kind=kind)


def of_year(ledgers: Ledgers, kind: str, year: int, group: int = 0) -> list[Held]:
    """All meetings of one kind (and group) of a year."""
    return [
        h for h in ledgers.meetings if h.kind == kind and h.day.year == year and h.group == group
    ]


def year_of(
    ledgers: Ledgers,
    rng: random.Random,
    kind: str,
    group: int = 0,
    years: tuple[int, ...] = (2015, 2016, 2017),
) -> list[Held]:
    """All meetings of one kind (and group) of one year, none touched; they are then taken."""
    for year in rng.sample(years, len(years)):
        found = of_year(ledgers, kind, year, group)
        if found and not any(h.faulty for h in found):
            for held in found:
                held.busy = held.faulty = True
            return found
    raise NotHereError(kind)


def send_away(held: Held, name: str, reason: str) -> None:
    """Somebody who came did not, with a reason."""
    held.row["present"].remove(name)
    held.row["absent"].append([name, reason])
    held.row["present_count"] -= 1


def bring(held: Held, name: str) -> None:
    """Somebody who was away came."""
    held.row["absent"] = [a for a in held.row["absent"] if a[0] != name]
    held.row["present"].append(name)
    held.row["present_count"] += 1


def always_there(ledgers: Ledgers, year: list[Held]) -> list[str]:
    """Who was at every one of these meetings and neither led nor recorded one, nor lectured, nor
    took dues on the day.
    """
    busy = set().union(*(collecting(ledgers, h.row["held_on"]) for h in year))
    busy |= {
        n
        for h in year
        for n in (h.row["host_name"], h.row["recorder_name"], h.row.get("lecturer_name", ""))
    }
    here = set.intersection(*(set(h.row["present"]) for h in year))
    return sorted(here - busy)


def write(held: Held, shared: tuple[int, int], own: int) -> None:
    """Minutes of so many sentences that others have too, and some of their own; always the same,
    for likeness is estimated.
    """
    seed, n = shared
    rng = random.Random(own)  # noqa: S311
    held.row["discussion"] = words.passage(random.Random(seed), n) + words.passage(rng, 6)  # noqa: S311
    held.row["speeches"] = [f"{name}：{words.passage(rng, 1)}" for name in held.row["present"][:3]]
    held.row["resolutions"][0]["text"] = "认真落实本次会议要求"
