"""Rows like these must not be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Never(RowRule):
    """No row meets the conditions; rows of one record are told together, with their number."""

    kind: Literal["never"] = "never"

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count the rows of each record."""
        counts: dict[tuple[int, str], int] = {}
        for row in self.rows(branch, period):
            at = (getattr(row, self.subject), getattr(row, self.day).isoformat())
            counts[at] = counts.get(at, 0) + 1
        for (subject, day), found in counts.items():
            yield self.hint(branch, day, subject=subject, found=found, wanted=0)

    def relation(self, tables: Tables) -> ir.Table:
        """The same as a group-by."""
        rows = self.selected(tables)
        rows = rows.select("branch_id", subject=rows[self.subject], label=day_label(rows[self.day]))
        counts = rows.group_by(["branch_id", "subject", "label"]).aggregate(found=rows.count())
        return hints(counts, window="label", subject="subject", found="found", wanted=0)
