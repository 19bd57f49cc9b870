"""In columns: a number, a text, a picture is used once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import in_words, rows_with
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.saying import Tables, together
from taizhang.rules.kinds.no_repeat import NoRepeat

in_words(NoRepeat, "told_of")


@together.register(NoRepeat)
def _together(rule: NoRepeat, others: Sequence[Any], tables: Tables) -> ir.Table:
    """A rule-join on the columns, the least of the others."""
    rows = rows_with([rule, *others], tables, "told_of")
    for column in rule.columns:
        blank = rows[column].isnull()
        if rows[column].type().is_string():
            blank = blank | (rows[column] == "")
        rows = rows.filter(~blank)
    rows = rows.select(
        "rule",
        branch_id=rows.branch_id,
        id=rows[rule.subject],
        day=rows[rule.day],
        is_told=rows[rule.told_by] == rows.told_of if rule.told_by else ibis.literal(True),  # noqa: FBT003
        **{f"k{i}": rows[column] for i, column in enumerate(rule.columns)},
        **{f"a{i}": rows[column] for i, column in enumerate(rule.apart)},
    ).distinct()
    keys = [f"k{i}" for i in range(len(rule.columns))]
    apart = [f"a{i}" for i in range(len(rule.apart))]
    theirs = {f"{column}_2": column for column in apart}
    two = rows.view().select("rule", "branch_id", *keys, id2="id", **theirs)
    both = rows.join(two, ["rule", "branch_id", *keys])
    both = both.filter(both.id2 < both.id, both.is_told)
    if rule.apart:
        both = both.filter(ibis.or_(*(both[c] != both[f"{c}_2"] for c in apart)))
    first = both.group_by(["rule", "branch_id", "id", "day"]).aggregate(other=both.id2.min())
    return hints(first, window=day_label(first.day), subject="id", other="other")
