"""Right by definition: every rule judged for one branch, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from taizhang.rules.base import Facts, Period, Rule, Suspicion, giving_way
from taizhang.rules.due_tables import always_needed


def judge(rules: Iterable[Rule], branch: Facts, period: Period) -> Iterator[Suspicion]:
    """The suspicions of one branch."""
    asked = list(rules)
    return once(asked, _judge(asked, branch, period))


def once(rules: Sequence[Rule], said: Iterable[Suspicion]) -> Iterator[Suspicion]:
    """What these rules said, but a fact that a graver rule tells is told once."""
    told = list(said)
    yielding = giving_way(rules)
    graver = {(s.rule, _fact(s)) for s in told} if yielding else set()
    for suspicion in told:
        others = yielding.get(suspicion.rule, ())
        if not any((other, _fact(suspicion)) in graver for other in others):
            yield suspicion


def _fact(suspicion: Suspicion) -> tuple[Any, ...]:
    """What is spoken of, whichever rule speaks."""
    return suspicion.branch_id, suspicion.window, suspicion.subject, suspicion.other


def _judge(rules: Iterable[Rule], branch: Facts, period: Period) -> Iterator[Suspicion]:
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
    """Whether the rule asks something of the branch that it cannot tell without the
    missing tables.
    """
    if not set(missing).isdisjoint(always_needed(rule)):
        return True
    return any(True for _ in rule.judge(branch, period))


def cannot_tell(rule: Rule, branch_id: int, table: str) -> Suspicion:
    """The rule needs a table of which the branch has nothing, and asks something of it
    (`always_needed`).
    """
    return Suspicion(rule.id, branch_id, "", detail=table, certain=0)
