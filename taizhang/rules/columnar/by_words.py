"""Rules that differ from each other by a word or a bound are asked in one statement, with a table
of their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import Rule
from taizhang.rules.columnar.saying import Tables


def asked(
    rules: Sequence[Rule], words: Mapping[str, Sequence[str | int]], tables: Tables
) -> ir.Table:
    """A row for each rule: its id as `rule`, beside it its words; the columns of `words` are in the
    order of the rules.
    """
    numbers = ibis.array([ibis.literal(at, type="int32") for at in range(len(rules))]).unnest()
    rows = tables["period"].select(number=numbers)
    columns = {"rule": [rule.id for rule in rules], **words}
    return rows.select(
        **{name: ibis.array(list(held))[rows.number] for name, held in columns.items()}
    )
