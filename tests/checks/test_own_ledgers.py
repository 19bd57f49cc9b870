"""The checks on ledgers that were written by hand: what they find of the faults in them, and what
else they say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.engine import Checked
from taizhang.ledgers.kinds.declarations import Declaration
from taizhang.ledgers.office import actions as declarations
from taizhang.orgs.actions import calendar, duties
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation
from tests.checks.own import books
from tests.checks.own.books import Book
from tests.make import organisation
from tests.modules import transaction_of_module

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 1, 5, 4, tzinfo=UTC)
SCHOOL = ("school", "school_meetings", "school_rules", "school_truth")
SMALL = ("small", "small_meetings")
Told = set[tuple[str, str]]
HOLIDAYS = (
    "01-01 02-15 02-16 02-17 02-18 02-19 02-20 02-21 04-05 04-06 04-07 04-29 04-30 05-01 06-16 "
    "06-17 06-18 09-22 09-23 09-24 "
    "10-01 10-02 10-03 10-04 10-05 10-06 10-07 12-30 12-31"
)
WORKDAYS = "02-11 02-24 04-08 04-28 09-29 09-30 12-29"
"""2018 as the State Council's office announced it: the days off, and the weekend days worked
instead.
"""


@dataclass(frozen=True)
class Measured:
    """A book, its branch, and what is said of that."""

    book: Book
    branch: Organisation
    checked: Checked

    def told(self) -> Told:
        """(rule, window) of all errors and warnings that are sure."""
        rules = engine.rules("tianning-2018")
        return {
            (one.rule, one.window)
            for verdict in self.checked.verdicts
            for one in verdict.suspicions
            if one.certain and rules[one.rule].severity != "info"
        }


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Measured]]:
    """Three branches, brought in by the clerks' Excel import and judged."""
    with transaction_of_module(django_db_blocker):
        committee = organisation("溪东区教育党委", None, NOW, "party_committee")
        office = duties.open_account(
            username="office", name="组织科", password=None, duties=[("office", committee)], now=NOW
        )
        bureau = actor_of(office, on=NOW.date())
        _keep_calendar(bureau)
        yield {
            names[0]: _measured(names, committee, bureau)
            for names in (SCHOOL, ("careless",), SMALL)
        }


def _keep_calendar(bureau: Actor) -> None:
    off, worked = (
        [date.fromisoformat(f"2018-{day}") for day in days.split()] for days in (HOLIDAYS, WORKDAYS)
    )
    calendar.set_calendar_year(year=2018, holidays=off, workdays=worked, actor=bureau, now=NOW)


def _measured(names: tuple[str, ...], committee: Any, bureau: Actor) -> Measured:
    book = Book(*names)
    branch = books.found(book, committee, NOW)
    user = duties.open_account(
        username=names[0], name=names[0], password=None, duties=[("clerk", branch)], now=NOW
    )
    books.bring_in(book, branch, actor_of(user, on=NOW.date()), NOW)
    if names == SMALL:
        for told in Declaration.objects.current().filter(branch=branch):
            declarations.confirm(entry=told, actor=bureau, now=NOW)
    [checked] = engine.by_reference([branch], "tianning-2018", book.period())
    return Measured(book, branch, checked)


@pytest.mark.parametrize(
    "name",
    [
        "school",
        pytest.param("careless", marks=pytest.mark.night),
        pytest.param("small", marks=pytest.mark.night),
    ],
)
def test_both_engines_say_the_same(measured: dict[str, Measured], name: str) -> None:
    one = measured[name]
    [by_columns] = engine.by_duckdb([one.branch], "tianning-2018", one.book.period())

    reference, columns = (
        {v.item: (v.outcome, v.reason, v.records, set(v.suspicions)) for v in checked.verdicts}
        for checked in (one.checked, by_columns)
    )
    assert columns == reference


def test_every_planted_fault_is_found_and_nothing_else(
    measured: dict[str, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    school = measured["school"]
    planted = school.book.told["应查出"]
    missed, beside = books.matched(planted, school.told())

    with capsys.disabled():
        found = len(planted) - len(missed)
        print(  # noqa: T201
            f"\n梅溪路小学：留下{len(planted)}处，查出{found}处，漏{len(missed)}处，误指{len(beside)}处"
        )
    assert len(planted) >= 30
    assert ([one["事"] for one in missed], sorted(beside)) == ([], [])


def test_a_careless_branch_is_told_what_is_so(
    measured: dict[str, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    careless = measured["careless"]
    told = careless.told()
    rules = {rule for rule, _ in told}
    must, never = (careless.book.told[key] for key in ("必须查出", "决不能说"))
    missed = [one["事"] for one in must if one["规则"] not in rules]
    said = [
        one["事"]
        for one in never
        if any(rule == one["规则"] and window == one.get("时间", window) for rule, window in told)
    ]

    with capsys.disabled():
        print(  # noqa: T201
            f"\n柳湾幼儿园：必须查出{len(must)}处，漏{len(missed)}处；"
            f"决不能说{len(never)}句，说了{len(said)}句；共{len(told)}条"
        )
    assert (missed, said) == ([], [])


def test_a_small_correct_branch_is_told_of_nothing(
    measured: dict[str, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    """Seven members in a year, never seven full ones: a secretary, no committee, no groups, and no
    fault.
    """
    small = measured["small"]
    told = small.told()
    outcomes = {v.item: v.outcome for v in small.checked.verdicts}

    with capsys.disabled():
        print(f"\n桂香里幼儿园：没有毛病，指出{len(told)}条")  # noqa: T201
    assert sorted(told) == []
    assert {item for item, outcome in outcomes.items() if outcome == "missing"} == set()


def test_what_cannot_be_told_says_so_and_what_is_not_asked_does_not(
    measured: dict[str, Measured],
) -> None:
    """Talks are asked of whole years: of a branch in its first year nothing is in doubt. Its rules
    on talks are there, which is all that annex 2 asks; that they are one sentence, copied and never
    adopted, are three warnings beside it.
    """
    by_item = {v.item: v for v in measured["careless"].checked.verdicts}

    assert by_item["L24"].outcome == "to_judge"
    assert by_item["L24"].reason.startswith("没有记录；没有发生的应零报告")
    assert by_item["L12"].outcome == "ok"
    assert all(one.certain for one in by_item["L12"].suspicions)
    assert [one.rule for one in by_item["L12"].suspicions] == ["L12:PD.3w", "L12:PD.4", "L12:PD.11"]
    assert by_item["L12"].counts == {"error": 0, "warn": 3, "info": 0}
    assert all("L27.6" not in one.rule for one in by_item["L27"].suspicions)
