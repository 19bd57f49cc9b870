"""Rules whose own rows stand in a table or follow from tables, and are set beside the rows of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from taizhang.rules.base import (
    Cut,
    Facts,
    Period,
    RowRule,
    Tables,
    chosen,
    in_force,
    matches,
    of_branches,
)
from taizhang.rules.populations import (
    OF_ONE,
    WITH_COMMITTEE,
    YEARLY,
    is_derived,
    population,
    population_table,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir


class OwnRows(RowRule):
    """A rule over rows of a table, or of a population, which has chosen its time already."""

    def rows(self, branch: Facts, period: Period) -> Iterator[Any]:
        """Those that meet the conditions in the rule's own time."""
        if not is_derived(self.ledger):
            yield from super().rows(branch, period)
            return
        if self.among and not branch.rows(self.among):
            return
        rows = population(branch, period, self.ledger)
        yield from (r for r in rows if matches(r, self.where) and self.runs_on(r.on))

    def selected(self, tables: Tables) -> ir.Table:
        """The same rows of every branch."""
        if not is_derived(self.ledger):
            return super().selected(tables)
        rows = chosen(population_table(tables, self.ledger), self.where)
        return in_force(of_branches(rows, self.among, tables), self, "on")

    def helpers(self) -> tuple[str, ...]:
        """What the population rests on beside facts."""
        return ("committees",) if self.ledger in WITH_COMMITTEE else ()

    def people(self, theirs: str, match: Mapping[str, str]) -> Mapping[str, str]:
        """The columns of the person who is the `other`: of the own rows, and of `theirs` where these must agree with it."""
        own: str = getattr(self, "other", "")
        found = {self.ledger: own}
        if is_derived(self.ledger):
            facts = OF_ONE.get(self.ledger, ()) if own == "person_id" else ()
            found = dict.fromkeys(facts, own)
        if self.other_is != "person" or theirs in found or is_derived(theirs) or not found:
            return {}
        for column, mine in match.items():
            if mine == own:
                found[theirs] = column
        return found

    def by_record(self) -> Mapping[str, str]:
        """Never for a population: its rows are no records."""
        return {} if is_derived(self.ledger) else super().by_record()

    def one_year(self, cut: Cut) -> bool:
        """A population says by itself whether it is one of years."""
        return self.ledger in YEARLY if is_derived(self.ledger) else super().one_year(cut)


class Waiting(OwnRows):
    """A rule that gives a row time."""

    settle: int | None = None
    """A row is asked only once so many days have passed since its day."""

    def is_early(self, row: Any, period: Period) -> bool:
        """Whether it is too soon to ask of a row."""
        return self.settle is not None and (period.on - getattr(row, self.day)).days < self.settle

    def old_enough(self, rows: ir.Table, tables: Tables) -> ir.Table:
        """The rows of which it is not."""
        if self.settle is None:
            return rows
        on_day = tables["period"].on_day.as_scalar()
        return rows.filter(on_day.delta(rows[self.day], unit="day") >= self.settle)
