"""In columns: records of many months were entered at one sitting (AF-D4 of DOMAIN 6.2)."""

from __future__ import annotations

import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.burst import Burst


@relation.register(Burst)
def _relation(rule: Burst, tables: Tables) -> ir.Table:
    """Every entry joined to those that follow within the minutes; what is alike in all is one."""
    rows = selected(rule, tables)
    rows = rows.filter(
        rows.recorded_by_id.notnull(),
        rows.recorded_minute.notnull(),
        rows.recorded_on.notnull(),
    )
    day = rows[rule.day]
    month = day.year().cast("int64") * 100 + day.month().cast("int64")
    whose, minute = rows.recorded_by_id, rows.recorded_minute
    first = rows.select("branch_id", whose=whose, minute=minute, on=rows.recorded_on).distinct()
    then = rows.select("branch_id", whose=whose, later=minute, month=month).distinct()
    both = first.join(then, ["branch_id", "whose"])
    both = both.filter(both.later >= both.minute, both.later <= both.minute + rule.minutes)
    sittings = both.group_by(["branch_id", "whose", "minute", "on"]).aggregate(
        n=both.month.nunique()
    )
    sittings = sittings.filter(sittings.n >= rule.at_least)
    told = sittings.group_by(["branch_id", "whose", "on"]).aggregate(n=sittings.n.max())
    return hints(told, window=day_label(told.on), found="n", wanted=rule.at_least)
