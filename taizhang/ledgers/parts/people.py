"""Rows below a record that only name people: who took part, who visited, who spoke."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models

from taizhang.ledgers.fields import Field, of_model
from taizhang.ledgers.part import Draft, Part, PartRow, Told, Writing
from taizhang.ledgers.written import lines, persons
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


def name_column(model: type[models.Model]) -> Field:
    """The input of a name, with those of the roster to choose from."""
    return replace(of_model(model, "name"), names=True, required=True)


def split_names(text: str) -> list[Told]:
    """A list of names; what stands in brackets behind one tells two of the same name apart."""
    return [{"name": f"{who}（{rest}）" if rest else who} for who, rest in lines.names(text)]


def join_names(rows: list[Told]) -> str:
    """Names with commas between them."""
    return "、".join(filter(None, (told.get("name", "") for told in rows)))


def tell_name(row: Any) -> Told:
    """A stored name as it is written."""
    return {"name": row.name}


def names_part(name: str, label: str, model: type[NamedRow], owner: str, hint: str = "") -> Part:
    """A part of names with commas between them."""

    def build(told: Told, draft: Draft) -> list[PartRow]:
        found = persons.persons(
            told.get("name", ""), draft.known, lambda said: draft.wrong(label, said)
        )
        return [{"person": draft.person(one), "name": one} for one, _ in found]

    writing = Writing(
        columns=(name_column(model),),
        split=split_names,
        build=build,
        told=tell_name,
        join=join_names,
    )
    return Part(
        name=name,
        label=label,
        model=model,
        owner=owner,
        writing=writing,
        hint=hint or "姓名之间用顿号分开",
        lines=2,
    )
