"""In columns: too many times in a row nothing is amiss (AF-P9 of DOMAIN 6.1)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.in_a_row import InARow


@relation.register(InARow)
def _relation(rule: InARow, tables: Tables) -> ir.Table:
    """The place among all less the place among the whole ones is the same along a run."""
    rows = selected(rule, tables)
    rows = rows.filter(
        rows[rule.part].notnull(), rows[rule.of].notnull(), rows[rule.of] >= rule.least
    )
    rows = rows.select(
        "branch_id",
        "id",
        on=rows[rule.day],
        subject=rows[rule.subject],
        whole=(rows[rule.part] == rows[rule.of]).cast("int64"),
    )
    along = ibis.window(group_by="branch_id", order_by=["on", "id"])
    among = ibis.window(group_by=["branch_id", "whole"], order_by=["on", "id"])
    placed = rows.mutate(at=ibis.row_number().over(along), nth=ibis.row_number().over(among))
    placed = placed.filter(placed.whole == 1)
    placed = placed.mutate(run=placed["at"] - placed.nth)
    runs = placed.group_by(["branch_id", "run"]).aggregate(n=placed.count(), nth=placed.nth.max())
    runs = runs.filter(runs.n >= rule.at_least)
    last = runs.join(placed.drop("run"), ["branch_id", "nth"])
    return hints(
        last, window=day_label(last.on), subject="subject", found="n", wanted=rule.at_least
    )
