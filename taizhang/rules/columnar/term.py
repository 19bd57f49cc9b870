"""In columns: a term of office and its dated length."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.term import Term


@relation.register(Term)
def _relation(rule: Term, tables: Tables) -> ir.Table:
    """The lengths as cases of the first day, then the days over or left."""
    rows = selected(rule, tables).cross_join(tables["period"].select("last_on"))
    rows = rows.mutate(
        nominal_years=_years(rule, rows, "nominal"), most_years=_years(rule, rows, "most")
    )
    rows = rows.mutate(
        nominal=_due(rule, rows, "nominal"),
        most=_due(rule, rows, "most"),
        until=ibis.ifelse(
            rows.ended_on.fill_null(FOREVER) <= rows.last_on, rows.ended_on, rows.last_on
        ),
        runs=rows.ended_on.isnull() | (rows.ended_on > rows.last_on),
    )
    rows = _wrong(rule, rows)
    return hints(
        rows,
        window=day_label(rows.started_on),
        subject="id",
        found="days_found",
        wanted="nominal_years",
    )


def _years(rule: Term, rows: ir.Table, which: str) -> Any:
    steps = [
        (rows.started_on < one.until, getattr(one, which)) for one in rule.lengths if one.until
    ]
    last = getattr(rule.lengths[-1], which)
    found: Any = ibis.cases(*steps, else_=last) if steps else ibis.literal(last)
    return found.cast("int64")


def _due(rule: Term, rows: ir.Table, which: str) -> Any:
    steps = []
    for one in rule.lengths:
        due = (rows.started_on + ibis.interval(months=12 * getattr(one, which))).cast("date")
        if one.until is not None:
            steps.append((rows.started_on < one.until, due))
        else:
            return ibis.cases(*steps, else_=due) if steps else due
    raise ValueError("the last length must have no until")


def _wrong(rule: Term, rows: ir.Table) -> ir.Table:
    if rule.check == "extended":
        latest = (rows.most + ibis.interval(months=12)).cast("date")
        rows = rows.filter(rows.extended_to.notnull())
        rows = rows.mutate(days_found=rows.extended_to.delta(latest, unit="day"))
        return rows.filter(rows.days_found > 0)
    if rule.check == "advanced":
        least = (rows.nominal - ibis.interval(months=12)).cast("date")
        rows = rows.mutate(days_found=least.delta(rows.ended_on, unit="day"))
        return rows.filter(rows.days_found > 0)
    if rule.check == "ends_soon":
        due = rows.extended_to.coalesce(rows.nominal)
        rows = rows.mutate(days_found=due.delta(rows.last_on, unit="day"))
        return rows.filter(rows.runs, rows.days_found >= 0, rows.days_found < rule.days)
    limit = "most" if rule.check == "overdue" else "nominal"
    rows = rows.mutate(days_found=rows.until.delta(rows[limit], unit="day"))
    rows = rows.filter(rows.days_found > 0)
    if rule.check == "late":
        rows = rows.filter(rows.until <= rows.most)
    return rows.filter(rows.extended_to.isnull() | (rows.extended_to < rows.until))
