"""After a save only a part is judged again; what is on record then is what a whole
check would say.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.catalogue import load
from taizhang.checks import fact_tables
from taizhang.checks.actions import checking
from taizhang.checks.models import SuspicionRow, Verdict
from taizhang.checks.recheck import plan as recheck_plan
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.rules.base import Period, Rule
from taizhang.rules.columnar import compiler
from taizhang.rules.columnar.saying import relation
from taizhang.rules.due_tables import facts_of, looks_of
from tests.make import Cast, correct, inspected, raw, save
from tests.rules import pictures
from tests.rules.test_engines_agree import PERIODS, tables

PERIOD = PERIODS[0]

RULES = load.named("tianning-2018").rules()
LOOKING = [r for r in RULES if not r.across and any(look.where for look in looks_of(r))]
BY_DAY = [
    r
    for r in RULES
    if not r.across
    and not r.needs
    and facts_of(r) & set(fact_tables.cut())
    and r.one_day(fact_tables.cut())
]
BY_PERSON = [r for r in RULES if not r.across and r.by_person()]
BY_YEAR = [
    r for r in RULES if facts_of(r) & set(fact_tables.cut()) and r.one_year(fact_tables.cut())
]


ONE_OF_EACH = tuple({(r.kind, frozenset(facts_of(r))): r for r in RULES}.values())
"""A rule of each kind for each set of tables."""


@pytest.mark.parametrize("rules", [ONE_OF_EACH, pytest.param(RULES, marks=pytest.mark.night)])
def test_a_rule_names_every_table_that_its_relation_reads(rules: tuple[Rule, ...]) -> None:
    known = compiler.tables(fact_tables.schema())
    for rule in rules:
        found = compiler.named(relation(rule, known)) & fact_tables.schema().keys()
        assert found <= facts_of(rule), rule.id


@given(data=st.data())
def test_a_year_by_itself_says_what_the_whole_says_of_it(data: st.DataObject) -> None:
    rule: Rule = data.draw(st.sampled_from(BY_YEAR), label="rule")
    rows = data.draw(tables(frozenset(facts_of(rule) - {"branches"})), label="tables")
    whole = {s for s in pictures.by_reference(rule, rows, PERIOD) if s.window[:4] == "2016"}

    cut = {
        name: [row for row in held if any(_in_2016(row.get(c)) for c in fact_tables.cut()[name])]
        if name in fact_tables.cut()
        else held
        for name, held in rows.items()
    }
    period = Period(date(2016, 1, 1), date(2016, 12, 31), PERIOD.on)

    assert {s for s in pictures.by_reference(rule, cut, period) if s.window} == whole


@given(data=st.data())
def test_a_day_by_itself_says_what_the_whole_says_of_it(data: st.DataObject) -> None:
    rule: Rule = data.draw(st.sampled_from(BY_DAY), label="rule")
    rows = data.draw(tables(frozenset(facts_of(rule) - {"branches"})), label="tables")
    day = data.draw(st.sampled_from([date(2016, 2, 29), date(2016, 3, 31)]), label="day")
    whole = {s for s in pictures.by_reference(rule, rows, PERIOD) if s.window == f"{day}"}

    cut = {
        name: [row for row in held if day in (row.get(c) for c in fact_tables.cut()[name])]
        if name in fact_tables.cut()
        else held
        for name, held in rows.items()
    }
    found = pictures.by_reference(rule, cut, Period(day, day, PERIOD.on))

    assert found == whole


@given(data=st.data())
def test_a_person_alone_says_what_the_whole_says_of_them(data: st.DataObject) -> None:
    drawn: Rule = data.draw(st.sampled_from(BY_PERSON), label="rule")
    rule = drawn.model_copy(update={"needs": ()})
    rows = data.draw(tables(frozenset(facts_of(drawn) - {"branches"})), label="tables")
    person = data.draw(st.integers(1, 3), label="person")
    whole = {s for s in pictures.by_reference(rule, rows, PERIOD) if s.other == person}

    by = rule.by_person()
    cut = {
        name: [row for row in held if row[by[name]] == person] if name in by else held
        for name, held in rows.items()
    }

    assert {s for s in pictures.by_reference(rule, cut, PERIOD) if s.other == person} == whole


@given(data=st.data())
def test_what_no_rule_looks_at_is_not_missed(data: st.DataObject) -> None:
    """Rows are left out of tables by the words that all the rules ask for."""
    rules = data.draw(st.lists(st.sampled_from(LOOKING), min_size=1, max_size=3), label="rules")
    names = frozenset(table for rule in rules for table in facts_of(rule) - {"branches"})
    rows = data.draw(tables(names), label="tables")
    plan = recheck_plan.Plan(tuple(rules), {}, {r.id: tuple(looks_of(r)) for r in rules})
    part = dict(rows)
    for name, conditions in plan.where(rules, ()).items():
        for column, words in conditions:
            part[name] = [row for row in part[name] if row[column] in words]

    for rule in rules:
        said = pictures.by_reference(rule, rows, PERIOD)
        assert pictures.by_reference(rule, part, PERIOD) == said


@given(data=st.data())
def test_a_row_that_meets_no_condition_changes_nothing(data: st.DataObject) -> None:
    rule: Rule = data.draw(st.sampled_from(LOOKING), label="rule")
    look = data.draw(st.sampled_from([k for k in looks_of(rule) if k.where]), label="look")
    rows = data.draw(tables(frozenset(facts_of(rule) - {"branches"})), label="tables")
    held = rows[look.table]
    if not held:
        return
    row = fact_tables.row_type(look.table)(**held[-1])
    if recheck_plan.concerns({look.table: [row]}, {look.table}, looks_of(rule)):
        return

    without = rows | {look.table: held[:-1]}
    if rule.across or (look.table in rule.needs and not without[look.table]):
        return
    said = pictures.by_reference(rule, rows, PERIOD)
    assert pictures.by_reference(rule, without, PERIOD) == said


def _in_2016(day: Any) -> bool:
    return day is not None and day.year == 2016


def _state(branch: int) -> tuple[set[Any], set[Any]]:
    rows = {row.as_suspicion() for row in SuspicionRow.objects.filter(branch=branch)}
    verdicts = Verdict.objects.filter(branch=branch)
    return rows, set(verdicts.values_list("item", *Verdict.TOLD))


def must_be_whole(people: Cast, now: datetime) -> None:
    """What a part of a check left on record is what a whole one says."""
    partly = _state(people.own.pk)
    checking.judge_whole(people.own, now)
    assert _state(people.own.pk) == partly


def test_what_a_change_cannot_reach_is_not_asked() -> None:
    plan = recheck_plan.plan("tianning-2018", "talks", one=True, dated=True)
    assert {rule.id.partition(":")[0] for rule in plan.rules} == {"L12"}


@pytest.mark.django_db
def test_of_a_member_only_what_is_said_of_them_is_judged_again(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    inspected(now, (2015, 2018), now.date())
    other = KINDS["members"].model.objects.current().filter(branch=people.own).latest("pk")
    for kind in ("meetings", "dues-payments"):
        save(people.own, actor, now, kind, **raw(kind))
    checking.judge_whole(people.own, now)
    before, _ = _state(people.own.pk)

    other = correct("members", other, actor, now, joined_on="2016-05-01")
    must_be_whole(people, now)
    told = {s for s in _state(people.own.pk)[0] ^ before if s.rule.startswith("L25:")}
    assert told
    assert {s.other for s in told} == {other.person_id}

    ledgers.withdraw(kind=KINDS["members"], entry=other, reason="撤回", actor=actor, now=now)
    must_be_whole(people, now)


def test_rules_of_dues_are_asked_of_a_member_alone() -> None:
    plan = recheck_plan.plan("tianning-2018", "members", one=True, dated=True, people=True)
    asked = {rule.id for rule in plan.asked("people")}
    assert {"L25:L25.1", "L25:L25.2", "L25:L25.6", "L28:MT.5"} <= asked
    assert plan.by_person(plan.asked("people"))["attendance"] == {"person_id"}
