"""In columns: two texts of a branch are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import in_words, plainly, rows_with
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.pairs import SAID
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, together
from taizhang.rules.kinds.similar_text import SimilarText

in_words(SimilarText, "at_least", "below")


@together.register(SimilarText)
def _together(rule: SimilarText, others: Sequence[Any], tables: Tables) -> ir.Table:
    """The pairs of which both texts are among the rows that are asked of."""
    pairs = tables["pairs_across" if rule.across else "pairs_within"]
    later = rows_with([rule, *others], {**tables, rule.ledger: pairs}, "at_least", "below")
    later = later.filter(later.percent >= later.at_least, later.percent < later.below)
    later = later.filter(later.length >= rule.length).mutate(day=rule.day)
    first = later.mutate(**{column: later[f"one_{column}"] for column in SAID})
    plain, rest = plainly(rule.where)
    both = selected(rule.model_copy(update={"where": rest}), {**tables, rule.ledger: first})
    both = both.filter(both.length >= rule.length, *[both[c] == both[f"own_{c}"] for c in plain])
    return hints(
        both,
        window=day_label(both.day),
        subject="two",
        other="one",
        found="percent",
        wanted="at_least",
    )
