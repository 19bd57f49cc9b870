"""Many plain rows into one table, when nobody needs their keys: several times quicker than making objects of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

from taizhang.kernel.secret import SealedIntegerField, SealedTextField

SEALED = (SealedIntegerField, SealedTextField)


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by field names; what a row leaves out has the field's default."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [_prepared(fields, row) for row in rows]
    if not values:
        return
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _prepared(fields: list[Any], row: Mapping[str, Any]) -> list[Any]:
    return [_value(field, row) for field in fields]


def _value(field: Any, row: Mapping[str, Any]) -> Any:
    if field.name not in row:
        return field.get_db_prep_save(field.get_default(), connection)
    value = row[field.name]
    if value is None or (type(value) in (int, str) and not isinstance(field, SEALED)):
        return value
    if isinstance(value, models.Model):
        return value.pk
    return field.get_db_prep_save(value, connection)
