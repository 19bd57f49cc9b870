"""In columns: too many rows that are alike."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.columns import hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.pattern import Pattern


@relation.register(Pattern)
def _relation(rule: Pattern, tables: Tables) -> ir.Table:
    """Rows counted by what makes them alike; two groups that look alike in a suspicion stay two
    rows.
    """
    rows = selected(rule, tables)
    for column in rule.by:
        rows = rows.filter(rows[column].notnull())
    if rule.lately is not None:
        before = tables["period"].on_day.as_scalar().delta(rows.recorded_on, unit="day")
        rows = rows.filter(before >= 0, before < rule.lately)
    year = ibis.literal("") if rule.ever else rows[rule.day].year().cast("string")
    day = rows[rule.day]
    keys = {f"k{i}": rows[column] for i, column in enumerate(rule.by)}
    same = day.day() if rule.same_day else day.month() if rule.same_month else ibis.literal(0)
    keys["same"] = same.cast("int64")
    month = day.year().cast("int64") * 100 + day.month().cast("int64")
    rows = rows.select("branch_id", label=year, month=month, **keys)
    n = rows.month.nunique() if rule.months else rows.count()
    counts = rows.group_by(["branch_id", "label", *keys]).aggregate(n=n)
    counts = counts.filter(counts.n >= rule.at_least)
    other = f"k{rule.by.index(rule.other)}" if rule.other else NONE
    return hints(counts, window="label", other=other, found="n", wanted=rule.at_least)
