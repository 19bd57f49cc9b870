"""In columns: the person named belonged, on that day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints, open_end
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.kinds.belonged_then import GROUPED, BelongedThen


@relation.register(BelongedThen)
def _relation(rule: BelongedThen, tables: Tables) -> ir.Table:
    """One anti-join for each population."""
    rows = selected(rule, tables)
    if rule.at_last:
        rows = rows.cross_join(tables["period"].select("last_on"))
        rows = rows.filter(open_end(rows[rule.end]) > rows.last_on)
    name = rows[rule.name].fill_null("") if rule.name else ibis.literal("")
    grouped = any(p in GROUPED for p in rule.populations)
    rows = rows.select(
        branch_id=rows.branch_id,
        subject=rows[rule.subject],
        day=rows.last_on if rule.at_last else rows[rule.day],
        person=rows[rule.person],
        name=name,
        own_group=rows.group_id if grouped else ibis.literal(0, type="int64"),
    )
    rows = rows.filter(rows.person.notnull() | (rows.name != ""))
    then = rows.day - ibis.interval(days=rule.before) if rule.before else rows.day
    rows = rows.mutate(then=then.cast("date"))
    for population in rule.populations:
        spell = spell_table(tables, population).select(
            s_branch="branch_id",
            s_person="person_id",
            s_group="group_id",
            s_from="from_on",
            s_to="to_on",
        )
        on = [
            rows.branch_id == spell.s_branch,
            rows.person == spell.s_person,
            rows.then >= spell.s_from,
            rows.then < spell.s_to,
        ]
        if population in GROUPED:
            on.append(rows.own_group == spell.s_group)
        rows = rows.anti_join(spell, on)
    return hints(
        rows,
        window=day_label(rows.day),
        subject="subject",
        other="person",
        detail=ibis.ifelse(rows.person.isnull(), rows.name, ""),
    )
