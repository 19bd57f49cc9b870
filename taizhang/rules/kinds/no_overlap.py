"""Nobody is in two places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple

from taizhang.rules.base import Compared, Cut, Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule


class _Stay(NamedTuple):
    """Somebody's time at one record, in minutes of a day."""

    person: Any
    day: date
    record: int
    branch: int
    starts: int
    ends: int
    place: str | None
    name: str
    of: str


class _Clash:
    """Two records, the lesser key first, their words, and the names of those at both by what tells
    them apart.
    """

    def __init__(self, one: _Stay, two: _Stay) -> None:
        """Of the first person at both."""
        self.one, self.two = one, two
        self.of, self.of2 = one.of, two.of
        self.names: dict[Any, str] = {}

    def meets(self, one: _Stay, two: _Stay) -> None:
        """Another row of both."""
        self.of, self.of2 = min(self.of, one.of), min(self.of2, two.of)
        self.names[one.person] = min(self.names.get(one.person, one.name), one.name)


class NoOverlap(RowRule):
    """No person has two rows of one day whose times overlap, or, at different places, lie less than
    `travel` minutes apart.

    Times are minutes of the day; a row without both is not judged. Each pair of records is told
    once, with the number of persons, and with the name of one of them where rows hold it; across
    branches it is told to each of the two. With `told_of` it is told of a record of these words
    alone: of two records of other words, once of each by its rule.
    """

    kind: Literal["no_overlap"] = "no_overlap"
    usual_remedy: ClassVar[Remedy] = "correct"
    compares: ClassVar[Compared] = "times"
    person: str = "person_id"
    starts: str = "starts"
    ends: str = "ends"
    place: str = "place"
    travel: int = 0
    name: str = ""
    """The column of the person's name."""
    of: str = ""
    told_of: list[str] = []
    """The column of the record's own word, and the words of those that the rule tells of; empty for
    all.
    """
    alone: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (
        *RowRule.own_columns,
        "person",
        "starts",
        "ends",
        "place",
        "name",
        "of",
    )

    def meets_by(self) -> tuple[str, ...]:
        """The person."""
        return (self.person,)

    def one_day(self, cut: Cut) -> bool:
        """Rows are compared day by day."""
        return self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the rows of each person and day two by two."""
        for clash in [] if self.across else self._clashes(branch, period):
            if not self.told_of or clash.of in self.told_of:
                yield self._told(clash.one, clash.two, clash.names)
            elif clash.of2 in self.told_of:
                yield self._told(clash.two, clash.one, clash.names)

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """The same for rows of two branches."""
        for clash in self._clashes(everybody, period):
            one, two = clash.one, clash.two
            if one.branch != two.branch:
                yield self._told(one, two, clash.names)
                yield self._told(two, one, clash.names)

    def _told(self, own: _Stay, other: _Stay, names: dict[Any, str]) -> Suspicion:
        name, found = min(names.values()), len(names)
        return Suspicion(
            self.id,
            own.branch,
            own.day.isoformat(),
            subject=own.record,
            other=other.record,
            found=found,
            wanted=0,
            detail=f"{name}等{found}人" if name and found > 1 else name,
        )

    def _clashes(self, facts: Facts, period: Period) -> list[_Clash]:
        """The pairs; found once for all rules that tell of others."""
        key = ("clashes", self.alike_but("told_of"), period)
        if key not in facts.memo:
            facts.memo[key] = self._pairs(facts, period)
        found: list[_Clash] = facts.memo[key]
        return found

    def _pairs(self, facts: Facts, period: Period) -> list[_Clash]:
        pairs: dict[tuple[int, int, date], _Clash] = {}
        for stays in self._stays(facts, period):
            for one in stays:
                for two in stays:
                    if one.record < two.record and self._clash(one, two):
                        key = (one.record, two.record, one.day)
                        pairs.setdefault(key, _Clash(one, two)).meets(one, two)
        return list(pairs.values())

    def _stays(self, facts: Facts, period: Period) -> Iterator[list[_Stay]]:
        """The rows of each person and day that has more than one."""
        columns = (self.person, self.day, self.subject, "branch_id", self.starts, self.ends)
        told = attrgetter(*columns, self.place)
        name = attrgetter(self.name) if self.name else _nothing
        of = attrgetter(self.of) if self.of else _nothing
        rows = list(self.rows(facts, period))
        whose = list(map(attrgetter(self.person, self.day), rows))
        twice = {at for at, n in Counter(whose).items() if n > 1 and at[0] not in (None, "")}
        found: dict[tuple[Any, date], list[_Stay]] = {}
        for at, row in zip(whose, rows, strict=True):
            if at in twice:
                found.setdefault(at, []).append(_Stay._make((*told(row), name(row), of(row))))
        for stays in found.values():
            yield [stay for stay in stays if None not in (stay.starts, stay.ends)]

    def _clash(self, one: _Stay, two: _Stay) -> bool:
        if one.starts < two.ends and two.starts < one.ends:
            return True
        if not (one.place and two.place and one.place != two.place):
            return False
        return one.starts < two.ends + self.travel and two.starts < one.ends + self.travel


def _nothing(row: object) -> str:
    del row
    return ""
