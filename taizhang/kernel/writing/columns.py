"""Text on its way into a column: a person's is taken whole or refused, the program's own is
shortened so that one sees it.

How much a column holds is read from its model; columns are named as the model names them
(`Question.text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Field, Model

from taizhang.kernel.errors import BadInput, Problem


class Column(Protocol):
    """A column of a model."""

    @property
    def field(self) -> Field[Any, Any]:
        """What the model says of it."""


def taken(
    column: Column, text: str, label: str = "", *, missing: str = "", longest: int = 0
) -> str:
    """What a person wrote, without the blanks around it. Raises BadInput where it is longer than
    the column holds, or than `longest` where the column has no end; and where there is nothing,
    with `missing` for its words.
    """
    if wrong := wrong_with(column, text, label, missing=missing, longest=longest):
        raise BadInput(wrong)
    return _plain(text)


def wrong_with(
    column: Column, text: str, label: str = "", *, missing: str = "", longest: int = 0
) -> list[Problem]:
    """Why `taken` refuses a text, for acts that tell several faults at once."""
    written = _plain(text)
    if missing and not written:
        return [Problem(missing, column=label or _name(column.field))]
    return _too_long(column.field, written, label, longest)


def too_long(column: Column, text: str, label: str = "", *, longest: int = 0) -> list[Problem]:
    """What is wrong with the length of a text as it stands."""
    return _too_long(column.field, text, label, longest)


def all_taken(model: type[Model], values: Mapping[str, Any], **longest: int) -> dict[str, Any]:
    """The same for all that a person wrote into one form: column → value; what is no text stays as
    it is.
    """
    written = {name: _plain(one) if isinstance(one, str) else one for name, one in values.items()}
    wrong = [
        problem
        for name, text in written.items()
        if isinstance(text, str)
        for problem in _too_long(getattr(model, name).field, text, "", longest.get(name, 0))
    ]
    if wrong:
        raise BadInput(wrong)
    return written


def fitted(column: Column, text: str, *, end: str = "") -> str:
    """What the program composed, or read elsewhere: as much as the column holds, with “…” where it
    was more. `end` stays.
    """
    longest = column.field.max_length
    if longest is None or len(text) + len(end) <= longest:
        return f"{text}{end}"
    return f"{text[: longest - len(end) - 1]}…{end}"


def _plain(text: str) -> str:
    """A browser sends two signs for the end of a line and counts one."""
    return text.strip().replace("\r\n", "\n")


def _name(field: Field[Any, Any]) -> str:
    return str(field.verbose_name)


def _too_long(field: Field[Any, Any], text: str, label: str, longest: int) -> list[Problem]:
    most = field.max_length or longest
    if not most or len(text) <= most:
        return []
    told = f"不能超过{most}个字，现有{len(text)}个字。"
    return [Problem(told, column=label or _name(field))]
