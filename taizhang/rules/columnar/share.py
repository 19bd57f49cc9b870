"""In columns: the share of rows of a kind among all of somebody's rows in a year."""

from __future__ import annotations

import ibis.expr.types as ir

from taizhang.rules.columnar.columns import chosen, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.share import Share


@relation.register(Share)
def _relation(rule: Share, tables: Tables) -> ir.Table:
    """All rows and the good ones, each counted by person and year."""
    rows = selected(rule, tables)
    rows = rows.filter(rows[rule.by].notnull())
    all_rows, good = _counted(rule, rows, rule.day), _good(rule, rows, tables)
    keys = ["branch_id", "label", "whose"]
    both = all_rows.left_join(good, keys).select(*keys, "n", good=good.n.fill_null(0))
    both = both.filter(both.n >= rule.least, rule.is_wrong(both.good, both.n))
    return hints(both, window="label", other="whose", found="good", wanted="n")


def _good(rule: Share, rows: ir.Table, tables: Tables) -> ir.Table:
    if not rule.has:
        return _counted(rule, chosen(rows, rule.good), rule.day)
    theirs = chosen(tables[rule.has], rule.has_where)
    return _counted(rule, theirs, rule.has_day)


def _counted(rule: Share, rows: ir.Table, day: str) -> ir.Table:
    year = rows[day].year().cast("string")
    rows = rows.select("branch_id", label=year, whose=rows[rule.by])
    return rows.group_by(["branch_id", "label", "whose"]).aggregate(n=rows.count())
