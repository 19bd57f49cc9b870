"""In columns: a day that cannot be, or asks for a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.columns import open_end
from taizhang.rules.columnar.row_by_row import (
    Told,
    asked_in_time,
    in_question,
    joined,
    plainly_seen,
    seen,
)
from taizhang.rules.columnar.rows import asked_ever
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.kinds.dated import BY_CALENDAR, Dated


@joined.register(Dated)
def _joined(rule: Dated) -> tuple[str, ...]:
    """The branch's own days, or what the calendar says of the day."""
    if rule.check == "in_life":
        return ("branches",)
    return ("calendar", rule.day) if rule.check in BY_CALENDAR else ()


@seen.register(Dated)
def _seen(rule: Dated, tables: Tables) -> ir.Table:
    """With these beside the rows."""
    rows = plainly_seen(rule, tables)
    if rule.check == "in_life":
        branches = tables["branches"]
        return rows.join(
            branches.select("branch_id", begun="founded_on", over=open_end(branches.dissolved_on)),
            "branch_id",
        )
    return _on_calendar(rule, rows, tables) if rule.check in BY_CALENDAR else rows


def _on_calendar(rule: Dated, rows: ir.Table, tables: Tables) -> ir.Table:
    calendar = tables["calendar"]
    known = calendar.filter(calendar.off.notnull())
    years = known.select(known_year=known.day.year()).distinct()
    days = calendar.select(c_day="day", off="off", vacation="vacation")
    both = rows.left_join(days, rows[rule.day] == days.c_day)
    return both.left_join(years, both[rule.day].year() == years.known_year)


@in_question.register(Dated)
def _in_question(rule: Dated, rows: ir.Table) -> list[Any]:
    """Days to come are no days of the period."""
    if rule.check != "not_future":
        return asked_in_time(rule, rows)
    return [rows[rule.day] > rows.period_on, *asked_ever(rule, rows)]


@row_by_row.telling(Dated)
def _told(rule: Dated, rows: ir.Table) -> Told:
    """What its `check` says of the day."""
    return _TOLD[rule.check](rule, rows, rows[rule.day])


def _recorded(rule: Dated, rows: ir.Table, day: Any) -> Told:
    late = rows.recorded_on.delta(day, unit="day")
    wrong = late > rule.days
    return Told(wrong if rule.up_to is None else wrong & (late <= rule.up_to), found=late)


def _off(rule: Dated, rows: ir.Table, day: Any) -> Told:
    if rule.check == "not_vacation":
        return Told(rows.vacation.fill_null(0) == 1)
    known = rows.known_year.notnull()
    if rule.check == "not_weekend":
        wrong = (day.day_of_week.index() >= 5) & rows.off.isnull()
    else:
        wrong = rows.off.fill_null(0) == 1
    return Told(~known | wrong, certain=known.cast("int64"))


_TOLD: dict[str, Callable[[Dated, ir.Table, Any], Told]] = {
    "not_future": lambda rule, rows, day: Told(ibis.literal(value=True)),
    "in_life": lambda rule, rows, day: Told((day < rows.begun) | (day > rows.over)),
    "recorded_within": _recorded,
    "not_holiday": _off,
    "not_weekend": _off,
    "not_vacation": _off,
    "done_by_then": lambda rule, rows, day: Told((day < rows.period_on) & rows[rule.done].isnull()),
}
