"""Seals everything again with the present key and cipher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from taizhang.kernel import secret
from taizhang.kernel.actions import journal
from taizhang.kernel.models import JournalLine

BATCH = 500
_KINDS = (secret.SealedTextField, secret.SealedIntegerField)


@dataclass(frozen=True)
class Sealed:
    """A table that holds something sealed: its sealed columns, its columns of JSON, in which texts
    may be sealed, and its blind indexes.
    """

    model: type[models.Model]
    key: Any
    texts: list[Any]
    papers: list[Any]
    blind: list[Any]

    def batches(self) -> Iterator[list[tuple[Any, list[Any]]]]:
        """(key, raw values) of every row as the database holds them, some hundred at a time:
        nothing is opened that is fresh.
        """
        names = [str(f.column) for f in (self.key, *self.texts, *self.papers)]
        columns = ", ".join(connection.ops.quote_name(name) for name in names)
        keys = list(self.model._default_manager.order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(keys), BATCH):
            part = [self.key.get_db_prep_value(key, connection) for key in keys[at : at + BATCH]]
            marks = ", ".join(["%s"] * len(part))
            asked = (
                f"SELECT {columns} FROM {self._quoted} WHERE {columns.split(', ')[0]} IN ({marks})"  # noqa: S608
            )
            with connection.cursor() as cursor:
                cursor.execute(asked, part)
                yield [(row[0], list(row[1:])) for row in cursor.fetchall()]

    def ends_of(self, field: Any) -> list[str]:
        """The first and the last raw value of a column."""
        column, key = (connection.ops.quote_name(f.column) for f in (field, self.key))
        with connection.cursor() as cursor:
            found = []
            for order in ("ASC", "DESC"):
                cursor.execute(
                    f"SELECT {column} FROM {self._quoted} WHERE {column} <> '' "  # noqa: S608
                    f"ORDER BY {key} {order} LIMIT 1"
                )
                found += [row[0] for row in cursor.fetchall()]
        return found

    @property
    def _quoted(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    def sealed_again(self, values: list[Any]) -> dict[str, Any]:
        """Column → new raw value, for what is not fresh."""
        fresh: dict[str, Any] = {}
        papers = values[len(self.texts) :]
        for field, text in zip(self.texts, values, strict=False):
            if text and not secret.is_fresh(text):
                fresh[field.column] = secret.seal(secret.unseal(text))
        for field, text in zip(self.papers, papers, strict=True):
            changed = _anew(field.from_db_value(text, None, connection)) if text else None
            if changed is not None:
                fresh[field.column] = field.get_db_prep_save(changed, connection)
        return fresh

    def write(self, key: int | str, fresh: dict[str, Any]) -> None:
        """Change one row."""
        quote = connection.ops.quote_name
        told = ", ".join(f"{quote(column)} = %s" for column in fresh)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self._quoted} SET {told} WHERE {quote(self.key.column)} = %s",  # noqa: S608
                [*fresh.values(), key],
            )

    def index(self, keys: list[Any]) -> None:
        """Blind indexes hang on the key as well."""
        rows = list(self.model._default_manager.filter(pk__in=keys))
        for one in rows:
            for field in self.blind:
                field.pre_save(one, add=False)
        self.model._default_manager.bulk_update(rows, [field.name for field in self.blind])


def tables() -> Iterator[Sealed]:
    """Every table in question; the journal is for ever as it is, and holds nothing sealed."""
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        texts = [f for f in fields if isinstance(f, _KINDS)]
        papers = [f for f in fields if isinstance(f, models.JSONField)]
        blind = [f for f in fields if isinstance(f, secret.BlindIndexField)]
        if model is not JournalLine and (texts or papers):
            yield Sealed(model, model._meta.pk, texts, papers, blind)


def reseal(*, now: datetime, progress: Callable[[int], None] = lambda done: None) -> int:
    """Seals every value again; returns how many rows held some. May be interrupted and run again:
    what is fresh is passed over.
    """
    done = 0
    for table in tables():
        for rows in table.batches():
            with transaction.atomic():
                changed = [
                    (key, fresh) for key, values in rows if (fresh := table.sealed_again(values))
                ]
                for key, fresh in changed:
                    table.write(key, fresh)
                if table.blind and changed:
                    table.index([key for key, _ in changed])
            done += len(changed)
            progress(done)
    told = {
        "rows": done,
        "key": secret.key_name(settings.FIELD_KEYS[0]),
        "cipher": settings.FIELD_CIPHER,
    }
    journal.note("kernel.reseal", "keys", by=None, now=now, **told)
    return done


def unopenable() -> list[str]:
    """The sealed columns whose first or last value no key at hand opens, as table.column."""
    return [
        f"{table.model._meta.db_table}.{field.column}"
        for table in tables()
        for field in table.texts
        if not all(_opens(text) for text in table.ends_of(field))
    ]


def _opens(text: str) -> bool:
    try:
        secret.unseal(text)
    except ValueError:
        return False
    return True


def stale() -> int:
    """How many rows hold something that is not sealed with the present key and cipher."""
    return sum(
        bool(table.sealed_again(values))
        for table in tables()
        for rows in table.batches()
        for _, values in rows
    )


def _anew(value: object) -> object:
    """The same document with every sealed text in it sealed again; None where none was stale."""
    if isinstance(value, str):
        stale_text = secret.is_sealed(value) and not secret.is_fresh(value)
        return secret.seal(secret.unseal(value)) if stale_text else None
    if isinstance(value, dict):
        changed = {name: new for name, one in value.items() if (new := _anew(one)) is not None}
        return value | changed if changed else None
    if isinstance(value, list):
        parts = [_anew(one) for one in value]
        if all(part is None for part in parts):
            return None
        return [old if new is None else new for old, new in zip(value, parts, strict=True)]
    return None
