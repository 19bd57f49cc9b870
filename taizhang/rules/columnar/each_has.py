"""In columns: everything that was due has its record."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.columns import chosen, day_label, hints, open_end
from taizhang.rules.columnar.rows import old_enough, selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.each_has import EachHas


@relation.register(EachHas)
def _relation(rule: EachHas, tables: Tables) -> ir.Table:
    """An anti-join on the keys and the days."""
    rows = old_enough(rule, selected(rule, tables), tables)
    theirs = chosen(tables[rule.has], rule.has_where)
    if rule.while_committee:
        held = tables["committees"].select(c_branch="branch_id", c_from="from_on", c_to="to_on")
        on = [rows[rule.day] >= held.c_from, rows[rule.day] < held.c_to]
        rows = rows.semi_join(held, [rows.branch_id == held.c_branch, *on])
    picked = {f"k{i}": theirs[column] for i, column in enumerate(rule.match)}
    if rule.has_end:
        picked["k_end"] = open_end(theirs[rule.has_end])
    when = rule.has_day if rule.by_days else "branch_id"
    theirs = theirs.select(k_branch=theirs.branch_id, k_day=theirs[when], **picked)
    on = [rows.branch_id == theirs.k_branch]
    on += [rows[own] == theirs[f"k{i}"] for i, own in enumerate(rule.match.values())]
    if rule.has_end:
        on.append(theirs.k_end > rows[rule.day])
    if rule.earliest is not None:
        on.append(_days(theirs.k_day, rows[rule.day]) >= rule.earliest)
    if rule.latest is not None:
        on.append(_days(theirs.k_day, rows[rule.day]) <= rule.latest)
    left = rows.semi_join(theirs, on) if rule.none else rows.anti_join(theirs, on)
    window = left[rule.label].cast("string") if rule.label else day_label(left[rule.day])
    if rule.together:
        of_window = left.select("branch_id", window=window)
        of_window = of_window.group_by(["branch_id", "window"])
        return hints(of_window.agg(n=ibis._.count()), window="window", found="n", wanted=0)
    return hints(
        left,
        window=window,
        subject=rule.subject,
        other=rule.other or NONE,
        found=int(rule.none),
        wanted=int(not rule.none),
        detail=left.post if "post" in left.columns else "",
    )


def _days(later: Any, earlier: Any) -> Any:
    return later.delta(earlier, unit="day")
