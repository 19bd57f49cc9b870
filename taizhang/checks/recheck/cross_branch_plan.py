"""After a save: what compares branches is judged again for the record that changed, on only the
rows that it needs.

That this says the same as a whole check is held by `tests/checks/test_comparing.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from taizhang.checks import engine, fact_tables, facts
from taizhang.checks.facts import Slice
from taizhang.checks.recheck.plan import Plan, concerns, first_and_last, new_rows
from taizhang.ledgers.changes import Change
from taizhang.ledgers.kinds import KINDS
from taizhang.rules import reference
from taizhang.rules.base import Look, Period, Rule, Suspicion
from taizhang.rules.due_tables import looks_of


@lru_cache(maxsize=256)
def plan(name: str, kind: str, *, files: bool = False) -> Plan:
    """The rules of a catalogue that compare records of a kind with those of other branches."""
    changed = fact_tables.tables_of(KINDS[kind], files=files)
    across = engine.across(name)
    looks = {rule.id: tuple(looks_of(rule)) for rule in across}
    rules = (r for r in across if any(_meant(look, kind, changed) for look in looks[r.id]))
    return Plan(tuple(rules), {}, looks)


def _meant(look: Look, kind: str, changed: Collection[str]) -> bool:
    wanted = look.where.get("source", kind)
    named = wanted if isinstance(wanted, list) else [wanted]
    return look.table in changed and kind in {str(one).partition(".")[0] for one in named}


def judge(change: Change, name: str, period: Period, said: Iterable[Suspicion]) -> list[Suspicion]:
    """What the rules concerned say now, if the change is of one record at least all that they say
    of it.

    `said`: what they said of the record, and of others beside it.
    """
    concerned = plan(name, change.kind.slug, files=change.files)
    rules: Sequence[Rule] = concerned.rules
    if change.record is not None:
        changed = fact_tables.tables_of(change.kind, files=change.files)
        new, known = new_rows(change), {suspicion.rule for suspicion in said}
        looks = concerned.looks
        rules = [r for r in rules if r.id in known or concerns(new, changed, looks[r.id])]
    if not rules:
        return []
    part = Slice(years=first_and_last(change.days), where=concerned.where(rules, ()))
    everybody = facts.sliced(part, concerned.tables(rules))
    return list(reference.judge_across(rules, everybody, period))


def about(record: int, suspicions: Iterable[Suspicion]) -> set[tuple[str, int]]:
    """(rule, record) of those that a change of a record can alter: itself, and what was or is told
    beside it.
    """
    return {(s.rule, s.subject) for s in suspicions if record in (s.subject, s.other)}
