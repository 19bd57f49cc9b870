"""三会一课: how many meetings each branch held and should have held, by months or quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from taizhang.catalogue.model import Catalogue
from taizhang.checks import engine, facts
from taizhang.checks.reasons import record_links
from taizhang.checks.reasons.queries import must_have_scope, period_of
from taizhang.kernel.calendar import MONTHS, Grain, Window, in_words, label_of, windows
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs
from taizhang.rules.base import NONE, Facts, Period, Where
from taizhang.rules.due_tables import facts_of
from taizhang.rules.duty import WindowRule


@dataclass(frozen=True)
class Slot:
    """One window of the meetings matrix: how many were held and how many wanted, how many of these
    are there.
    """

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
        """Where all is there, what is more counts too; where a group lacks one, another's does not
        stand in for it.
        """
        return self.held if self.done >= self.wanted else self.done

    @property
    def mark(self) -> str:
        """What stands in the cell: held/wanted, what was held where none is wanted or not yet, or
        nothing.
        """
        return f"{self.shown}/{self.wanted}" if self.wanted else str(self.held or "")

    @property
    def gap(self) -> str:
        """What stands in a narrow cell: nothing where all is there."""
        return {"none": "缺", "one": "少"}.get(self.tone, "")

    @property
    def year(self) -> int:
        """The year that it is in."""
        return self.window.starts_on.year

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
    lately: tuple[int, int]
    """The same of the latest of the years."""


@dataclass(frozen=True)
class Meetings:
    """The matrix of one kind of meeting in one year, or in several."""

    kind: str
    label: str
    years: list[int]
    windows: list[Window]
    rows: list[MeetingsRow]
    rule: str
    """The key of the rule that asks for them; empty where none does."""

    @property
    def latest(self) -> int:
        """The year that a phone shows of several."""
        return max(self.years)

    @property
    def lacking_before(self) -> int:
        """How many gaps there are in the years that a phone does not show."""
        slots = (slot for row in self.rows for slot in row.slots if slot.year != self.latest)
        return sum(slot.gap != "" for slot in slots)

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

    @property
    def breadth(self) -> int:
        """How many columns the table has."""
        return 12 * len(self.years) + 2

    @property
    def by_quarter(self) -> bool:
        """Whether a cell is a quarter."""
        return self.windows[0].grain == "quarter"

    @cached_property
    def _cells(self) -> tuple[str, list[SafeString]]:
        """As many cells with a link as a page can carry, and the cells of each row."""
        for linked in (ALL, LATELY, GAPS):
            drawn = self._rows_with(linked)
            if sum(len(cells.encode()) for cells in drawn) <= MOST_BYTES:
                return linked, drawn
        return BARE, self._rows_with(BARE)

    def _rows_with(self, linked: str) -> list[SafeString]:
        books = [(row, reverse("checks:branch", args=[row.branch.pk])) for row in self.rows]
        return [
            format_html_join(
                "", "{}", ((self._drawn(row, one, book, linked),) for one in row.slots)
            )
            for row, book in books
        ]

    @property
    def linked(self) -> str:
        """Which cells have a link of their own; another opens by a script, or in the table of its
        year.
        """
        return self._cells[0]

    @property
    def drawn(self) -> list[tuple[MeetingsRow, str, SafeString]]:
        """Each row with the page of its branch and its cells as they stand in the table: a template
        takes several times as long.
        """
        return [
            (row, reverse("checks:branch", args=[row.branch.pk]), cells)
            for row, cells in zip(self.rows, self._cells[1], strict=True)
        ]

    def _drawn(self, row: MeetingsRow, slot: Slot, book: str, linked: str) -> SafeString:
        lacks = SafeString(" class=d-lacks" if slot.gap else "")
        wide = SafeString(f" colspan={slot.months}" if slot.months > 1 else "")
        return format_html("<td{}{}>{}", wide, lacks, self._told(row, slot, book, linked))

    def _told(self, row: MeetingsRow, slot: Slot, book: str, linked: str) -> str:
        """What stands in a cell; in a blank one, for who hears the page, behind the edge."""
        leads = linked == ALL or (linked == LATELY and slot.year == self.latest)
        said: str = slot.mark if self.year or leads else ""
        if slot.gap:
            leads = linked != BARE
            said = format_html("{} <i>{}</i>", slot.gap, slot.mark) if self.year else slot.gap
        if not said or not leads:
            return said or ("·" if slot.tone == "na" else "")
        about = "" if self.year or not slot.gap else f"{slot.words}：{slot.mark}"
        title = format_html(' title="{}"', about) if about else ""
        return format_html('<a href="{}"{}>{}</a>', self._url(row, slot, book), title, said)

    def _url(self, row: MeetingsRow, slot: Slot, book: str) -> str:
        """The records of the window; of a window without any the form, for who keeps the ledger."""
        if not self.rule:
            kind, _ = record_links.TABLES["meetings"]
            where: Where = {"kind": self.kind}
            return record_links.list_url(kind, row.branch.pk, where, slot.window.label)
        return f"{book}at/{self.rule}/{slot.window.label}/{'?new=1' * (slot.tone == 'none')}"


ALL, LATELY, GAPS, BARE = "all", "lately", "gaps", ""
"""Which cells have a link of their own: all, what lacks and the latest year (which a phone shows),
what lacks, none.
"""
MOST_BYTES = 42_000
"""So much the cells may weigh of the 60,000 of a page; what stands about them is the rest."""

MATRIX: dict[str, tuple[str, Grain]] = {
    "members_assembly": ("党员大会", "quarter"),
    "committee_meeting": ("支委会", "month"),
    "group_meeting": ("党小组会", "month"),
    "party_lecture": ("党课", "quarter"),
}


Held = tuple[int, str, int]
"""Branch, window, group or -1."""


def meetings_matrix(*, actor: Actor, kind: str, year: int, today: date) -> Meetings:
    """三会一课: branches × months or quarters of a year; how many are wanted is what the
    rule asks for.
    """
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
        rows.append(MeetingsRow(branch, slots, done, wanted, (done, wanted)))
    return Meetings(kind, label, [year], due, rows, next((rule.id for rule in rules), ""))


def of_years(*, actor: Actor, kind: str, years: list[int], today: date) -> Meetings:
    """The same through several years."""
    each = [meetings_matrix(actor=actor, kind=kind, year=year, today=today) for year in years]
    rows = [
        MeetingsRow(
            same[0].branch,
            [slot for row in same for slot in row.slots],
            sum(row.held for row in same),
            sum(row.wanted for row in same),
            same[-1].lately,
        )
        for same in zip(*(one.rows for one in each), strict=True)
    ]
    windows_ = [window for one in each for window in one.windows]
    return Meetings(kind, each[0].label, years, windows_, rows, each[-1].rule)


def _slot(
    rules: list[WindowRule], own: Facts, window: Window, period: Period, held: Mapping[Held, int]
) -> Slot:
    asked = {whose: rule.at_least for rule in rules for whose in rule.asked(own, window, period)}
    counts = {whose: held.get((own.branch_id, window.label, whose), 0) for whose in asked}
    done = sum(min(counts[whose], least) for whose, least in asked.items())
    total = held.get((own.branch_id, window.label, NONE), 0)
    return Slot(total, sum(asked.values()), done, window)


def _rules(catalogue: Catalogue, kind: str, grain: Grain) -> list[WindowRule]:
    """The rules that ask for these meetings in every window; none where the section switched them
    off.
    """
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
