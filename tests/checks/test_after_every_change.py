"""After every change of a record of each kind, what is on record is what a whole check
would say.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from taizhang.checks.actions import checking
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from tests.checks.test_incremental import must_be_whole
from tests.conftest import NOW
from tests.make import Cast, correct, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db
THERE = ("meetings", "dues-payments")
"""What is on record before, for other kinds refer to it."""


def _judged(people: Cast) -> None:
    inspected(NOW, (2015, 2018), NOW.date())
    checking.judge_whole(people.own, NOW)
    for kind in THERE:
        save(people.own, people.actor("clerk"), NOW, kind, **raw(kind))


begun = begins_with(_judged)


@pytest.mark.parametrize("kind", KINDS)
def test_the_record_says_what_a_whole_check_says(kind: str, people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    if kind in THERE:
        entry = KINDS[kind].model.objects.get(branch=people.own)
    else:
        entry = save(people.own, actor, now, kind, **raw(kind))
    must_be_whole(people, now)

    correct(kind, entry, actor, now, **_moved(kind))
    must_be_whole(people, now)

    ledgers.withdraw(kind=KINDS[kind], entry=entry, reason="撤回", actor=actor, now=now)
    must_be_whole(people, now)


def _moved(kind: str) -> dict[str, str]:
    """The record put into another year, so that both years must be looked at."""
    moved = {"meetings": {"held_on": "2017-05-01"}, "dues-payments": {"paid_on": "2017-02-01"}}
    return moved.get(kind, {})
