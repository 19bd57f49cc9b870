"""待办: what is due for a branch, what is missing or wrong, what runs out — and the calendar of its
year.

What is due is asked of the rules themselves: they judge the branch as of the end of the year, and
what they miss in a window that is not over yet is what remains to be done in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import current, engine
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons import repair_links, year_ahead
from taizhang.checks.reasons.folding import Matter, months_of
from taizhang.checks.reasons.queries import matters_by_branch, must_have_scope, reckoning_day
from taizhang.checks.reasons.record_links import missing
from taizhang.checks.reasons.repair_links import Mend
from taizhang.checks.reasons.year_ahead import CalendarRow, Due
from taizhang.kernel.db.when_shown import WhenShown
from taizhang.orgs.models import Organisation

PER_PAGE = 12
"""So many broken rules of errors, and of reminders, stand on one page."""
SHOWN = 5
"""So many places of one problem are shown; the rest stand on the item's page."""


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
class Agenda:
    """All that a branch has to do."""

    day: date
    """What counts as today."""
    judged: bool
    """Whether the branch was judged by what is in force: else nothing is known of what is missing
    or wrong.
    """
    due: list[Due]
    troubles: Troubles
    warnings: Troubles
    calendar: list[CalendarRow]


def agenda(*, branch: Organisation, today: date, scope: CheckScope | None = None) -> Agenda:
    """What is due on a day, what is missing or wrong, and the year as a calendar."""
    scope = scope or must_have_scope()
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
    year = year_ahead.of(branch, duties, day, engine.content(scope.catalogue))
    judged = current.judged(branch, scope) is not None
    errors, warnings = _troubles(branch, scope, judged=judged)
    return Agenda(
        day,
        judged,
        year.due,
        errors,
        warnings,
        year.calendar,
    )


def _set_aside(branch: Organisation, scope: CheckScope) -> set[str]:
    found = current.verdicts(scope).filter(branch=branch, outcome=Outcome.NOT_APPLICABLE)
    return set(found.values_list("item", flat=True))


class Troubles(WhenShown[Trouble]):
    """The rules that are broken, the gravest first; the places of one are read only where it is
    shown.
    """

    def __init__(self, cards: _Cards, rules: list[str]) -> None:
        """In the order of the cards."""
        super().__init__(rules)
        self._cards = cards

    def _read(self, chosen: list[str]) -> list[Trouble]:
        return self._cards.of(chosen)


class _Cards:
    """Reads what is said of rules that are broken; what stands on the first page, all at once."""

    def __init__(self, branch: Organisation, scope: CheckScope, times: dict[str, int]) -> None:
        """Rule → how many places of it there are."""
        self._branch, self._scope, self._times = branch, scope, times
        self._read: dict[str, Trouble] = {}
        self.first: set[str] = set()

    def of(self, rules: list[str]) -> list[Trouble]:
        """The cards of some rules."""
        left = [key for key in rules if key not in self._read]
        if left:
            self._read |= self._told(list(self.first) if self.first.issuperset(left) else left)
        return [self._read[key] for key in rules if key in self._read]

    def _told(self, chosen: list[str]) -> dict[str, Trouble]:
        rows = current.suspicions(self._scope).filter(branch=self._branch, rule__in=chosen)
        found: dict[str, list[Matter]] = {}
        for matter in matters_by_branch(rows, self._scope).get(self._branch.pk, []):
            found.setdefault(matter.rule.id, []).append(matter)
        return {key: self._trouble(key, matters) for key, matters in found.items()}

    def _trouble(self, key: str, matters: list[Matter]) -> Trouble:
        rule = engine.rules(self._scope.catalogue)[key]
        item = engine.catalogue(self._scope.catalogue).item(key.partition(":")[0])
        if item is None:
            raise LookupError(key)
        places = [
            Place(
                m.text,
                repair_links.mend(rule, m.first.suspicion, self._branch, m.first.said["person"]),
            )
            for m in matters[:SHOWN]
        ]
        return Trouble(
            item,
            code_of(key),
            rule.says,
            matters[0].first.severity,
            self._times[key],
            places,
            more=len(matters) > SHOWN,
        )


def _troubles(
    branch: Organisation, scope: CheckScope, *, judged: bool
) -> tuple[Troubles, Troubles]:
    """The errors and the reminders: what is missing before what is amiss, what lasts before what
    does not, many before few.
    """
    rules, catalogue = engine.rules(scope.catalogue), engine.catalogue(scope.catalogue)
    windows: dict[str, dict[str, Counter[str]]] = {"error": {}, "warn": {}}
    times: dict[str, int] = {}
    for key, severity, of in current.open_against(branch, scope) if judged else ():
        known = key in rules and catalogue.item(key.partition(":")[0])
        if known and severity in windows:
            windows[severity][key] = of
            times[key] = times.get(key, 0) + of.total()

    def order(key: str, of: Counter[str]) -> tuple[bool, int, int]:
        return not missing(rules[key])[0], -sum(map(months_of, of)), -of.total()

    cards = _Cards(branch, scope, times)
    errors, warnings = (
        [key for key, _ in sorted(found.items(), key=lambda one: order(*one))]
        for found in windows.values()
    )
    cards.first = {*errors[:PER_PAGE], *warnings[:PER_PAGE]}
    return Troubles(cards, errors), Troubles(cards, warnings)
