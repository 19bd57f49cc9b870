"""三会一课: what is wanted in the matrix is what the rule in force asks for, group by group."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from taizhang.checks import editions, engine
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.pages.meeting_matrix import Slot, meetings_matrix
from tests.make import Cast, inspected, raw, save

JUDGED = date(2018, 10, 25)


@pytest.fixture(autouse=True)
def _scope(people: Cast, now: datetime) -> None:
    inspected(now, (2018, 2018), JUDGED)


def _slots(people: Cast, kind: str) -> list[Slot]:
    found = meetings_matrix(actor=people.actor("office"), kind=kind, year=2018, today=JUDGED)
    return next(row.slots for row in found.rows if row.branch == people.own)


def _meet(people: Cast, now: datetime, **values: str) -> None:
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | values)


def test_months_that_are_over_are_wanted(people: Cast, now: datetime) -> None:
    for day in ("2018-03-06", "2018-03-20", "2018-10-09"):
        _meet(people, now, held_on=day)
    slots = _slots(people, "committee_meeting")
    assert [(s.shown, s.wanted, s.tone) for s in slots[1:4]] == [
        (0, 1, "none"), (2, 1, "done"), (0, 1, "none"),
    ]  # fmt: skip
    assert [(s.shown, s.wanted, s.tone) for s in slots[8:]] == [
        (0, 1, "none"), (1, 0, "done"), (0, 0, "na"), (0, 0, "na"),
    ]  # fmt: skip


def test_one_group_does_not_stand_in_for_another(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "groups", name="第二党小组", valid_from="2013-09-01")  # fmt: skip
    for day in ("2018-03-06", "2018-03-20"):
        _meet(people, now, kind="党小组会", group="第一党小组", held_on=day)
    march = _slots(people, "group_meeting")[2]
    assert (march.held, march.shown, march.wanted, march.tone) == (2, 1, 2, "one")
    _meet(people, now, kind="党小组会", group="第二党小组", held_on="2018-03-21")
    march = _slots(people, "group_meeting")[2]
    assert (march.shown, march.wanted, march.tone) == (3, 2, "done")


@pytest.mark.parametrize(("change", "wanted"), [({"at_least": "2"}, 2), ({"off": "1"}, 0)])
def test_another_rule_wants_other_numbers(
    people: Cast, now: datetime, change: dict[str, str], wanted: int
) -> None:
    base = engine.catalogue("tianning-2018")
    name = editions.keep(editions.changed(base, {"L29:L29.1": change}))
    publishing.publish(name=name, note="试", actor=people.actor("office"), now=now)
    _meet(people, now, held_on="2018-03-06")
    march = _slots(people, "committee_meeting")[2]
    assert (march.shown, march.wanted) == (1, wanted)
