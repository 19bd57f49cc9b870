"""Rows below a record that only name people: who took part, who visited, who spoke."""

from __future__ import annotations

from typing import Any

from django.db import models

from taizhang.ledgers.kind import Draft, Part, PartRow
from taizhang.ledgers.written import persons
from taizhang.orgs.models.people import person_key


class NamedRow(models.Model):
    """Somebody; `person` is null for one whom the roster does not know."""

    person = person_key(null=True)
    name = models.CharField("姓名", max_length=40)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The name."""
        return self.name


def names_part(name: str, label: str, model: type[NamedRow], owner: str, hint: str = "") -> Part:
    """A part of names with commas between them."""

    def read(text: str, draft: Draft) -> list[PartRow]:
        found = persons.persons(text, draft.known, lambda told: draft.wrong(label, told))
        return [{"person": draft.person(name), "name": name} for name, _ in found]

    return Part(
        name=name, label=label, model=model, owner=owner, read=read, write=write_names,
        hint=hint or "姓名之间用顿号分开", lines=2,
    )  # fmt: skip


def write_names(rows: list[Any]) -> str:
    """Names with commas between them."""
    return "、".join(row.name for row in rows)
