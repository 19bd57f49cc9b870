"""What anybody can do, one entry for each act: who may, which line it leaves, and what stands
before it.

`tests/architecture/test_actions.py` and `test_acts_of_a_round.py` do each of them once as the one
who may and once as strangers, at the action itself. An entry is made by a function that prepares a
world and answers the act, still without its actor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from taizhang.checks.actions import checking as checks
from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.orgs.actor import Actor
from tests.inspection.conftest import Scene
from tests.make import Cast, picture, raw, save

Do = Callable[[Actor], Any]


@dataclass
class World:
    """Before an act: the cast, and the moment."""

    people: Cast
    now: datetime
    scene: Scene | None = None
    """A round whose teams are at work, for acts that begin with one."""

    @property
    def day(self) -> date:
        """The day of the moment."""
        return self.people.day

    def saved(self, slug: str, **about: str) -> Any:
        """A record of the own branch."""
        clerk = self.people.actor("clerk")
        return save(self.people.own, clerk, self.now, slug, **raw(slug) | about)

    def file(self) -> Any:
        """A file of the own branch, on no record."""
        clerk = self.people.actor("clerk")
        return evidence.take_in(
            branch=self.people.own, name="照片.png", data=picture(), kind="", actor=clerk, now=self.now
        ).file  # fmt: skip

    def judged(self) -> None:
        """A scope, and everybody judged within it."""
        checks.set_scope(
            from_on=date(2015, 1, 1), to_on=self.day, on=self.day, catalogue="tianning-2018", actor=None, now=self.now
        )  # fmt: skip
        checks.check_all(name="reference", actor=None, now=self.now)


@dataclass(frozen=True)
class Act:
    """One thing that can be done."""

    action: str
    verb: str
    by: str
    prepare: Callable[[World], Do]
    strangers: tuple[str, ...] = field(default=("nobody", "foreign"))
    """Who must be refused; empty where everybody may, for it is about himself alone."""
    at_work: bool = False
    """Whether it begins with the round that was opened once for all of these."""

    def __str__(self) -> str:
        """Its name among the tests."""
        return f"{self.action}-{self.verb}"


ACTS: list[Act] = []


def act(
    action: str, verb: str, by: str, *strangers: str, own: bool = False, at_work: bool = False
) -> Callable[[Callable[[World], Do]], Callable[[World], Do]]:
    """Enter an act; `own` for what concerns the actor alone, `at_work` for what begins with a round
    whose teams are at work.
    """

    def entered(prepare: Callable[[World], Do]) -> Callable[[World], Do]:
        refused = () if own else strangers or ("nobody", "foreign")
        ACTS.append(Act(action, verb, by, prepare, refused, at_work))
        return prepare

    return entered


def refuses_strangers_and_leaves_its_line(one: Act, w: World) -> None:
    """The same is asked of every act."""
    do = one.prepare(w)
    before = JournalLine.objects.count()

    for who in one.strangers:
        with pytest.raises((NotAllowed, NotFound, PermissionError)), transaction.atomic():
            do(w.people.actor(who))
        assert JournalLine.objects.count() == before, who
    do(w.people.actor(one.by))

    lines = JournalLine.objects.order_by("pk")[before:]
    assert one.verb in [line.verb for line in lines]
