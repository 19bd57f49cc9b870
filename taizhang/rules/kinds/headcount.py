"""A number written down is the number of persons who belonged that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.rules.base import (
    Compared,
    Facts,
    Look,
    Period,
    Remedy,
    RowRule,
    Suspicion,
    Tables,
    whole,
)
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis
from taizhang.rules.people import SPELLS_FROM, Population, headcount, spell_table, there

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Headcount(RowRule):
    """`column` is the number of different persons of the population on the day, of the row's own group for groups.

    With `at_most` it is not more than that, with `at_least` not less; who belongs to `without` is not counted.
    On a day on which somebody came or left there are two numbers, before and after: a meeting that admits a member
    counts without him, and either is right.
    """

    kind: Literal["headcount"] = "headcount"
    usual_remedy: ClassVar[Remedy] = "correct"
    compares: ClassVar[Compared] = "roster"
    column: str
    population: Population
    without: Population | None = None
    at_most: bool = False
    at_least: bool = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "column")

    def looks_at(self) -> list[Look]:
        """The ledger, and what the populations rest on."""
        both = (self.population, self.without) if self.without else (self.population,)
        return [*super().looks_at(), *whole(*(t for p in both for t in SPELLS_FROM[p]))]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the persons of each row's day."""
        for row in self.rows(branch, period):
            found = getattr(row, self.column)
            if found is None:
                continue
            group = row.group_id if self.population == "group" else None
            day = getattr(row, self.day)
            wanted = headcount(branch, self.population, day, group, self.without)
            if self._wrong(found, wanted) and self._wrong(found, self._before(branch, day, group)):
                yield self.hint(
                    branch,
                    day.isoformat(),
                    subject=getattr(row, self.subject),
                    found=found,
                    wanted=wanted,
                )

    def _before(self, branch: Facts, day: date, group: int | None) -> int:
        """How many there were before whoever came or left that day did so."""
        out = there(branch, self.without, day) if self.without else set()
        return len(there(branch, self.population, day - timedelta(days=1), group) - out)

    def _wrong(self, found: Any, wanted: Any) -> Any:
        if self.at_least:
            return found < wanted
        return found > wanted if self.at_most else found != wanted

    def relation(self, tables: Tables) -> ir.Table:
        """Rows left join spells that hold that day, count distinct persons."""
        rows = self.selected(tables)
        rows = rows.select(
            "branch_id", subject=rows[self.subject], day=rows[self.day], found=rows[self.column],
            own_group=rows.group_id if self.population == "group" else rows.branch_id,
        )  # fmt: skip
        rows = rows.filter(rows.found.notnull())
        spell = spell_table(tables, self.population).select(
            s_branch="branch_id",
            person_id="person_id",
            s_group="group_id",
            s_from="from_on",
            s_to="to_on",
        )
        on = [rows.branch_id == spell.s_branch, spell.s_from <= rows.day, spell.s_to >= rows.day]
        if self.population == "group":
            on.append(rows.own_group == spell.s_group)
        both = rows.left_join(spell, on)
        if self.without:
            both = self._counted(both, spell_table(tables, self.without))
        counts = both.group_by(["branch_id", "subject", "day", "found"]).aggregate(
            wanted=both.person_id.nunique(where=both.s_to > both.day),
            before=both.person_id.nunique(where=both.s_from < both.day),
        )
        wrong = [self._wrong(counts.found, counts[column]) for column in ("wanted", "before")]
        counts = counts.filter(*wrong)
        return hints(
            counts, window=day_label(counts.day), subject="subject", found="found", wanted="wanted"
        )

    @staticmethod
    def _counted(both: ir.Table, out: ir.Table) -> ir.Table:
        """Nobody in the place of those who are not counted that day."""
        out = out.select(o_branch="branch_id", o_person="person_id", o_from="from_on", o_to="to_on")
        same = [both.branch_id == out.o_branch, both.person_id == out.o_person]
        told = both.left_join(out, [*same, out.o_from <= both.day, out.o_to > both.day])
        return told.mutate(person_id=ibis.ifelse(told.o_person.isnull(), told.person_id, None))
