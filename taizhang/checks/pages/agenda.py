"""待办: what is due for a branch, what is missing or wrong, what runs out — and the calendar of its year.

What is due is asked of the rules themselves: they judge the branch as of the end of the year, and what they
miss in a window that is not over yet is what remains to be done in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import current, engine, facts
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons import record_links, repair_links
from taizhang.checks.reasons.folding import Matter
from taizhang.checks.reasons.queries import matters_by_branch, must_have_scope, reckoning_day
from taizhang.checks.reasons.repair_links import Mend
from taizhang.kernel.calendar import MONTHS, Window, in_words, windows, windows_of_year
from taizhang.orgs.models import Organisation
from taizhang.rules import reference
from taizhang.rules.base import Facts, Period, Rule
from taizhang.rules.due_tables import facts_of
from taizhang.rules.duty import WindowRule

SHOWN = 5
"""So many places of one problem are shown; the rest stand on the item's page."""


@dataclass(frozen=True)
class Due:
    """Something still to be done in a window that has begun."""

    text: str
    item: str
    deadline: date
    days_left: int
    mend: Mend


@dataclass(frozen=True)
class Place:
    """Where a problem stands."""

    text: str
    mend: Mend


@dataclass
class Trouble:
    """One rule that is broken, with the first places of it."""

    item: Item
    code: str
    says: str
    severity: str
    times: int
    places: list[Place] = field(default_factory=list)
    more: bool = False
    """Whether there are more places than these."""


@dataclass(frozen=True)
class Mark:
    """One cell of the calendar: so many months wide."""

    state: str
    label: str
    months: int
    mend: Mend | None


@dataclass(frozen=True)
class CalendarRow:
    """One duty through the year."""

    says: str
    item: str
    marks: list[Mark]


@dataclass(frozen=True)
class Agenda:
    """All that a branch has to do."""

    day: date
    """What counts as today."""
    judged: bool
    """Whether the branch was judged by what is in force: else nothing is known of what is missing or wrong."""
    due: list[Due]
    troubles: list[Trouble]
    warnings: list[Trouble]
    calendar: list[CalendarRow]


def agenda(*, branch: Organisation, today: date) -> Agenda:
    """What is due on a day, what is missing or wrong, and the year as a calendar."""
    scope = must_have_scope()
    day = reckoning_day(scope, today)
    catalogue = engine.catalogue(scope.catalogue)
    aside = _set_aside(branch, scope)
    duties = [
        rule
        for item in catalogue.items
        if item.id not in aside
        for rule in item.rules
        if rule.is_duty()
    ]
    own = facts.sliced(_year_of(branch, day), {"branches"}.union(*map(facts_of, duties)))
    ahead = _missing_by_year_end(duties, own, day)
    troubles = _troubles(branch, scope)
    return Agenda(
        day,
        current.judged(branch, scope) is not None,
        _due(duties, ahead, branch, day),
        [t for t in troubles if t.severity == "error"],
        [t for t in troubles if t.severity == "warn"],
        _calendar(duties, ahead, own, branch, day),
    )


def _set_aside(branch: Organisation, scope: CheckScope) -> set[str]:
    found = current.verdicts(scope).filter(branch=branch, outcome=Outcome.NOT_APPLICABLE)
    return set(found.values_list("item", flat=True))


def _year_of(branch: Organisation, day: date) -> facts.Slice:
    return facts.Slice(branch.pk, years=(date(day.year, 1, 1), date(day.year, 12, 31)))


Ahead = Mapping[str, Counter[str]]
"""Rule → window → how many are missing in it."""


def _missing_by_year_end(duties: Iterable[Rule], own: Facts, day: date) -> dict[str, Counter[str]]:
    """What the rules will miss at the end of the year if nothing more is recorded."""
    end = date(day.year, 12, 31)
    period = Period(date(day.year, 1, 1), end, end + timedelta(days=366))
    known = windows_of_year(day.year)
    found: dict[str, Counter[str]] = {}
    for suspicion in reference.judge(duties, own, period):
        if suspicion.certain and suspicion.window in known:
            found.setdefault(suspicion.rule, Counter())[suspicion.window] += 1
    return found


def _due(duties: Iterable[Rule], ahead: Ahead, branch: Organisation, day: date) -> list[Due]:
    known = windows_of_year(day.year)
    found = []
    for rule in duties:
        for label, n in ahead.get(rule.id, {}).items():
            window = known[label]
            if window.starts_on <= day <= window.ends_on:
                found.append(_due_line(rule, window, n, branch, day))
    return sorted((d for d in found if d is not None), key=lambda d: (d.deadline, d.item))


_UNITS = {"branch": "", "group": "个", "person": "人"}


def _due_line(rule: Rule, window: Window, n: int, branch: Organisation, day: date) -> Due | None:
    table, where = record_links.missing(rule)
    kind = repair_links.kept_by(table)
    if kind is None:
        return None
    unit = _UNITS[rule.asked_of()]
    count = f"（还差{n}{unit}）" if unit and n > 1 else ""
    return Due(
        f"{in_words(window.label)}：{rule.says}{count}",
        rule.id.partition(":")[0],
        window.ends_on,
        (window.ends_on - day).days,
        Mend("登记", repair_links.new_url(kind, branch, where, window.label)),
    )


def _troubles(branch: Organisation, scope: CheckScope) -> list[Trouble]:
    """What was found, one card for each rule, the gravest first; each place of it is one matter."""
    rules, catalogue = engine.rules(scope.catalogue), engine.catalogue(scope.catalogue)
    rows = current.suspicions(scope).filter(branch=branch)
    found: dict[str, list[Matter]] = {}
    for matter in matters_by_branch(rows, scope).get(branch.pk, []):
        found.setdefault(matter.rule.id, []).append(matter)
    troubles = []
    for key, matters in found.items():
        rule, item = rules[key], catalogue.item(key.partition(":")[0])
        if item is None:
            continue
        places = [
            Place(
                m.text, repair_links.mend(rule, m.first.suspicion, branch, m.first.said["person"])
            )
            for m in matters[:SHOWN]
        ]
        times = sum(matter.n for matter in matters)
        more = len(matters) > SHOWN
        troubles.append(
            Trouble(
                item, code_of(key), rule.says, matters[0].first.severity, times, places, more=more
            )
        )
    return troubles


def _calendar(
    duties: Iterable[Rule], ahead: Ahead, own: Facts, branch: Organisation, day: date
) -> list[CalendarRow]:
    """Each periodic duty through the months of the year: done, missed, due now, or to come."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    found = []
    for rule in filter(None, (duty.each_window() for duty in duties)):
        if rule.severity != "error":
            continue
        own_windows = list(windows(rule.every, first, last))
        if any(table not in own.tables or not own.rows(table) for table in rule.needs):
            continue
        asked = [bool(rule.whose(own, w)) and rule.runs_on(w.starts_on) for w in own_windows]
        if any(asked):
            missing = ahead.get(rule.id, Counter())
            states = [
                _state(rule, w, own, missing=bool(missing[w.label]), day=day) if a else "none"
                for w, a in zip(own_windows, asked, strict=True)
            ]
            marks = [
                _mark(rule, w, state, branch) for w, state in zip(own_windows, states, strict=True)
            ]
            found.append(CalendarRow(rule.says, rule.id.partition(":")[0], marks))
    return found


def _state(rule: WindowRule, window: Window, own: Facts, *, missing: bool, day: date) -> str:
    """Done is only what has its record; what has none and is not missed yet is not due."""
    if all(rule.count(own, window.label, w) >= rule.at_least for w in rule.whose(own, window)):
        return "done"
    if not missing or window.starts_on > day:
        return "ahead"
    return "missed" if window.ends_on < day else "due"


def _mark(rule: WindowRule, window: Window, state: str, branch: Organisation) -> Mark:
    kind = repair_links.kept_by(rule.ledger)
    url = repair_links.new_url(kind, branch, rule.where, window.label) if kind else ""
    mend = Mend("登记", url) if url and state in ("missed", "due") else None
    return Mark(
        state, in_words(window.label).partition("年")[2] or "全年", MONTHS[rule.every], mend
    )
