"""Which rows a rule asks of, in all branches."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from taizhang.rules.columnar.columns import chosen, in_force, kept, met, of_branches, own_time
from taizhang.rules.columnar.due import population_table
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.due_tables import is_derived
from taizhang.rules.own_rows import Waiting
from taizhang.rules.row_rules import RowRule


def selected(rule: RowRule, tables: Tables) -> ir.Table:
    """The rows whose event lies in the period and in the rule's own time, as `RowRule.rows` says of
    one branch.
    """
    if is_derived(rule.ledger):
        rows = chosen(population_table(tables, rule.ledger), rule.where)
        return in_force(of_branches(rows, rule.among, tables), rule, "on")
    rows, period = of_branches(tables[rule.ledger], rule.among, tables), tables["period"]
    rows = kept(rows, asked_ever(rule, rows))
    return rows.semi_join(period, in_time(rule, rows, period.from_on, period.last_on))


def asked_ever(rule: RowRule, rows: ir.Table) -> list[Any]:
    """What makes the rule ask of a row, whatever the period."""
    given = [rows[rule.given].notnull()] if rule.given else []
    return [*met(rows, rule.where), *given, *own_time(rows, rule, rule.day)]


def in_time(rule: RowRule, rows: ir.Table, first: Any, last: Any) -> list[Any]:
    """What makes a row's event, or its time, lie in the period of these days."""
    if rule.end:
        lasting = rows[rule.end].isnull() | (rows[rule.end] > first)
    else:
        lasting = rows[rule.day] >= first
    return [rows[rule.day] <= last, lasting]


def old_enough(rule: Waiting, rows: ir.Table, tables: Tables) -> ir.Table:
    """The rows of which it is not too soon to ask."""
    if rule.settle is None:
        return rows
    on_day = tables["period"].on_day.as_scalar()
    return rows.filter(on_day.delta(rows[rule.day], unit="day") >= rule.settle)
