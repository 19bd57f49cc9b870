"""A fact that two rules tell, one more gravely, is told once; that of another record or day is told
beside it.
"""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.checks.recheck import plan as recheck_plan
from taizhang.ledgers.kinds import KINDS
from taizhang.rules import reference
from taizhang.rules.base import Facts, Period, Rule, giving_way
from taizhang.rules.columnar import run as columnar
from taizhang.rules.columnar.compiler import compile_rules
from tests.rules import pictures

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
PERIOD = Period(date(2016, 1, 1), date(2018, 12, 31), date(2018, 12, 31))
PAIRS = [
    (RULES[rule], RULES[graver])
    for rule, others in giving_way(RULES.values()).items()
    for graver in sorted(others)
]
_PAID = "branch_id | id | person_id | month | days_late\n1 | 1 | 1 | 2016-01-01 | {}"
_TEXT = "branch_id | id | kind | effective_from | text_length\n1 | 1 | dues_rules | 2016-03-01 | {}"
_LECTURE = "branch_id | id | kind | held_on | minutes\n1 | 1 | party_lecture | 2016-03-01 | {}"
_PASSED = "branch_id | id | s15 | s17\n1 | 1 | 2016-01-04 | {}"
_MADE_FULL = "branch_id | id | probation_ends_on | s23\n1 | 1 | 2016-01-04 | {}"
_TAKEN = (
    "branch_id | id | source | source_id | on | taken_on\n1 | 1 | meetings | 7 | 2016-03-01 | {}"
)
CASES = [
    ("L25", "dues_payments", _PAID, "62", "L25.2w"), ("L25", "dues_payments", _PAID, "185", "DUES-8"),
    ("L06", "documents", _TEXT, "99", "PD.3w"), ("L06", "documents", _TEXT, "0", "PD.3"),
    ("L31", "meetings", _LECTURE, "29", "L31.7"), ("L31", "meetings", _LECTURE, "14", "MT.6c"),
    ("L17", "cases", _PASSED, "2016-04-05", "DEV-11"), ("L17", "cases", _PASSED, "2016-07-05", "DEV-11x"),
    ("L17", "cases", _MADE_FULL, "2016-02-05", "DEV-13w"), ("L17", "cases", _MADE_FULL, "2016-07-05", "DEV-13x"),
    ("L28", "files", _TAKEN, "2016-03-05", "AF-F2"), ("L28", "files", _TAKEN, "2015-01-01", "AF-F2x"),
]  # fmt: skip


def _told(rules: list[Rule], tables: pictures.Table, engine: str) -> list[tuple[str, int, str]]:
    rows = pictures.whole(tables)
    if engine == "duckdb":
        con = columnar.connect(
            {n: pictures.arrow_table(n, held) for n, held in rows.items()}, PERIOD
        )
        found = list(columnar.judge(rules, compile_rules(rules, pictures.schema()), con))
    else:
        made = {
            name: [pictures.row_type(name)._make(r) for r in held] for name, held in rows.items()
        }
        found = list(reference.judge(rules, Facts(1, dict(made)), PERIOD))
    return sorted((s.rule.partition(":")[2], s.subject, s.window) for s in found)


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize(("item", "table", "picture", "value", "told"), CASES)
def test_the_graver_of_two_is_told(
    item: str, table: str, picture: str, value: str, told: str, engine: str
) -> None:
    names = {code for a, b in PAIRS for code in (a.id, b.id) if code.startswith(f"{item}:")}
    rules = [RULES[name] for name in sorted(names)]

    found = _told(rules, pictures.drawn({table: picture.format(value)}), engine)

    assert [code for code, *_ in found] == [told]


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
def test_another_month_is_another_fact(engine: str) -> None:
    """一笔迟了半年、另一笔迟了一个季度，是两件事。"""
    tables = pictures.drawn({"dues_payments": _PAID.format(185) + "\n1 | 2 | 1 | 2016-05-01 | 62"})
    rules = [RULES["L25:DUES-8"], RULES["L25:L25.2w"]]

    assert _told(rules, tables, engine) == [
        ("DUES-8", 1, "2016-01-01"),
        ("L25.2w", 2, "2016-05-01"),
    ]


def test_every_rule_that_gives_way_has_one_to_give_way_to() -> None:
    giving = {rule.id for rule in RULES.values() if rule.gives_way_to}
    assert giving
    assert giving == {rule.id for rule, _ in PAIRS}


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_save_both_are_asked_of_the_same(kind: str) -> None:
    """Else the lesser would be told of what the graver was not asked of."""
    for one, dated in ((True, True), (True, False), (False, True), (False, False)):
        reach = recheck_plan.plan("tianning-2018", kind, one=one, dated=dated, people=one).reach
        assert all(reach.get(a.id) == reach.get(b.id) for a, b in PAIRS)
