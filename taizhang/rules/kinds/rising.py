"""Numbers of a series rise with the days."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, ClassVar, Literal

from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule


class Rising(RowRule):
    """No row's `number` is less than one of the same series on the last day before that has any.

    Rows alike in the columns of `series` are a series; a null or empty text among them, or no
    number, is not judged. Only neighbouring days are compared, so that one wrong number is told
    once or twice, not for ever.
    """

    kind: Literal["rising"] = "rising"
    usual_remedy: ClassVar[Remedy] = "correct"
    series: list[str]
    number: str
    alone: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "series", "number")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """The greatest number of each day of a series, moved on to its next day."""
        number_of, at_of = attrgetter(self.number), attrgetter(self.day, *self.series)
        rows_of_all = list(self.rows(branch, period))
        days: dict[tuple[Any, ...], list[tuple[int, Any]]] = {}
        for row, at, number in zip(
            rows_of_all, map(at_of, rows_of_all), map(number_of, rows_of_all), strict=True
        ):
            if number is not None:
                days.setdefault(at, []).append((number, row))
        greatest: dict[tuple[Any, ...], int] = {}
        for at in sorted(at for at in days if None not in at and "" not in at):
            rows, series = days[at], at[1:]
            if (before := greatest.get(series)) is not None:
                less = [row for number, row in rows if number < before]
                yield from (self._told(branch, row, before) for row in less)
            greatest[series] = max([number for number, _ in rows])

    def _told(self, branch: Facts, row: object, greatest: int) -> Suspicion:
        return self.hint(
            branch,
            getattr(row, self.day).isoformat(),
            subject=getattr(row, self.subject),
            found=getattr(row, self.number),
            wanted=greatest,
        )
