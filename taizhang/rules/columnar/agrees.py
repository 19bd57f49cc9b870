"""In columns: a number in one ledger is the number in another."""

from __future__ import annotations

import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.columns import chosen, day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.agrees import Agrees


@relation.register(Agrees)
def _relation(rule: Agrees, tables: Tables) -> ir.Table:
    """A join; a row fails when no partner agrees."""
    rows = selected(rule, tables)
    if rule.unless:
        spared = chosen(tables[rule.unless], rule.unless_where)
        same = [rows[own] == spared[column] for column, own in rule.unless_match.items()]
        rows = rows.anti_join(spared, [rows.branch_id == spared.branch_id, *same])
    rows = rows.filter(rows[rule.column].notnull())
    picked = {f"k{i}": rows[own] for i, own in enumerate(rule.match.values())}
    rows = rows.select(
        "branch_id",
        subject=rows[rule.subject],
        day=rows[rule.day],
        own=rows[rule.column],
        named=rows[rule.other] if rule.other else rows[rule.subject],
        **picked,
    )
    others = tables[rule.other_ledger]
    theirs = {f"k{i}": others[column] for i, column in enumerate(rule.match)}
    others = others.select("branch_id", value=others[rule.theirs], **theirs)
    others = others.filter(others.value.notnull())
    both = rows.join(others, ["branch_id", *picked])
    both = both.mutate(agree=rule.compared(both.own, both.value).cast("int64"))
    each = both.group_by(["branch_id", "subject", "day", "own", "named"]).aggregate(
        agree=both.agree.max(), wanted=both.value.min()
    )
    each = each.filter(each.agree == 0)
    return hints(
        each,
        window=day_label(each.day),
        subject="subject",
        other="named" if rule.other else NONE,
        found="own",
        wanted="wanted",
    )
