"""A question that is asked again and again, whose SQL is built once.

To build a query costs the ORM several times what SQLite takes to answer it, and a page asks the
same dozen questions each time. A `Question` is built with marks in the place of what changes, and
each time the marks are replaced in the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import get_related_populators

from taizhang.kernel.db import planned

T = TypeVar("T")
Given = int | str | date | UUID
_MOST = 2**63 - 1
_NUMBER, _TEXT, _DAY = 1_987_650_000, "\x01said-{}\x01", date(1, 2, 3)


class Question(Generic[T]):
    """A query of `build`, which may put what it is given only where SQL has a parameter; it answers
    with a list.

    Numbers are keys: one that no column can hold is that of no row.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        """Nothing is built before it is asked."""
        self._build = build
        self._built: dict[Any, _Built | None] = {}

    def __call__(self, *given: Given) -> list[T]:
        """The rows: objects with what is selected along, or tuples where the query gives values."""
        if any(isinstance(one, int) and abs(one) > _MOST for one in given):
            return []
        built = self._of(given)
        return built.asked(given) if built else []

    def sql(self) -> str:
        """The words of a question to which nothing is given, to be sent behind others."""
        built = self._of(())
        if built is None or built.params:
            raise ValueError("not a question without parameters")
        return built.sql

    def _of(self, given: tuple[Given, ...]) -> _Built | None:
        key = (connection.vendor, *map(type, given))
        if key not in self._built:
            self._built[key] = _Built.of(self._build, given)
        return self._built[key]

    def first(self, *given: Given) -> T | None:
        """The first row, if there is any."""
        return next(iter(self(*given)), None)


@dataclass(frozen=True)
class _Built:
    sql: str
    params: list[Any]
    places: list[tuple[int, int]]
    """Which of the parameters is a mark, and of which of the given."""
    compiler: Any
    converters: list[tuple[int, tuple[list[Any], Any]]]
    made: Callable[[list[Any]], list[Any]]

    @classmethod
    def of(cls, build: Callable[..., Any], given: tuple[Given, ...]) -> _Built | None:
        """None where no row can be meant: one of no keys at all."""
        marks = [_mark(at, one) for at, one in enumerate(given)]
        found: models.QuerySet[Any] = build(*marks)
        compiler = found.query.get_compiler(using=found.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        fields = [one[0] for one in compiler.select[: compiler.col_count]]
        told = list(map(_written, marks))
        sql, left = planned.words(sql, params, [at for at, _ in _places(params, told)])
        return cls(
            sql,
            left,
            _places(left, told),
            compiler,
            list(compiler.get_converters(fields).items()),
            _maker(found, compiler),
        )

    def asked(self, given: tuple[Given, ...]) -> list[Any]:
        params = self.params.copy()
        for place, at in self.places:
            params[place] = _as(params[place], _written(given[at]))
        with planned.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return self.made(list(self._converted(rows)) if self.converters else rows)

    def _converted(self, rows: list[Any]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for at, (convert, expression) in self.converters:
                for one in convert:
                    row[at] = one(row[at], expression, connection)
            yield row


def _mark(at: int, given: Given) -> Given:
    if isinstance(given, date):
        return _DAY + timedelta(days=at)
    if isinstance(given, UUID):
        return UUID(int=_NUMBER + at)
    return _TEXT.format(at) if isinstance(given, str) else _NUMBER + at


def _written(value: Given) -> Any:
    """As the database takes it: SQLite has days and keys of devices as text."""
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _as(mark: Any, value: Any) -> Any:
    """A number of the same size as its mark, for PostgreSQL plans by sizes."""
    return type(mark)(value) if isinstance(mark, int) else value


def _places(params: Sequence[Any], marks: list[Any]) -> list[tuple[int, int]]:
    told = {mark: at for at, mark in enumerate(marks)}
    found = (
        (place, told.get(one))
        for place, one in enumerate(params)
        if isinstance(one, int | str | date | UUID)
    )
    return [(place, at) for place, at in found if at is not None]


def _maker(found: Any, compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """What makes objects of rows, as Django's own iterable does; tuples where values
    are asked for.
    """
    if not found.query.default_cols:
        return lambda rows: list(map(tuple, rows))
    about, annotated = compiler.klass_info, compiler.annotation_col_map or {}
    model, columns, alias = about["model"], about["select_fields"], found.db
    first, last = columns[0], columns[-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:last]]
    related = get_related_populators(about, compiler.select, alias)  # type: ignore[call-arg]

    def made(rows: list[Any]) -> list[Any]:
        objects = []
        for row in rows:
            one = model.from_db(alias, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, at in annotated.items():
                setattr(one, name, row[at])
            objects.append(one)
        return objects

    return made
