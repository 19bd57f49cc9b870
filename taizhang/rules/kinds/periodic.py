"""At least so many rows in every month, quarter, half-year or year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveInt

from taizhang.kernel.calendar import Window, label_of
from taizhang.rules.base import (
    Facts,
    Look,
    Period,
    Suspicion,
    matches,
    whole,
)
from taizhang.rules.duty import WindowRule
from taizhang.rules.membership import SPELLS_FROM, belongs, spells


class Holder(BaseModel):
    """Only rows count whose person belonged to a population on the day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person: str
    belongs: str


class Periodic(WindowRule):
    """At least `at_least` rows in every window through which the branch (its committee, a channel,
    the group) existed.

    The last day of the window belongs to it. A window that is not over is not due.
    """

    kind: Literal["periodic"] = "periodic"
    at_least: PositiveInt = 1
    per: Literal["branch", "committee", "group", "channels", "rooms"] = "branch"
    """What must have existed all through a window; rows are counted for each group, else for the
    branch.
    """
    held_by: Holder | None = None
    among: str = ""
    """A table: only branches with a row in it are asked."""
    grace: int = 0
    """Days after the end of a window until which it is not yet due."""
    due_after: int | None = None
    """Days after the beginning of a window by which its rows must be there, as a plan's; else they
    are due when it is over.
    """
    made_up: bool = False
    """Only windows without any row whose next window has two or more: held late, and
    counted there.
    """

    def looks_at(self) -> list[Look]:
        """The ledger, whose windows are counted, and who must have held it."""
        lives = whole(*SPELLS_FROM[LIVES[self.per]]) if self.per in LIVES else []
        held = whole(*SPELLS_FROM[self.held_by.belongs]) if self.held_by else []
        among = whole(*[self.among] * bool(self.among))
        return [Look(self.ledger, self.where), *lives, *held, *among]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the rows of each window, and of each group."""
        asked = period.due(self.every) if self.due_after is None else period.begun(self.every)
        due = [w for w in asked if self.is_due(w, period)]
        for window, after in zip_longest(due, due[1:]):
            if not self.runs_on(window.starts_on):
                continue
            for group in self.whose(branch, window):
                found = self.count(branch, window.label, group)
                if self._fails(found, branch, after, group):
                    yield self.hint(
                        branch, window.label, other=group, found=found, wanted=self.at_least
                    )

    def own(self) -> Look:
        """The rows that are counted."""
        return Look(self.ledger, self.where)

    def told_day(self) -> str:
        """The day by which rows are counted."""
        return self.day

    def missing(self) -> Look:
        """A row of the window."""
        return self.own()

    def is_duty(self) -> bool:
        """Unless it is a mere hint, or asks what was made up for later."""
        return not self.made_up and self.severity != "info"

    def asked_of(self) -> Literal["branch", "group", "person"]:
        """Each group, or the branch."""
        return "group" if self.per == "group" else "branch"

    def each_window(self) -> WindowRule | None:
        """Itself."""
        return self if self.is_duty() else None

    def is_due(self, window: Window, period: Period) -> bool:
        """Whether a window has ended, and the days of grace after it; or has gone on for as long as
        rows are waited for.
        """
        if self.due_after is not None:
            return (period.last - window.starts_on).days >= self.due_after
        return (period.last - window.ends_on).days >= self.grace

    def _fails(self, found: int, branch: Facts, after: Window | None, group: int) -> bool:
        if not self.made_up:
            return found < self.at_least
        return found == 0 and after is not None and self.count(branch, after.label, group) >= 2

    def is_untold(self, branch: Facts) -> bool:
        """Whether nobody can say of whom rows are due, for what they are due of is not
        on record.
        """
        lives = LIVES.get(self.per, "")
        return lives in self.needs and not branch.rows(lives)

    def whose(self, branch: Facts, window: Window) -> list[int]:
        """The groups, or -1 for the branch itself, that existed all through the window."""
        if not branch.lived_through(window) or (self.among and not branch.rows(self.among)):
            return []
        if self.per == "branch":
            return [-1]
        alive = {
            spell.group_id
            for spell in spells(branch, LIVES[self.per])
            if spell.from_on <= window.starts_on and spell.to_on > window.ends_on
        }
        return sorted(alive) if self.per == "group" else [-1] if alive else []

    def count(self, branch: Facts, label: str, group: int) -> int:
        """How many rows the branch (-1) or a group has in the window of this label."""
        key = (
            self.ledger,
            repr(self.where),
            self.day,
            self.every,
            repr(self.held_by),
            self.per == "group",
        )
        if key not in branch.memo:
            branch.memo[key] = self._counts(branch)
        return int(branch.memo[key].get((label, group), 0))

    def _counts(self, branch: Facts) -> dict[tuple[str, int], int]:
        counts: dict[tuple[str, int], int] = {}
        for row in branch.rows(self.ledger):
            day = getattr(row, self.day)
            if day is None or not matches(row, self.where):
                continue
            if self.held_by and not belongs(
                branch, self.held_by.belongs, getattr(row, self.held_by.person), day
            ):
                continue
            at = (label_of(self.every, day), row.group_id if self.per == "group" else -1)
            counts[at] = counts.get(at, 0) + 1
        return counts


LIVES = {"group": "groups", "committee": "committees", "channels": "channels", "rooms": "rooms"}
