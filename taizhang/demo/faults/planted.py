"""Faults planted in the invented ledgers. Each says what a careful reader must find; nothing here
asks the rules.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from taizhang.demo.faults import files as fault_files
from taizhang.demo.faults import forged as fault_forged
from taizhang.demo.faults import meetings as fault_meetings
from taizhang.demo.faults import more as fault_more
from taizhang.demo.faults import records as fault_records
from taizhang.demo.records import Ledgers
from taizhang.demo.world import Branch


@dataclass(frozen=True)
class Planted:
    """What must be found: the item, the rule's name and the window."""

    branch: str
    item: str
    code: str
    window: str
    rests_on: str = ""
    """The day of the earlier record that the fault rests on; without it in the period nothing is to
    be found.
    """


Found = list[tuple[str, ...]]
Plant = Callable[[Ledgers, random.Random], Found]


class Dealer(Protocol):
    """Who plants other faults in the branches that are not bad; the demo itself has none."""

    def wants_small(self, branch: Branch) -> bool:
        """Whether a branch should be of so few that what is asked of those can be planted in it."""

    def plant(self, ledgers: Ledgers, rng: random.Random) -> Found:
        """What must be found in a branch after its faults were planted."""


def planted(chosen: Sequence[Plant], ledgers: Ledgers, rng: random.Random) -> Found:
    """What the faults that can lie in a branch ask to be found; the others, which look before they
    alter, are left out.
    """
    found: Found = []
    for plant in chosen:
        with suppress(LookupError, StopIteration):
            found += plant(ledgers, rng)
    return found


MINOR: tuple[Plant, ...] = (
    fault_meetings.no_assembly, fault_meetings.no_committee, fault_meetings.no_group, fault_meetings.no_lecture, fault_meetings.no_host, fault_meetings.no_reason, fault_meetings.miscounted, fault_meetings.wrong_expected, fault_meetings.recorder_absent,
    fault_meetings.strange_host, fault_meetings.copied, fault_meetings.too_early, fault_meetings.on_holiday, fault_meetings.on_weekend, fault_meetings.short_lecture, fault_meetings.no_sheet, fault_meetings.half_present, fault_meetings.votes_do_not_add_up,
    fault_meetings.four_fifths, fault_meetings.no_owner, fault_meetings.not_reported, fault_meetings.gap_in_numbers, fault_records.unpaid, fault_records.underpaid, fault_records.overpaid, fault_records.paid_late, fault_records.receipt_twice, fault_records.receipt_out_of_order, fault_meetings.one_speaker, fault_records.all_at_once,
    fault_records.wrong_rate, fault_records.not_published, fault_records.taken_down, fault_records.no_document, fault_records.placeholder, fault_records.other_school, fault_records.no_publicity, fault_records.chart_stale, fault_records.no_division,
    fault_records.told_late, fault_records.same_talk, fault_records.no_talk, fault_records.no_plan, fault_meetings.former_member, fault_records.thin,
    *fault_more.ALL, *fault_forged.ALL, *fault_files.ALL,
)  # fmt: skip
