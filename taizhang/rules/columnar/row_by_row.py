"""Rules that say of each row by itself whether it is wrong: those of one table are asked in one
statement.

A statement costs its plan, some milliseconds, however few rows it reads, and half of all rules are
of this sort.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import reduce, singledispatch
from operator import and_, or_
from typing import Any, Literal, NamedTuple, TypeVar

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import COLUMNS, NONE
from taizhang.rules.columnar.columns import day_label, of_branches, whole_number
from taizhang.rules.columnar.rows import asked_ever, in_time
from taizhang.rules.columnar.saying import Tables, asked_with, together
from taizhang.rules.row_rules import RowRule

Tell = TypeVar("Tell", bound=Callable[..., Any])
Alike = Literal["each", "once", "counted"]
"""Rows of which the same is told are told each, once, or once with their number as `found`."""


class Told(NamedTuple):
    """What a rule says of a row: columns of the table that it sees, or the same of every row."""

    wrong: Any
    """Whether there is a suspicion; null is no."""
    other: Any = NONE
    found: Any = NONE
    wanted: Any = NONE
    detail: Any = ""
    certain: Any = 1


@singledispatch
def told(rule: RowRule, rows: ir.Table) -> Told:
    """What there is to say of each row of the table seen, be it asked of the row or not."""
    raise NotImplementedError(rule.kind)


@singledispatch
def alike(rule: RowRule) -> Alike:
    """What is done with rows of which the same is told."""
    del rule
    return "each"


@singledispatch
def joined(rule: RowRule) -> tuple[str, ...]:
    """What the table seen holds beside the rows of the ledger and the period."""
    del rule
    return ()


@singledispatch
def seen(rule: RowRule, tables: Tables) -> ir.Table:
    """The table that it sees."""
    return plainly_seen(rule, tables)


def plainly_seen(rule: RowRule, tables: Tables) -> ir.Table:
    """The rows of the ledger, with the days `period_from`, `period_last` and `period_on` beside
    each.
    """
    days = tables["period"].select(period_from="from_on", period_last="last_on", period_on="on_day")
    return of_branches(tables[rule.ledger], rule.among, tables).cross_join(days)


@singledispatch
def in_question(rule: RowRule, rows: ir.Table) -> list[Any]:
    """What makes the rule ask of a row of the table seen."""
    return asked_in_time(rule, rows)


def asked_in_time(rule: RowRule, rows: ir.Table) -> list[Any]:
    """What `selected` asks of a row."""
    return [*asked_ever(rule, rows), *in_time(rule, rows, rows.period_from, rows.period_last)]


def telling(kind: type[RowRule]) -> Callable[[Tell], Tell]:
    """Registers what a kind tells of a row; its rules are asked with all others that see the same
    table.
    """

    def register(tell: Tell) -> Tell:
        told.register(kind, tell)
        together.register(kind, _together)
        asked_with.register(kind, _sees)
        return tell

    return register


def _sees(rule: RowRule) -> Hashable:
    """The table seen, and what is done with rows that are alike."""
    return rule.ledger, joined(rule), alike(rule), rule.among


def _together(first: RowRule, others: Sequence[RowRule], tables: Tables) -> ir.Table:
    """The table is read once; a row is repeated for each rule that finds it wrong."""
    rules, rows = [first, *others], seen(first, tables)
    says = [told(rule, rows) for rule in rules]
    wrong = {
        f"wrong{at}": reduce(and_, [*in_question(rule, rows), one.wrong])
        for at, (rule, one) in enumerate(zip(rules, says, strict=True))
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
        "detail": _said(rows, [one.detail for one in says]),
    }
    for name in ("other", "found", "wanted", "certain"):
        said[name] = whole_number(_said(rows, [getattr(one, name) for one in says]))
    return _ALIKE[alike(first)](rows.select("branch_id", **said))


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
