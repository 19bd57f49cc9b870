"""Nobody is in two places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from taizhang.rules.base import Cut, Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class _Stay(NamedTuple):
    """Somebody's time at one record, in minutes of a day."""

    person: Any
    day: date
    record: int
    branch: int
    starts: int
    ends: int
    place: str | None


class NoOverlap(RowRule):
    """No person has two rows of one day whose times overlap, or, at different places, lie less than `travel` minutes apart.

    Times are minutes of the day; a row without both is not judged. Each pair of records is told once, with the
    number of persons; across branches it is told to each of the two.
    """

    kind: Literal["no_overlap"] = "no_overlap"
    person: str = "person_id"
    starts: str = "starts"
    ends: str = "ends"
    place: str = "place"
    travel: int = 0
    alone: ClassVar[bool] = False

    def one_day(self, cut: Cut) -> bool:
        """Rows are compared day by day."""
        return self._own_day_in(cut)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the rows of each person and day two by two."""
        for one, two, persons in [] if self.across else self._clashes(branch, period):
            yield self._told(one, two, persons)

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """The same for rows of two branches."""
        for one, two, persons in self._clashes(everybody, period):
            if one.branch != two.branch:
                yield self._told(one, two, persons)
                yield self._told(two, one, persons)

    def _told(self, own: _Stay, other: _Stay, persons: int) -> Suspicion:
        return Suspicion(
            self.id,
            own.branch,
            own.day.isoformat(),
            subject=own.record,
            other=other.record,
            found=persons,
            wanted=0,
        )

    def _clashes(self, facts: Facts, period: Period) -> Iterator[tuple[_Stay, _Stay, int]]:
        """Two records, the lesser key first, and how many persons are at both."""
        pairs: dict[tuple[int, int, date], tuple[_Stay, _Stay, set[Any]]] = {}
        for stays in self._stays(facts, period):
            for one in stays:
                for two in stays:
                    if one.record < two.record and self._clash(one, two):
                        key = (one.record, two.record, one.day)
                        pairs.setdefault(key, (one, two, set()))[2].add(one.person)
        for one, two, persons in pairs.values():
            yield one, two, len(persons)

    def _stays(self, facts: Facts, period: Period) -> Iterator[list[_Stay]]:
        """The rows of each person and day that has more than one."""
        told = attrgetter(
            self.person, self.day, self.subject, "branch_id", self.starts, self.ends, self.place
        )
        rows = list(self.rows(facts, period))
        whose = list(map(attrgetter(self.person, self.day), rows))
        twice = {at for at, n in Counter(whose).items() if n > 1 and at[0] not in (None, "")}
        found: dict[tuple[Any, date], list[_Stay]] = {}
        for at, row in zip(whose, rows, strict=True):
            if at in twice:
                found.setdefault(at, []).append(_Stay(*told(row)))
        for stays in found.values():
            yield [stay for stay in stays if None not in (stay.starts, stay.ends)]

    def _clash(self, one: _Stay, two: _Stay) -> bool:
        if one.starts < two.ends and two.starts < one.ends:
            return True
        if not (one.place and two.place and one.place != two.place):
            return False
        return one.starts < two.ends + self.travel and two.starts < one.ends + self.travel

    def relation(self, tables: Tables) -> ir.Table:
        """A self-join on person and day."""
        rows = self.selected(tables)
        rows = rows.select(
            branch_id=rows.branch_id,
            person=rows[self.person],
            day=rows[self.day],
            id=rows[self.subject],
            s=rows[self.starts],
            e=rows[self.ends],
            p=rows[self.place].fill_null(""),
        )
        if self.across:
            rows = rows.semi_join(self._in_two_branches(tables), "person")
        rows = rows.filter(rows.s.notnull(), rows.e.notnull(), rows.person.notnull())
        if rows.person.type().is_string():
            rows = rows.filter(rows.person != "")
        two = rows.view().select(
            "person", "day", branch2="branch_id", id2="id", s2="s", e2="e", p2="p"
        )
        both = rows.join(two, ["person", "day"])
        both = both.filter(self._pairing(both))
        overlap = (both.s < both.e2) & (both.s2 < both.e)
        near = (both.s < both.e2 + self.travel) & (both.s2 < both.e + self.travel)
        apart = (both.p != "") & (both.p2 != "") & (both.p != both.p2)
        both = both.filter(overlap | (apart & near))
        counts = both.group_by(["branch_id", "id", "id2", "day"]).aggregate(n=both.person.nunique())
        return hints(
            counts, window=day_label(counts.day), subject="id", other="id2", found="n", wanted=0
        )

    def _in_two_branches(self, tables: Tables) -> ir.Table:
        """Whoever has rows in more than one: few, so that a country's rows need not be joined with themselves."""
        held = tables[self.ledger].select("branch_id", person=self.person)
        spans = held.group_by("person").aggregate(
            least=held.branch_id.min(), greatest=held.branch_id.max()
        )
        return spans.filter(spans.least != spans.greatest).select("person")

    def _pairing(self, both: ir.Table) -> Any:
        """Which two rows are compared; across branches each pair is told to both."""
        if self.across:
            return (both.branch_id != both.branch2) & (both.id != both.id2)
        return (both.branch_id == both.branch2) & (both.id < both.id2)
