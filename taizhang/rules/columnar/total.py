"""In columns: what rows of another ledger add up to, against a number of one's own."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.columns import chosen, day_label, hints
from taizhang.rules.columnar.rows import old_enough, selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.tally import holds
from taizhang.rules.kinds.total import Total


@relation.register(Total)
def _relation(rule: Total, tables: Tables) -> ir.Table:
    """A group-by joined to the own rows."""
    rows = old_enough(rule, selected(rule, tables), tables)
    own = {f"k{i}": rows[column] for i, column in enumerate(rule.match.values())}
    rows = rows.select(
        branch_id=rows.branch_id,
        subject=rows[rule.subject],
        other=rows[rule.other] if rule.other else ibis.literal(NONE, type="int64"),
        label=rows[rule.label].cast("string") if rule.label else day_label(rows[rule.day]),
        wanted=rows[rule.bound]
        if isinstance(rule.bound, str)
        else ibis.literal(rule.bound, type="int64"),
        **own,
    )
    for key in own:
        rows = rows.filter(rows[key].notnull())
    rows = rows.filter(rows.wanted.notnull())
    others = chosen(tables[rule.other_ledger], rule.other_where)
    theirs = {f"k{i}": others[column] for i, column in enumerate(rule.match)}
    amount = others[rule.sum_of].fill_null(0) if rule.sum_of else ibis.literal(1)
    others = others.select("branch_id", amount=amount, **theirs)
    keys = ["branch_id", *own]
    sums = others.group_by(keys).aggregate(total=others.amount.sum().cast("int64"))
    both = rows.left_join(sums, keys).select(
        "branch_id", "subject", "other", "label", "wanted", found=sums.total.fill_null(0)
    )
    both = both.filter(~holds(rule.op, both.found * rule.times, both.wanted))
    return hints(
        both, window="label", subject="subject", other="other", found="found", wanted="wanted"
    )
