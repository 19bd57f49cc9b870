"""Small pieces that several kinds share: conditions, windows, suspicions as columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.kernel.calendar import FOREVER, Grain
from taizhang.rules.base import NONE, Rule, Where
from taizhang.rules.columnar.saying import Tables

_DEFAULTS: dict[str, Any] = {
    "subject": NONE,
    "other": NONE,
    "found": NONE,
    "wanted": NONE,
    "certain": 1,
}


def hints(table: ir.Table, *, window: Any, **values: Any) -> ir.Table:
    """The table's rows as suspicions; what is not given has its default. A column `rule` stays."""
    given = {name: values.get(name, default) for name, default in _DEFAULTS.items()}
    numbers = {
        name: whole_number(table[value] if isinstance(value, str) else value)
        for name, value in given.items()
    }
    detail = values.get("detail", "")
    asked_by = {"rule": table.rule} if "rule" in table.columns else {}
    return table.select(
        **asked_by,
        branch_id=table.branch_id,
        window=table[window] if isinstance(window, str) else window,
        subject=numbers["subject"],
        other=numbers["other"],
        found=numbers["found"],
        wanted=numbers["wanted"],
        detail=ibis.literal(detail) if isinstance(detail, str) else detail,
        certain=numbers["certain"],
    )


def whole_number(value: Any) -> Any:
    """A number or a column as a suspicion holds it: never null."""
    if isinstance(value, int):
        return ibis.literal(int(value), type="int64")
    return value.cast("int64").fill_null(NONE)


def day_label(day: Any) -> Any:
    """A day as text, `2016-03-08`."""
    return day.cast("string")


def open_end(column: Any) -> Any:
    """The end of a spell, far in the future when it is open."""
    return column.fill_null(ibis.literal(FOREVER))


def due_windows(tables: Tables, grain: Grain) -> ir.Table:
    """The windows of a grain that are over; made in Python, so that both engines count the same."""
    windows = tables["windows"]
    return windows.filter(windows.grain == grain).drop("grain")


def begun_windows(tables: Tables, grain: Grain) -> ir.Table:
    """The windows of a grain that begin in the period, whether they are over or not."""
    windows = tables["begun"]
    return windows.filter(windows.grain == grain).drop("grain")


def standing_branches(tables: Tables, windows: ir.Table) -> ir.Table:
    """Every branch with every window through which it existed."""
    branches = tables["branches"].select("branch_id", "founded_on", "dissolved_on")
    both = branches.cross_join(windows)
    return both.filter(
        both.founded_on <= both.starts_on, open_end(both.dissolved_on) > both.ends_on
    ).select("branch_id", "label", "starts_on", "ends_on")


def met(table: ir.Table, where: Where) -> list[Any]:
    """The conditions as columns, each as `matches` says."""
    found = []
    for column, wanted in where.items():
        if isinstance(wanted, list):
            found.append(table[column].isin(wanted))
        elif wanted is None:
            found.append(table[column].isnull())
        else:
            found.append(table[column] == wanted)
    return found


def of_branches(table: ir.Table, among: str, tables: Tables) -> ir.Table:
    """The rows of the branches that have a row in another table, if one is named."""
    return table.semi_join(tables[among], "branch_id") if among else table


def own_time(table: ir.Table, rule: Rule, column: str) -> list[Any]:
    """What makes an event lie in the rule's own time."""
    begun = [table[column] >= rule.from_] if rule.from_ > date.min else []
    return begun + ([table[column] < rule.until] if rule.until < date.max else [])


def kept(table: ir.Table, conditions: Sequence[Any]) -> ir.Table:
    """The rows for which all conditions hold, if there are any."""
    return table.filter(*conditions) if conditions else table


def chosen(table: ir.Table, where: Where) -> ir.Table:
    """The rows that meet all conditions."""
    return kept(table, met(table, where))


def in_force(table: ir.Table, rule: Rule, column: str) -> ir.Table:
    """The rows whose event lies in the rule's own time."""
    return kept(table, own_time(table, rule, column))
