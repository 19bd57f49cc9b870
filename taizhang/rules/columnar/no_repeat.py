"""In columns: a number, a text, a picture is used once."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.no_repeat import NoRepeat


@relation.register(NoRepeat)
def _relation(rule: NoRepeat, tables: Tables) -> ir.Table:
    """A self-join on the columns, the least of the others."""
    rows = selected(rule, tables)
    for column in rule.columns:
        blank = rows[column].isnull()
        if rows[column].type().is_string():
            blank = blank | (rows[column] == "")
        rows = rows.filter(~blank)
    rows = rows.select(
        branch_id=rows.branch_id,
        id=rows[rule.subject],
        day=rows[rule.day],
        is_told=rows[rule.told_by] == rule.told_of if rule.told_by else ibis.literal(True),  # noqa: FBT003
        **{f"k{i}": rows[column] for i, column in enumerate(rule.columns)},
        **{f"a{i}": rows[column] for i, column in enumerate(rule.apart)},
    ).distinct()
    keys = [f"k{i}" for i in range(len(rule.columns))]
    apart = [f"a{i}" for i in range(len(rule.apart))]
    theirs = {f"{column}_2": column for column in apart}
    two = rows.view().select("branch_id", *keys, id2="id", **theirs)
    both = rows.join(two, ["branch_id", *keys])
    both = both.filter(both.id2 < both.id, both.is_told)
    if rule.apart:
        both = both.filter(ibis.or_(*(both[c] != both[f"{c}_2"] for c in apart)))
    first = both.group_by(["branch_id", "id", "day"]).aggregate(other=both.id2.min())
    return hints(first, window=day_label(first.day), subject="id", other="other")
