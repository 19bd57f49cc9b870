"""What plain Python says, DuckDB says: for rules of the catalogue over random tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.catalogue import load
from taizhang.rules import reference, sketch
from taizhang.rules.base import Period, Rule, Suspicion
from taizhang.rules.columnar.compiler import groups
from taizhang.rules.due_tables import is_derived
from taizhang.rules.kinds import AnyRule
from taizhang.rules.marks import SLOTS
from tests.rules import pictures

KINDS = sorted(kind.model_fields["kind"].default for kind in get_args(get_args(AnyRule)[0]))
RULES: dict[str, list[Rule]] = defaultdict(list)
for _rule in load.named("tianning-2018").rules():
    RULES[_rule.kind].append(_rule)

PERIODS = (
    Period(date(2016, 1, 1), date(2017, 12, 31), date(2017, 6, 30)),
    Period(date(2016, 2, 15), date(2017, 11, 14), date(2017, 12, 31)),
    Period(date(2016, 8, 31), date(2018, 12, 31), date(2018, 10, 28)),
)
"""Of whole years, of parts of quarters, and one that ends on the day after a rule was made."""
_ENDS = (
    date(2015, 12, 31), date(2016, 1, 31), date(2016, 2, 29), date(2016, 3, 31), date(2016, 6, 30), date(2016, 8, 31),
    date(2016, 12, 31), date(2017, 2, 28), date(2017, 4, 30), date(2017, 6, 30), date(2017, 9, 30), date(2017, 12, 31),
)  # fmt: skip
_LAWS = (date(2017, 10, 24), date(2018, 7, 12), date(2018, 10, 28))
_STARTS = tuple(period.from_on for period in PERIODS)
DAYS = sorted(
    {
        day + timedelta(days=by)
        for day in (*_ENDS, *_LAWS, *_STARTS, date(2017, 11, 14))
        for by in (-1, 0, 1)
    }
)
"""The ends of months, the days on which rules changed and periods began, with the days before and
after.
"""
PEOPLE = ("members", "stages", "posts", "terms", "groups", "group_members", "group_leaders")
MAY_LACK = {
    "left_on", "to_on", "valid_to", "ended_on", "superseded_on", "adopted_on", "reviewed_on", "due_on", "done_on",
    "published_on", "dissolved_on", "first_on", "extended_to", "last_month",
}  # fmt: skip
KNOWN_NUMBERS = {"year", "length", "off", "days_late", "days_early", "amount", "kept"}
WORDS: dict[tuple[str, str], set[str]] = defaultdict(set)
for _table, _column, _values in (
    ("stages", "stage", ("probationary", "full")), ("stages", "status", ("normal", "suspended", "restored")),
    ("posts", "post", ("secretary", "organisation", "discipline")), ("members", "join_reason", ("admitted", "founded")),
    ("meetings", "kind", ("org_life_meeting",)), ("exempt_months", "kind", ("exempt", "reduced")),
):  # fmt: skip
    WORDS[_table, _column] |= set(_values)
for _rules in RULES.values():
    for _rule in _rules:
        for _owner, _where in (
            (getattr(_rule, "ledger", ""), getattr(_rule, "where", {})),
            (getattr(_rule, "has", ""), getattr(_rule, "has_where", {})),
        ):
            if isinstance(_owner, str):
                for _column, _wanted in _where.items():
                    WORDS[_owner, _column] |= {
                        v
                        for v in (_wanted if isinstance(_wanted, list) else [_wanted])
                        if isinstance(v, str)
                    }
        WORDS["phrases", "code"] |= set(
            getattr(_rule, "has", ()) if _rule.kind == "wording" else ()
        ) | set(getattr(_rule, "lacks", ()))


LENGTHS = [99, 100, 149, 150, 400]
"""Of texts: too short to be compared, and long enough for some rules."""
_MARK = 0x0F0F_3355_00FF_5A5A
MARKS = [
    0,
    1,
    -1,
    _MARK,
    _MARK ^ 0x2A8001,
    _MARK ^ 0x7F,
    _MARK ^ -1,
    _MARK ^ (-1 << 63),
    -_MARK,
    _MARK << 3,
]
"""Of pictures and speeches: blank ones, the same but for so many bits, others."""


def _cell(table: str, column: str, kind: str) -> st.SearchStrategy[Any]:
    if (table, column[:4]) in {("files", "mark"), ("speeches", "like")}:
        return st.none() | st.sampled_from(MARKS)
    if column == "branch_id":
        return st.integers(1, 2)
    if kind == "date":
        days = st.sampled_from(DAYS)
        return st.none() | days if column in MAY_LACK else days
    if kind == "string":
        return st.sampled_from(sorted(WORDS[table, column] | {"", "乙"}))
    if column.endswith("_id") and (table, column) not in {
        ("attendance", "person_id"),
        ("meetings", "host_id"),
        ("meetings", "group_id"),
        ("attendance", "group_id"),
        ("dues_payments", "collector_id"),
    }:
        return st.integers(1, 3)
    numbers = st.integers(0, 4)
    return numbers if column in KNOWN_NUMBERS else st.none() | numbers


@st.composite
def _sketches(draw: st.DrawFn) -> dict[str, int]:
    """A text that differs in some slots from another: its slots, its bands, four bits
    of each slot.
    """
    slots = [1] * SLOTS
    for at in draw(st.sets(st.integers(0, SLOTS - 1), max_size=14)):
        slots[at] = draw(st.sampled_from([2, 17]))
    low, high = sketch.nibbles(slots)
    named = {f"s{at}": slot for at, slot in enumerate(slots)}
    named |= {f"b{at}": band for at, band in enumerate(sketch.bands(slots))}
    return named | {"like_low": low, "like_high": high}


@st.composite
def tables(draw: st.DrawFn, names: frozenset[str]) -> pictures.Table:
    """A few rows in each table that a rule may look at."""
    found: pictures.Table = {
        "branches": [
            {"branch_id": 1, "founded_on": date(2010, 1, 1)},
            {"branch_id": 2, "founded_on": date(2016, 2, 1)},
        ]
    }
    for name in sorted(names):
        columns = pictures.schema()[name]
        n = draw(st.integers(0, 5))
        rows = [
            {c: draw(_cell(name, c, kind)) for c, kind in columns.items() if c != "id"}
            for _ in range(n)
        ]
        found[name] = [
            row | ({"id": at} if "id" in columns else {}) for at, row in enumerate(rows, start=1)
        ]
    for at, row in enumerate(found.get("texts", ()), start=1):
        row |= {"source_id": at, "length": draw(st.sampled_from(LENGTHS)), **draw(_sketches())}
    if "calendar" in names:
        found["calendar"] = list({row["day"]: row for row in found["calendar"]}.values())
    return found


def _seen(rule: Rule) -> frozenset[str]:
    more = (
        {"calendar"}
        if rule.kind == "dated"
        else {"documents"}
        if rule.kind == "document"
        else set()
    )
    derived = {"divisions", "meetings"} if any(is_derived(t) for t in rule.uses()) else set()
    own = {t for t in {*rule.uses(), *rule.needs} if not is_derived(t)}
    return frozenset({*PEOPLE, *own, *more, *derived} - {"branches"})


TOGETHER = [
    rules for rules in groups(rule for rules in RULES.values() for rule in rules) if len(rules) > 1
]


@st.composite
def asked_together(
    draw: st.DrawFn,
) -> tuple[tuple[Rule, ...], dict[str, list[dict[str, Any]]], Period, set[Suspicion]]:
    """Rules that are asked in one statement, tables, a period, and what each of the rules says of
    them.
    """
    rules, period = draw(st.sampled_from(TOGETHER)), draw(st.sampled_from(PERIODS))
    rows = draw(tables(frozenset().union(*(_seen(rule) for rule in rules))))
    said = (pictures.by_reference(rule, rows, period) for rule in rules)
    return rules, rows, period, set(reference.once(rules, set().union(*said)))


def test_every_kind_has_rules_to_try() -> None:
    assert set(KINDS) == set(RULES)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_the_engines_agree(kind: str, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(RULES[kind]), label="rule")
    rows = data.draw(tables(_seen(rule)), label="tables")
    period = data.draw(st.sampled_from(PERIODS), label="period")

    said = pictures.by_reference(rule, rows, period)

    assert pictures.by_duckdb(rule, rows, period) == said


SPARING = [
    rule
    for rules in RULES.values()
    for rule in rules
    if any(getattr(rule, name, None) for name in ("among", "unless", "or_else"))
]
"""Rules that spare some branches or rows."""


@given(data=st.data())
def test_the_engines_agree_on_who_is_spared(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(SPARING), label="rule")
    rows = data.draw(tables(_seen(rule)), label="tables")
    period = data.draw(st.sampled_from(PERIODS), label="period")

    assert pictures.by_duckdb(rule, rows, period) == pictures.by_reference(rule, rows, period)


@given(data=st.data())
def test_what_is_asked_together_is_what_each_says(data: st.DataObject) -> None:
    rules, rows, period, said = data.draw(asked_together())

    assert pictures.by_duckdb(rules, rows, period) == said
