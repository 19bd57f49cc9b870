"""A day that cannot be, or asks for a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import (
    Cut,
    Facts,
    Look,
    Period,
    RowRule,
    Suspicion,
    Tables,
    chosen,
    in_force,
    matches,
    whole,
)
from taizhang.rules.columns import day_label, hints, open_end
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

Check = Literal[
    "not_future", "in_life", "not_holiday", "not_weekend", "recorded_within", "done_by_then"
]


_BY_CALENDAR = ("not_holiday", "not_weekend")


class Dated(RowRule):
    """What `check` says of the day of each row.

    not_future: not after the day of judging. in_life: the branch existed. not_holiday / not_weekend: a day off
    by the calendar; a year that the calendar does not have cannot be told. recorded_within: entered more than
    `days`, at most `up_to` days after. done_by_then: a row whose day is over has its `done` day.
    """

    kind: Literal["dated"] = "dated"
    check: Check
    days: int = 0
    up_to: int | None = None
    done: str = ""

    def one_year(self, cut: Cut) -> bool:
        """The future is not looked for in the period."""
        return self.check != "not_future" and super().one_year(cut)

    def looks_at(self) -> list[Look]:
        """The ledger, and the calendar where it is asked."""
        return [*super().looks_at(), *whole(*["calendar"] * (self.check in _BY_CALENDAR))]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look at each day."""
        if self.check == "not_future":
            rows = [r for r in branch.rows(self.ledger) if self._is_future(r, period)]
        else:
            rows = list(self.rows(branch, period))
        calendar = _Calendar(branch)
        for row in rows:
            found = self._wrong(row, getattr(row, self.day), branch, calendar, period)
            if found is not None:
                certain, number = found
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    found=number,
                    certain=certain,
                )

    def _is_future(self, row: Any, period: Period) -> bool:
        day = getattr(row, self.day)
        return (
            day is not None and day > period.on and self.runs_on(day) and matches(row, self.where)
        )

    def _wrong(
        self, row: Any, day: date, branch: Facts, calendar: _Calendar, period: Period
    ) -> tuple[int, int] | None:
        """(certain, found) when the day is wrong or cannot be told."""
        own = branch.branch
        if self.check == "not_future":
            return 1, -1
        if self.check == "in_life":
            return None if own.founded_on <= day < (own.dissolved_on or FOREVER) else (1, -1)
        if self.check == "recorded_within":
            late = (row.recorded_on - day).days
            return (
                (1, late)
                if late > self.days and (self.up_to is None or late <= self.up_to)
                else None
            )
        if self.check == "done_by_then":
            return (1, -1) if day < period.on and getattr(row, self.done) is None else None
        return calendar.wrong(day, weekend=self.check == "not_weekend")

    def relation(self, tables: Tables) -> ir.Table:
        """The same as columns."""
        rows = self._future(tables) if self.check == "not_future" else self.selected(tables)
        rows = rows.mutate(
            found_now=ibis.literal(-1, type="int64"), sure=ibis.literal(1, type="int64")
        )
        rows = _RELATIONS[self.check](self, tables, rows)
        return hints(
            rows,
            window=day_label(rows[self.day]),
            subject=self.subject,
            found="found_now",
            certain="sure",
        )

    def _future(self, tables: Tables) -> ir.Table:
        rows = chosen(tables[self.ledger], self.where)
        rows = in_force(rows, self, self.day)
        return rows.filter(rows[self.day] > tables["period"].on_day.as_scalar())


class _Calendar:
    def __init__(self, branch: Facts) -> None:
        if "calendar" not in branch.memo:
            days = {row.day: row.off for row in branch.rows("calendar")}
            branch.memo["calendar"] = (days, {day.year for day in days})
        self.off, self.years = branch.memo["calendar"]

    def wrong(self, day: date, *, weekend: bool) -> tuple[int, int] | None:
        if day.year not in self.years:
            return (0, -1)
        if weekend:
            return (1, -1) if day.weekday() >= 5 and self.off.get(day) is None else None
        return (1, -1) if self.off.get(day) == 1 else None


def _in_life(rule: Dated, tables: Tables, rows: ir.Table) -> ir.Table:
    branches = tables["branches"].select("branch_id", "founded_on", "dissolved_on")
    both = rows.join(branches, "branch_id")
    day = both[rule.day]
    return both.filter((day < both.founded_on) | (day >= open_end(both.dissolved_on)))


def _recorded(rule: Dated, tables: Tables, rows: ir.Table) -> ir.Table:
    del tables
    rows = rows.mutate(found_now=rows.recorded_on.delta(rows[rule.day], unit="day"))
    rows = rows.filter(rows.found_now > rule.days)
    return rows if rule.up_to is None else rows.filter(rows.found_now <= rule.up_to)


def _off(rule: Dated, tables: Tables, rows: ir.Table) -> ir.Table:
    calendar = tables["calendar"]
    years = calendar.select(known_year=calendar.day.year()).distinct()
    days = calendar.select(c_day="day", off="off")
    both = rows.left_join(days, rows[rule.day] == days.c_day)
    both = both.left_join(years, both[rule.day].year() == years.known_year)
    both = both.mutate(sure=both.known_year.notnull().cast("int64"))
    if rule.check == "not_weekend":
        wrong = (both[rule.day].day_of_week.index() >= 5) & both.off.isnull()
    else:
        wrong = both.off.fill_null(0) == 1
    return both.filter(both.known_year.isnull() | wrong)


def _done(rule: Dated, tables: Tables, rows: ir.Table) -> ir.Table:
    return rows.filter(
        rows[rule.day] < tables["period"].on_day.as_scalar(), rows[rule.done].isnull()
    )


_RELATIONS: dict[str, Any] = {
    "not_future": lambda rule, tables, rows: rows,
    "in_life": _in_life,
    "recorded_within": _recorded,
    "not_holiday": _off,
    "not_weekend": _off,
    "done_by_then": _done,
}
