"""A term of office and its dated length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.kernel.calendar import FOREVER, plus_months
from taizhang.rules.base import Facts, Period, Remedy, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Length(BaseModel):
    """Terms begun before `until` last `nominal` years, at most `most`; the last has no `until`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    until: date | None = None
    nominal: int
    most: int


class Term(RowRule):
    """How long a term lasted or lasts, by the length in force when it began (TERM of DOMAIN 4.4).

    overdue: over its greatest length. late: over its nominal length, within the greatest. Both only without an
    approved extension (`extended_to`) that reaches so far. ends_soon: fewer than `days` left on the day of judging.
    extended: an extension longer than a year after its greatest length. advanced: ended more than a year before its nominal length.
    """

    kind: Literal["term"] = "term"
    usual_remedy: ClassVar[Remedy] = "now"
    ledger: str = "terms"
    day: str = "started_on"
    end: str = "ended_on"
    lengths: list[Length]
    check: Literal["overdue", "late", "ends_soon", "extended", "advanced"]
    days: int = 180

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Compare the end, or the day of judging, with what is due."""
        for row in self.rows(branch, period):
            length = self._length(row.started_on)
            nominal, most = (
                plus_months(row.started_on, years * 12) for years in (length.nominal, length.most)
            )
            until = row.ended_on if row.ended_on and row.ended_on <= period.last else period.last
            found = self._found(row, nominal, most, until, period)
            if found is not None:
                yield self.hint(
                    branch,
                    row.started_on.isoformat(),
                    subject=row.id,
                    found=found,
                    wanted=length.nominal,
                )

    def _length(self, day: date) -> Length:
        return next(one for one in self.lengths if one.until is None or day < one.until)

    def _found(
        self, row: Any, nominal: date, most: date, until: date, period: Period
    ) -> int | None:
        """The days over (or left), or None when nothing is wrong."""
        extended = row.extended_to
        if self.check == "extended":
            over = (extended - plus_months(most, 12)).days if extended else 0
            return over if over > 0 else None
        if self.check == "advanced":
            early = (plus_months(nominal, -12) - row.ended_on).days if row.ended_on else 0
            return early if early > 0 else None
        if self.check == "ends_soon":
            runs = row.ended_on is None or row.ended_on > period.last
            left = ((extended or nominal) - period.last).days
            return left if runs and 0 <= left < self.days else None
        limit = most if self.check == "overdue" else nominal
        if until <= limit or (self.check == "late" and until > most):
            return None
        return (until - limit).days if (extended or date.min) < until else None

    def relation(self, tables: Tables) -> ir.Table:
        """The same as columns."""
        rows = self.selected(tables).cross_join(tables["period"].select("last_on"))
        rows = rows.mutate(
            nominal_years=self._years(rows, "nominal"), most_years=self._years(rows, "most")
        )
        rows = rows.mutate(
            nominal=self._due(rows, "nominal"),
            most=self._due(rows, "most"),
            until=ibis.ifelse(
                rows.ended_on.fill_null(FOREVER) <= rows.last_on, rows.ended_on, rows.last_on
            ),
            runs=rows.ended_on.isnull() | (rows.ended_on > rows.last_on),
        )
        rows = self._wrong(rows)
        return hints(
            rows,
            window=day_label(rows.started_on),
            subject="id",
            found="days_found",
            wanted="nominal_years",
        )

    def _years(self, rows: ir.Table, which: str) -> Any:
        steps = [
            (rows.started_on < one.until, getattr(one, which)) for one in self.lengths if one.until
        ]
        last = getattr(self.lengths[-1], which)
        found: Any = ibis.cases(*steps, else_=last) if steps else ibis.literal(last)
        return found.cast("int64")

    def _due(self, rows: ir.Table, which: str) -> Any:
        steps = []
        for one in self.lengths:
            due = (rows.started_on + ibis.interval(months=12 * getattr(one, which))).cast("date")
            if one.until is not None:
                steps.append((rows.started_on < one.until, due))
            else:
                return ibis.cases(*steps, else_=due) if steps else due
        raise ValueError("the last length must have no until")

    def _wrong(self, rows: ir.Table) -> ir.Table:
        if self.check == "extended":
            latest = (rows.most + ibis.interval(months=12)).cast("date")
            rows = rows.filter(rows.extended_to.notnull())
            rows = rows.mutate(days_found=rows.extended_to.delta(latest, unit="day"))
            return rows.filter(rows.days_found > 0)
        if self.check == "advanced":
            least = (rows.nominal - ibis.interval(months=12)).cast("date")
            rows = rows.mutate(days_found=least.delta(rows.ended_on, unit="day"))
            return rows.filter(rows.days_found > 0)
        if self.check == "ends_soon":
            due = rows.extended_to.coalesce(rows.nominal)
            rows = rows.mutate(days_found=due.delta(rows.last_on, unit="day"))
            return rows.filter(rows.runs, rows.days_found >= 0, rows.days_found < self.days)
        limit = "most" if self.check == "overdue" else "nominal"
        rows = rows.mutate(days_found=rows.until.delta(rows[limit], unit="day"))
        rows = rows.filter(rows.days_found > 0)
        if self.check == "late":
            rows = rows.filter(rows.until <= rows.most)
        return rows.filter(rows.extended_to.isnull() | (rows.extended_to < rows.until))
