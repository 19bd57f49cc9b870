"""Facts as small pictures of tables, and verdicts by every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from taizhang.checks import fact_tables
from taizhang.rules import reference
from taizhang.rules.base import Facts, Period, Rule, Schema, Suspicion
from taizhang.rules.columnar import run
from taizhang.rules.columnar.compiler import compile_rules
from taizhang.rules.columnar.run import Statements

EVER = date(2010, 1, 1)
A_YEAR = Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 12, 31))
ARROW = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string()}
Table = dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=1)
def schema() -> Schema:
    """The columns of the real facts."""
    return fact_tables.schema()


def drawn(pictures: dict[str, str]) -> Table:
    """Pictures as rows: a header, a line, and one line a row; an empty cell is null, `""` is empty
    text.
    """
    return {name: [*_rows(name, picture)] for name, picture in pictures.items()}


def _rows(name: str, picture: str) -> list[dict[str, Any]]:
    lines = [
        line.strip()
        for line in picture.strip().splitlines()
        if line.strip() and set(line.strip()) - set("-+")
    ]
    head = [cell.strip() for cell in lines[0].split("|")]
    return [
        {
            column: _value(name, column, cell.strip())
            for column, cell in zip(head, line.split("|"), strict=True)
        }
        for line in lines[1:]
    ]


def _value(table: str, column: str, cell: str) -> Any:
    if not cell:
        return None
    kind = schema()[table][column]
    if kind == "int64":
        return int(cell)
    if kind == "date":
        return date.fromisoformat(cell)
    text = cell.replace('""', "")
    known = fact_tables.words().get(table, {}).get(column)
    assert known is None or text in known, f"{table}.{column} is never {text}"
    return text


def asking(engine: Callable[[Rule, Table, Period], set[Suspicion]]) -> Callable[..., list[Any]]:
    """What a spec test calls `found`: (branch, window, found, wanted) of each suspicion, sorted;
    `full=True` for the whole rows.
    """

    def ask(
        rule: Rule, tables: dict[str, str], period: Period = A_YEAR, *, full: bool = False
    ) -> list[Any]:
        rows = sorted(engine(rule, drawn(tables), period))
        return rows if full else [(r.branch_id, r.window, r.found, r.wanted) for r in rows]

    return ask


def whole(tables: Table) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with all its columns; what a picture leaves out is null. Branches that appear are
    founded in 2010.
    """
    keys = {
        row["branch_id"]
        for rows in tables.values()
        for row in rows
        if row.get("branch_id") is not None
    }
    known = {row["branch_id"] for row in tables.get("branches", ())}
    branches = [
        *tables.get("branches", ()),
        *({"branch_id": k, "founded_on": EVER} for k in sorted(keys - known)),
    ]
    full = {**tables, "branches": branches}
    return {
        name: [tuple(row.get(column) for column in columns) for row in full.get(name, ())]
        for name, columns in schema().items()
    }


def row_type(name: str) -> Any:
    """The named tuple of a table."""
    return fact_tables.row_type(name)


def by_reference(rule: Rule, tables: Table, period: Period) -> set[Suspicion]:
    """What plain Python says, branch by branch."""
    rows = whole(tables)
    made = {name: [row_type(name)._make(row) for row in held] for name, held in rows.items()}
    found: set[Suspicion] = set()
    own: dict[str, Sequence[Any]]
    for branch in made["branches"]:
        own = {
            name: held
            if name == "calendar"
            else [row for row in held if row.branch_id == branch.branch_id]
            for name, held in made.items()
        }
        found |= set(reference.judge([rule], Facts(branch.branch_id, own), period))
    return found | set(reference.judge_across([rule], Facts(-1, dict(made)), period))


def by_duckdb(asked: Rule | tuple[Rule, ...], tables: Table, period: Period) -> set[Suspicion]:
    """What DuckDB says of all branches at once."""
    rows = whole(tables)
    arrow = {name: arrow_table(name, held) for name, held in rows.items() if held}
    rules = (asked,) if isinstance(asked, Rule) else asked
    statements, con = _compiled(rules), _without_rows()
    con.begin()
    try:
        run.hold(con, arrow, period)
        return set(run.judge(rules, statements, con))
    finally:
        con.rollback()


@lru_cache(maxsize=1)
def _without_rows() -> Any:
    """Every table, empty; what a question puts there is gone with its transaction."""
    return run.empty({name: arrow_table(name, []) for name in schema()})


@lru_cache(maxsize=400)
def _compiled_json(rules: tuple[tuple[str, type[Rule]], ...]) -> Statements:
    known = [kind.model_validate_json(rule) for rule, kind in rules]
    return compile_rules(known, schema())


def _compiled(rules: tuple[Rule, ...]) -> Statements:
    return _compiled_json(
        tuple((rule.model_dump_json(by_alias=True), type(rule)) for rule in rules)
    )


def arrow_table(name: str, rows: list[tuple[Any, ...]]) -> Any:
    columns = schema()[name]
    cells = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    arrays = [
        pa.array(list(c), ARROW[kind]) for c, kind in zip(cells, columns.values(), strict=True)
    ]
    return pa.table(arrays, names=list(columns))
