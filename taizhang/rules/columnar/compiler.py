"""Rules as SQL for DuckDB, through Ibis.

Compiling costs tens of milliseconds a rule, so what was compiled is kept in a file named by the
rules and the schema. The period and its windows are tables, so that the SQL does not change with
them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from taizhang.rules.base import Rule, Schema
from taizhang.rules.columnar import pairs, spells
from taizhang.rules.columnar.run import DAYS, FOR_VERDICTS, FOUND, Question, Statements
from taizhang.rules.columnar.saying import Tables, asked_with, together
from taizhang.rules.kinds import AnyRule

Making = Callable[[Tables], ir.Table]
MADE: Mapping[str, tuple[dict[str, str], Making]] = spells.MADE | pairs.MADE
"""Tables that several rules rest on, in the order in which they are made: name → columns, and what
makes it.
"""

for _kind in get_args(
    get_args(AnyRule)[0]
):  # what a kind says in columns stands in the module of its name
    import_module(f"{__package__}.{_kind.__module__.rpartition('.')[2]}")


def compile_rules(rules: Sequence[Rule], schema: Schema, cache: Path | None = None) -> Statements:
    """What to ask for the rules; read from the cache when compiled before."""
    kept = cache / f"rules-{_key(rules, schema)}.json" if cache else None
    if kept and kept.is_file():
        return _read(json.loads(kept.read_text("utf-8")))
    found = _compiled(rules, _known(json.dumps(schema)))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(asdict(found)), "utf-8")
        fresh.replace(kept)
    return found


def tables(schema: Schema) -> Tables:
    """Facts, and all that is made of them or of the period, as tables of Ibis."""
    columns = {**schema, **DAYS, **{name: held for name, (held, _) in MADE.items()}}
    return {name: ibis.table(held, name) for name, held in columns.items()}


def named(relation: ir.Table) -> set[str]:
    """The tables that a relation reads."""
    return {table.name for table in relation.op().find(ops.UnboundTable)}


def groups(rules: Iterable[Rule]) -> list[tuple[Rule, ...]]:
    """The rules, those together that are asked in one statement; what asks most comes first."""
    found: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        found.setdefault(asked_with(rule), []).append(rule)
    return sorted(map(tuple, found.values()), key=len, reverse=True)


class _Known:
    """The tables of a schema; what is made of them is written once for all rules that
    rest on it.
    """

    def __init__(self, schema: Schema) -> None:
        self.tables = tables(schema)
        self._made: dict[str, ir.Table] = {}
        self._sql: dict[str, str] = {}

    def made(self, name: str) -> ir.Table:
        """A table that is made."""
        if name not in self._made:
            self._made[name] = MADE[name][1](self.tables)
        return self._made[name]

    def sql(self, name: str) -> str:
        """What makes it."""
        if name not in self._sql:
            self._sql[name] = _sql(self.made(name))
        return self._sql[name]


@lru_cache(maxsize=2)
def _known(schema: str) -> _Known:
    return _Known(json.loads(schema))


def _compiled(rules: Sequence[Rule], known: _Known) -> Statements:
    needed = {FOR_VERDICTS}
    questions = []
    for first, *others in groups(rules):
        relation = together(first, others, known.tables).select(*FOUND)
        rests_on = _rests_on(named(relation), known)
        needed.update(rests_on)
        ids = tuple(rule.id for rule in (first, *others))
        questions.append(Question(ids, _sql(relation), rests_on))
    return Statements(tuple(questions), {name: known.sql(name) for name in MADE if name in needed})


def _rests_on(names: set[str], known: _Known) -> tuple[str, ...]:
    """Of these tables and of those that they are made of the ones that must be made, in the order
    of making.
    """
    found: set[str] = set()
    left = names & MADE.keys()
    while left:
        found |= left
        left = set().union(*(named(known.made(name)) for name in left)) & MADE.keys() - found
    return tuple(name for name in MADE if name in found)


def _sql(relation: ir.Table) -> str:
    return str(ibis.to_sql(relation, "duckdb"))


def _read(kept: Any) -> Statements:
    """Statements as they were written."""
    questions = (
        Question(tuple(q["rules"]), q["sql"], tuple(q["rests_on"])) for q in kept["questions"]
    )
    return Statements(tuple(questions), kept["made"])


def _key(rules: Sequence[Rule], schema: Schema) -> str:
    source = [version("ibis-framework"), json.dumps(schema, sort_keys=True)]
    source += [rule.model_dump_json() for rule in rules]
    source += [path.read_text("utf-8") for path in sorted(Path(__file__).parents[1].rglob("*.py"))]
    return hashlib.sha256("\n".join(source).encode()).hexdigest()[:20]
