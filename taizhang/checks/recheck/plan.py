"""After a save: only what the change can have altered is judged again, on only the rows that it
needs.

A rule that reads none of the changed tables says what it said. One that judges each record by
itself is asked of that record; one that judges each day or year by itself, of that day or year; one
that speaks of persons and judges each by that person's rows, of the persons that the record names;
the rest of the whole period. A new record of which no row meets the conditions of a rule does not
concern that rule, and of a table only rows are read that meet the conditions of a rule. That these
say the same as a whole check is held by `tests/checks/test_incremental.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal, cast

from taizhang.checks import engine, fact_tables, facts
from taizhang.checks.facts import Conditions, Slice
from taizhang.ledgers.changes import Change
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.rules import reference
from taizhang.rules.base import NONE, Facts, Look, Period, Rule, Suspicion, matches
from taizhang.rules.due_tables import facts_of, looks_of

Held = dict[str, Sequence[Any]]
"""Tables of a branch that were read whole."""
Reach = Literal["record", "days", "years", "people", "whole"]


@dataclass(frozen=True)
class Plan:
    """The rules that a change concerns, and how much of the ledgers each is asked of."""

    rules: tuple[Rule, ...]
    reach: Mapping[str, Reach]
    looks: Mapping[str, tuple[Look, ...]]
    """By rule, all that it looks at in facts; looks that are the same are one object."""

    def asked(self, reach: Reach) -> list[Rule]:
        """The rules of one reach."""
        return [rule for rule in self.rules if self.reach[rule.id] == reach]

    def only(self, new: Mapping[str, Sequence[Any]], changed: Set[str]) -> Plan:
        """The rules whose business new rows are."""
        matter: dict[int, bool] = {}

        def matters(look: Look) -> bool:
            if (key := id(look)) not in matter:
                matter[key] = concerns(new, changed, [look])
            return matter[key]

        rules = tuple(r for r in self.rules if any(map(matters, self.looks[r.id])))
        return Plan(rules, {rule.id: self.reach[rule.id] for rule in rules}, self.looks)

    def where(self, rules: Iterable[Rule], besides: Iterable[str]) -> dict[str, Conditions]:
        """Of which tables these rules only look at rows with some words in a column; nothing is
        said of tables `besides`.
        """
        looks: dict[str, list[Look]] = {}
        whole = {"branches", *besides, *fact_tables.made_from()}
        for rule in rules:
            whole.update(rule.needs)
            for look in self.looks[rule.id]:
                looks.setdefault(look.table, []).append(look)
        found = {name: _shared(of) for name, of in looks.items() if name not in whole}
        return {name: conditions for name, conditions in found.items() if conditions}

    def by_person(self, rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
        """Of which tables these rules, where they speak of a person, only look at rows with that
        person in a column.
        """
        found: dict[str, set[str]] = {}
        whole = set()
        for rule in rules:
            columns = rule.by_person()
            for look in self.looks[rule.id]:
                for name in fact_tables.made_of(look.table):
                    if (column := columns.get(look.table)) in fact_tables.schema()[name]:
                        found.setdefault(name, set()).add(str(column))
                    else:
                        whole.add(name)
        return {name: frozenset(by) for name, by in found.items() if name not in whole}

    def wider(self, own: Held) -> Plan:
        """The same, but rules that lack a table that they need are asked of the whole period.

        That they cannot tell rests on every row that they ask of (`always_needed`).
        """
        lacking = {r.id for r in self.rules if any(not own[name] for name in r.needs)}
        return replace(self, reach={**self.reach, **dict.fromkeys(lacking, "whole")})

    def tables(self, rules: Iterable[Rule]) -> set[str]:
        """All that these rules read."""
        return {"branches"} | {look.table for rule in rules for look in self.looks[rule.id]}


def _shared(looks: list[Look]) -> Conditions:
    """The columns that every look has words for, with all these words."""
    columns = set.intersection(*(set(look.where) for look in looks))
    found = []
    for column in sorted(columns):
        asked = [look.where[column] for look in looks]
        words = {w for each in asked for w in (each if isinstance(each, list) else [each])}
        if all(isinstance(word, str) for word in words):
            found.append((column, tuple(sorted(map(str, words)))))
    return tuple(found)


@lru_cache(maxsize=256)
def plan(
    name: str, kind: str, *, one: bool, dated: bool, files: bool = False, people: bool = False
) -> Plan:
    """How the rules of a catalogue are concerned by a change of one record, or of many, of a kind.

    With `people` it is known whom the record names.
    """
    changed, cut = fact_tables.tables_of(KINDS[kind], files=files), fact_tables.cut()
    rules, reach = [], {}
    for rule in engine.rules(name).values():
        read = facts_of(rule) & changed
        if rule.across or not read:
            continue
        rules.append(rule)
        by_year = dated and rule.one_year(cut) and not facts_of(rule) & cut.keys() & set(rule.needs)
        if one and _by_record(rule, read) and (by_year or not _looks_into(rule)):
            reach[rule.id] = "record"
        elif dated and not rule.needs and read <= cut.keys() and rule.one_day(cut):
            reach[rule.id] = "days"
        elif by_year and read <= cut.keys():
            reach[rule.id] = "years"
        elif people and _by_person(rule, KINDS[kind], read, changed):
            reach[rule.id] = "people"
        else:
            reach[rule.id] = "whole"
    same: dict[str, Look] = {}
    looks = {
        rule.id: tuple(same.setdefault(str(look), look) for look in looks_of(rule))
        for rule in rules
    }
    return Plan(tuple(rules), cast("Mapping[str, Reach]", reach), looks)


def _by_record(rule: Rule, read: set[str]) -> bool:
    columns, own = rule.by_record(), rule.own().table
    if not columns or own in rule.needs:
        return False
    return columns[own] == fact_tables.record_column(own) and read <= columns.keys()


def _by_person(rule: Rule, kind: LedgerKind, read: Set[str], changed: Set[str]) -> bool:
    """Whether what a record changes for a rule is what it says of the persons that the record
    names.
    """
    columns = rule.by_person()
    return (
        read <= columns.keys()
        and rule.own().table not in changed
        and all(fact_tables.names_people(kind, name, columns[name]) for name in read)
    )


def _looks_into(rule: Rule) -> bool:
    """Whether a rule asked of one record looks into another table that grows with every month."""
    return bool(facts_of(rule) & fact_tables.cut().keys() - {rule.own().table})


@dataclass(frozen=True)
class Rejudged:
    """What a change makes of the suspicions on record: those that fall within its reach are
    replaced.
    """

    plan: Plan
    record: int | None
    days: tuple[str, str] | None
    """The first and the last day of the change."""
    years: frozenset[str]
    people: frozenset[int]
    found: list[Suspicion]
    whole: Facts
    """Whole tables, for counting the records of the items concerned."""

    def replaces(self, suspicion: Suspicion) -> bool:
        """Whether one on record was judged again."""
        reach = self.plan.reach.get(suspicion.rule)
        if reach == "years":
            return not suspicion.window or suspicion.window[:4] in self.years
        if reach == "days":
            return self.days is not None and self.days[0] <= suspicion.window <= self.days[1]
        if reach == "record":
            return suspicion.subject in (self.record, NONE)
        if reach == "people":
            return suspicion.other in self.people
        return reach == "whole"


@dataclass(frozen=True)
class _Asked:
    """Rules with the facts and the period that they are asked of."""

    rules: list[Rule]
    own: Facts
    period: Period
    people: frozenset[int] = frozenset()
    """Only what is said of these counts, and what the rules need is there."""

    def said(self) -> list[Suspicion]:
        """What the rules say of it."""
        if not self.people:
            return list(reference.judge(self.rules, self.own, self.period))
        told = (s for rule in self.rules for s in rule.judge(self.own, self.period))
        return [one for one in reference.once(self.rules, told) if one.other in self.people]


def _asked(
    change: Change, chosen: Plan, period: Period, kept: Iterable[str], held: Held
) -> tuple[Facts, list[_Asked]]:
    """The whole tables, and what each reach is asked of; a table that was read whole before is not
    read again.
    """
    branch, years, rules = change.branch.pk, _years(change.days), chosen.asked("whole")

    def read(part: Slice, wanted: Iterable[str]) -> Facts:
        own = facts.sliced(replace(part, held=held), wanted)
        held.update({name: rows for name, rows in own.tables.items() if part.reads_whole(name)})
        return own

    part = Slice(branch, where=chosen.where(rules, besides=kept))
    whole = read(part, {*chosen.tables(rules), *kept})
    found = [_Asked(rules, whole, period)]
    for reach, days in (("days", first_and_last(change.days)), ("years", years)):
        if days and (rules := chosen.asked(cast("Reach", reach))):
            part = Slice(branch, years=days, where=chosen.where(rules, ()))
            own = read(part, chosen.tables(rules))
            found.append(_Asked(rules, own, _within(period, days)))
    if rules := chosen.asked("people"):
        part = Slice(
            branch,
            where=chosen.where(rules, ()),
            people=change.people,
            by_person=chosen.by_person(rules),
        )
        own = read(part, chosen.tables(rules))
        found.append(_Asked(rules, own, period, change.people))
    if change.record is not None and (rules := chosen.asked("record")):
        of = fact_tables.tables_of(change.kind, files=change.files)
        one = Slice(branch, record=change.record, of=of, years=years)
        found.append(_Asked(rules, read(one, chosen.tables(rules)), period))
    return whole, found


def _needed(rules: Iterable[Rule]) -> set[str]:
    return {name for rule in rules for name in rule.needs}


def _plan_of(change: Change, name: str, held: Held) -> Plan:
    """Which rules are asked of what; tables that it had to read for that are `held`."""
    one = change.record is not None
    choose = partial(
        plan, name, change.kind.slug, one=one, dated=bool(change.days), files=change.files
    )
    chosen = choose(people=one and bool(change.people))
    if _alone(change, chosen, held):
        chosen = choose()
    if one and change.how == "recorded":
        new = new_rows(change)
        chosen = chosen.only(new, fact_tables.tables_of(change.kind, files=change.files))
    held.update(facts.sliced(Slice(change.branch.pk, held=held), _needed(chosen.rules)).tables)
    return chosen.wider(held)


def _alone(change: Change, chosen: Plan, held: Held) -> bool:
    """Whether a table that rules need has nothing but rows of whom the record names: without it
    they cannot tell of anybody.
    """
    rules = chosen.asked("people")
    needed = fact_tables.tables_of(change.kind, files=change.files) & _needed(rules)
    held.update(facts.sliced(Slice(change.branch.pk), needed).tables)
    part = Slice(people=change.people, by_person=chosen.by_person(rules))
    return any(len(part.kept(name, held[name])) == len(held[name]) for name in needed)


def new_rows(change: Change) -> Mapping[str, Sequence[Any]]:
    """The rows of a new record, in the tables that tell whose row is whose."""
    changed = fact_tables.tables_of(change.kind, files=change.files)
    told = {table.name for table in change.kind.facts} | {"texts", "phrases", "files"}
    own = frozenset(changed & told)
    return facts.sliced(Slice(change.branch.pk, record=change.record, of=own), own).tables


def concerns(new: Mapping[str, Sequence[Any]], changed: Set[str], looks: Iterable[Look]) -> bool:
    """Whether new rows matter to who looks so; of changed tables that are not among them any row
    may.
    """
    return any(
        look.table not in new or any(matches(row, look.where) for row in new[look.table])
        for look in looks
        if look.table in changed
    )


def load(change: Change, name: str) -> None:
    """Only read what a change needs: what the benchmark compares judging with."""
    today = date.max
    held: Held = {}
    chosen = _plan_of(change, name, held)
    _asked(change, chosen, Period(date.min, today, today), (), held)


def judge(change: Change, name: str, period: Period, kept: Iterable[str]) -> Rejudged:
    """Judge what the change concerns; `kept` are tables whose records are counted."""
    held: Held = {}
    chosen = _plan_of(change, name, held)
    whole, asked = _asked(change, chosen, period, kept, held)
    found = [suspicion for one in asked for suspicion in one.said()]
    days = first_and_last(change.days)
    told = (days[0].isoformat(), days[1].isoformat()) if days else None
    years = _labels(_years(change.days))
    return Rejudged(chosen, change.record, told, years, change.people, found, whole)


def first_and_last(days: Iterable[date]) -> tuple[date, date] | None:
    """The spell that the days lie in."""
    found = sorted(days)
    return (found[0], found[-1]) if found else None


def _years(days: Iterable[date]) -> tuple[date, date] | None:
    """From the first day of the first year to the last of the last."""
    spell = first_and_last(days)
    return (spell[0].replace(month=1, day=1), spell[1].replace(month=12, day=31)) if spell else None


def _labels(years: tuple[date, date] | None) -> frozenset[str]:
    if years is None:
        return frozenset()
    return frozenset(f"{y:04d}" for y in range(years[0].year, years[1].year + 1))


def _within(period: Period, years: tuple[date, date]) -> Period:
    return Period(max(period.from_on, years[0]), min(period.to_on, years[1]), period.on)
