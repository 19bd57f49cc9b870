"""应有清单: what was due in each month, quarter or year of the days inspected — of the branch, a group, the members — and whether it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import engine, facts
from taizhang.checks.models import CheckScope, SuspicionRow
from taizhang.checks.queries import period_of
from taizhang.kernel.calendar import MONTHS, Grain, Window, in_words, label_of, windows
from taizhang.orgs.models import Organisation
from taizhang.rules.base import NONE, Facts, Period, Rule, matches
from taizhang.rules.kinds.each_has import EachHas
from taizhang.rules.kinds.periodic import Periodic
from taizhang.rules.populations import facts_of, population

LATE_AFTER = 30
"""Days after which a record that was not entered afterwards on purpose counts as late (MT.9)."""
MARKS = {"have": "有", "lacks": "缺", "late": "迟", "ahead": "·", "none": "—"}
WORDS = {"have": "有", "lacks": "缺", "late": "迟", "ahead": "未到期", "none": "不适用"}


@dataclass(frozen=True)
class Cell:
    """One window: how it stands, in words, and how many months wide it is."""

    state: str
    words: str
    months: int
    mark: str


@dataclass(frozen=True)
class Line:
    """One duty, of the branch or of one group, through all the windows."""

    item: str
    code: str
    says: str
    basis: str
    whose: str
    cells: list[Cell]
    lacking: list[str]
    """What is missing, in words: `2016年3月`."""

    @property
    def many(self) -> bool:
        """Whether it has too many windows for a narrow screen."""
        return len(self.cells) > 20


@dataclass(frozen=True)
class Expected:
    """The whole list, by item."""

    years: list[int]
    items: list[tuple[Item, list[Line]]]
    counts: dict[str, int]

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """(mark, word, how many)."""
        return [(MARKS[state], word, self.counts.get(state, 0)) for state, word in WORDS.items()]


def expected(*, branch: Organisation, scope: CheckScope, today: date) -> Expected:
    """Every duty of every item, asked of the rules themselves."""
    period, catalogue = period_of(scope, today), engine.catalogue(scope.catalogue)
    asked = [(item, [rule for rule in item.rules if _is_duty(rule)]) for item in catalogue.items]
    duties = [rule for _, rules in asked for rule in rules]
    own = facts.of_branch(branch.pk, {"branches", "groups"}.union(*map(facts_of, duties)))
    rows = SuspicionRow.objects.open().filter(
        branch=branch, certain=True, rule__in=[r.id for r in duties]
    )
    groups = {rule.id for rule in duties if getattr(rule, "per", "") == "group"}
    missing = Counter((r.rule, r.window, r.other if r.rule in groups else NONE) for r in rows)
    items, counts = [], Counter[str]()
    for item, rules in asked:
        lines = [line for rule in rules for line in _lines(rule, own, period, missing)]
        counts.update(cell.state for line in lines for cell in line.cells)
        if lines:
            items.append((item, lines))
    years = list(range(period.from_on.year, period.to_on.year + 1))
    return Expected(years, items, dict(counts))


_MEMBERS: dict[str, Grain] = {
    "member_months": "month",
    "member_years": "year",
    "full_year_members": "year",
}
"""Duties of each member, by the population that they are asked of."""


def _years(period: Period) -> tuple[date, date]:
    """From the first to the last day of the years that the period touches, so that every line has the same columns."""
    return date(period.from_on.year, 1, 1), date(period.to_on.year, 12, 31)


def _is_duty(rule: Rule) -> bool:
    if rule.severity == "info":
        return False
    if isinstance(rule, Periodic):
        return not rule.made_up
    return isinstance(rule, EachHas) and bool(rule.label) and rule.ledger in _MEMBERS


def _lines(rule: Rule, own: Facts, period: Period, missing: Counter[Any]) -> Iterator[Line]:
    if isinstance(rule, Periodic):
        yield from _of_windows(rule, own, period, missing)
    elif isinstance(rule, EachHas):
        yield from _of_members(rule, own, period, missing)


def _of_windows(
    rule: Periodic, own: Facts, period: Period, missing: Counter[Any]
) -> Iterator[Line]:
    """The branch's line, or one for each group that was asked in any window."""
    all_windows = list(windows(rule.every, *_years(period)))
    asked = [
        set(rule.whose(own, w))
        if rule.runs_on(w.starts_on) and w.starts_on >= period.from_on and w.ends_on <= period.to_on
        else set[int]()
        for w in all_windows
    ]
    names = {group.id: group.name for group in own.rows("groups")}
    for whose in sorted(set().union(*asked)):
        cells = [
            _cell(rule, w, own, period, asked=whose in due, missing=missing[rule.id, w.label, whose], whose=whose)
            for w, due in zip(all_windows, asked, strict=True)
        ]  # fmt: skip
        yield _line(rule, names.get(whose, ""), all_windows, cells)


def _cell(
    rule: Periodic, window: Window, own: Facts, period: Period, *, asked: bool, missing: int, whose: int
) -> Cell:  # fmt: skip
    over = window.ends_on <= period.last and (period.last - window.ends_on).days >= rule.grace
    state = "none"
    if asked and missing:
        state = "lacks"
    elif asked and not over:
        state = "ahead"
    elif asked:
        state = "late" if _all_late(rule, own, window, whose) else "have"
    return Cell(
        state, f"{in_words(window.label)}：{WORDS[state]}", MONTHS[rule.every], MARKS[state]
    )


def _all_late(rule: Periodic, own: Facts, window: Window, whose: int) -> bool:
    """Every record of the window was entered more than a month after its day, and not as one of the past."""
    found = [
        row
        for row in own.rows(rule.ledger)
        if matches(row, rule.where)
        and label_of(rule.every, getattr(row, rule.day)) == window.label
        and (rule.per != "group" or row.group_id == whose)
    ]
    return bool(found) and all(
        getattr(row, "entry_mode", "") == "live"
        and (row.recorded_on - getattr(row, rule.day)).days > LATE_AFTER
        for row in found
    )


def _of_members(rule: EachHas, own: Facts, period: Period, missing: Counter[Any]) -> Iterator[Line]:
    """One line for all members: of how many it was due, and of how many it is missing."""
    due = Counter(str(getattr(row, rule.label)) for row in population(own, period, rule.ledger))
    if not due:
        return
    known = list(windows(_MEMBERS[rule.ledger], *_years(period)))
    cells = []
    for window in known:
        asked, lacks = due[window.label], missing[rule.id, window.label, NONE]
        state = "lacks" if lacks else "have" if asked else "none"
        told = f"应{asked}人，缺{lacks}人" if asked else WORDS["none"]
        mark = f"缺{lacks}" if lacks else MARKS[state]
        words = f"{in_words(window.label)}：{told}"
        cells.append(Cell(state, words, MONTHS[_MEMBERS[rule.ledger]], mark))
    yield _line(rule, "每名党员", known, cells)


def _line(rule: Rule, whose: str, known: Iterable[Window], cells: list[Cell]) -> Line:
    lacking = [
        in_words(w.label) for w, cell in zip(known, cells, strict=True) if cell.state == "lacks"
    ]
    item, code = rule.id.partition(":")[0], code_of(rule.id)
    return Line(item, code, rule.says, rule.basis or "附件2台账要求", whose, cells, lacking)
