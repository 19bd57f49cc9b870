"""An amount, or a rate, follows a table of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.rules.base import Facts, Period, Remedy, Suspicion
from taizhang.rules.row_rules import RowRule


class Step(BaseModel):
    """Up to and with this base (fen), this rate (‰); without a base, all above."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    up_to: int | None = None
    permille: int


class Bracket(RowRule):
    """The rate of the bracket holds for the whole base, not for the part above it (DUES-1).

    `check: rate` compares the rate (‰) written down; `check: amount` the amount (fen) with base ×
    rate, within `tolerance` fen. Whole numbers throughout: 1,000 × amount against base × ‰.
    """

    kind: Literal["bracket"] = "bracket"
    usual_remedy: ClassVar[Remedy] = "correct"
    base: str
    column: str
    check: Literal["rate", "amount"]
    brackets: list[Step]
    tolerance: int = 0
    most: int | None = None
    """This amount is right too where base × rate is more (DUES-6)."""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "base", "column")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Find the bracket of each row."""
        for row in self.rows(branch, period):
            base, found = getattr(row, self.base), getattr(row, self.column)
            if base is None or found is None:
                continue
            permille = next(s.permille for s in self.brackets if s.up_to is None or base <= s.up_to)
            wrong, wanted = self.compare(base, found, permille)
            if wrong:
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    other=row.person_id,
                    found=found,
                    wanted=wanted,
                )

    def compare(self, base: Any, found: Any, permille: Any) -> tuple[Any, Any]:
        if self.check == "rate":
            return found != permille, permille
        gap, borne = found * 1000 - base * permille, self.tolerance * 1000
        wrong = (gap > borne) | (gap < -borne)
        if self.most is not None:
            wrong = wrong & ((found != self.most) | (base * permille < self.most * 1000))
        return wrong, base * permille // 1000
