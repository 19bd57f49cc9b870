"""Rules that differ from each other by a word or two are asked in one statement, with a table of their words."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from taizhang.rules.base import RowRule, Rule, Tables, Where
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TOLD = {
    "id", "severity", "says", "finding", "official", "remedy", "basis", "needs", "beside", "other_is", "gives_way_to",
}  # fmt: skip
"""Fields that change nothing in what a rule finds."""


def alike_but(rule: Rule, words: Collection[str]) -> str:
    """All that a rule asks, without the fields that hold its words: rules of which this is the same differ by words only."""
    return json.dumps(rule.model_dump(mode="json", exclude=_TOLD | set(words)), sort_keys=True)


def plainly(where: Where) -> tuple[dict[str, str | int], Where]:
    """The conditions that name one word or number, and the others."""
    plain = {column: value for column, value in where.items() if isinstance(value, str | int)}
    return plain, {column: value for column, value in where.items() if column not in plain}


def words_of(where: Where) -> tuple[tuple[str, ...], str]:
    """What must be the same of two rules' conditions: the columns of those that name one word, and all of the others."""
    plain, rest = plainly(where)
    return tuple(plain), str(rest)


def rows_asked(
    rules: Sequence[Any], tables: Tables, words: Mapping[str, Sequence[str | int]]
) -> ir.Table:
    """The rows that each rule asks of: the column `rule`, beside it its `words`, and as `own_…` what it asks of a row's column.

    The rules differ in `words` and in conditions that name one word or number.
    """
    first = rules[0]
    plain, rest = plainly(first.where)
    words = {f"own_{column}": [rule.where[column] for rule in rules] for column in plain} | dict(
        words
    )
    if len(rules) == 1:
        told = {"rule": first.id} | {name: held[0] for name, held in words.items()}
        return first.selected(tables).mutate(
            **{name: ibis.literal(word) for name, word in told.items()}
        )
    rows = first.model_copy(update={"where": rest}).selected(tables)
    table = asked(rules, words, tables)
    mine = [rows[column] == table[f"own_{column}"] for column in plain]
    return rows.join(table, mine) if mine else rows.cross_join(table)


class ByWords(RowRule):
    """Rules over rows of one ledger that differ in words of their conditions, and in the fields `differ_in`."""

    differ_in: ClassVar[tuple[str, ...]] = ()

    def asked_with(self) -> Hashable:
        """Rules that ask the same of other rows."""
        return alike_but(self, ["where", *self.differ_in]), words_of(self.where)

    def rows_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """The rows that it and others ask of, with the column `rule` and a column for each field in which they differ."""
        rules = [self, *others]
        words = {name: [getattr(rule, name) for rule in rules] for name in self.differ_in}
        return rows_asked(rules, tables, words)


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
