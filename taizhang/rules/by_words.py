"""Rules that differ from each other by a word or two are asked in one statement, with a table of their words."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from taizhang.rules.base import Rule, Tables, Where
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TOLD = {"id", "severity", "says", "finding", "basis", "needs", "beside", "other_is"}
"""Fields that change nothing in what a rule finds."""


def alike_but(rule: Rule, words: Collection[str]) -> str:
    """All that a rule asks, without the fields that hold its words: rules of which this is the same differ by words only."""
    return json.dumps(rule.model_dump(mode="json", exclude=_TOLD | set(words)), sort_keys=True)


def plainly(where: Where) -> tuple[dict[str, str | int], Where]:
    """The conditions that name one word or number, and the others."""
    plain = {column: value for column, value in where.items() if isinstance(value, str | int)}
    return plain, {column: value for column, value in where.items() if column not in plain}


def asked(
    rules: Sequence[Rule], words: Mapping[str, Sequence[str | int]], tables: Tables
) -> ir.Table:
    """A row for each rule: its id as `rule`, beside it its words; the columns of `words` are in the order of the rules."""
    numbers = ibis.array([ibis.literal(at, type="int32") for at in range(len(rules))]).unnest()
    rows = tables["period"].select(number=numbers)
    columns = {"rule": [rule.id for rule in rules], **words}
    return rows.select(
        **{name: ibis.array(list(held))[rows.number] for name, held in columns.items()}
    )
