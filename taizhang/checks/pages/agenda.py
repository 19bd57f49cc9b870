"""待办: what is due for a branch, what is missing or wrong, what runs out — and the calendar of its year.

What is due is asked of the rules themselves: they judge the branch as of the end of the year, and what they
miss in a window that is not over yet is what remains to be done in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import current, engine
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.pages import year_ahead
from taizhang.checks.pages.year_ahead import CalendarRow, Due
from taizhang.checks.reasons import repair_links
from taizhang.checks.reasons.folding import Matter
from taizhang.checks.reasons.queries import matters_by_branch, must_have_scope, reckoning_day
from taizhang.checks.reasons.repair_links import Mend
from taizhang.orgs.models import Organisation

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
    year = year_ahead.of(branch, duties, day, engine.content(scope.catalogue))
    troubles = _troubles(branch, scope)
    return Agenda(
        day,
        current.judged(branch, scope) is not None,
        year.due,
        [t for t in troubles if t.severity == "error"],
        [t for t in troubles if t.severity == "warn"],
        year.calendar,
    )


def _set_aside(branch: Organisation, scope: CheckScope) -> set[str]:
    found = current.verdicts(scope).filter(branch=branch, outcome=Outcome.NOT_APPLICABLE)
    return set(found.values_list("item", flat=True))


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
