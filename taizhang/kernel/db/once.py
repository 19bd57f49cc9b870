"""A row stored or changed by SQL that is built once: to build it costs the ORM four times what the
database takes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models

from taizhang.kernel.db import planned


def insert(row: models.Model) -> None:
    """As `save(force_insert=True)` does with a row that has no key yet, but for signals, to which
    nobody listens here.
    """
    if row.pk is not None:
        raise ValueError(f"{row._meta.label} {row.pk} is stored already")
    sql, fields = _built(type(row), connection.vendor)
    given = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for one in fields]
    with planned.cursor() as cursor:
        cursor.execute(sql, given)
        row.pk = cursor.lastrowid if connection.vendor == "sqlite" else cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  (as Django's own save does)


def change(row: models.Model, *names: str) -> None:
    """As `save(update_fields=names)` does; ObjectDoesNotExist where the row is gone."""
    sql, fields = _changing(type(row), names, connection.vendor)
    given = [one.get_db_prep_save(one.pre_save(row, add=False), connection) for one in fields]
    with planned.cursor() as cursor:
        cursor.execute(sql, given)
        if not cursor.rowcount:
            raise ObjectDoesNotExist(f"{row._meta.label} {row.pk}")


@cache
def _changing(
    model: type[models.Model], names: tuple[str, ...], vendor: str
) -> tuple[str, list[Any]]:
    """The words for some columns of one row, and these with its key behind them."""
    del vendor
    about: Any = model._meta
    name = connection.ops.quote_name
    fields = [about.get_field(one) for one in names]
    wanted = ", ".join(f"{name(one.column)} = %s" for one in fields)
    sql = f"UPDATE {name(about.db_table)} SET {wanted} WHERE {name(about.pk.column)} = %s"  # noqa: S608  (names of our own models)
    return sql, [*fields, about.pk]


@cache
def _built(model: type[models.Model], vendor: str) -> tuple[str, list[Any]]:
    """The words for one row of a model, and the columns in their order."""
    about: Any = model._meta
    name = connection.ops.quote_name
    fields = [one for one in about.concrete_fields if not one.primary_key]
    columns, marks = ", ".join(name(one.column) for one in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {name(about.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  (names of our own models)
    return (sql if vendor == "sqlite" else f"{sql} RETURNING {name(about.pk.column)}"), fields
