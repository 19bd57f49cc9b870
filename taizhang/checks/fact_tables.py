"""The tables of facts that rules may see: where each comes from, its columns and types."""

from __future__ import annotations

import struct
from collections import namedtuple
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.db import models

from taizhang.checks.made_rows import HELD
from taizhang.checks.value_conversion import minute, year
from taizhang.kernel.secret import SealedIntegerField
from taizhang.ledgers.changes import person_columns
from taizhang.ledgers.kind import FactTable, LedgerKind
from taizhang.ledgers.models import KINDS, EvidenceLink, TextPhrase, TextSketch
from taizhang.ledgers.records.derived.text_index import PACKED
from taizhang.orgs.models import CalendarDay, Organisation
from taizhang.rules.base import Schema
from taizhang.rules.marks import BANDS, SLOTS

_SKETCH = (
    *(f"s{i}" for i in range(SLOTS)),
    *(f"b{i}" for i in range(BANDS)),
    "like_low",
    "like_high",
)


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
        record="entry_id",
    ),
    FactTable(
        name="texts",
        model=TextSketch,
        columns={
            "branch_id": "branch_id", "source": "kind", "source_id": "entry_id", "about": "about", "on": "on",
            "joint": "joint", "length": "length", "slots": "slots",
        },
        record="entry_id",
        expand=lambda row: (*row[:-1], *struct.unpack(PACKED, bytes(row[-1]))),
        expanded=_SKETCH,
    ),
    FactTable(
        name="files",
        model=EvidenceLink,
        columns={
            "id": "id", "branch_id": "file__branch_id", "source": "kind", "source_id": "entry_id", "on": "on",
            "sha256": "file__sha256", "mark": "file__mark", "mark_mirrored": "file__mark_mirrored", "taken_on": "file__taken_at",
            "named_on": "file__named_on", "sort": "file__kind",
        },
        where={"is_active": True, "file__withdrawn_at__isnull": True},
        record="entry_id",
    ),
    FactTable(
        name="institutions",
        model=Organisation.units.through,
        columns={"branch_id": "organisation_id"},
        where={"unit__is_public_institution": True},
        distinct=True,
    ),
    FactTable(name="units", model=Organisation.units.through, columns={"branch_id": "organisation_id", "unit_id": "unit_id"}),
    FactTable(name="calendar", model=CalendarDay, columns={"day": "day", "off": "kind", "vacation": "vacation"}),
)  # fmt: skip


@lru_cache(maxsize=1)
def sources() -> dict[str, FactTable]:
    """Every table that is read from the database, by name."""
    kinds = [table for kind in KINDS.values() for table in kind.facts]
    return {table.name: table for table in (*_OWN, *kinds)}


TALK_PAIRS = {
    "id": "int64", "branch_id": "int64", "person_id": "int64", "other_id": "int64", "on": "date", "year": "int64",
    "relation": "string", "starts": "int64", "ends": "int64", "place": "string",
}  # fmt: skip


DUES_SETTLED = {"branch_id": "int64", "person_id": "int64", "month": "date"}


EVENTS = {"branch_id": "int64", "on": "date"}


MADE_FROM = {
    "talk_pairs": ("talks",),
    "dues_settled": ("dues_payments", "exempt_months", "transfers"),
    "events": HELD,
}


@lru_cache(maxsize=1)
def cut() -> dict[str, tuple[str, ...]]:
    """The tables that are read by years: their columns of days."""
    found = {name: table.cut for name, table in sources().items() if table.cut}
    return found | {"dues_settled": ("month",)}


def tables_of(kind: LedgerKind, *, files: bool = False) -> frozenset[str]:
    """The tables that a record of the kind is seen in; with `files`, those of its evidence too."""
    return _tables_of(kind.slug, files=files)


@cache
def _tables_of(slug: str, *, files: bool) -> frozenset[str]:
    kind = KINDS[slug]
    models = {kind.model, *(part.model for part in kind.parts)}
    models |= {EvidenceLink} if files else set()
    models |= {TextPhrase, TextSketch} if kind.texts else set()
    own = {table.name for table in kind.facts}
    own |= {name for name, table in sources().items() if models & _models(table)}
    return frozenset(own | {made for made, parts in MADE_FROM.items() if own & set(parts)})


def _models(table: FactTable) -> set[type[models.Model]]:
    """The models that a table's columns come from."""
    found: set[type[models.Model]] = {table.model}
    for path in table.columns.values():
        model = table.model
        for step in plain_path(path).removesuffix("__length").split("__")[:-1]:
            field: Any = model._meta.get_field(step)
            model = field.related_model
            found.add(model)
    return found


def names_people(kind: LedgerKind, name: str, column: str) -> bool:
    """Whether the persons in a column of a table are, as far as the kind tells them, those in
    fields of its records.
    """
    own = person_columns(kind)
    changed = [sources()[part] for part in made_of(name) if part in tables_of(kind)]
    return all(t.model is kind.model and t.columns.get(column) in own for t in changed)


def made() -> frozenset[str]:
    """The tables that are made from others."""
    return frozenset(MADE_FROM)


def made_of(name: str) -> tuple[str, ...]:
    """The tables that are read for a table: itself, or what it is made from."""
    return MADE_FROM.get(name, (name,))


def made_from() -> frozenset[str]:
    """The tables that others are made from in full."""
    return frozenset(name for parts in MADE_FROM.values() for name in parts)


def record_column(name: str) -> str | None:
    """The column that says which record a row belongs to."""
    table = sources().get(name)
    columns = table.columns.items() if table else ()
    return next((column for column, path in columns if table and path == table.record), None)


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
    return found | {"talk_pairs": TALK_PAIRS, "dues_settled": DUES_SETTLED, "events": EVENTS}


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, frozenset[Any]]]:
    """Table → column → the values that a choice has, where it is one: what a condition of a rule
    may ask for.
    """
    texts = frozenset(name for kind in KINDS.values() for name in kind.sources())
    found: dict[str, dict[str, frozenset[Any]]] = {
        table.name: {"source": texts} for table in _OWN if "source" in table.columns
    }
    for name, table in sources().items():
        for column, path in table.columns.items():
            field = field_of(table.model, path)
            if field is not None and field.choices:
                values = {value for value, _ in field.flatchoices}
                found.setdefault(name, {})[column] = frozenset(values | {"", None})
    return found


_READ_AS: dict[str, Callable[[Any], int]] = {"minute": minute, "year_of": year}
"""Ends the path of a column that is a moment, read as its minutes since 1970, or a day, read as its
year.
"""


def read_as(path: str) -> Callable[[Any], int] | None:
    return _READ_AS.get(path.rpartition("__")[2])


def plain_path(path: str) -> str:
    return path.rpartition("__")[0] if read_as(path) else path


def field_of(model: type[models.Model], path: str) -> models.Field[Any, Any] | None:
    """The field of a column; None for the length of a text, which the database makes."""
    if path.endswith("__length"):
        return None
    field: Any = None
    for step in plain_path(path).split("__"):
        field = model._meta.pk if step == "id" else model._meta.get_field(step)
        if field.is_relation and field.related_model:
            model = field.related_model
    found: models.Field[Any, Any] = field
    return found


def _type(model: type[models.Model], path: str) -> str:
    field = field_of(model, path)
    if field is None or read_as(path):
        return "int64"
    if isinstance(field, models.DateField):  # also moments, which become local days
        return "date"
    if isinstance(field, SealedIntegerField):
        return "int64"
    return "string" if isinstance(field, models.CharField | models.TextField) else "int64"


@cache
def row_type(name: str) -> type[Any]:
    """The named tuple of a table's rows."""
    return namedtuple(name, schema()[name])
