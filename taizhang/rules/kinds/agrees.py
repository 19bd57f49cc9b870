"""A number in one ledger is the number in another."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, ClassVar, Literal

from taizhang.rules.base import NONE, Cut, Facts, Look, Period, Remedy, Suspicion, Where
from taizhang.rules.kinds.tally import Op, holds
from taizhang.rules.row_rules import RowRule


class Agrees(RowRule):
    """`column` stands as `op` says to `theirs` of some row of `other` with equal keys, within
    `tolerance`.

    Judged only where the other ledger has a row with these keys; a missing one is for `each_has` to
    say. With `unless`, not where a row of that table has the same `unless_match`. `wanted` is the
    least of what the other rows say.
    """

    kind: Literal["agrees"] = "agrees"
    usual_remedy: ClassVar[Remedy] = "correct"
    other_ledger: str
    match: dict[str, str]
    """Column of the other ledger → own column."""
    column: str
    theirs: str
    op: Op = "eq"
    tolerance: int = 0
    unless: str = ""
    unless_where: Where = {}
    unless_match: dict[str, str] = {}
    """Column of that table → own column."""
    other: str = ""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "column", "other")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look up the other rows of each row."""
        theirs = self._theirs(branch)
        own_keys = [attrgetter(own) for own in self.match.values()]
        column = attrgetter(self.column)
        for row in self.rows(branch, period):
            if self._spared(branch, row):
                continue
            own = column(row)
            at = tuple([key(row) for key in own_keys])
            values = theirs.get(at, ())
            if own is None or None in at or not values:
                continue
            if not any(self.compared(own, value) for value in values):
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    other=getattr(row, self.other) if self.other else NONE,
                    found=own,
                    wanted=min(values),
                )

    def _spared(self, branch: Facts, row: object) -> bool:
        """Whether the table of exceptions has a row of the same keys."""
        if not self.unless:
            return False
        spared = branch.index(self.unless, *self.unless_match, where=self.unless_where)
        at = tuple(getattr(row, own) for own in self.unless_match.values())
        return None not in at and at in spared

    def _theirs(self, branch: Facts) -> dict[Any, list[int]]:
        """What the other ledger says, by its keys."""
        rows = branch.index(self.other_ledger, *self.match)
        said = {at: [getattr(row, self.theirs) for row in found] for at, found in rows.items()}
        return {at: [v for v in values if v is not None] for at, values in said.items()}

    def compared(self, own: Any, value: Any) -> Any:
        if self.op == "eq":
            return (own - value <= self.tolerance) & (value - own <= self.tolerance)
        slack = {
            "ge": self.tolerance,
            "gt": self.tolerance,
            "le": -self.tolerance,
            "lt": -self.tolerance,
        }
        return holds(self.op, own + slack.get(self.op, 0), value)

    def counted(self) -> list[Look]:
        """The rows held against, then its own."""
        return [Look(self.other_ledger), *super().counted()]

    def one_year(self, cut: Cut) -> bool:
        """What is looked up is not cut by days."""
        return not {self.other_ledger, self.unless} & cut.keys() and super().one_year(cut)

    def looks_at(self) -> list[Look]:
        """Both tables, and that of exceptions."""
        unless = [Look(self.unless, self.unless_where)] if self.unless else []
        return [*super().looks_at(), Look(self.other_ledger), *unless]
