"""A numerator to its denominator against a fraction, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import field_validator

from taizhang.rules.base import Facts, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class Ratio(RowRule):
    """`of` is at least the fraction of `to` (以上/不少于); with `strict`, more than it (超过/过半数).

    Null and a denominator of zero are not judged. `wanted` is the least whole number that would do.
    """

    kind: Literal["ratio"] = "ratio"
    of: str
    to: str
    at_least: str
    """A fraction, `4/5`."""
    strict: bool = False
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "of", "to")

    @field_validator("at_least")
    @classmethod
    def is_fraction(cls, text: str) -> str:
        """Two positive whole numbers."""
        p, slash, q = text.partition("/")
        if not (slash and p.isdigit() and q.isdigit() and int(p) and int(q)):
            raise ValueError(f"{text!r} is not a fraction like 4/5")
        return text

    @property
    def _fraction(self) -> tuple[int, int]:
        p, _, q = self.at_least.partition("/")
        return int(p), int(q)

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Multiply crosswise, so that nothing is rounded."""
        for row in self.rows(branch, period):
            of, to = getattr(row, self.of), getattr(row, self.to)
            if of is None or not to:
                continue
            if not self.reached(of, to):
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    found=of,
                    wanted=self.least(to),
                )

    def reached(self, of: Any, to: Any) -> Any:
        p, q = self._fraction
        return of * q > to * p if self.strict else of * q >= to * p

    def least(self, to: Any) -> Any:
        p, q = self._fraction
        return to * p // q + 1 if self.strict else (to * p + q - 1) // q
