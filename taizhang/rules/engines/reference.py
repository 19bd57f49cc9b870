"""Right by definition: every rule judged for one branch, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taizhang.rules.base import Facts, Period, Rule, Suspicion
from taizhang.rules.populations import always_needed


def judge(rules: Iterable[Rule], branch: Facts, period: Period) -> Iterator[Suspicion]:
    """The suspicions of one branch."""
    for rule in rules:
        if rule.across:
            continue
        missing = [table for table in rule.needs if not branch.rows(table)]
        if not missing:
            yield from rule.judge(branch, period)
        elif rule.touches(period) and _asks(rule, branch, period, missing):
            yield cannot_tell(rule, branch.branch_id, missing[0])


def judge_across(rules: Iterable[Rule], everybody: Facts, period: Period) -> Iterator[Suspicion]:
    """What compares branches with each other."""
    for rule in rules:
        if rule.across:
            yield from rule.judge_across(everybody, period)


def _asks(rule: Rule, branch: Facts, period: Period, missing: list[str]) -> bool:
    """Whether the rule asks something of the branch that it cannot tell without the missing tables."""
    if not set(missing).isdisjoint(always_needed(rule)):
        return True
    return any(True for _ in rule.judge(branch, period))


def cannot_tell(rule: Rule, branch_id: int, table: str) -> Suspicion:
    """The rule needs a table of which the branch has nothing, and asks something of it (`always_needed`)."""
    return Suspicion(rule.id, branch_id, "", detail=table, certain=0)
