"""In columns: two texts of a branch are nearly the same."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.pairs import SAID
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.similar_text import SimilarText


@relation.register(SimilarText)
def _relation(rule: SimilarText, tables: Tables) -> ir.Table:
    """The pairs of which both texts are among the rows that are asked of."""
    pairs = tables["pairs_across" if rule.across else "pairs_within"]
    later = selected(rule, {**tables, rule.ledger: pairs})
    later = later.filter(later.percent >= rule.at_least, later.percent < rule.below)
    later = later.filter(later.length >= rule.length).mutate(day=rule.day)
    if rule.across:
        joint = (later.joint == 1) & (later.one_joint == 1) & (later["on"] == later.one_on)
        later = later.filter(~ibis.coalesce(joint, ibis.literal(value=False)))
    first = later.mutate(**{column: later[f"one_{column}"] for column in SAID})
    both = selected(rule, {**tables, rule.ledger: first})
    both = both.filter(both.length >= rule.length)
    return hints(
        both,
        window=day_label(both.day),
        subject="two",
        other="one",
        found="percent",
        wanted=rule.at_least,
    )
