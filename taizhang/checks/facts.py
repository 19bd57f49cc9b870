"""Ledgers → plain columns: the only bridge from Django's rows to the rules.

One canonical form each: whole numbers, days, text; "" for no text, null only for a number or day that is not known.
"""

from __future__ import annotations

import struct
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models.functions import Cast
from django.utils import timezone

from taizhang.kernel.secret import SealedIntegerField, unseal
from taizhang.ledgers.kind import FactTable
from taizhang.ledgers.models import KINDS, TextPhrase, TextSketch
from taizhang.ledgers.texts import PACKED
from taizhang.orgs.models import CalendarDay, Organisation
from taizhang.rules.base import Facts, Schema
from taizhang.rules.slots import BANDS, SLOTS

_SKETCH = (*(f"s{i}" for i in range(SLOTS)), *(f"b{i}" for i in range(BANDS)))

_OWN = (
    FactTable(
        name="branches",
        model=Organisation,
        columns={"branch_id": "id", "founded_on": "established_on", "dissolved_on": "dissolved_on"},
        where={"org_type__in": list(Organisation.BRANCH_TYPES)},
    ),
    FactTable(
        name="phrases",
        model=TextPhrase,
        columns={
            "branch_id": "branch_id", "source": "kind", "source_id": "entry_id", "code": "code", "words": "words",
            "first_on": "first_on", "on": "on",
        },
    ),
    FactTable(
        name="texts",
        model=TextSketch,
        columns={
            "branch_id": "branch_id", "source": "kind", "source_id": "entry_id", "about": "about", "on": "on",
            "length": "length", "slots": "slots",
        },
        expand=lambda row: (*row[:-1], *struct.unpack(PACKED, bytes(row[-1]))),
        expanded=_SKETCH,
    ),
    FactTable(name="calendar", model=CalendarDay, columns={"day": "day", "off": "kind"}),
)  # fmt: skip


@lru_cache(maxsize=1)
def sources() -> dict[str, FactTable]:
    """Every table that is read from the database, by name."""
    kinds = [table for kind in KINDS.values() for table in kind.facts]
    return {table.name: table for table in (*_OWN, *kinds)}


TALK_PAIRS = {
    "id": "int64", "branch_id": "int64", "person_id": "int64", "other_id": "int64", "on": "date", "year": "int64",
    "relation": "string",
    "starts": "int64",
    "ends": "int64",
    "place": "string",
}  # fmt: skip
DUES_SETTLED = {"branch_id": "int64", "person_id": "int64", "month": "date"}
_MADE_FROM = {"talk_pairs": ("talks",), "dues_settled": ("dues_payments", "exempt_months")}


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Table → column → type, for compiling and for checking the catalogue."""
    found: Schema = {}
    for name, table in sources().items():
        columns = {column: _type(table.model, path) for column, path in table.columns.items()}
        if table.expanded:
            columns.popitem()
            columns |= dict.fromkeys(table.expanded, "int64")
        found[name] = columns
    found["calendar"]["off"] = "int64"
    return found | {"talk_pairs": TALK_PAIRS, "dues_settled": DUES_SETTLED}


def _column(model: type[models.Model], path: str) -> Any:
    field: Any = None
    for step in path.split("__"):
        field = model._meta.pk if step == "id" else model._meta.get_field(step)
        if field.is_relation and field.related_model:
            model = field.related_model
    return field


def _type(model: type[models.Model], path: str) -> str:
    if path.endswith("__length"):
        return "int64"
    field = _column(model, path)
    if isinstance(field, models.DateField):  # also moments, which become local days
        return "date"
    if isinstance(field, SealedIntegerField):
        return "int64"
    return "string" if isinstance(field, models.CharField | models.TextField) else "int64"


@cache
def row_type(name: str) -> type[Any]:
    """The named tuple of a table's rows."""
    return namedtuple(name, schema()[name])


_ZONE = ZoneInfo(settings.TIME_ZONE)


@lru_cache(maxsize=200_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _local_day(value: Any) -> date:
    """The local day of a moment."""
    if isinstance(value, str):
        return _moment_day(value)
    found: date = value.astimezone(_ZONE).date()
    return found


@lru_cache(maxsize=200_000)
def _moment_day(text: str) -> date:
    moment = datetime.fromisoformat(text)
    aware = moment if timezone.is_aware(moment) else moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(_ZONE).date()


@lru_cache(maxsize=200_000)
def _opened(value: str) -> int:
    return int(unseal(value))


@cache
def _converters(name: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """(position, converter) for the columns that the driver does not give as they should be."""
    table = sources()[name]
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for at, path in enumerate(table.columns.values()):
        field = None if path.endswith("__length") else _column(table.model, path)
        if isinstance(field, models.DateTimeField):
            found.append((at, _local_day))
        elif isinstance(field, models.DateField) and connection.vendor == "sqlite":
            found.append((at, _day))
        elif isinstance(field, models.BooleanField):
            found.append((at, int))
        elif isinstance(field, SealedIntegerField):
            found.append((at, _opened))
    if name == "calendar":
        found.append((1, lambda kind: int(kind == CalendarDay.Kind.HOLIDAY)))
    return tuple(found)


@cache
def _sql(name: str, *, one_branch: bool) -> tuple[str, tuple[Any, ...]]:
    """The query of a table; compiled once, for building it costs more than running it."""
    table = sources()[name]
    found = table.model._default_manager.filter(**table.where)
    if one_branch and "branch_id" in table.columns:
        found = found.filter(**{table.columns["branch_id"]: _MARK})
    rows = found.order_by().values_list(
        *(_asked(table.model, path) for path in table.columns.values())
    )
    sql, params = (rows.distinct() if table.distinct else rows).query.sql_with_params()
    return sql, tuple(params)


_MARK = -987_654_321


def _asked(model: type[models.Model], path: str) -> Any:
    """A column; days come as text from SQLite, whose driver would parse each one anew."""
    field = None if path.endswith("__length") else _column(model, path)
    if connection.vendor == "sqlite" and isinstance(field, models.DateField):
        return Cast(path, models.CharField())
    return path


def read(name: str, branch: int | None = None) -> list[tuple[Any, ...]]:
    """The rows of a table, of one branch or of all, as plain tuples."""
    sql, params = _sql(name, one_branch=branch is not None)
    given = [branch if param == _MARK else param for param in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    converters = _converters(name)
    if converters:
        rows = _converted(rows, converters)
    expand = sources()[name].expand
    return [expand(row) for row in rows] if expand else rows


def _converted(
    rows: list[Any], converters: tuple[tuple[int, Callable[[Any], Any]], ...]
) -> list[Any]:
    """Column by column, for that is quicker than row by row."""
    if not rows:
        return rows
    columns: list[Any] = list(zip(*rows, strict=True))
    for at, convert in converters:
        columns[at] = [None if value is None else convert(value) for value in columns[at]]
    return list(zip(*columns, strict=True))


def _pairs(tables: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every talk seen from both sides."""
    for talk in tables["talks"]:
        about = (talk.held_on, talk.held_on.year, talk.relation, talk.starts, talk.ends, talk.place)
        yield (talk.id, talk.branch_id, talk.talker_id, talk.talked_to_id, *about)
        yield (talk.id, talk.branch_id, talk.talked_to_id, talk.talker_id, *about)


def _settled(tables: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every member's month that was paid for, or need not be."""
    for payment in tables["dues_payments"]:
        yield payment.branch_id, payment.person_id, payment.month
    for month in tables["exempt_months"]:
        if month.kind == "exempt":
            yield month.branch_id, month.person_id, month.month


_MAKERS = {"talk_pairs": _pairs, "dues_settled": _settled}


def tables(branch: int | None = None, wanted: Iterable[str] | None = None) -> dict[str, list[Any]]:
    """The rows of tables as named tuples, of one branch or of all; all tables unless some are named."""
    names = set(schema() if wanted is None else wanted)
    names |= {source for name in names for source in _MADE_FROM.get(name, ())}
    found: dict[str, list[Any]] = {}
    for name in sources():
        if name in names:
            own = None if name == "calendar" else branch
            found[name] = list(map(row_type(name)._make, read(name, own)))
    for name, make in _MAKERS.items():
        if name in names:
            found[name] = list(map(row_type(name)._make, make(found)))
    return found


def of_branch(branch: int, wanted: Iterable[str] | None = None) -> Facts:
    """The facts of one branch."""
    return Facts(branch, dict(tables(branch, wanted)))


def to_arrow(name: str, rows: list[Any]) -> Any:
    """A table of Arrow with the types of the schema."""
    import pyarrow as pa  # noqa: PLC0415  (heavy, and only needed for all branches at once)

    types = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string()}
    columns = schema()[name]
    cells: Iterable[Any] = zip(*rows, strict=True) if rows else ([] for _ in columns)
    arrays = [pa.array(c, types[kind]) for c, kind in zip(cells, columns.values(), strict=True)]
    return pa.table(arrays, names=list(columns))
