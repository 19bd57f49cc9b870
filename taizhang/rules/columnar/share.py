"""In columns: the share of rows of a kind among all of somebody's rows in a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import in_words, rows_with
from taizhang.rules.columnar.columns import chosen, hints
from taizhang.rules.columnar.saying import Tables, together
from taizhang.rules.kinds.share import Share

in_words(Share)


@together.register(Share)
def _together(rule: Share, others: Sequence[Any], tables: Tables) -> ir.Table:
    """All rows and the good ones, each counted by person and year."""
    rows = rows_with([rule, *others], tables)
    rows = rows.filter(rows[rule.by].notnull())
    all_rows, good = _counted(rule, rows, rule.day), _good(rule, rows, tables)
    keys = ["rule", "branch_id", "label", "whose"]
    both = all_rows.left_join(good, keys).select(*keys, "n", good=good.n.fill_null(0))
    both = both.filter(both.n >= rule.least, rule.is_wrong(both.good, both.n))
    return hints(both, window="label", other="whose", found="good", wanted="n")


def _good(rule: Share, rows: ir.Table, tables: Tables) -> ir.Table:
    if not rule.has:
        return _counted(rule, chosen(rows, rule.good), rule.day)
    theirs = chosen(tables[rule.has], rule.has_where)
    asked = rows.select("rule").distinct()
    return _counted(rule, theirs.cross_join(asked), rule.has_day)


def _counted(rule: Share, rows: ir.Table, day: str) -> ir.Table:
    year = rows[day].year().cast("string")
    rows = rows.select("rule", "branch_id", label=year, whose=rows[rule.by])
    return rows.group_by(["rule", "branch_id", "label", "whose"]).aggregate(n=rows.count())
