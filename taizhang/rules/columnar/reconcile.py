"""In columns: two ledgers add up to the same."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from taizhang.rules.columnar.columns import chosen, due_windows, hints, in_force
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.reconcile import Reconcile, Sum
from taizhang.rules.kinds.tally import holds


@relation.register(Reconcile)
def _relation(rule: Reconcile, tables: Tables) -> ir.Table:
    """An outer join of two group-bys."""
    windows = in_force(due_windows(tables, rule.every), rule, "starts_on")
    left, right = (
        _summed(rule, tables, windows, rule.left),
        _summed(rule, tables, windows, rule.right),
    )
    right = right.select(r_branch="branch_id", r_label="label", r_total="total")
    both = left.outer_join(right, [left.branch_id == right.r_branch, left.label == right.r_label])
    both = both.select(
        branch_id=both.branch_id.coalesce(both.r_branch),
        label=both.label.coalesce(both.r_label),
        found=both.total.fill_null(0),
        wanted=both.r_total.fill_null(0),
    )
    both = both.filter(~holds(rule.op, both.found, both.wanted))
    return hints(both, window="label", found="found", wanted="wanted")


def _summed(rule: Reconcile, tables: Tables, windows: ir.Table, side: Sum) -> ir.Table:
    rows = chosen(tables[side.ledger], side.where)
    inside = rows.join(
        windows, [rows[side.day] >= windows.starts_on, rows[side.day] <= windows.ends_on]
    )
    inside = inside.select("branch_id", "label", amount=_amount(side, inside))
    return inside.group_by(["branch_id", "label"]).aggregate(
        total=inside.amount.sum().cast("int64")
    )


def _amount(side: Sum, rows: ir.Table) -> Any:
    """What each row adds."""
    return sum(rows[column].fill_null(0) for column in side.columns) if side.columns else 1
