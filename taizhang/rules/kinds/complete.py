"""These fields of a row are filled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.lazy import ibis
from taizhang.rules.row_by_row import RowByRow, Told

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Complete(RowByRow):
    """Every field named is filled; empty text, null and a count of nought are not."""

    kind: Literal["complete"] = "complete"
    usual_remedy: ClassVar[Remedy] = "now"
    fields: dict[str, str]
    """Column → what people call it."""
    any_of: bool = False
    """One of the fields is enough."""
    own_columns: ClassVar[tuple[str, ...]] = (*RowByRow.own_columns, "fields")

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

    def told(self, rows: ir.Table) -> Told:
        """One flag per field, added up and spelled out."""
        flags = {column: _empty(rows[column]) for column in self.fields}
        missing = reduce(add, (flag.cast("int64") for flag in flags.values()))
        words: Any = ibis.literal("")
        for column, label in self.fields.items():
            words = words + ibis.ifelse(flags[column], f"{label}、", "")
        return Told(
            missing >= (len(self.fields) if self.any_of else 1),
            found=len(self.fields) - missing,
            wanted=len(self.fields),
            detail=words.re_replace("、$", ""),
        )


def _empty(column: Any) -> Any:
    if column.type().is_string():
        return column.fill_null("") == ""
    if column.type().is_numeric():
        return column.fill_null(0) == 0
    return column.isnull()
