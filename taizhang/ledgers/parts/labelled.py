"""Rows below a record that are written one a line, with what is known of each in brackets behind it.

`完善台账（负责人：示例甲；期限：2018-10-01）`: a head, and labels with values. What is written can be read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import filterfalse
from typing import Any

from django.db import models

from taizhang.ledgers.fields import NO_NAMES, Unreadable, of_model, parse, render
from taizhang.ledgers.kind import Draft, PartRow
from taizhang.ledgers.written import lines, persons

Read = Callable[[str, Draft], list[PartRow]]
Write = Callable[[list[Any]], str]
Words = Mapping[str, Mapping[str, Any]]


def labelled(
    model: type[models.Model],
    head: str,
    labels: Mapping[str, str],
    part: str,
    *,
    person: str = "",
    words: Words | None = None,
) -> tuple[Read, Write]:
    """How a part is read and written: `labels` are label → column.

    `person` names the column of the roster's person whom the head names; `words` has, for a column that is not
    written as its field would be, word → value.
    """
    own: Words = words or {}

    def read(text: str, draft: Draft) -> list[PartRow]:
        found = []
        for line in filterfalse(lines.is_nothing, lines.lines(text)):
            said, told = lines.bracketed(line)
            row: PartRow = {head: _head(model, head, said, draft, part)}
            if person:
                row[person] = _person(said, draft, part)
            for label, column in labels.items():
                if label in told:
                    row[column] = _value(model, column, told[label], draft, part, own)
            _unknown(told, labels, draft, part)
            found.append(row)
        return found

    def write(rows: list[Any]) -> str:
        return "\n".join(_line(row, head, labels, own) for row in rows)

    return read, write


def _person(said: str, draft: Draft, part: str) -> Any:
    if persons.is_everybody(said):
        draft.wrong(part, persons.everybody(said))
    return draft.person(said)


def _head(model: type[models.Model], head: str, said: str, draft: Draft, part: str) -> str:
    longest = getattr(model._meta.get_field(head), "max_length", None)
    if longest and len(said) > longest:
        draft.wrong(part, f"“{said[:20]}…”超过{longest}个字。")
    return said


def _value(
    model: type[models.Model], column: str, text: str, draft: Draft, part: str, words: Words
) -> Any:
    if column in words:
        if text not in words[column]:
            draft.wrong(part, f"“{text}”应写作：{'、'.join(words[column])}。")
        return words[column].get(text)
    field = of_model(model, column)
    try:
        return parse(field, text, NO_NAMES)
    except Unreadable as refusal:
        draft.wrong(part, f"“{field.label}”{refusal}")
        return None


def _unknown(told: Mapping[str, str], labels: Mapping[str, str], draft: Draft, part: str) -> None:
    unknown = [label for label in told if label not in labels]
    if unknown:
        draft.wrong(part, f"看不懂“{'、'.join(unknown)}”，可写：{'、'.join(labels)}。")


def _line(row: Any, head: str, labels: Mapping[str, str], words: Words) -> str:
    told = ((label, _written(row, column, words)) for label, column in labels.items())
    inside = "；".join(f"{label}：{text}" for label, text in told if text)
    return f"{getattr(row, head)}（{inside}）" if inside else str(getattr(row, head))


def _written(row: Any, column: str, words: Words) -> str:
    value = getattr(row, column)
    if column in words:
        return next((word for word, meant in words[column].items() if meant == value), "")
    model: type[models.Model] = type(row)
    return render(of_model(model, column), value)
