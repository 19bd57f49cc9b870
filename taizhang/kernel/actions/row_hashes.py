"""A row of the database as one text, and the hash of it that a line of the journal keeps (ADR 58).

The text is the same in both databases and after a change of keys: what lies sealed stands in it as
a keyed mark of its plain value, so that a text that leaves the system betrays nothing. What is
empty is left out, so that a column added later changes no text that was hashed before.
`tools/verify_journal.py` reckons the hash of such a text again by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db import models

from taizhang.kernel import secret
from taizhang.kernel.db.questions import Question
from taizhang.kernel.journal import chain
from taizhang.kernel.models import RowKey

BATCH = 1000
LENGTH = 32
"""Characters of a hash that a line keeps: 128 bits, for an import has thousands of them."""
Hashes = dict[str, dict[str, str]]
"""Table → key of a row → hash."""
_SEALED = (secret.SealedTextField, secret.SealedIntegerField)


@dataclass(frozen=True)
class Table:
    """Rows whose texts are hashed, with what lies below each: tables and their column that points
    at it.
    """

    name: str
    title: str
    model: type[models.Model]
    below: tuple[tuple[type[models.Model], str], ...] = ()
    without: frozenset[str] = frozenset()
    """Columns that change without an act of their own."""

    @cached_property
    def columns(self) -> list[Any]:
        """The columns that are hashed."""
        return _columns(self.model, self.without)

    def rows(self, keys: Sequence[int]) -> models.QuerySet[Any]:
        """(key, values) of these rows, in order."""
        names = [field.attname for field in self.columns]
        found = self.model._default_manager.filter(pk__in=keys).order_by("pk")
        return found.values_list("pk", *names)

    @cached_property
    def one(self) -> Question[Any]:
        """The same of one row, which is what each act of a person asks."""
        return Question(lambda key: self.rows([key]))

    def all_keys(self) -> list[int]:
        """Of every row, in order."""
        return list(self.model._default_manager.order_by("pk").values_list("pk", flat=True))


def _columns(model: type[models.Model], without: Iterable[str]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname not in without and not isinstance(field, secret.BlindIndexField)
    ]


def hash_of(text: str, algorithm: str) -> str:
    """What a line keeps of a text."""
    return hashlib.new(algorithm, text.encode()).hexdigest()[:LENGTH]


def hashes(table: Table, keys: Sequence[int]) -> dict[str, str]:
    """Key → hash of these rows, by the algorithm of the lines that are written now."""
    name = chain.algorithm()
    return {str(key): hash_of(text, name) for key, text in texts(table, keys) if text is not None}


def texts(table: Table, keys: Sequence[int]) -> Iterator[tuple[int, str | None]]:
    """(key, text) of the rows that are there, in the order of the keys; None for one whose sealed
    values nothing opens.
    """
    marks = _Marks()
    for at in range(0, len(keys), BATCH):
        yield from _opened(table, keys[at : at + BATCH], marks)


def _opened(table: Table, keys: Sequence[int], marks: _Marks) -> Iterator[tuple[int, str | None]]:
    try:
        yield from list(_texts(table, keys, marks))
    except secret.CannotOpen:
        if len(keys) == 1:
            yield keys[0], None
            return
        for key in keys:
            yield from _opened(table, [key], marks)


def _texts(table: Table, keys: Sequence[int], marks: _Marks) -> Iterator[tuple[int, str]]:
    below: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for model, owner in table.below:
        for key, told in _rows_below(model, owner, keys, marks):
            below[key].setdefault(model._meta.db_table, []).append(told)
    found = table.one(keys[0]) if len(keys) == 1 else table.rows(keys)
    for key, *values in found:
        told = _told(table.columns, values, marks, key)
        yield key, _as_text([table.name, told, below.get(key, {})])


def _rows_below(
    model: type[models.Model], owner: str, keys: Sequence[int], marks: _Marks
) -> Iterator[tuple[int, dict[str, Any]]]:
    column = f"{owner}_id"
    columns = _columns(model, (str(model._meta.pk.attname), column))
    names = [field.attname for field in columns]
    found = model._default_manager.filter(**{f"{owner}__in": keys}).order_by(column, "pk")
    for key, *values in found.values_list(column, *names):
        yield key, _told(columns, values, marks, key)


_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _told(columns: list[Any], values: list[Any], marks: _Marks, key: int) -> dict[str, Any]:
    """What a row says; what needs no look is taken as it is, for an import has many thousands of
    them.
    """
    told = {}
    for field, value in zip(columns, values, strict=True):
        kind = type(value)
        if kind is int and not isinstance(field, _SEALED):
            told[field.column] = value
        elif value is not None and value != "" and not _is_empty(field, value):
            told[field.column] = _plain(field, value, marks, f"{field.column}:{key}")
    return told


def _is_empty(field: models.Field[Any, Any], value: object) -> bool:
    """No is nothing only where nothing cannot be said."""
    if value is False:
        return not field.null
    return value is None or value in ("", [], {})


def _plain(field: models.Field[Any, Any], value: object, marks: _Marks, place: str) -> object:
    if isinstance(field, _SEALED):
        return marks.of(place, str(value))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return _within(value, marks, place)


@lru_cache(maxsize=64)
def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _within(value: object, marks: _Marks, place: str) -> object:
    """A document, the sealed texts in it as marks."""
    if isinstance(value, dict):
        return {name: _within(one, marks, f"{place}.{name}") for name, one in value.items()}
    if isinstance(value, list):
        return [_within(one, marks, place) for one in value]
    if secret.is_sealed(value):
        return marks.of(place, secret.unseal(value))
    return value if isinstance(value, str | int | float | None) else str(value)


_KEY: Question[RowKey] = Question(lambda: RowKey.objects.filter(pk=1))


class _Marks:
    """Marks of sealed values under a key of this installation, which itself lies sealed and
    survives a change of keys.
    """

    @cached_property
    def _key(self) -> bytes:
        made = {"key": secrets.token_hex()}
        own = _KEY.first() or RowKey.objects.get_or_create(pk=1, defaults=made)[0]
        return bytes.fromhex(own.key)

    def of(self, place: str, plain: str) -> str:
        """The same for the same value at the same place."""
        return hmac.new(self._key, f"{place}:{plain}".encode(), "sha256").hexdigest()[:LENGTH]
