"""Rules that differ from each other by a word or two are asked in one statement, with a table of their words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import RowRule, Rule, Where
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, asked_with


def plainly(where: Where) -> tuple[dict[str, str | int], Where]:
    """The conditions that name one word or number, and the others."""
    plain = {column: value for column, value in where.items() if isinstance(value, str | int)}
    return plain, {column: value for column, value in where.items() if column not in plain}


def words_of(where: Where) -> tuple[tuple[str, ...], str]:
    """What must be the same of two rules' conditions: the columns of those that name one word, and all of the others."""
    plain, rest = plainly(where)
    return tuple(plain), str(rest)


def rows_asked(
    rules: Sequence[RowRule], tables: Tables, words: Mapping[str, Sequence[str | int]]
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
        return selected(first, tables).mutate(
            **{name: ibis.literal(word) for name, word in told.items()}
        )
    rows = selected(first.model_copy(update={"where": rest}), tables)
    table = asked(rules, words, tables)
    mine = [rows[column] == table[f"own_{column}"] for column in plain]
    return rows.join(table, mine) if mine else rows.cross_join(table)


def in_words(kind: type[RowRule], *fields: str) -> None:
    """Rules of a kind that ask the same of other rows, or differ in these fields, are asked together."""

    def key(rule: RowRule) -> Hashable:
        return rule.alike_but("where", *fields), words_of(rule.where)

    asked_with.register(kind, key)


def rows_with(rules: Sequence[RowRule], tables: Tables, *fields: str) -> ir.Table:
    """The rows that rules ask of, with the column `rule` and a column for each field in which they differ."""
    return rows_asked(rules, tables, {f: [getattr(rule, f) for rule in rules] for f in fields})


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
