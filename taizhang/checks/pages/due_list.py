"""应有清单: what was due in each month, quarter or year of the days inspected — of the branch, a group,
the members — and whether it is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import current, engine, facts
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons.queries import period_of
from taizhang.kernel.calendar import MONTHS, Window, in_words, label_of, windows
from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Organisation
from taizhang.rules.base import NONE, Facts, Period, Rule, matches
from taizhang.rules.basis import Basis
from taizhang.rules.due_tables import facts_of
from taizhang.rules.duty import OfMembers, WindowRule

LATE_AFTER = 30
"""Days after which a record that was not entered afterwards on purpose counts as late (MT.9)."""
MARKS = {
    "have": "有",
    "lacks": "缺",
    "late": "迟",
    "ahead": "·",
    "none": "—",
    "unsure": "？",
    "unchecked": "未",
}
WORDS = {
    "have": "有",
    "lacks": "缺",
    "late": "迟",
    "ahead": "未到期",
    "none": "不适用",
    "unsure": "无法判断",
    "unchecked": "未核对",
}
_RARE = ("unsure", "unchecked")
"""Told only where there are any."""

ASIDE = "疑点已由人工排除"
EVERYBODY = "每名党员"
"""Whose a duty is that everybody has; not said again where the duty says so."""


@dataclass(frozen=True)
class Cell:
    """One window: how it stands, in words, and how many months wide it is."""

    state: str
    words: str
    months: int
    mark: str
    window: str
    """What the window is called in addresses: `2016-03`, `2016-Q1`, `2016`."""

    @property
    def year(self) -> int:
        """In which it lies."""
        return int(self.window[:4])

    @property
    def is_link(self) -> bool:
        """Whether anything is to be found behind it, or to be entered."""
        return self.state != "none"

    @property
    def is_missing(self) -> bool:
        """Whether a record is still to come."""
        return self.state in ("lacks", "ahead")


@dataclass(frozen=True)
class Line:
    """One duty, of the branch or of one group, through all the windows."""

    item: str
    code: str
    says: str
    basis: Basis
    whose: str
    cells: list[Cell]
    lacking: list[str]
    """What is missing, in words: `2016年3月`."""
    rule: str = ""
    """The rule's key, for the addresses of the cells."""
    group: int = NONE
    """The group that it is asked of; -1 for the branch."""

    def of_years(self, years: Collection[int]) -> Line:
        """The same with the windows of some years."""
        cells = [cell for cell in self.cells if cell.year in years]
        return replace(self, cells=cells)


@dataclass(frozen=True)
class Expected:
    """The whole list, by item."""

    years: list[int]
    items: list[tuple[Item, list[Line]]]
    counts: dict[str, int]

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """(mark, word, how many)."""
        return [
            (MARKS[state], word, self.counts.get(state, 0))
            for state, word in WORDS.items()
            if state not in _RARE or state in self.counts
        ]


@dataclass(frozen=True)
class _Known:
    """What the branch's lines are drawn from."""

    own: Facts
    period: Period
    missing: Counter[Any]
    """(rule, window, group or -1) → how many are missing."""
    dismissed: Counter[Any]
    """The same of what a person set aside."""
    outcomes: dict[str, str]
    """Item → its verdict; none at all where the branch was not judged."""
    unsure: frozenset[str]
    """Rules that said that they cannot tell."""

    def standing(self, rule: Rule) -> str:
        """What all windows of a rule have in common: not judged, not asked of this branch, not to
        be told; else nothing.
        """
        outcome = self.outcomes.get(rule.id.partition(":")[0])
        if outcome is None:
            return "unchecked"
        if outcome == Outcome.NOT_APPLICABLE:
            return "none"
        if rule.id not in self.unsure:
            return ""
        return "none" if outcome == Outcome.OK else "unsure"


def everything(rule: Rule) -> bool:
    """Every duty."""
    del rule
    return True


def of_meetings(rule: Rule) -> bool:
    """The duties to hold a meeting."""
    windowed = rule.each_window()
    return windowed is not None and windowed.ledger == "meetings"


def expected(
    *,
    branch: Organisation,
    scope: CheckScope,
    today: date,
    item: str = "",
    items: Iterable[Item] | None = None,
    only: Callable[[Rule], bool] = everything,
) -> Expected:
    """Every duty of every item, or of some or one, asked of the rules themselves."""
    shown = engine.catalogue(scope.catalogue).items if items is None else items
    asked = [
        (one, [rule for rule in one.rules if _is_duty(rule) and only(rule)])
        for one in shown
        if item in ("", one.id)
    ]
    known = _known(branch, [rule for _, rules in asked for rule in rules], scope, today)
    found, counts = [], Counter[str]()
    for one, rules in asked:
        lines = [line for rule in rules for line in _lines(rule, known)]
        counts.update(cell.state for line in lines for cell in line.cells)
        if lines:
            found.append((one, lines))
    years = list(range(scope.from_on.year, scope.to_on.year + 1))
    return Expected(years, found, dict(counts))


def _known(branch: Organisation, duties: list[Rule], scope: CheckScope, today: date) -> _Known:
    own = facts.of_branch(branch.pk, {"branches", "groups"}.union(*map(facts_of, duties)))
    groups = {rule.id for rule in duties if rule.asked_of() == "group"}
    missing, dismissed = Counter[Any](), Counter[Any]()
    by, unsure = current.mark_of(scope), set[str]()
    for rule, window, other, aside, certain in _SAID(branch.pk, by, *(r.id for r in duties)):
        if certain:
            counted = missing if aside is None else dismissed
            counted[rule, window, other if rule in groups else NONE] += 1
        else:
            unsure.add(rule)
    outcomes = dict(_OUTCOMES(branch.pk, by))
    return _Known(own, period_of(scope, today), missing, dismissed, outcomes, frozenset(unsure))


_SAID: Question[tuple[str, str, int, int | None, bool]] = Question(
    lambda branch, by, *rules: (
        current.suspicions_by(by)
        .filter(branch=branch, rule__in=rules)
        .values_list("rule", "window", "other", "dismissal", "certain")
    )
)
_OUTCOMES: Question[tuple[str, str]] = Question(
    lambda branch, by: current.verdicts_by(by).filter(branch=branch).values_list("item", "outcome")
)


def _years(period: Period) -> tuple[date, date]:
    """From the first to the last day of the years that the period touches, so that every line has
    the same columns.
    """
    return date(period.from_on.year, 1, 1), date(period.to_on.year, 12, 31)


def _is_duty(rule: Rule) -> bool:
    return bool(rule.each_window() or rule.each_member())


def _lines(rule: Rule, known: _Known) -> Iterator[Line]:
    if windowed := rule.each_window():
        yield from _of_windows(windowed, known)
    elif members := rule.each_member():
        yield from _of_members(members, known)


def _inside(rule: Rule, window: Window, period: Period, due_on: str = "starts_on") -> bool:
    """Whether the whole window is inspected, and the rule was in force when it was due."""
    within = period.from_on <= window.starts_on and window.ends_on <= period.to_on
    return within and rule.runs_on(getattr(window, due_on))


def _of_windows(rule: WindowRule, known: _Known) -> Iterator[Line]:
    """The branch's line, or one for each group that was asked in any window."""
    all_windows = list(windows(rule.every, *_years(known.period)))
    untold = {NONE} if rule.is_untold(known.own) else None
    asked = [
        (untold or set(rule.whose(known.own, w))) if _inside(rule, w, known.period) else set[int]()
        for w in all_windows
    ]
    names = {group.id: group.name for group in known.own.rows("groups")}
    for whose in sorted(set().union(*asked)):
        states = [
            _state(rule, w, known, whose) if whose in due else "none"
            for w, due in zip(all_windows, asked, strict=True)
        ]
        cells = [
            _cell(rule, w, state, aside=known.dismissed[rule.id, w.label, whose])
            for w, state in zip(all_windows, states, strict=True)
        ]
        yield _line(rule, names.get(whose, ""), all_windows, cells, whose)


def _cell(rule: WindowRule, window: Window, state: str, *, aside: int) -> Cell:
    told = ASIDE if aside and state == "none" else WORDS[state]
    words = f"{in_words(window.label)}：{told}"
    return Cell(state, words, MONTHS[rule.every], MARKS[state], window.label)


def _state(rule: WindowRule, window: Window, known: _Known, whose: int) -> str:
    """How a window stands that was asked of the branch or the group."""
    key, standing = (rule.id, window.label, whose), known.standing(rule)
    if standing == "none" or known.dismissed[key]:
        return "none"
    if known.missing[key]:
        return "lacks"
    enough = rule.count(known.own, window.label, whose) >= rule.at_least
    if not enough and not rule.is_due(window, known.period):
        return "ahead"
    return standing or ("late" if _all_late(rule, known.own, window, whose) else "have")


def _all_late(rule: WindowRule, own: Facts, window: Window, whose: int) -> bool:
    """Every record of the window was entered more than a month after its day, and not as one of the
    past.
    """
    key = ("late", rule.id)
    if key not in own.memo:
        own.memo[key] = _late(rule, own)
    return bool(own.memo[key].get((window.label, whose)))


def _late(rule: WindowRule, own: Facts) -> dict[tuple[str, int], bool]:
    """Window, group or -1 → whether all its records were late: one walk through the records for all
    windows.
    """
    of_groups, found = rule.asked_of() == "group", dict[tuple[str, int], bool]()
    for row in own.rows(rule.ledger):
        day = getattr(row, rule.day)
        if day is None or not matches(row, rule.where):
            continue
        at = (label_of(rule.every, day), row.group_id if of_groups else NONE)
        live = getattr(row, "entry_mode", "") == "live"
        late = live and (row.recorded_on - day).days > LATE_AFTER
        found[at] = late and found.get(at, True)
    return found


def _of_members(duty: OfMembers, known: _Known) -> Iterator[Line]:
    """One line for all members: of how many it was due, and of how many it is missing."""
    rule, due = duty.rule, duty.counts(known.own, known.period)
    all_windows = list(windows(duty.every, *_years(known.period)))
    if not any(_inside(rule, window, known.period, duty.due_on) for window in all_windows):
        return
    cells = []
    for window in all_windows:
        asked, lacks = due[window.label], known.missing[rule.id, window.label, NONE]
        state = _state_of_members(duty, window, known, asked=asked, lacks=lacks)
        told = f"应{asked}人，缺{lacks}人" if asked else WORDS[state]
        if aside := known.dismissed[rule.id, window.label, NONE]:
            told += f"，另{aside}人的{ASIDE}"
        mark = f"缺{lacks}" if lacks else MARKS[state]
        words = f"{in_words(window.label)}：{told}"
        cells.append(Cell(state, words, MONTHS[duty.every], mark, window.label))
    whose = "" if EVERYBODY in rule.says else EVERYBODY
    yield _line(rule, whose, all_windows, cells)


def _state_of_members(
    duty: OfMembers, window: Window, known: _Known, *, asked: int, lacks: int
) -> str:
    """A window that is not over, or after which the rule still waits, is not due."""
    rule, period = duty.rule, known.period
    standing = known.standing(rule)
    lived = known.own.lived_through(window) and _inside(rule, window, period, duty.due_on)
    if standing == "none" or not (asked or lived):
        return "none"
    waited = (period.on - getattr(window, duty.due_on)).days
    if lacks:
        return "lacks"
    if window.ends_on > period.last or waited < duty.settle:
        return "ahead"
    return standing or ("have" if asked else "none")


def _line(
    rule: Rule, whose: str, known: Iterable[Window], cells: list[Cell], group: int = NONE
) -> Line:
    lacking = [
        in_words(w.label) for w, cell in zip(known, cells, strict=True) if cell.state == "lacks"
    ]
    item, code = rule.id.partition(":")[0], code_of(rule.id)
    return Line(item, code, rule.says, rule.rests_on(), whose, cells, lacking, rule.id, group)
