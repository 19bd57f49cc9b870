"""Rules that say of each row by itself whether it is wrong: those of one table are asked in one statement.

A statement costs its plan, some milliseconds, however few rows it reads, and half of all rules are of this sort.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from taizhang.rules.base import COLUMNS, NONE, RowRule, Tables, of_branches
from taizhang.rules.columns import day_label, whole_number
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Told(NamedTuple):
    """What a rule says of a row: columns of the table that it sees, or the same of every row."""

    wrong: Any
    """Whether there is a suspicion; null is no."""
    other: Any = NONE
    found: Any = NONE
    wanted: Any = NONE
    detail: Any = ""
    certain: Any = 1


class RowByRow(RowRule):
    """A rule that looks at one row at a time, and at what stands beside it."""

    alike: ClassVar[Literal["each", "once", "counted"]] = "each"
    """Rows of which the same is told are told each, once, or once with their number as `found`."""

    def told(self, rows: ir.Table) -> Told:
        """What there is to say of each row of the table seen, be it asked of the row or not."""
        raise NotImplementedError

    def joined(self) -> tuple[str, ...]:
        """What the table seen holds beside the rows of the ledger and the period."""
        return ()

    def seen(self, tables: Tables) -> ir.Table:
        """The rows of the ledger, with the days `period_from`, `period_last` and `period_on` beside each."""
        days = tables["period"].select(
            period_from="from_on", period_last="last_on", period_on="on_day"
        )
        return of_branches(tables[self.ledger], self.among, tables).cross_join(days)

    def in_question(self, rows: ir.Table) -> list[Any]:
        """What makes the rule ask of a row of the table seen: what `rows` says."""
        return [*self.asked_ever(rows), *self.in_time(rows, rows.period_from, rows.period_last)]

    def asked_with(self) -> Hashable:
        """Rules that see the same table and do the same with rows that are alike."""
        return self.ledger, self.joined(), self.alike, self.among

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """The table is read once."""
        return _together([self, *others], tables)


def _together(rules: Sequence[RowByRow], tables: Tables) -> ir.Table:
    """What rules that see the same table say, with the column `rule`: a row is repeated for each that finds it wrong."""
    rows = rules[0].seen(tables)
    told = [rule.told(rows) for rule in rules]
    wrong = {
        f"wrong{at}": reduce(and_, [*rule.in_question(rows), one.wrong])
        for at, (rule, one) in enumerate(zip(rules, told, strict=True))
    }
    rows = rows.mutate(**wrong)
    rows = rows.filter(reduce(or_, (rows[name] for name in wrong)))
    numbers = [ibis.ifelse(rows[name], at, ibis.null("int32")) for at, name in enumerate(wrong)]
    rows = rows.mutate(number=ibis.array(numbers).unnest().cast("int32"))
    rows = rows.filter(rows.number.notnull())
    said = {
        "rule": ibis.array([rule.id for rule in rules])[rows.number],
        "window": _said(rows, [day_label(rows[rule.day]) for rule in rules]),
        "subject": whole_number(_said(rows, [rows[rule.subject] for rule in rules])),
        "detail": _said(rows, [one.detail for one in told]),
    }
    for name in ("other", "found", "wanted", "certain"):
        said[name] = whole_number(_said(rows, [getattr(one, name) for one in told]))
    return _ALIKE[rules[0].alike](rows.select("branch_id", **said))


def _said(rows: ir.Table, values: Sequence[Any]) -> Any:
    """Each row's value: that of the rule with its number."""
    by_value: list[tuple[Any, list[int]]] = []
    for at, plain in enumerate(values):
        value = plain if isinstance(plain, ibis.Value) else ibis.literal(plain)
        same = next((numbers for known, numbers in by_value if known.equals(value)), None)
        if same is None:
            by_value.append((value, [at]))
        else:
            same.append(at)
    *cases, (last, _) = by_value
    if not cases:
        return last
    return ibis.cases(*((rows.number.isin(at), value) for value, at in cases), else_=last)


def _counted(rows: ir.Table) -> ir.Table:
    alike = ["rule", *(column for column in COLUMNS if column != "found")]
    return rows.group_by(alike).aggregate(found=rows.count())


_ALIKE: dict[str, Any] = {
    "each": lambda rows: rows,
    "once": lambda rows: rows.distinct(),
    "counted": _counted,
}
