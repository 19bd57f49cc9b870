"""In columns: these fields of a row are filled."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Told
from taizhang.rules.kinds.complete import Complete


@row_by_row.telling(Complete)
def _told(rule: Complete, rows: ir.Table) -> Told:
    """One flag per field, added up and spelled out."""
    flags = {column: _empty(rows[column]) for column in rule.fields}
    missing = reduce(add, (flag.cast("int64") for flag in flags.values()))
    words: Any = ibis.literal("")
    for column, label in rule.fields.items():
        words = words + ibis.ifelse(flags[column], f"{label}、", "")
    return Told(
        missing >= (len(rule.fields) if rule.any_of else 1),
        found=len(rule.fields) - missing,
        wanted=len(rule.fields),
        detail=words.re_replace("、$", ""),
    )


def _empty(column: Any) -> Any:
    if column.type().is_string():
        return column.fill_null("") == ""
    if column.type().is_numeric():
        return column.fill_null(0) == 0
    return column.isnull()
