"""Who gets which fault: each is planted once in a district, a few in each branch."""

from __future__ import annotations

import random

from lab.faults import (
    admissions,
    dues,
    education,
    elections,
    files,
    life,
    meetings,
    papers,
    votes,
)
from taizhang.demo.faults import forged as fault_forged
from taizhang.demo.faults import meetings as fault_meetings
from taizhang.demo.faults import more as fault_more
from taizhang.demo.faults import records as fault_records
from taizhang.demo.faults.planted import Plant, planted
from taizhang.demo.faults.records import Found
from taizhang.demo.records import Ledgers
from taizhang.demo.world import Branch

MOST = 12
"""In one branch."""
_ENOUGH = 4
"""Of so many branches two can bear what they share."""


_COMMON: tuple[Plant, ...] = (
    fault_records.no_document, fault_records.no_division, fault_records.told_late, fault_more.expired_letter,
    fault_more.no_receipt, fault_meetings.former_member, fault_forged.letter_beyond_payment,
)  # fmt: skip
"""Faults of the demo that the bad branches, which have nearly all of those, may lack."""


class Dealer:
    """What is still to be planted in a district."""

    def __init__(self, branches: int) -> None:
        """Two branches can have something in common, one cannot."""
        of_two = files.in_two() if branches >= _ENOUGH else []
        self.waiting: list[Plant] = [
            *of_two,
            *education.OF_FEW,
            *life.OF_FEW,
            *admissions.ALL,
            *elections.ALL,
            *papers.ALL,
            *education.ALL,
            *dues.ALL,
            *life.ALL,
            *meetings.ALL,
            *votes.ALL,
            *files.ALL,
            *_COMMON,
        ]
        self.small: list[Plant] = [papers.of_a_small_branch]

    def wants_small(self, branch: Branch) -> bool:
        """Whether a branch should be of so few that what is asked of those can be planted in it."""
        return bool(self.small) and branch.kindergarten and branch.temper != "bad"

    def plant(self, ledgers: Ledgers, rng: random.Random) -> Found:
        """As many as one branch can bear, of those that can lie in it."""
        if not ledgers.branch.groups:
            return self._take(self.small, ledgers, rng, 1)
        return self._take(self.waiting, ledgers, rng, MOST)

    def _take(self, waiting: list[Plant], ledgers: Ledgers, rng: random.Random, most: int) -> Found:
        found: Found = []
        taken: list[Plant] = []
        for plant in list(waiting):
            if len(taken) < most and plant not in taken:
                said = planted([plant], ledgers, rng)
                if said:
                    taken.append(plant)
                    waiting.remove(plant)
                    found += said
        return found
