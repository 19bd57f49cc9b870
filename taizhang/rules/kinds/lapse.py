"""Somebody's duty of every month was not done for too many months in a row (DUES-9 of
DOMAIN 4.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import PositiveInt

from taizhang.rules.base import Facts, Look, Period, Remedy, Suspicion, whole
from taizhang.rules.own_rows import Waiting


class Lapse(Waiting):
    """Of the months of `ledger`, those of one person that have no row of `has` are fewer than
    `at_least` in a row.

    The two agree in the columns of `match` (`has` column → own column). A month that is not in
    `ledger` ends a run. Told of the last month of each run that is shorter than `below`, with its
    length. A month that is waited for (`settle` days from its first) ends no run and lengthens
    none.
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

    def one_year(self, cut: object) -> bool:
        """Never: a run goes on over the end of a year."""
        del cut
        return False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Put each person's missing months in order, and cut them where one is not the next."""
        done = branch.index(self.has, *self.match)
        missing: dict[int, dict[int, str]] = {}
        for row in self.rows(branch, period):
            if self.is_early(row, period):
                continue
            if tuple(getattr(row, own) for own in self.match.values()) not in done:
                at = row.on.year * 12 + row.on.month
                missing.setdefault(row.person_id, {})[at] = row.label
        for person, months in missing.items():
            for run in _runs(sorted(months)):
                last, n = months[run[-1]], len(run)
                if self.at_least <= n < (self.below or ENDLESS):
                    yield self.hint(branch, last, other=person, found=n, wanted=self.at_least)


ENDLESS = 100_000
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
