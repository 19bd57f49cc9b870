"""An amount, or a rate, follows a table of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.rules.base import Facts, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Step(BaseModel):
    """Up to and with this base (fen), this rate (‰); without a base, all above."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    up_to: int | None = None
    permille: int


class Bracket(RowRule):
    """The rate of the bracket holds for the whole base, not for the part above it (DUES-1).

    `check: rate` compares the rate (‰) written down; `check: amount` the amount (fen) with base × rate, within
    `tolerance` fen. Whole numbers throughout: 1,000 × amount against base × ‰.
    """

    kind: Literal["bracket"] = "bracket"
    base: str
    column: str
    check: Literal["rate", "amount"]
    brackets: list[Step]
    tolerance: int = 0

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Find the bracket of each row."""
        for row in self.rows(branch, period):
            base, found = getattr(row, self.base), getattr(row, self.column)
            if base is None or found is None:
                continue
            permille = next(s.permille for s in self.brackets if s.up_to is None or base <= s.up_to)
            wrong, wanted = self._compare(base, found, permille)
            if wrong:
                yield self.hint(
                    branch,
                    getattr(row, self.day).isoformat(),
                    subject=getattr(row, self.subject),
                    other=row.person_id,
                    found=found,
                    wanted=wanted,
                )

    def _compare(self, base: Any, found: Any, permille: Any) -> tuple[Any, Any]:
        if self.check == "rate":
            return found != permille, permille
        gap = abs(found * 1000 - base * permille)
        return gap > self.tolerance * 1000, base * permille // 1000

    def relation(self, tables: Tables) -> ir.Table:
        """The brackets as cases."""
        rows = self.selected(tables)
        rows = rows.filter(rows[self.base].notnull(), rows[self.column].notnull())
        last = self.brackets[-1].permille
        steps = [
            (rows[self.base] <= s.up_to, s.permille) for s in self.brackets if s.up_to is not None
        ]
        permille: Any = ibis.cases(*steps, else_=last) if steps else ibis.literal(last)
        rows = rows.mutate(asked=permille.cast("int64"))
        if self.check == "rate":
            rows = rows.mutate(wanted_now=rows.asked)
            rows = rows.filter(rows[self.column] != rows.asked)
        else:
            rows = rows.mutate(wanted_now=rows[self.base] * rows.asked // 1000)
            gap = (rows[self.column] * 1000 - rows[self.base] * rows.asked).abs()
            rows = rows.filter(gap > self.tolerance * 1000)
        return hints(
            rows,
            window=day_label(rows[self.day]),
            subject=self.subject,
            other="person_id",
            found=self.column,
            wanted="wanted_now",
        )
