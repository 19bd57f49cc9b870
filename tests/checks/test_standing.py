"""What a verdict rests on beside suspicions, by both engines (DuckDB by night): declarations,
charts, committees.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.models import Outcome
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.office import actions as declarations
from taizhang.ledgers.records import actions
from taizhang.rules.base import Period
from tests.make import NAMES, Cast, organisation, raw, save

PERIOD = Period(date(2014, 1, 1), date(2018, 12, 31), date(2018, 10, 25))


@pytest.fixture(params=["reference", pytest.param("duckdb", marks=pytest.mark.night)])
def outcome(request: pytest.FixtureRequest, people: Cast) -> Any:
    """The outcome of an item of the own branch."""

    def ask(item: str) -> str:
        [checked] = engine.ENGINES[request.param]([people.own], "tianning-2018", PERIOD)
        return next(str(v.outcome) for v in checked.verdicts if v.item == item)

    return ask


@pytest.mark.parametrize(("begins", "said"), [("2015-03-01", "ok"), ("2015-03-02", "to_judge")])
def test_a_declaration_may_begin_with_the_branch(
    people: Cast, now: datetime, outcome: Any, begins: str, said: str
) -> None:
    own = people.own
    own.established_on = date(2015, 3, 1)
    own.save()
    values = raw("declarations") | {"item": "L23", "from_on": begins, "to_on": "2018-12-31"}
    entry = save(own, people.actor("clerk"), now, "declarations", **values)
    declarations.confirm(entry=entry, actor=people.actor("office"), now=now)

    assert outcome("L23") == said


def test_a_chart_counts_for_as_long_as_it_holds(people: Cast, now: datetime, outcome: Any) -> None:
    assert outcome("L14") == Outcome.TO_JUDGE
    save(people.own, people.actor("clerk"), now, "charts", valid_from="2013-09-01")
    save(people.own, people.actor("clerk"), now, "charts", valid_from="2015-01-10")
    assert outcome("L14") == Outcome.OK


def test_a_branch_without_a_committee_is_not_asked_for_one(
    people: Cast, now: datetime, outcome: Any
) -> None:
    assert outcome("L29") == Outcome.MISSING
    for name in NAMES[1:3]:
        _withdraw(people, "posts", name, now)
    for name in NAMES[6:]:
        _withdraw(people, "members", name, now)
    assert outcome("L29") == Outcome.NOT_APPLICABLE
    assert outcome("L16") == Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "engine_name", ["reference", pytest.param("duckdb", marks=pytest.mark.night)]
)
def test_without_a_roster_nobody_can_tell_whether_there_is_a_committee_or_a_group(
    people: Cast, now: datetime, engine_name: str
) -> None:
    new = organisation("新校", people.committee, now)
    [checked] = engine.ENGINES[engine_name]([new], "tianning-2018", PERIOD)
    told = {verdict.item: verdict for verdict in checked.verdicts}
    assert told["L29"].outcome == told["L30"].outcome == Outcome.TO_JUDGE
    if engine_name == "reference":
        assert told["L30"].reason == "党员花名册没有记录，无法判断是否设党小组"


def _withdraw(people: Cast, slug: str, name: str, now: datetime) -> None:
    kind = KINDS[slug]
    entry = kind.model.objects.current().get(branch=people.own, person__name=name)
    actions.withdraw(kind=kind, entry=entry, reason="误登", actor=people.actor("clerk"), now=now)


def test_a_case_without_a_step_has_no_day_and_is_no_record_of_the_period(
    people: Cast, now: datetime, outcome: Any
) -> None:
    begun = raw("cases") | {"steps": ""}
    entry: Any = save(people.own, people.actor("clerk"), now, "cases", **begun)

    assert entry.latest_on is None
    assert outcome("L17") == "to_judge"
