"""Rows below a record that are written one a line, with what is known of each in brackets behind
it.

`完善台账（负责人：示例甲；期限：2018-10-01）`: a head, and labels with values. What is written can be read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import models

from taizhang.kernel.text import brief
from taizhang.ledgers.fields import NO_NAMES, Field, Unreadable, of_model, parse, render
from taizhang.ledgers.part import Draft, PartRow, Told, Writing
from taizhang.ledgers.written import lines, persons

Words = Mapping[str, Mapping[str, Any]]


def labelled(
    model: type[models.Model],
    head: str,
    labels: Mapping[str, str],
    part: str,
    *,
    person: str = "",
    words: Words | None = None,
) -> Writing:
    """How a part is written: `labels` are label → column.

    `person` names the column of the roster's person whom the head names; `words` has, for a column
    that is not written as its field would be, word → value.
    """
    own: Words = words or {}
    names = {column: label for label, column in labels.items()}

    def split(text: str) -> list[Told]:
        return [_split(line, head, labels) for line in lines.lines(text)]

    def build(told: Told, draft: Draft) -> list[PartRow]:
        said = " ".join(told.get(head, "").splitlines())
        if lines.is_nothing(said) and not told.keys() - {head}:
            return []
        row: PartRow = {head: _head(model, head, said, draft, part)}
        if person:
            row[person] = _person(said, draft, part)
        for column in filter(told.__contains__, names):
            row[column] = _value(model, column, told[column], draft, part, own)
        _unknown(told.keys() - {head} - names.keys(), labels, draft, part)
        return [row]

    def tell(row: object) -> Told:
        found = {column: _written(row, column, own) for column in (head, *names)}
        return {column: text for column, text in found.items() if text}

    def join(rows: list[Told]) -> str:
        return "\n".join(_line(told, head, names) for told in rows)

    columns = (_head_field(model, head, person), *(_field(model, n, names[n], own) for n in names))
    return Writing(columns=columns, split=split, build=build, told=tell, join=join)


def _head_field(model: type[models.Model], head: str, person: str) -> Field:
    found = replace(of_model(model, head), required=True)
    return replace(found, names=True) if person else found


def _field(model: type[models.Model], column: str, label: str, words: Words) -> Field:
    """The input of a column; none of them must be filled, and none is filled beforehand."""
    named = column in ("responsible", "handled_by")
    found = replace(of_model(model, column), label=label, required=False, names=named)
    if column in words:
        choices = tuple((word, word) for word in words[column])
        return replace(found, kind="choice", choices=choices, unknown=False)
    return replace(found, unknown=True) if found.kind == "yes" else found


def _split(line: str, head: str, labels: Mapping[str, str]) -> Told:
    said, told = lines.bracketed(line)
    return {head: said} | {labels.get(label, label): text for label, text in told.items()}


def _person(said: str, draft: Draft, part: str) -> object:
    if persons.is_everybody(said):
        draft.wrong(part, persons.everybody(said))
    return draft.person(said)


def _head(model: type[models.Model], head: str, said: str, draft: Draft, part: str) -> str:
    field = of_model(model, head)
    if not said:
        draft.wrong(part, f"没有填写“{field.label}”。")
    if field.longest and len(said) > field.longest:
        draft.wrong(part, f"“{brief(said, 20)}”超过{field.longest}个字。")
    return said


def _value(
    model: type[models.Model], column: str, text: str, draft: Draft, part: str, words: Words
) -> object:
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


def _unknown(unknown: set[str], labels: Mapping[str, str], draft: Draft, part: str) -> None:
    if unknown:
        told = "、".join(sorted(unknown))
        draft.wrong(part, f"看不懂“{told}”，可写：{'、'.join(labels)}。")


def _line(told: Told, head: str, names: Mapping[str, str]) -> str:
    inside = "；".join(
        f"{names.get(column, column)}：{text}" for column, text in told.items() if column != head
    )
    said = told.get(head, "")
    return f"{said}（{inside}）" if inside else said


def _written(row: Any, column: str, words: Words) -> str:
    value = getattr(row, column)
    if column in words:
        return next((word for word, meant in words[column].items() if meant == value), "")
    model: type[models.Model] = type(row)
    return render(of_model(model, column), value)
