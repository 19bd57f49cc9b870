"""What parts share that are written in a way of their own: their columns, and what a
row must say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import models

from taizhang.ledgers.fields import Field, of_model
from taizhang.ledgers.part import Draft, PartRow, Told

UNREAD = "unread"
"""The name under which a line stands that nobody can take apart."""


def columns(
    model: type[models.Model], names: Sequence[str], *, people: Sequence[str] = ()
) -> tuple[Field, ...]:
    """The inputs of a row; `people` are names of persons."""
    found = (of_model(model, name) for name in names)
    return tuple(replace(one, names=True) if one.name in people else one for one in found)


def must_have(
    model: type[models.Model], names: Sequence[str], told: Told, part: str, draft: Draft
) -> list[PartRow]:
    """The row with these columns; what is blank or too long is told, and then there is none."""
    row = {name: told.get(name, "").strip() for name in names}
    wrong = list(filter(None, (_wrong(of_model(model, name), row[name]) for name in names)))
    for message in wrong:
        draft.wrong(part, message)
    return [] if wrong else [row]


def _wrong(field: Field, text: str) -> str:
    if not text:
        return f"没有填写“{field.label}”。"
    if field.longest and len(text) > field.longest:
        return f"“{field.label}”超过{field.longest}个字。"
    return ""
