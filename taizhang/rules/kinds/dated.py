"""A day that cannot be, or asks for a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Cut, Facts, Look, Period, Suspicion, matches, whole
from taizhang.rules.row_rules import RowRule

Check = Literal[
    "not_future",
    "in_life",
    "not_holiday",
    "not_weekend",
    "not_vacation",
    "recorded_within",
    "done_by_then",
]


BY_CALENDAR = ("not_holiday", "not_weekend", "not_vacation")


class Dated(RowRule):
    """What `check` says of the day of each row.

    not_future: not after the day of judging. in_life: the branch existed. not_holiday /
    not_weekend: a day off by the calendar; a year that the calendar does not have cannot be told.
    not_vacation: no day of the schools' vacation, if one is known. recorded_within: entered more
    than `days`, at most `up_to` days after. done_by_then: a row whose day is over has its `done`
    day.
    """

    kind: Literal["dated"] = "dated"
    check: Check
    days: int = 0
    up_to: int | None = None
    done: str = ""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "done")

    def one_year(self, cut: Cut) -> bool:
        """The future is not looked for in the period."""
        return self.check != "not_future" and super().one_year(cut)

    def looks_at(self) -> list[Look]:
        """The ledger, and the calendar where it is asked."""
        return [*super().looks_at(), *whole(*["calendar"] * (self.check in BY_CALENDAR))]

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

    def _is_future(self, row: object, period: Period) -> bool:
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
            return None if own.founded_on <= day <= (own.dissolved_on or FOREVER) else (1, -1)
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
