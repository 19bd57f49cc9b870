"""A rule as a form: one field for each parameter that its kind declares, never its YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from taizhang.checks.catalogue_versions import words
from taizhang.kernel.errors import BadInput, Problem
from taizhang.rules.base import Rule
from taizhang.rules.kinds import AnyRule

KINDS: dict[str, type[Rule]] = {
    one.model_fields["kind"].default: one for one in get_args(get_args(AnyRule)[0])
}
_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)
_BASE = {*Rule.model_fields}
CONDITIONS = 3
"""So many conditions more than there are can be entered at once."""
_TABLES = {"ledger", "among", "has", "other_ledger", "unless"}
_WHERE = {"where": "ledger", "good": "ledger", "has_where": "has", "other_where": "other_ledger", "unless_where": "unless"}  # fmt: skip
"""Conditions, and the parameter that names their table."""
_THEIRS = {"has_day": "has", "has_end": "has", "theirs": "other_ledger", "sum_of": "other_ledger"}
_SPLIT = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Field:
    """One parameter as the page shows it."""

    name: str
    label: str
    sort: Literal["choice", "check", "number", "text", "list", "pairs", "where"]
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    """Of a `where`: (column, values as they are read)."""
    required: bool = False
    hint: str = ""


def by_form(kind: str) -> bool:
    """Whether all that a kind must be told fits a form; what is built of parts is written in the file."""
    return all(
        _sort(name, field.annotation) is not None
        for name, field in KINDS[kind].model_fields.items()
        if field.is_required() and name not in _BASE
    )


def offered() -> list[tuple[str, str]]:
    """(kind, name) of those that a new rule may be."""
    return [(kind, words.KIND_NAMES[kind]) for kind in KINDS if by_form(kind)]


def blank(kind: str, ledger: str) -> dict[str, Any]:
    """A new rule of a kind before anything is said of it."""
    fields = KINDS[kind].model_fields
    made = {"kind": kind} | ({"ledger": ledger} if "ledger" in fields else {})
    return made | ({"day": words.day_of(ledger)} if "day" in fields and ledger else {})


def fields_of(said: Mapping[str, Any]) -> list[Field]:
    """The parameters of a rule's kind with what it says; those built of parts stay as they are and are not shown."""
    kind = KINDS[str(said["kind"])]
    found = []
    for name, field in kind.model_fields.items():
        sort = None if name in _BASE or name == "kind" else _sort(name, field.annotation)
        if sort is not None:
            value = said.get(name, None if field.is_required() else field.default)
            found.append(_field(name, sort, value, said, required=field.is_required()))
    return found


def _sort(name: str, annotation: Any) -> Any:
    """How a parameter is entered; none where it is built of parts."""
    parts = [one for one in _alternatives(annotation) if one is not type(None)]
    if any(isinstance(one, type) and issubclass(one, BaseModel) for one in parts):
        return None
    if name in _WHERE:
        return "where"
    if parts == [bool]:
        return "check"
    if all(get_origin(one) is Literal for one in parts):
        return "choice"
    if parts == [int] or [get_args(one)[:1] for one in parts] == [(int,)]:
        return "number"
    return _sort_of_many(name, parts)


def _sort_of_many(name: str, parts: list[Any]) -> Any:
    if any(get_origin(one) is dict for one in parts):
        return "pairs"
    lists = [one for one in parts if get_origin(one) is list]
    if any(
        isinstance(a, type) and issubclass(a, BaseModel) for one in lists for a in get_args(one)
    ):
        return None
    if lists:
        return "list"
    return "choice" if name in _TABLES else "text"


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _field(name: str, sort: Any, value: Any, said: Mapping[str, Any], *, required: bool) -> Field:
    table = str(said.get(_WHERE.get(name, _THEIRS.get(name, "ledger"))) or "")
    if sort == "text" and _holds_column(name, said):
        sort = "column"
    show = _SHOWN.get(sort)
    shown = show(name, value, said, table) if show else {"value": _text(value)}
    told: Any = "choice" if sort == "column" else sort
    return Field(name, words.PARAMETERS.get(name, name), told, required=required, **shown)


def _where(name: str, value: Any, said: Mapping[str, Any], table: str) -> dict[str, Any]:
    shown = [(column, _values(table, column, wanted)) for column, wanted in (value or {}).items()]
    return {
        "conditions": (*shown, *[("", "")] * CONDITIONS),
        "options": tuple(words.columns(table)),
    }


def _pairs(name: str, value: Any, said: Mapping[str, Any], table: str) -> dict[str, Any]:
    lines = "\n".join(f"{key}={text}" for key, text in (value or {}).items())
    return {"value": lines, "hint": "每行一个：栏目=对方栏目，或者 栏目=名称"}


def _many(name: str, value: Any, said: Mapping[str, Any], table: str) -> dict[str, Any]:
    told = "、".join(map(str, value)) if isinstance(value, list | tuple) else _text(value)
    return {"value": told, "options": tuple(words.columns(table)), "hint": "多个用顿号分开"}


_SHOWN: dict[str, Callable[..., dict[str, Any]]] = {
    "where": _where,
    "pairs": _pairs,
    "list": _many,
    "choice": lambda name, value, said, _: {"value": _text(value), "options": _options(name, said)},
    "check": lambda _name, value, _said, _table: {"value": "1" if value else ""},
    "column": lambda _name, value, _said, table: {
        "value": _text(value),
        "options": _columns(table, _text(value)),
    },
}
"""What a field shows, by its sort; of any other its value alone."""


def _holds_column(name: str, said: Mapping[str, Any]) -> bool:
    """Whether a parameter names a column, of the rule's own table or of the one that it looks at besides."""
    return name in KINDS[str(said["kind"])].own_columns or name in _THEIRS


def _columns(table: str, now: str) -> tuple[tuple[str, str], ...]:
    known = words.columns(table)
    other = () if not now or now in dict(known) else ((now, now),)
    return (("", "（没有）"), *other, *known)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _values(table: str, column: str, wanted: Any) -> str:
    listed = wanted if isinstance(wanted, list) else [wanted]
    return "；".join(words.label_of(table, column, one) for one in listed)


def _options(name: str, said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if name in _TABLES:
        known, now = words.tables(), str(said.get(name) or "")
        other = () if not now or now in dict(known) else ((now, words.title_of(now)),)
        return (("", "（没有）"), *other, *known)
    field = KINDS[str(said["kind"])].model_fields[name]
    parts = _alternatives(field.annotation)
    codes = [code for one in parts if get_origin(one) is Literal for code in get_args(one)]
    empty = [] if field.is_required() else [("", "（不填）")]
    return (
        *empty,
        *((code, words.choice(code)) for code in codes if code),
    )


def read(said: Mapping[str, Any], posted: Any) -> dict[str, Any]:
    """What the form says of the kind's own parameters, over what the rule said before."""
    made = dict(said)
    problems: list[Problem] = []
    for field in fields_of(said):
        try:
            value = _read(field, said, posted)
        except words.NoSuchValue as wrong:
            problems.append(Problem(str(wrong), column=field.label))
            continue
        except ValueError:
            problems.append(Problem("不是整数。", column=field.label))
            continue
        if value is None:
            made.pop(field.name, None)
        else:
            made[field.name] = value
    if problems:
        raise BadInput(problems)
    return made


def _read(field: Field, said: Mapping[str, Any], posted: Any) -> Any:
    if field.sort == "where":
        return _conditions(field, said, posted)
    text = posted.get(f"p-{field.name}", "").strip()
    if field.sort == "check":
        return bool(text) or None
    if not text:
        default = KINDS[str(said["kind"])].model_fields[field.name].default
        return "" if isinstance(default, str) and default else None
    many = [part for part in _SPLIT.split(text) if part]
    if field.sort == "pairs":
        pairs = (line.partition("=") for line in text.splitlines() if line.strip())
        return {key.strip(): value.strip() for key, _, value in pairs}
    if field.sort == "number" or (field.name in ("right", "bound") and _is_number(text)):
        return int(text)
    return many if field.sort == "list" else text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+", text) is not None


def _conditions(field: Field, said: Mapping[str, Any], posted: Any) -> dict[str, Any] | None:
    table = str(posted.get(f"p-{_WHERE[field.name]}") or said.get(_WHERE[field.name]) or "")
    found: dict[str, Any] = {}
    names = posted.getlist(f"w-{field.name}-column")
    for column, text in zip(names, posted.getlist(f"w-{field.name}-value"), strict=False):
        if column:
            listed = [words.value_of(table, column, one) for one in re.split(r"[；;]", text)]
            found[column] = listed[0] if len(listed) == 1 else listed
    return found or None


def made(said: Mapping[str, Any]) -> Rule:
    """The rule that this says; what its kind cannot take is told by the parameter."""
    try:
        return _RULE.validate_python(dict(said))
    except ValidationError as wrong:
        problems = []
        for error in wrong.errors():
            path = [str(step) for step in error["loc"] if str(step) not in KINDS]
            name = path[0] if path else ""
            label = words.PARAMETERS.get(name, LABELS.get(name, name))
            told = "必须填写。" if error["type"] == "missing" else "填写的内容不能用。"
            problems.append(Problem(told, column=label))
        raise BadInput(problems) from wrong


LABELS = {
    "severity": "程度", "says": "要求", "finding": "疑点文字", "official": "公文文字", "basis": "依据", "from": "施行起", "until": "施行止",
    "document": "依据文件", "remedy": "怎样补救",
}  # fmt: skip
