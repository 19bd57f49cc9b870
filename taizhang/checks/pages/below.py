"""The page of an organisation above branches: how each of its branches stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.checks import current
from taizhang.checks.models import CheckScope, Outcome
from taizhang.checks.reasons.outcomes import WARNED, told_as
from taizhang.orgs.models import Organisation

SHOWN = (Outcome.MISSING, Outcome.DEFECTIVE, WARNED, Outcome.TO_JUDGE, Outcome.OK)


@dataclass(frozen=True)
class BranchLine:
    """A branch with how many items are how; nothing is counted of one that nobody judged."""

    branch: Organisation
    counts: list[tuple[str, int]]


def lines(branches: Iterable[Organisation], scope: CheckScope) -> list[BranchLine]:
    """One line for each branch, counted in one query."""
    listed = list(branches)
    tally: dict[int, dict[str, int]] = {}
    found = current.verdicts(scope).filter(branch__in=[one.pk for one in listed])
    for branch, outcome, warns in found.values_list("branch_id", "outcome", "warns"):
        counts, told = tally.setdefault(branch, {}), told_as(outcome, warns)
        counts[told] = counts.get(told, 0) + 1
    return [
        BranchLine(
            one, [(code, tally[one.pk].get(code, 0)) for code in SHOWN] if one.pk in tally else []
        )
        for one in listed
    ]
