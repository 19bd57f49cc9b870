"""Right by definition: every rule judged for one branch, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taizhang.rules.base import Facts, Period, Rule, Suspicion


def judge(rules: Iterable[Rule], branch: Facts, period: Period) -> Iterator[Suspicion]:
    """The suspicions of one branch."""
    for rule in rules:
        if rule.across:
            continue
        missing = [table for table in rule.needs if not branch.rows(table)]
        if missing and rule.touches(period):
            yield cannot_tell(rule, branch.branch_id, missing[0])
        elif not missing:
            yield from rule.judge(branch, period)


def judge_across(rules: Iterable[Rule], everybody: Facts, period: Period) -> Iterator[Suspicion]:
    """What compares branches with each other."""
    for rule in rules:
        if rule.across:
            yield from rule.judge_across(everybody, period)


def cannot_tell(rule: Rule, branch_id: int, table: str) -> Suspicion:
    """The rule needs a table of which the branch has nothing."""
    return Suspicion(rule.id, branch_id, "", detail=table, certain=0)
