"""In columns: a number written down is the number of persons who belonged that day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.kinds.headcount import Headcount


@relation.register(Headcount)
def _relation(rule: Headcount, tables: Tables) -> ir.Table:
    """Rows left join spells that hold that day, count distinct persons."""
    rows = selected(rule, tables)
    rows = rows.select(
        "branch_id",
        subject=rows[rule.subject],
        day=rows[rule.day],
        found=rows[rule.column],
        own_group=rows.group_id if rule.population == "group" else rows.branch_id,
    )
    rows = rows.filter(rows.found.notnull())
    spell = spell_table(tables, rule.population).select(
        s_branch="branch_id",
        person_id="person_id",
        s_group="group_id",
        s_from="from_on",
        s_to="to_on",
    )
    on = [rows.branch_id == spell.s_branch, spell.s_from <= rows.day, spell.s_to >= rows.day]
    if rule.population == "group":
        on.append(rows.own_group == spell.s_group)
    both = rows.left_join(spell, on)
    if rule.without:
        both = _counted(both, spell_table(tables, rule.without))
    counts = both.group_by(["branch_id", "subject", "day", "found"]).aggregate(
        wanted=both.person_id.nunique(where=both.s_to > both.day),
        before=both.person_id.nunique(where=both.s_from < both.day),
    )
    wrong = [rule.is_wrong(counts.found, counts[column]) for column in ("wanted", "before")]
    counts = counts.filter(*wrong)
    return hints(
        counts, window=day_label(counts.day), subject="subject", found="found", wanted="wanted"
    )


def _counted(both: ir.Table, out: ir.Table) -> ir.Table:
    """Nobody in the place of those who are not counted that day."""
    out = out.select(o_branch="branch_id", o_person="person_id", o_from="from_on", o_to="to_on")
    same = [both.branch_id == out.o_branch, both.person_id == out.o_person]
    told = both.left_join(out, [*same, out.o_from <= both.day, out.o_to > both.day])
    return told.mutate(person_id=ibis.ifelse(told.o_person.isnull(), told.person_id, None))
