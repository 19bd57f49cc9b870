"""In columns: at least so many rows in every month, quarter, half-year or year."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import (
    begun_windows,
    chosen,
    due_windows,
    hints,
    in_force,
    of_branches,
    standing_branches,
)
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.kinds.periodic import LIVES, Periodic


@relation.register(Periodic)
def _relation(rule: Periodic, tables: Tables) -> ir.Table:
    """Windows and groups, left join rows, count."""
    due = _due(rule, tables)
    rows = _rows(rule, tables)
    keys = ["branch_id", "label", "group_id"]
    counts = rows.group_by(keys).aggregate(found=rows.count())
    both = due.left_join(counts, keys).select(
        *keys, "starts_on", found=counts.found.fill_null(0).cast("int64")
    )
    if rule.made_up:
        order = ibis.window(group_by=["branch_id", "group_id"], order_by="starts_on")
        both = both.mutate(after=both.found.lead().over(order).fill_null(0))
        both = both.filter(both.found == 0, both.after >= 2)
    else:
        both = both.filter(both.found < rule.at_least)
    both = in_force(both, rule, "starts_on")
    return hints(both, window="label", other="group_id", found="found", wanted=rule.at_least)


def _windows(rule: Periodic, tables: Tables) -> ir.Table:
    if rule.due_after is None:
        return due_windows(tables, rule.every)
    return begun_windows(tables, rule.every)


def _due(rule: Periodic, tables: Tables) -> ir.Table:
    windows = _windows(rule, tables)
    last = tables["period"].last_on.as_scalar()
    if rule.due_after is not None:
        begun = last.delta(windows.starts_on, unit="day")
        windows = windows.filter(begun >= rule.due_after)
    elif rule.grace:
        windows = windows.filter(last.delta(windows.ends_on, unit="day") >= rule.grace)
    standing = of_branches(standing_branches(tables, windows), rule.among, tables)
    if rule.per == "branch":
        return standing.mutate(group_id=ibis.literal(-1, type="int64"))
    lives = spell_table(tables, LIVES[rule.per])
    lives = lives.select("branch_id", of="group_id", born="from_on", died="to_on")
    both = standing.join(lives, "branch_id")
    both = both.filter(both.born <= both.starts_on, both.died > both.ends_on)
    group = both.of if rule.per == "group" else ibis.literal(-1, type="int64")
    return both.select("branch_id", "label", "starts_on", "ends_on", group_id=group).distinct()


def _rows(rule: Periodic, tables: Tables) -> ir.Table:
    rows = chosen(tables[rule.ledger], rule.where)
    if rule.held_by:
        rows = _held(rule, tables, rows)
    windows = _windows(rule, tables).select("label", first="starts_on", last="ends_on")
    inside: Any = rows.join(
        windows, [rows[rule.day] >= windows.first, rows[rule.day] <= windows.last]
    )
    group = inside.group_id.fill_null(-1) if rule.per == "group" else ibis.literal(-1, type="int64")
    return inside.select("branch_id", "label", group_id=group)


def _held(rule: Periodic, tables: Tables, rows: ir.Table) -> ir.Table:
    assert rule.held_by is not None  # noqa: S101
    spell = spell_table(tables, rule.held_by.belongs).select(
        "branch_id", held_person="person_id", held_from="from_on", held_to="to_on"
    )
    return rows.semi_join(
        spell,
        [
            rows.branch_id == spell.branch_id,
            rows[rule.held_by.person] == spell.held_person,
            rows[rule.day] >= spell.held_from,
            rows[rule.day] < spell.held_to,
        ],
    )
