"""Somebody's duty of every month was not done for too many months in a row (DUES-9 of DOMAIN 4.6)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Facts, Look, Period, Remedy, Suspicion, Tables, whole
from taizhang.rules.by_words import alike_but, asked
from taizhang.rules.columns import hints
from taizhang.rules.lazy import ibis
from taizhang.rules.own_rows import OwnRows

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Lapse(OwnRows):
    """Of the months of `ledger`, those of one person that have no row of `has` are fewer than `at_least` in a row.

    The two agree in the columns of `match` (`has` column → own column). A month that is not in `ledger` ends a run. Told of
    the last month of each run that is shorter than `below`, with its length.
    """

    kind: Literal["lapse"] = "lapse"
    usual_remedy: ClassVar[Remedy] = "now"
    has: str
    match: dict[str, str]
    at_least: PositiveInt
    below: PositiveInt | None = None
    other: Literal["person_id"] = "person_id"

    def looks_at(self) -> list[Look]:
        """Both tables."""
        return [*super().looks_at(), *whole(self.has)]

    def missing(self) -> Look:
        """The row of a month that has none."""
        return Look(self.has)

    def counted(self) -> list[Look]:
        """What is missing, and of whom."""
        return [Look(self.has), *super().counted()]

    def by_person(self) -> Mapping[str, str]:
        """Both tables, where they agree in the person."""
        return self.people(self.has, self.match)

    def one_year(self, cut: Any) -> bool:
        """Never: a run goes on over the end of a year."""
        del cut
        return False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Put each person's missing months in order, and cut them where one is not the next."""
        done = branch.index(self.has, *self.match)
        missing: dict[int, dict[int, str]] = {}
        for row in self.rows(branch, period):
            if tuple(getattr(row, own) for own in self.match.values()) not in done:
                at = row.on.year * 12 + row.on.month
                missing.setdefault(row.person_id, {})[at] = row.label
        for person, months in missing.items():
            for run in _runs(sorted(months)):
                last, n = months[run[-1]], len(run)
                if self.at_least <= n < (self.below or _ENDLESS):
                    yield self.hint(branch, last, other=person, found=n, wanted=self.at_least)

    def asked_with(self) -> Hashable:
        """Rules that ask for other lengths of the same runs."""
        return alike_but(self, ["at_least", "below"])

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """Each run beside the bounds of each rule."""
        rules, runs = [self, *others], self._all_runs(tables)
        bounds = {
            "least": [rule.at_least for rule in rules],
            "under": [rule.below or _ENDLESS for rule in rules],
        }
        table = asked(rules, bounds, tables)
        told = runs.join(table, [runs.n >= table.least, runs.n < table.under])
        return hints(told, window="last", other="person_id", found="n", wanted="least")

    def _all_runs(self, tables: Tables) -> ir.Table:
        """The number of a month less its place among the missing ones is the same along a run."""
        rows, theirs = self.selected(tables), tables[self.has]
        theirs = theirs.select(
            k_branch="branch_id", **{f"k{i}": name for i, name in enumerate(self.match)}
        )
        same = [rows[own] == theirs[f"k{i}"] for i, own in enumerate(self.match.values())]
        rows = rows.anti_join(theirs, [rows.branch_id == theirs.k_branch, *same])
        at = (rows.on.year() * 12 + rows.on.month()).cast("int64")
        rows = rows.select("branch_id", "person_id", "label", at=at).distinct()
        along = ibis.window(group_by=["branch_id", "person_id"], order_by="at")
        rows = rows.mutate(nth=ibis.row_number().over(along))
        rows = rows.mutate(run=rows["at"] - rows.nth)
        runs = rows.group_by(["branch_id", "person_id", "run"])
        return runs.aggregate(n=rows.count(), last=rows.label.max())


_ENDLESS = 100_000
"""More months than there can be."""


def _runs(months: list[int]) -> Iterator[list[int]]:
    run = months[:1]
    for before, month in pairwise(months):
        if month != before + 1:
            yield run
            run = []
        run.append(month)
    if run:
        yield run
