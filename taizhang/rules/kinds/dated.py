"""A day that cannot be, or asks for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import (
    Cut,
    Facts,
    Look,
    Period,
    Suspicion,
    Tables,
    matches,
    whole,
)
from taizhang.rules.columns import open_end
from taizhang.rules.lazy import ibis
from taizhang.rules.row_by_row import RowByRow, Told

if TYPE_CHECKING:
    import ibis.expr.types as ir

Check = Literal[
    "not_future",
    "in_life",
    "not_holiday",
    "not_weekend",
    "not_vacation",
    "recorded_within",
    "done_by_then",
]


_BY_CALENDAR = ("not_holiday", "not_weekend", "not_vacation")


class Dated(RowByRow):
    """What `check` says of the day of each row.

    not_future: not after the day of judging. in_life: the branch existed. not_holiday / not_weekend: a day off
    by the calendar; a year that the calendar does not have cannot be told. not_vacation: no day of the schools' vacation,
    if one is known. recorded_within: entered more than
    `days`, at most `up_to` days after. done_by_then: a row whose day is over has its `done` day.
    """

    kind: Literal["dated"] = "dated"
    check: Check
    days: int = 0
    up_to: int | None = None
    done: str = ""
    own_columns: ClassVar[tuple[str, ...]] = (*RowByRow.own_columns, "done")

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
        return calendar.wrong(day, self.check)

    def joined(self) -> tuple[str, ...]:
        """The branch's own days, or what the calendar says of the day."""
        if self.check == "in_life":
            return ("branches",)
        return ("calendar", self.day) if self.check in _BY_CALENDAR else ()

    def seen(self, tables: Tables) -> ir.Table:
        """With these beside the rows."""
        rows = super().seen(tables)
        if self.check == "in_life":
            branches = tables["branches"]
            return rows.join(
                branches.select(
                    "branch_id", begun="founded_on", over=open_end(branches.dissolved_on)
                ),
                "branch_id",
            )
        return self._on_calendar(rows, tables) if self.check in _BY_CALENDAR else rows

    def _on_calendar(self, rows: ir.Table, tables: Tables) -> ir.Table:
        calendar = tables["calendar"]
        known = calendar.filter(calendar.off.notnull())
        years = known.select(known_year=known.day.year()).distinct()
        days = calendar.select(c_day="day", off="off", vacation="vacation")
        both = rows.left_join(days, rows[self.day] == days.c_day)
        return both.left_join(years, both[self.day].year() == years.known_year)

    def in_question(self, rows: ir.Table) -> list[Any]:
        """Days to come are no days of the period."""
        if self.check != "not_future":
            return super().in_question(rows)
        return [rows[self.day] > rows.period_on, *self.asked_ever(rows)]

    def told(self, rows: ir.Table) -> Told:
        """The same as columns."""
        return _TOLD[self.check](self, rows, rows[self.day])


class _Calendar:
    def __init__(self, branch: Facts) -> None:
        if "calendar" not in branch.memo:
            days = {row.day: row for row in branch.rows("calendar")}
            known = {day.year for day, row in days.items() if row.off is not None}
            branch.memo["calendar"] = (days, known)
        self.days, self.years = branch.memo["calendar"]

    def wrong(self, day: date, check: Check) -> tuple[int, int] | None:
        row = self.days.get(day)
        off = row.off if row else None
        if check == "not_vacation":
            return (1, -1) if row and row.vacation else None
        if day.year not in self.years:
            return (0, -1)
        if check == "not_weekend":
            return (1, -1) if day.weekday() >= 5 and off is None else None
        return (1, -1) if off == 1 else None


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
    "in_life": lambda rule, rows, day: Told((day < rows.begun) | (day >= rows.over)),
    "recorded_within": _recorded,
    "not_holiday": _off,
    "not_weekend": _off,
    "not_vacation": _off,
    "done_by_then": lambda rule, rows, day: Told((day < rows.period_on) & rows[rule.done].isnull()),
}
