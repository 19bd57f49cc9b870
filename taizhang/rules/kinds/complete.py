"""These fields of a row are filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule


class Complete(RowRule):
    """Every field named is filled; empty text, null and a count of zero are not."""

    kind: Literal["complete"] = "complete"
    usual_remedy: ClassVar[Remedy] = "now"
    fields: dict[str, str]
    """Column → what people call it."""
    any_of: bool = False
    """One of the fields is enough."""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "fields")

    def filled(self) -> tuple[str, ...]:
        """All of its fields."""
        return tuple(self.fields)

    def spoken_of(self, detail: str = "") -> Iterator[str]:
        """Those that are missing."""
        lacking = detail.split("、")
        return (column for column, label in self.fields.items() if label in lacking)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look at each field of each row."""
        for row in self.rows(branch, period):
            missing = [label for column, label in self.fields.items() if not getattr(row, column)]
            if len(missing) == len(self.fields) if self.any_of else missing:
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    found=len(self.fields) - len(missing),
                    wanted=len(self.fields),
                    detail="、".join(missing),
                )
