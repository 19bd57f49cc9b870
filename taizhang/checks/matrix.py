"""三会一课: how many meetings each branch held and should have held, by months or quarters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taizhang.checks.queries import must_have_scope, period_of
from taizhang.kernel.calendar import Grain, Window, in_words, windows
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs import queries as orgs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import CommitteeTerm, Organisation, PartyGroup
from taizhang.rules.base import Period


@dataclass(frozen=True)
class Slot:
    """One window of the meetings matrix: how many were held, how many wanted."""

    held: int
    wanted: int
    window: str

    @property
    def tone(self) -> str:
        """Gaps are tinted, done is white."""
        if not self.wanted or self.held >= self.wanted:
            return "done" if self.wanted or self.held else "na"
        return "none" if self.held == 0 else "one"


@dataclass(frozen=True)
class MeetingsRow:
    """One branch of the meetings matrix."""

    branch: Organisation
    slots: list[Slot]
    held: int
    wanted: int


MATRIX: dict[str, tuple[str, Grain]] = {
    "members_assembly": ("党员大会", "quarter"),
    "committee_meeting": ("支委会", "month"),
    "group_meeting": ("党小组会", "month"),
    "party_lecture": ("党课", "quarter"),
}


def meetings_matrix(
    *, actor: Actor, kind: str, year: int, today: date
) -> tuple[list[Window], list[MeetingsRow]]:
    """三会一课: branches × months or quarters of a year."""
    period = period_of(must_have_scope(), today)
    grain = MATRIX[kind][1]
    due = list(windows(grain, date(year, 1, 1), date(year, 12, 31)))
    branches = list(orgs.branches(actor))
    held = _held(branches, kind, year, grain)
    lives = _lives(branches, kind)
    rows = []
    for branch in branches:
        slots = [
            Slot(
                held.get((branch.pk, at), 0),
                _wanted(branch, kind, w, period, lives.get(branch.pk, [])),
                in_words(w.label),
            )
            for at, w in enumerate(due)
        ]
        wanted = sum(slot.wanted for slot in slots)
        done = sum(min(slot.held, slot.wanted) for slot in slots)
        rows.append(MeetingsRow(branch, slots, done, wanted))
    return due, rows


def _held(
    branches: list[Organisation], kind: str, year: int, grain: Grain
) -> dict[tuple[int, int], int]:
    rows = Meeting.objects.current().filter(
        branch__in=branches,
        kind=kind,
        held_on__gte=date(year, 1, 1),
        held_on__lte=date(year, 12, 31),
    )
    counts: dict[tuple[int, int], int] = {}
    for branch, day in rows.values_list("branch_id", "held_on"):
        at = (branch, (day.month - 1) // (3 if grain == "quarter" else 1))
        counts[at] = counts.get(at, 0) + 1
    return counts


Life = tuple[date, date | None]


def _lives(branches: list[Organisation], kind: str) -> dict[int, list[Life]]:
    """The times of the committees or groups that the meetings are due of."""
    found: dict[int, list[Life]] = {}
    if kind == "committee_meeting":
        rows = CommitteeTerm.objects.current().filter(branch__in=branches)
        spells = rows.values_list("branch_id", "started_on", "ended_on")
    elif kind == "group_meeting":
        groups = PartyGroup.objects.current().filter(branch__in=branches)
        spells = groups.values_list("branch_id", "valid_from", "valid_to")
    else:
        return {b.pk: [(b.established_on, b.dissolved_on)] for b in branches}
    for branch, first, last in spells:
        found.setdefault(branch, []).append((first, last))
    return found


def _wanted(
    branch: Organisation, kind: str, window: Window, period: Period, lives: list[Life]
) -> int:
    if window.ends_on > period.last or window.starts_on < period.from_on:
        return 0
    if branch.established_on > window.starts_on or (
        branch.dissolved_on and branch.dissolved_on <= window.ends_on
    ):
        return 0
    alive = sum(
        first <= window.starts_on and (last is None or last > window.ends_on)
        for first, last in lives
    )
    return alive if kind == "group_meeting" else min(alive, 1)
