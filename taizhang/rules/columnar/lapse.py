"""In columns: somebody's duty of every month was not done for too many months in a row (DUES-9 of
DOMAIN 4.6).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import asked
from taizhang.rules.columnar.columns import hints
from taizhang.rules.columnar.rows import old_enough, selected
from taizhang.rules.columnar.saying import Tables, asked_with, together
from taizhang.rules.kinds.lapse import ENDLESS, Lapse


@asked_with.register(Lapse)
def _asked_with(rule: Lapse) -> Hashable:
    """Rules that ask for other lengths of the same runs."""
    return rule.alike_but("at_least", "below")


@together.register(Lapse)
def _together(rule: Lapse, others: Sequence[Any], tables: Tables) -> ir.Table:
    """Each run beside the bounds of each rule."""
    rules, runs = [rule, *others], _all_runs(rule, tables)
    bounds = {
        "least": [rule.at_least for rule in rules],
        "under": [rule.below or ENDLESS for rule in rules],
    }
    table = asked(rules, bounds, tables)
    told = runs.join(table, [runs.n >= table.least, runs.n < table.under])
    return hints(told, window="last", other="person_id", found="n", wanted="least")


def _all_runs(rule: Lapse, tables: Tables) -> ir.Table:
    """The number of a month less its place among the missing ones is the same along a run."""
    rows, theirs = old_enough(rule, selected(rule, tables), tables), tables[rule.has]
    theirs = theirs.select(
        k_branch="branch_id", **{f"k{i}": name for i, name in enumerate(rule.match)}
    )
    same = [rows[own] == theirs[f"k{i}"] for i, own in enumerate(rule.match.values())]
    rows = rows.anti_join(theirs, [rows.branch_id == theirs.k_branch, *same])
    at = (rows.on.year() * 12 + rows.on.month()).cast("int64")
    rows = rows.select("branch_id", "person_id", "label", at=at).distinct()
    along = ibis.window(group_by=["branch_id", "person_id"], order_by="at")
    rows = rows.mutate(nth=ibis.row_number().over(along))
    rows = rows.mutate(run=rows["at"] - rows.nth)
    runs = rows.group_by(["branch_id", "person_id", "run"])
    return runs.aggregate(n=rows.count(), last=rows.label.max())
