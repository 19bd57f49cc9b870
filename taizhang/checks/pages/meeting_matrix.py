"""三会一课: how many meetings each branch held and should have held, by months or quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.catalogue.model import Catalogue
from taizhang.checks import engine, facts
from taizhang.checks.reasons.queries import must_have_scope, period_of
from taizhang.kernel.calendar import MONTHS, Grain, Window, in_words, label_of, windows
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs
from taizhang.rules.base import NONE, Facts, Period
from taizhang.rules.due_tables import facts_of
from taizhang.rules.duty import WindowRule


@dataclass(frozen=True)
class Slot:
    """One window of the meetings matrix: how many were held and how many wanted, how many of these are there."""

    held: int
    wanted: int
    done: int
    window: Window

    @property
    def words(self) -> str:
        """The window in words."""
        return in_words(self.window.label)

    @property
    def shown(self) -> int:
        """Where all is there, what is more counts too; where a group lacks one, another's does not stand in for it."""
        return self.held if self.done >= self.wanted else self.done

    @property
    def mark(self) -> str:
        """What stands in the cell: held/wanted, or nothing."""
        return f"{self.shown}/{self.wanted}" if self.wanted or self.held else ""

    @property
    def gap(self) -> str:
        """What stands in a narrow cell: nothing where all is there."""
        return {"none": "缺", "one": "少"}.get(self.tone, "")

    @property
    def months(self) -> int:
        """How wide it is."""
        return MONTHS[self.window.grain]

    @property
    def tone(self) -> str:
        """Gaps are tinted, done is white."""
        if self.done >= self.wanted:
            return "done" if self.wanted or self.held else "na"
        return "one" if self.done else "none"


@dataclass(frozen=True)
class MeetingsRow:
    """One branch of the meetings matrix."""

    branch: Organisation
    slots: list[Slot]
    held: int
    wanted: int


@dataclass(frozen=True)
class Meetings:
    """The matrix of one kind of meeting in one year."""

    kind: str
    label: str
    years: list[int]
    windows: list[Window]
    rows: list[MeetingsRow]

    @property
    def year(self) -> int:
        """The one year that is shown; 0 for several."""
        return self.years[0] if len(self.years) == 1 else 0

    @property
    def title(self) -> str:
        """What is shown, in words."""
        return f"{self.label}{self.year or f'{self.years[0]}—{self.years[-1]}'}"

    @property
    def months(self) -> range:
        """Of each year."""
        return range(1, 13)


MATRIX: dict[str, tuple[str, Grain]] = {
    "members_assembly": ("党员大会", "quarter"),
    "committee_meeting": ("支委会", "month"),
    "group_meeting": ("党小组会", "month"),
    "party_lecture": ("党课", "quarter"),
}


Held = tuple[int, str, int]
"""Branch, window, group or -1."""


def meetings_matrix(*, actor: Actor, kind: str, year: int, today: date) -> Meetings:
    """三会一课: branches × months or quarters of a year; how many are wanted is what the rule asks for."""
    scope = must_have_scope()
    period, (label, grain) = period_of(scope, today), MATRIX[kind]
    due = list(windows(grain, date(year, 1, 1), date(year, 12, 31)))
    branches = orgs.as_called(orgs.branches(actor), scope.on)
    held = _held(branches, kind, year, grain)
    rules = _rules(engine.catalogue(scope.catalogue), kind, grain)
    own = _facts(rules, [branch.pk for branch in branches])
    rows = []
    for branch in branches:
        slots = [_slot(rules, own[branch.pk], window, period, held) for window in due]
        done, wanted = sum(slot.done for slot in slots), sum(slot.wanted for slot in slots)
        rows.append(MeetingsRow(branch, slots, done, wanted))
    return Meetings(kind, label, [year], due, rows)


def of_years(*, actor: Actor, kind: str, years: list[int], today: date) -> Meetings:
    """The same through several years."""
    each = [meetings_matrix(actor=actor, kind=kind, year=year, today=today) for year in years]
    rows = [
        MeetingsRow(
            same[0].branch,
            [slot for row in same for slot in row.slots],
            sum(row.held for row in same),
            sum(row.wanted for row in same),
        )
        for same in zip(*(one.rows for one in each), strict=True)
    ]
    windows_ = [window for one in each for window in one.windows]
    return Meetings(kind, each[0].label, years, windows_, rows)


def _slot(
    rules: list[WindowRule], own: Facts, window: Window, period: Period, held: Mapping[Held, int]
) -> Slot:
    asked = {whose: rule.at_least for rule in rules for whose in rule.asked(own, window, period)}
    counts = {whose: held.get((own.branch_id, window.label, whose), 0) for whose in asked}
    done = sum(min(counts[whose], least) for whose, least in asked.items())
    total = held.get((own.branch_id, window.label, NONE), 0)
    return Slot(total, sum(asked.values()), done, window)


def _rules(catalogue: Catalogue, kind: str, grain: Grain) -> list[WindowRule]:
    """The rules that ask for these meetings in every window; none where the section switched them off."""
    wanted = ("meetings", {"kind": kind}, grain)
    duties = filter(None, (rule.each_window() for rule in catalogue.rules()))
    return [rule for rule in duties if (rule.ledger, rule.where, rule.every) == wanted]


def _facts(rules: list[WindowRule], branches: list[int]) -> dict[int, Facts]:
    """Of each branch what says since when it, its committee or its groups are there."""
    names = {"branches"}.union(*map(facts_of, rules)) - {"meetings"}
    one = branches[0] if len(branches) == 1 else None
    everybody = facts.sliced(facts.Slice(one), names)
    tables = {name: everybody.index(name, "branch_id") for name in names}
    return {
        key: Facts(key, {name: rows.get((key,), ()) for name, rows in tables.items()})
        for key in branches
    }


def _held(branches: list[Organisation], kind: str, year: int, grain: Grain) -> Counter[Held]:
    """How many meetings were held in each window: of the branch (-1) all, of a group its own."""
    rows = Meeting.objects.current().filter(branch__in=branches, kind=kind, held_on__year=year)
    counts: Counter[Held] = Counter()
    for branch, day, group in rows.values_list("branch_id", "held_on", "group_id"):
        label = label_of(grain, day)
        counts.update((branch, label, whose) for whose in {NONE, NONE if group is None else group})
    return counts
