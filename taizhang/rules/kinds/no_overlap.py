"""Nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class NoOverlap(RowRule):
    """No person has two rows of one day whose times overlap, or, at different places, lie less than `travel` minutes apart.

    Times are minutes of the day; a row without both is not judged. Each pair of records is told once, with the
    number of persons.
    """

    kind: Literal["no_overlap"] = "no_overlap"
    person: str = "person_id"
    starts: str = "starts"
    ends: str = "ends"
    place: str = "place"
    travel: int = 0

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the rows of each person and day two by two."""
        days: dict[Any, list[Any]] = {}
        for row in self.rows(branch, period):
            person = getattr(row, self.person)
            if person is not None and None not in (
                getattr(row, self.starts),
                getattr(row, self.ends),
            ):
                days.setdefault((person, getattr(row, self.day)), []).append(row)
        pairs: dict[tuple[int, int, str], set[int]] = {}
        for (person, day), rows in days.items():
            for pair in self._pairs(rows):
                pairs.setdefault((*pair, day.isoformat()), set()).add(person)
        for (one, two, label), persons in pairs.items():
            yield self.hint(branch, label, subject=one, other=two, found=len(persons), wanted=0)

    def _pairs(self, rows: list[Any]) -> Iterator[tuple[int, int]]:
        for a in rows:
            for b in rows:
                one, two = getattr(a, self.subject), getattr(b, self.subject)
                if one < two and self._clash(*self._times(a), *self._times(b)):
                    yield one, two

    def _times(self, row: Any) -> tuple[int, int, str]:
        return getattr(row, self.starts), getattr(row, self.ends), getattr(row, self.place) or ""

    def _clash(self, s1: int, e1: int, p1: str, s2: int, e2: int, p2: str) -> bool:
        if s1 < e2 and s2 < e1:
            return True
        return bool(p1 and p2 and p1 != p2 and s1 < e2 + self.travel and s2 < e1 + self.travel)

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
        rows = rows.filter(rows.s.notnull(), rows.e.notnull(), rows.person.notnull())
        two = rows.view().select("branch_id", "person", "day", id2="id", s2="s", e2="e", p2="p")
        both = rows.join(two, ["branch_id", "person", "day"])
        both = both.filter(both.id < both.id2)
        overlap = (both.s < both.e2) & (both.s2 < both.e)
        near = (both.s < both.e2 + self.travel) & (both.s2 < both.e + self.travel)
        apart = (both.p != "") & (both.p2 != "") & (both.p != both.p2)
        both = both.filter(overlap | (apart & near))
        counts = both.group_by(["branch_id", "id", "id2", "day"]).aggregate(n=both.person.nunique())
        return hints(
            counts, window=day_label(counts.day), subject="id", other="id2", found="n", wanted=0
        )
