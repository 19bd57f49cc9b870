"""In columns: nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import asked
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, asked_with, together
from taizhang.rules.kinds.no_overlap import NoOverlap


@asked_with.register(NoOverlap)
def _asked_with(rule: NoOverlap) -> Hashable:
    """Rules that tell the same of other records."""
    return rule.alike_but("told_of") if rule.told_of else rule.id


@together.register(NoOverlap)
def _together(rule: NoOverlap, others: Sequence[Any], tables: Tables) -> ir.Table:
    """A self-join on person and day; each pair is told to the rules of its records."""
    pairs = _pair_table(rule, tables)
    if not rule.told_of:
        told = pairs.mutate(rule=ibis.literal(rule.id))
    else:
        rules = [(rule, word) for rule in (rule, *others) for word in rule.told_of]
        words = asked([rule for rule, _ in rules], {"word": [word for _, word in rules]}, tables)
        first = pairs.join(words, pairs.of == words.word)
        second = pairs.join(words, pairs.of2 == words.word)
        second = second.anti_join(first, ["rule", "branch_id", "id", "id2", "day"])
        turned = {"id": second.id2, "id2": second.id}
        columns = ["rule", "branch_id", "day", "n", "name"]
        told = first.select(*columns, "id", "id2").union(second.select(*columns, **turned))
    several = told.name + "等" + told.n.cast("string") + "人"
    detail = ibis.ifelse((told.name != "") & (told.n > 1), several, told.name)
    return hints(
        told,
        window=day_label(told.day),
        subject="id",
        other="id2",
        found="n",
        wanted=0,
        detail=detail,
    )


def _pair_table(rule: NoOverlap, tables: Tables) -> ir.Table:
    rows = selected(rule, tables)
    rows = rows.select(
        branch_id=rows.branch_id,
        person=rows[rule.person],
        day=rows[rule.day],
        id=rows[rule.subject],
        s=rows[rule.starts],
        e=rows[rule.ends],
        p=rows[rule.place].fill_null(""),
        name=rows[rule.name] if rule.name else ibis.literal(""),
        of=rows[rule.of] if rule.of else ibis.literal(""),
    )
    if rule.across:
        rows = rows.semi_join(_in_two_branches(rule, tables), "person")
    rows = rows.filter(rows.s.notnull(), rows.e.notnull(), rows.person.notnull())
    if rows.person.type().is_string():
        rows = rows.filter(rows.person != "")
    two = rows.view().select(
        "person", "day", branch2="branch_id", id2="id", s2="s", e2="e", p2="p", of2="of"
    )
    both = rows.join(two, ["person", "day"])
    both = both.filter(_pairing(rule, both))
    overlap = (both.s < both.e2) & (both.s2 < both.e)
    near = (both.s < both.e2 + rule.travel) & (both.s2 < both.e + rule.travel)
    apart = (both.p != "") & (both.p2 != "") & (both.p != both.p2)
    both = both.filter(overlap | (apart & near))
    return both.group_by(["branch_id", "id", "id2", "day"]).aggregate(
        n=both.person.nunique(), name=both.name.min(), of=both.of.min(), of2=both.of2.min()
    )


def _in_two_branches(rule: NoOverlap, tables: Tables) -> ir.Table:
    """Whoever has rows in more than one: few, so that a country's rows need not be joined with
    themselves.
    """
    held = tables[rule.ledger].select("branch_id", person=rule.person)
    spans = held.group_by("person").aggregate(
        least=held.branch_id.min(), greatest=held.branch_id.max()
    )
    return spans.filter(spans.least != spans.greatest).select("person")


def _pairing(rule: NoOverlap, both: ir.Table) -> Any:
    """Which two rows are compared; across branches each pair is told to both."""
    if rule.across:
        return (both.branch_id != both.branch2) & (both.id != both.id2)
    return (both.branch_id == both.branch2) & (both.id < both.id2)
