"""The rule bench: which verdicts another version of the catalogue would give on the ledgers as they
are; tried by a worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.catalogue.model import Catalogue
from taizhang.checks import current, editions, engine
from taizhang.checks.catalogue_versions import draft, examples
from taizhang.checks.editions import Difference
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons.queries import must_have_scope, period_of
from taizhang.kernel.actions import made_files
from taizhang.kernel.errors import WrongState
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Organisation, User
from taizhang.orgs.queries import organisations as orgs

TRIAL = "rules-trial"
SHOWN = 300
"""So many changed verdicts are listed; all are counted."""


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


def run(
    name: str,
    scope: CheckScope,
    branches: Iterable[Organisation],
    today: date,
    progress: engine.Progress = engine.no_progress,
) -> Trial:
    """Judge every branch by the other version, and compare with the verdicts on record; nothing is
    stored.

    Only items of which a rule differs can flip: another that differs from its record was not judged
    since something else changed.
    """
    chosen = {branch.pk: branch for branch in branches}
    found = engine.by_reference(chosen.values(), name, period_of(scope, today), progress)
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


def about(kept: draft.Kept, changes: editions.Changes) -> dict[str, Any]:
    """What a trial of a draft is asked with."""
    return {"kept": kept, "changes": changes}


@made_files.result(TRIAL, page=lambda made: reverse("checks:rules-tried", args=[made.pk]))
def _try(user: User, told: Mapping[str, Any], progress: made_files.Progress) -> dict[str, Any]:
    """The draft of a trial, tried on the ledgers of this moment."""
    actor, scope = actor_of(user, on=timezone.localdate()), must_have_scope()
    actor.must_run_office()
    if scope.catalogue != told["kept"]["base"]:
        raise WrongState("现行的要求模板已换成另一版，草稿是按原来一版改的，请重新修改后试算。")
    made = draft.drafted(told["kept"], told["changes"])
    branches = list(orgs.branches(actor))
    found = run(editions.keep(made), scope, branches, timezone.localdate(), progress)
    return _said(found, made)


def _said(found: Trial, made: Catalogue) -> dict[str, Any]:
    """As the page shows it."""
    rules = [
        asdict(one.difference) | {"before": one.before, "after": one.after} for one in found.rules
    ]
    flips = [
        {
            "branch": flip.branch.pk,
            "unit": flip.branch.short_name,
            "item": flip.item,
            "title": flip.title,
            "before": flip.before,
            "after": flip.after,
        }
        for flip in found.flips[:SHOWN]
    ]
    failing = [
        {"rule": one.example.rule, "says": one.example.says, "wanted": one.wanted, "told": one.told}
        for _, one in examples.failing(made)
    ]
    return {
        "branches": found.branches,
        "rules": rules,
        "flips": flips,
        "flipped": len(found.flips),
        "more": len(found.flips) - len(flips),
        "ways": found.ways,
        "failing": failing,
    }
