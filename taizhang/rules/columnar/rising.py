"""In columns: numbers of a series rise with the days."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.rising import Rising


@relation.register(Rising)
def _relation(rule: Rising, tables: Tables) -> ir.Table:
    """The greatest number of each day, moved on to the next day of the series."""
    rows = selected(rule, tables)
    for column in rule.series:
        blank = rows[column].isnull()
        if rows[column].type().is_string():
            blank = blank | (rows[column] == "")
        rows = rows.filter(~blank)
    rows = rows.filter(rows[rule.number].notnull())
    keys = {f"k{i}": rows[column] for i, column in enumerate(rule.series)}
    rows = rows.select(
        branch_id=rows.branch_id,
        id=rows[rule.subject],
        day=rows[rule.day],
        n=rows[rule.number],
        **keys,
    )
    by = ["branch_id", *keys]
    days = rows.group_by([*by, "day"]).aggregate(top=rows.n.max())
    days = days.mutate(before=days.top.lag().over(ibis.window(group_by=by, order_by="day")))
    both = rows.join(days, [*by, "day"])
    both = both.filter(both.n < both.before)
    return hints(both, window=day_label(both.day), subject="id", found="n", wanted="before")
