"""In columns: one day comes after another, not too soon and not too late."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Told
from taizhang.rules.kinds.in_order import InOrder


@row_by_row.telling(InOrder)
def _told(rule: InOrder, rows: ir.Table) -> Told:
    """The two days with intervals; null in a day makes them null, and nothing is told."""
    first, second = rows[rule.earlier], rows[rule.later]
    if rule.pending:
        second = ibis.ifelse(second.isnull(), rows.period_on, ibis.null("date"))
    days = second.delta(first, unit="day")
    wrong: Any = ibis.literal(value=False)
    if rule.least_months is not None:
        wrong = wrong | (second < _after(first, rule.least_months))
    if rule.most_months is not None:
        wrong = wrong | (second > _after(first, rule.most_months))
    if rule.least_days is not None:
        wrong = wrong | (days < rule.least_days)
    if rule.most_days is not None:
        wrong = wrong | (days > rule.most_days)
    return Told(wrong, found=days)


def _after(day: Any, months: int) -> Any:
    return (day + ibis.interval(months=months)).cast("date")
