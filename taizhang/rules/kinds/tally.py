"""An identity or bound between columns of one row."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule

Op = Literal["eq", "ne", "lt", "le", "gt", "ge"]


_COMPARE = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def holds(op: str, left: Any, right: Any) -> Any:
    """The comparison; plain numbers and columns alike."""
    return _COMPARE[op](left, right)


class Tally(RowRule):
    """The sum of `left` columns stands to the sum of `right` columns (or a number) as `op` says, or
    to that of `or_else`.

    A row with a null among them is not judged: that something is missing is for `complete` to say.
    A null in `or_else` makes that no other way out. With `as_written` a null on the left adds
    nothing, unless all of them are null: for a bound from above, which what is missing could only
    make worse.
    """

    kind: Literal["tally"] = "tally"
    usual_remedy: ClassVar[Remedy] = "correct"
    left: list[str]
    op: Op
    right: list[str] | int
    or_else: list[str] = []
    as_written: bool = False
    named: str = ""
    """The text column that the suspicion tells besides, of which part of the record it speaks."""
    own_columns: ClassVar[tuple[str, ...]] = (
        *RowRule.own_columns,
        "left",
        "right",
        "or_else",
        "named",
    )

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Add up and compare, row by row."""
        for row in self.rows(branch, period):
            left = self._left(row)
            right = (
                [self.right]
                if isinstance(self.right, int)
                else [getattr(row, c) for c in self.right]
            )
            if None in left or None in right or not left:
                continue
            if not (holds(self.op, sum(left), sum(right)) or self._or_else(row, sum(left))):
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    found=sum(left),
                    wanted=sum(right),
                    detail=getattr(row, self.named) if self.named else "",
                )

    def _left(self, row: object) -> list[Any]:
        found = [getattr(row, column) for column in self.left]
        return [one for one in found if one is not None] if self.as_written else found

    def _or_else(self, row: object, left: int) -> bool:
        other = [getattr(row, column) for column in self.or_else]
        return bool(other) and None not in other and bool(holds(self.op, left, sum(other)))
