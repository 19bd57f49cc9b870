"""In columns: an identity or bound between columns of one row."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Told
from taizhang.rules.kinds.tally import Tally, holds


@row_by_row.telling(Tally)
def _told(rule: Tally, rows: ir.Table) -> Told:
    """Both sums of each row; null in a sum makes the comparison null, and nothing is told."""
    left = _left(rule, rows)
    if isinstance(rule.right, int):
        right: Any = rule.right
    else:
        right = reduce(add, (rows[column] for column in rule.right))
    wrong = ~holds(rule.op, left, right)
    if rule.or_else:
        other = reduce(add, (rows[column] for column in rule.or_else))
        wrong = wrong & ~ibis.coalesce(holds(rule.op, left, other), ibis.literal(value=False))
    detail = rows[rule.named] if rule.named else ""
    return Told(wrong, found=left, wanted=right, detail=detail)


def _left(rule: Tally, rows: ir.Table) -> Any:
    columns = [rows[column] for column in rule.left]
    if not rule.as_written:
        return reduce(add, columns)
    some = ibis.coalesce(*columns).notnull()
    return some.ifelse(reduce(add, (ibis.coalesce(one, 0) for one in columns)), None)
