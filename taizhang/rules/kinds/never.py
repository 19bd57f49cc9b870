"""Rows like these must not be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.lazy import ibis
from taizhang.rules.row_by_row import RowByRow, Told

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Never(RowByRow):
    """No row meets the conditions; rows of one record are told together, with their number."""

    kind: Literal["never"] = "never"
    alike: ClassVar[Literal["counted"]] = "counted"

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the rows of each record."""
        counts: dict[tuple[int, str], int] = {}
        for row in self.rows(branch, period):
            at = (getattr(row, self.subject), getattr(row, self.day).isoformat())
            counts[at] = counts.get(at, 0) + 1
        for (subject, day), found in counts.items():
            yield self.hint(branch, day, subject=subject, found=found, wanted=0)

    def told(self, rows: ir.Table) -> Told:
        """Each row that is there."""
        del rows
        return Told(ibis.literal(value=True), wanted=0)
