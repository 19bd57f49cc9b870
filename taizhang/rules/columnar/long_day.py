"""In columns: somebody is at meetings for more hours than a day of meetings has (AF-N10 of DOMAIN
6.5).
"""

from __future__ import annotations

import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.long_day import LongDay


@relation.register(LongDay)
def _relation(rule: LongDay, tables: Tables) -> ir.Table:
    """Minutes by person and day, then the worst of each day."""
    rows = selected(rule, tables)
    rows = rows.filter(rows.person_id.notnull(), rows.starts.notnull(), rows.ends.notnull())
    minutes = rows.ends - rows.starts
    rows = rows.select(
        "branch_id", "person_id", on=rows[rule.day], record=rows[rule.subject], minutes=minutes
    )
    sums = rows.group_by(["branch_id", "person_id", "on"]).aggregate(
        n=rows.minutes.sum(), record=rows.record.min()
    )
    sums = sums.filter(sums.n > rule.at_most)
    days = sums.group_by(["branch_id", "on"]).aggregate(n=sums.n.max(), record=sums.record.min())
    return hints(days, window=day_label(days.on), subject="record", found="n", wanted=rule.at_most)
