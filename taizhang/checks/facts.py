"""Ledgers → plain columns: the only bridge from Django's rows to the rules.

One canonical form each: whole numbers, days, text; "" for no text, null only for a number or day
that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from taizhang.checks.fact_tables import (
    MADE_FROM,
    cut,
    field_of,
    made_of,
    plain_path,
    read_as,
    row_type,
    schema,
    sources,
)
from taizhang.checks.made_rows import MAKERS
from taizhang.checks.value_conversion import day, local_day, opened
from taizhang.kernel.secret import SealedIntegerField
from taizhang.ledgers.kind import FactTable
from taizhang.orgs.models import CalendarDay
from taizhang.rules.base import Facts

Conditions = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Slice:
    """Which rows are read: all, or those of a branch, and of some tables only those of a record or
    of some years.
    """

    branch: int | None = None
    record: int | None = None
    of: frozenset[str] = frozenset()
    """The tables of which only the record's rows are read."""
    years: tuple[date, date] | None = None
    """The first and the last day of the years that are read of tables that grow with
    every month.
    """
    where: Mapping[str, Conditions] = field(default_factory=dict)
    """Of some tables, the columns that must have one of some values."""
    people: frozenset[int] = frozenset()
    by_person: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of some tables, the columns one of which must name one of these people."""
    held: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Whole tables that were read before: their rows are not read again."""

    def record_of(self, name: str) -> int | None:
        """The record of which alone rows are read of a table."""
        return self.record if name in self.of else None

    def years_of(self, name: str) -> tuple[date, date] | None:
        """The years that are read of a table."""
        return self.years if name in cut() else None

    def reads_whole(self, name: str) -> bool:
        """Whether no row of the branch is left out of a table."""
        some = name in self.where or name in self.by_person
        return not (some or self.record_of(name) or self.years_of(name))

    def kept(self, name: str, rows: Sequence[Any]) -> list[Any]:
        """The rows that are read, of all rows of a table."""
        found = list(rows)
        if years := self.years_of(name):
            inside: set[int] = set()
            for days in (map(attrgetter(column), rows) for column in cut()[name]):
                inside.update(n for n, d in enumerate(days) if d and years[0] <= d <= years[1])
            found = [row for n, row in enumerate(rows) if n in inside]
        if columns := self.by_person.get(name):
            people_of = [attrgetter(column) for column in columns]
            found = [r for r in found if any(of(r) in self.people for of in people_of)]
        return found


Converter = tuple[int, Callable[[Any], Any]]
"""The position of a column that the driver does not give as it should be, and what makes it so."""


@cache
def _converters(name: str) -> tuple[Converter, ...]:
    table = sources()[name]
    found: list[Converter] = []
    for at, path in enumerate(table.columns.values()):
        field = field_of(table.model, path)
        if read := read_as(path):
            found.append((at, read))
        elif isinstance(field, models.DateTimeField):
            found.append((at, local_day))
        elif isinstance(field, models.DateField) and connection.vendor == "sqlite":
            found.append((at, day))
        elif isinstance(field, models.BooleanField):
            found.append((at, int))
        elif isinstance(field, SealedIntegerField):
            found.append((at, opened))
    if name == "calendar":
        found.append((1, lambda kind: int(kind == CalendarDay.Kind.HOLIDAY) if kind else None))
    return tuple(found)


_BRANCH, _RECORD, _PERSON = -987_654_321, -987_654_322, -987_654_323
"""Stand in compiled queries for what is asked for; persons are counted down from the last."""
_FIRST, _LAST = date(1, 1, 3), date(1, 1, 4)


@cache
def _sql(
    name: str,
    where: Conditions,
    by_person: frozenset[str],
    people: tuple[int, ...],
    *,
    one_branch: bool,
    one_record: bool,
    some_years: bool,
) -> tuple[str, tuple[Any, ...]]:
    """The query of a table; compiled once, for building it costs more than running it."""
    table = sources()[name]
    found = table.model._default_manager.filter(**table.where)
    if one_branch and "branch_id" in table.columns:
        found = found.filter(**{table.columns["branch_id"]: _BRANCH})
    if one_record:
        found = found.filter(**{table.record: _RECORD})
    for column, values in where:
        found = found.filter(**{f"{table.columns[column]}__in": values})
    if some_years:
        found = found.filter(_any_of(table, table.cut, gte=_FIRST, lte=_LAST))
    if by_person:
        found = found.filter(_any_of(table, sorted(by_person), **{"in": people}))
    rows = found.order_by().values_list(
        *(_asked(table.model, path) for path in table.columns.values())
    )
    sql, params = (rows.distinct() if table.distinct else rows).query.sql_with_params()
    return sql, tuple(params)


def _any_of(table: FactTable, columns: Iterable[str], **asked: object) -> Q:
    """One of the columns meets all that is asked."""
    found = Q()
    for path in (table.columns[column] for column in columns):
        found |= Q(**{f"{path}__{how}": value for how, value in asked.items()})
    return found


def _query(name: str, chosen: Slice) -> tuple[str, list[Any]]:
    """The query of a table with what is asked for in the place of the marks."""
    years, record = chosen.years_of(name), chosen.record_of(name)
    people = sorted(chosen.people) if name in chosen.by_person else []
    marks = {_PERSON - at: person for at, person in enumerate(people)}
    sql, params = _sql(
        name,
        chosen.where.get(name, ()),
        chosen.by_person.get(name, frozenset()),
        tuple(marks),
        one_branch=chosen.branch is not None,
        one_record=record is not None,
        some_years=years is not None,
    )
    kept = connection.ops.adapt_datefield_value
    given: dict[Any, Any] = {_BRANCH: chosen.branch, _RECORD: record} | marks
    if years:
        given |= {kept(mark): kept(real) for mark, real in zip((_FIRST, _LAST), years, strict=True)}
    return sql, [given.get(param, param) for param in params]


def _asked(model: type[models.Model], path: str) -> str | Combinable:
    """A column; days come as text from SQLite, whose driver would parse each one again."""
    plain = plain_path(path)
    if connection.vendor == "sqlite" and isinstance(field_of(model, path), models.DateField):
        return Cast(plain, models.CharField())
    return plain


Raw = Mapping[str, list[tuple[Any, ...]]]
"""Tables that are read from the database, with their rows as the driver gives them."""


def fetched(chosen: Slice, wanted: Iterable[str]) -> Raw:
    """All that these tables are made of, not yet converted: enough to tell whether any
    row changed.
    """
    names = {part for name in wanted for part in made_of(name)}
    return {name: _fetched(name, chosen) for name in sources() if name in names}


def read(name: str, chosen: Slice, raw: Raw | None = None) -> list[tuple[Any, ...]]:
    """The chosen rows of a table as plain tuples."""
    rows, converters = raw[name] if raw else _fetched(name, chosen), _converters(name)
    if converters:
        rows = list(zip(*_converted(rows, converters), strict=True))
    expand = sources()[name].expand
    return [expand(row) for row in rows] if expand else rows


def _fetched(name: str, chosen: Slice) -> list[tuple[Any, ...]]:
    """As the driver gives them."""
    sql, params = _query(name, chosen)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _converted(rows: list[Any], converters: Iterable[Converter]) -> list[Sequence[Any]]:
    """The columns of the rows: to convert column by column is quicker than row by row."""
    columns = in_columns(rows)
    for at, convert in converters if rows else ():
        columns[at] = [None if value is None else convert(value) for value in columns[at]]
    return columns


def columns(name: str) -> list[Any]:
    """All rows of a table as columns; days as the driver gives them, maybe as text."""
    if sources()[name].expand:
        return in_columns(read(name, _EVERYTHING))
    late = [one for one in _converters(name) if one[1] is not day]
    return _converted(_fetched(name, _EVERYTHING), late)


def in_columns(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Rows as columns, a few at a time: to go through all for every column takes three times as
    long.
    """
    found: list[Any] = [[] for _ in rows[0]] if rows else []
    for at in range(0, len(rows), _AT_ONCE):
        for column, cells in zip(found, zip(*rows[at : at + _AT_ONCE], strict=True), strict=True):
            column.extend(cells)
    return found


_AT_ONCE = 2000


_EVERYTHING = Slice()


def tables(
    chosen: Slice = _EVERYTHING, wanted: Iterable[str] | None = None, raw: Raw | None = None
) -> dict[str, list[Any]]:
    """The chosen rows as named tuples; of all tables unless some are named. What is `raw` is not
    read again.
    """
    names = set(schema() if wanted is None else wanted)
    names |= {source for name in names for source in MADE_FROM.get(name, ())}
    found: dict[str, list[Any]] = {}
    for name in sources():
        if name in names:
            found[name] = _rows(name, chosen, raw)
    for name, make in MAKERS.items():
        if name in names:
            found[name] = _named(name, make(found))
    return found


def _rows(name: str, chosen: Slice, raw: Raw | None) -> list[Any]:
    if name not in chosen.held or chosen.record_of(name):
        return _named(name, read(name, chosen, raw))
    return chosen.kept(name, chosen.held[name])


def _named(name: str, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """As named tuples, without a call in Python for each."""
    return list(map(tuple.__new__, repeat(row_type(name)), rows))


def of_branch(branch: int, wanted: Iterable[str] | None = None) -> Facts:
    """The facts of one branch."""
    return sliced(Slice(branch), wanted)


def sliced(chosen: Slice, wanted: Iterable[str] | None = None, raw: Raw | None = None) -> Facts:
    """The chosen facts; of all branches when none is chosen."""
    return Facts(-1 if chosen.branch is None else chosen.branch, dict(tables(chosen, wanted, raw)))
