"""A number, a text, a picture is used once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, ClassVar, Literal

from pydantic import field_validator

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class NoRepeat(RowRule):
    """No two rows of a branch have the same `columns`; each row that repeats names the first
    (least) of them.

    Rows with an empty text or a null among the columns are not compared. With `apart`, only rows
    that differ in one of those columns repeat each other. With `told_by`, only rows are told that
    hold `told_of` in that column.
    """

    kind: Literal["no_repeat"] = "no_repeat"
    columns: list[str]
    apart: list[str] = []
    told_by: str = ""
    told_of: str = ""
    alone: ClassVar[bool] = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "columns", "apart", "told_by")

    @field_validator("apart", mode="before")
    @classmethod
    def _one_or_several(cls, told: object) -> object:
        """A catalogue that was kept from before names one column."""
        return ([told] if told else []) if isinstance(told, str) else told

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count first: hardly any are told twice."""
        rows_of_all = list(self.rows(branch, period))
        told = attrgetter(*self.columns)
        twice = {key for key, n in Counter(map(told, rows_of_all)).items() if n > 1}
        same: dict[Any, list[Any]] = {}
        for row in rows_of_all if twice else ():
            key = told(row)
            parts = key if len(self.columns) > 1 else (key,)
            if key in twice and None not in parts and "" not in parts:
                same.setdefault(key, []).append(row)
        for rows in same.values():
            for row in filter(self._is_told, rows):
                earlier = [getattr(o, self.subject) for o in rows if self._before(o, row)]
                if earlier:
                    yield self.hint(
                        branch,
                        getattr(row, self.day).isoformat(),
                        subject=getattr(row, self.subject),
                        other=min(earlier),
                    )

    def _is_told(self, row: object) -> bool:
        return not self.told_by or getattr(row, self.told_by) == self.told_of

    def _before(self, other: object, row: object) -> bool:
        if getattr(other, self.subject) >= getattr(row, self.subject):
            return False
        return not self.apart or any(getattr(other, c) != getattr(row, c) for c in self.apart)
