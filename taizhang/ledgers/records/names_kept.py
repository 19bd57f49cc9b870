"""The names of persons that ledgers hold, so that a paper for all units can do without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from taizhang.kernel.text import person_name
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Person

_LONGEST = 4
"""A Chinese name has no more characters; one with a dot may."""


def persons_named(branches: Collection[int]) -> set[str]:
    """Every name of a person that the ledgers of these branches hold in a column of persons."""
    found: set[str] = set()
    for model, branch, columns in _columns():
        rows = model._default_manager.filter(**{f"{branch}__in": branches})
        for column in columns:
            for text in rows.order_by().values_list(column, flat=True).distinct():
                found.update(person_name(one) for one in re.split(r"[、，,；;\s]+", text or ""))
    return {one for one in found if len(one) > 1 and (len(one) <= _LONGEST or "·" in one)}


def _columns() -> Iterator[tuple[type[models.Model], str, list[str]]]:
    """Each table of the ledgers with the way to its branch, and where it keeps persons."""
    seen: set[type[models.Model]] = set()
    for kind in KINDS.values():
        tables: list[tuple[type[models.Model], str]] = [(kind.model, "branch")]
        tables += [(part.model, f"{part.owner}__branch") for part in kind.parts]
        for model, branch in tables:
            columns = [] if model in seen else list(_of_persons(model))
            seen.add(model)
            if columns:
                yield model, branch, columns


def _of_persons(model: type[models.Model]) -> Iterator[str]:
    fields: list[Any] = list(model._meta.fields)
    keys = [field.name for field in fields if field.related_model is Person]
    yield from (f"{name}__name" for name in keys)
    for field in fields:
        written = field.name.endswith(("_name", "_names")) and field.name != "object_name"
        if written or (field.name == "name" and "person" in keys):
            yield field.name
