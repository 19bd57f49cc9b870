"""The rule bench: which verdicts another version of the catalogue would give on the ledgers as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.checks import current, editions, engine
from taizhang.checks.editions import Difference
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons.queries import period_of
from taizhang.orgs.models import Organisation


@dataclass(frozen=True)
class Flip:
    """One item of one branch on which the two versions differ."""

    branch: Organisation
    item: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Tried:
    """A changed rule with how many suspicions it gives, before and after."""

    difference: Difference
    before: int
    after: int


@dataclass(frozen=True)
class Trial:
    """What a version would change."""

    name: str
    branches: int
    rules: list[Tried]
    flips: list[Flip]

    @property
    def ways(self) -> list[tuple[str, str, int]]:
        """(before, after, how many), the most first."""
        counts = Counter((flip.before, flip.after) for flip in self.flips)
        return [(before, after, n) for (before, after), n in counts.most_common()]


def run(name: str, scope: CheckScope, branches: Iterable[Organisation], today: date) -> Trial:
    """Judge every branch by the other version, and compare with the verdicts on record; nothing is stored.

    Only items of which a rule differs can flip: another that differs from its record was not judged since something else changed.
    """
    chosen = {branch.pk: branch for branch in branches}
    found = engine.by_reference(chosen.values(), name, period_of(scope, today))
    items = {item.id: item.name for item in engine.catalogue(name).items}
    differing = editions.differences(engine.catalogue(scope.catalogue), engine.catalogue(name))
    changed = [one.rule for one in differing]
    touched = {rule.partition(":")[0] for rule in changed}
    on_record = current.verdicts(scope).filter(branch__in=chosen)
    held = {(v.branch_id, v.item): v.outcome for v in on_record}
    flips, after = [], Counter[str]()
    for checked in found:
        for verdict in checked.verdicts:
            after.update(s.rule for s in verdict.suspicions if s.certain)
            before = held.get((checked.branch, verdict.item), Outcome.UNCHECKED)
            if before != verdict.outcome and verdict.item in touched:
                branch, words = chosen[checked.branch], (before, verdict.outcome)
                flips.append(
                    Flip(
                        branch,
                        verdict.item,
                        items[verdict.item],
                        *(str(Outcome(w).label) for w in words),
                    )
                )
    said = current.suspicions(scope).open().filter(branch__in=chosen, certain=True)
    rows = said.filter(rule__in=changed)
    before_counts = Counter(rows.values_list("rule", flat=True))
    tried = [Tried(one, before_counts[one.rule], after[one.rule]) for one in differing]
    return Trial(name, len(chosen), tried, flips)
