"""What rows of another ledger add up to, against a number of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, ClassVar, Literal

from taizhang.rules.base import (
    NONE,
    Cut,
    Facts,
    Look,
    Period,
    Remedy,
    Suspicion,
    Where,
    matches,
)
from taizhang.rules.kinds.tally import Op, holds
from taizhang.rules.own_rows import Waiting


class Total(Waiting):
    """The sum of `sum_of` over the rows of `other_ledger` that agree in `match` (their column → own
    column) stands as `op` says to `bound`.

    Without `sum_of` it is their number. `bound` is an own column or a number; null counts as zero
    in the sum, and is not judged as a bound.
    """

    kind: Literal["total"] = "total"
    usual_remedy: ClassVar[Remedy] = "correct"
    other_ledger: str
    other_where: Where = {}
    match: dict[str, str]
    sum_of: str = ""
    times: int = 1
    """The sum is taken so many times, so that a half needs no fraction."""
    op: Op
    bound: str | int
    other: str = ""
    label: str = ""
    """The own column that is the window; else the day."""
    subject: str = "id"
    own_columns: ClassVar[tuple[str, ...]] = (*Waiting.own_columns, "other", "label")

    def by_person(self) -> Mapping[str, str]:
        """Both tables, where they agree in the person."""
        return self.people(self.other_ledger, self.match)

    def by_record(self) -> Mapping[str, str]:
        """Unless it adds up rows of its own ledger."""
        return {} if self.other_ledger == self.ledger else super().by_record()

    def counted(self) -> list[Look]:
        """What is added up, then its own rows."""
        return [Look(self.other_ledger, self.other_where), *super().counted()]

    def one_year(self, cut: Cut) -> bool:
        """Where both sides are told apart by years."""
        return super().one_year(cut) and self.other_ledger not in cut

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Add up once for all keys, then compare."""
        sums = self._sums(branch)
        keys = [attrgetter(own) for own in self.match.values()]
        for row in self.rows(branch, period):
            wanted = getattr(row, self.bound) if isinstance(self.bound, str) else self.bound
            at = tuple([key(row) for key in keys])
            if wanted is None or None in at or self.is_early(row, period):
                continue
            found = sums.get(at, 0)
            if not holds(self.op, found * self.times, wanted):
                yield self.hint(
                    branch,
                    str(getattr(row, self.label))
                    if self.label
                    else getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    other=getattr(row, self.other) if self.other else NONE,
                    found=found,
                    wanted=wanted,
                )

    def _amount(self, row: object) -> int:
        return (getattr(row, self.sum_of) or 0) if self.sum_of else 1

    def _sums(self, branch: Facts) -> dict[tuple[Any, ...], int]:
        sums: dict[tuple[Any, ...], int] = {}
        for row in branch.rows(self.other_ledger):
            if matches(row, self.other_where):
                at = tuple([getattr(row, column) for column in self.match])
                sums[at] = sums.get(at, 0) + self._amount(row)
        return sums

    def looks_at(self) -> list[Look]:
        """Both tables."""
        return [*super().looks_at(), Look(self.other_ledger, self.other_where)]
