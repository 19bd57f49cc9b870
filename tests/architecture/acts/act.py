"""What anybody can do, one entry for each act: who may, which line it leaves, and what stands before it.

`tests/architecture/test_actions.py` does each of them once as the one who may and once as strangers, at the action itself.
An entry is made by a function that prepares a world and answers the act, still without its actor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from taizhang.checks.actions import checking as checks
from taizhang.ledgers.evidence import actions as evidence
from taizhang.orgs.actor import Actor
from tests.make import Cast, picture, raw, save

Do = Callable[[Actor], Any]


@dataclass
class World:
    """Before an act: the cast, and the moment."""

    people: Cast
    now: datetime

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

    def __str__(self) -> str:
        """Its name among the tests."""
        return f"{self.action}-{self.verb}"


ACTS: list[Act] = []


def act(
    action: str, verb: str, by: str, *strangers: str, own: bool = False
) -> Callable[[Callable[[World], Do]], Callable[[World], Do]]:
    """Enter an act; `own` for what concerns the actor alone."""

    def entered(prepare: Callable[[World], Do]) -> Callable[[World], Do]:
        refused = () if own else strangers or ("nobody", "foreign")
        ACTS.append(Act(action, verb, by, prepare, refused))
        return prepare

    return entered
