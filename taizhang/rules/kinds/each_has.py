"""Everything that was due has its record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import (
    NONE,
    Cut,
    Facts,
    Look,
    Period,
    Suspicion,
    Where,
    whole,
)
from taizhang.rules.duty import MEMBERS, OfMembers
from taizhang.rules.membership import SPELLS_FROM, spells
from taizhang.rules.own_rows import Waiting


class EachHas(Waiting):
    """For each row of `ledger` (a table, or a population that follows from tables) there is one of
    `has`.

    The two agree in the columns of `match` (`has` column → own column); with `earliest`/`latest`
    the day of the other lies so many days after one's own day, both ends included. Null agrees with
    nothing.
    """

    kind: Literal["each_has"] = "each_has"
    has: str
    has_where: Where = {}
    has_day: str = "on"
    match: dict[str, str] = {}
    earliest: int | None = None
    latest: int | None = None
    has_end: str = ""
    """The column of the day on which the other's time ends: it ends after one's own day, or is
    open.
    """
    none: bool = False
    """The other way round: there must be no such row."""
    while_committee: bool = False
    """Asked only of days on which the branch had a committee."""
    other: str = ""
    """The own column that the suspicion names beside the record."""
    label: str = ""
    """The own column that is the window; else the day."""
    together: bool = False
    """Of all rows of a window one suspicion, with their number as `found`."""
    own_columns: ClassVar[tuple[str, ...]] = (*Waiting.own_columns, "other", "label")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look each one up by its keys, then by the days."""
        told = self._told(branch, period)
        if not self.together:
            yield from told
            return
        for window, found in Counter(suspicion.window for suspicion in told).items():
            yield self.hint(branch, window, found=found, wanted=0)

    def _told(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        keys = branch.index(self.has, *self.match, where=self.has_where)
        own_keys = [attrgetter(own) for own in self.match.values()]
        any_will_do = not self.has_end and not self.by_days
        for row in self.rows(branch, period):
            if self.is_early(row, period):
                continue
            if self.while_committee and not self._has_committee(branch, getattr(row, self.day)):
                continue
            at = tuple([own(row) for own in own_keys])
            found = () if None in at else keys.get(at, ())
            day = getattr(row, self.day)
            served = bool(found) and (any_will_do or any(self._serves(o, day) for o in found))
            if served == self.none:
                yield self.hint(
                    branch,
                    str(getattr(row, self.label)) if self.label else day.isoformat(),
                    subject=getattr(row, self.subject),
                    other=getattr(row, self.other) if self.other else NONE,
                    found=int(self.none),
                    wanted=int(not self.none),
                    detail=getattr(row, "post", ""),
                )

    @staticmethod
    def _has_committee(branch: Facts, day: Any) -> bool:
        return any(s.from_on <= day < s.to_on for s in spells(branch, "committees"))

    def _serves(self, other: Any, day: Any) -> bool:
        if self.has_end and (getattr(other, self.has_end) or FOREVER) <= day:
            return False
        if not self.by_days:
            return True
        theirs = getattr(other, self.has_day)
        if theirs is None:
            return False
        after = (theirs - day).days
        return (self.earliest is None or after >= self.earliest) and (
            self.latest is None or after <= self.latest
        )

    @property
    def by_days(self) -> bool:
        return self.earliest is not None or self.latest is not None

    def by_person(self) -> Mapping[str, str]:
        """Both tables, where they agree in the person."""
        return self.people(self.has, self.match)

    def by_record(self) -> Mapping[str, str]:
        """Unless the rows of the ledger are looked up in it."""
        return {} if self.has == self.ledger else super().by_record()

    def missing(self) -> Look | None:
        """What each row must have."""
        return None if self.none else Look(self.has, self.has_where)

    def counted(self) -> list[Look]:
        """What is missing and its own rows; where there should be none, its own rows first."""
        has = Look(self.has, self.has_where)
        return [*super().counted(), has] if self.none else [has, *super().counted()]

    def is_duty(self) -> bool:
        """Unless it is a mere hint, or asks that there be none."""
        return not self.none and self.severity != "info"

    def tells_windows(self) -> bool:
        """Where a column is the window."""
        return bool(self.label)

    def asked_of(self) -> Literal["branch", "group", "person"]:
        """Nearly always persons; records are counted like them."""
        return "person"

    def each_member(self) -> OfMembers | None:
        """Where its rows are members, told apart by windows."""
        if not (self.is_duty() and self.label and self.ledger in MEMBERS):
            return None
        return OfMembers(self, self.label, *MEMBERS[self.ledger], self.settle or 0)

    def one_year(self, cut: Cut) -> bool:
        """Where what is looked up in a table that is cut has the very day that is judged."""
        days = cut.get(self.has)
        return super().one_year(cut) and (
            days is None or any(self.match.get(day) == self.day for day in days)
        )

    def looks_at(self) -> list[Look]:
        """Both tables, and that of committees."""
        committees = whole(*SPELLS_FROM["committees"]) if self.while_committee else []
        return [*super().looks_at(), Look(self.has, self.has_where), *committees]
