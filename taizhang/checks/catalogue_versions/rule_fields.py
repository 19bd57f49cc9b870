"""What the form of a rule shows: one field for each parameter, rows for those that are built of
parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from taizhang.checks.catalogue_versions import words
from taizhang.rules.base import Rule
from taizhang.rules.membership import Population

Sort = Literal[
    "choice", "check", "number", "text", "date", "list", "pairs", "where", "part", "rows"
]
Said = Mapping[str, Any]
CONDITIONS = 3
"""So many conditions more than there are can be entered at once."""
MORE = 2
"""So many rows more than there are."""
TABLES = {"ledger", "among", "has", "other_ledger", "unless"}
WHERE = {"where": "ledger", "good": "ledger", "has_where": "has", "other_where": "other_ledger", "unless_where": "unless"}  # fmt: skip
"""Conditions, and the parameter that names their table."""
_THEIRS = {"has_day": "has", "has_end": "has", "theirs": "other_ledger", "sum_of": "other_ledger"}
_BASE = {*Rule.model_fields, "kind"}
_PAIRED = {"match": "has", "unless_match": "unless", "fields": "ledger"}
"""Pairs, and the parameter that names the table of what stands before the sign; of `total` it is
the other ledger.
"""
_PART_LABELS = {
    "Step": {"up_to": "基数至多（分；最高一档不填）", "permille": "比例（‰）"},
    "Length": {
        "until": "适用至（不含当天；现行的不填）",
        "nominal": "每届几年",
        "most": "最长几年",
    },
    "Sum": {
        "ledger": "台账",
        "where": "只看",
        "day": "日期栏目",
        "columns": "相加的栏目（不填为数条数）",
    },
    "Given": {"population": "人数口径", "at_least": "至少", "at_most": "至多"},
    "Holder": {"person": "办理人栏目", "belongs": "当时应是"},
}
"""What the parts are called, by the name of what they are."""
_PART_COLUMNS = {"Sum": {"day", "columns"}, "Holder": {"person"}}
_LITERAL_OF: dict[tuple[str, str], Any] = {("Holder", "belongs"): Population}


@dataclass(frozen=True)
class Field:
    """One parameter as the page shows it; `key` is what the page sends it under."""

    name: str
    label: str
    sort: Sort
    key: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    """Of a `where`: (column, values as they are read)."""
    rows: tuple[tuple[Field, ...], ...] = ()
    """Of what is built of parts: the fields of each part."""
    required: bool = False
    hint: str = ""


def fields_of(
    model: type[BaseModel], said: Said, prefix: str = "", *, empty: bool = False
) -> list[Field]:
    """The parameters of a kind, or of one of its parts, with what is said of them; of an `empty`
    part nothing is.
    """
    left_out = _BASE if issubclass(model, Rule) else set()
    return [
        _field(model, name, said, prefix, empty=empty)
        for name in model.model_fields
        if name not in left_out
    ]


_PLAIN: dict[Any, Sort] = {bool: "check", int: "number", date: "date"}


def sort_of(model: type[BaseModel], name: str) -> Sort:
    """How a parameter is entered."""
    parts = _parts(model, name)
    if name in WHERE:
        return "where"
    if part_of(model, name):
        return "rows" if any(get_origin(one) is list for one in parts) else "part"
    if len(parts) == 1 and parts[0] in _PLAIN:
        return _PLAIN[parts[0]]
    if all(get_origin(one) is Literal for one in parts):
        return "choice"
    if [get_args(one)[:1] for one in parts] == [(int,)]:
        return "number"
    return _sort_of_text(model, name, parts)


def _sort_of_text(model: type[BaseModel], name: str, parts: list[Any]) -> Sort:
    if any(get_origin(one) is dict for one in parts):
        return "pairs"
    if any(get_origin(one) is list for one in parts):
        return "list"
    return "choice" if name in TABLES or _holds_column(model, name) else "text"


def part_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of the parts that a parameter is built of."""
    inner = [one for part in _parts(model, name) for one in (part, *get_args(part))]
    return next(
        (one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)), None
    )


def _parts(model: type[BaseModel], name: str) -> list[Any]:
    told = _LITERAL_OF.get((model.__name__, name), model.model_fields[name].annotation)
    every = get_args(told) if get_origin(told) in (Union, UnionType) else (told,)
    return [one for one in every if one is not type(None)]


def _field(model: type[BaseModel], name: str, said: Said, prefix: str, *, empty: bool) -> Field:
    info, sort, key = model.model_fields[name], sort_of(model, name), f"{prefix}{name}"
    value = said.get(name, None if info.is_required() or empty else info.default)
    labels = _PART_LABELS.get(model.__name__, {})
    label = labels.get(name) or _label(name, sort)
    shown = _SHOWN[sort](model, name, value, said, key)
    return Field(name, label, sort, key, required=info.is_required(), **shown)


def _label(name: str, sort: Sort) -> str:
    """What a parameter is called; one that is built of parts is called otherwise than a column of
    the same name.
    """
    own = _BUILT.get(name, "") if sort == "part" else ""
    return own or words.PARAMETERS.get(name, name)


_BUILT = {"given": "只查这样的支部", "left": "左边", "right": "右边"}


def table_of(model: type[BaseModel], name: str, said: Said) -> str:
    """The table whose columns a parameter names."""
    return str(said.get(WHERE.get(name, _THEIRS.get(name, "ledger"))) or "")


def _holds_column(model: type[BaseModel], name: str) -> bool:
    """Whether a parameter names columns, of the rule's own table or of the one that it looks at
    besides.
    """
    own = model.own_columns if issubclass(model, Rule) else _PART_COLUMNS.get(model.__name__, set())
    return name in own or name in _THEIRS


def before_sign(model: type[BaseModel], name: str, said: Said) -> str:
    """The table of the columns before the sign of a pair."""
    told = _PAIRED.get(name, "ledger")
    return str(said.get(told) or said.get("other_ledger") or said.get("ledger") or "")


def _where(model: type[BaseModel], name: str, value: Any, said: Said, key: str) -> dict[str, Any]:
    table = table_of(model, name, said)
    shown = [(column, _values(table, column, wanted)) for column, wanted in (value or {}).items()]
    known = words.columns(table)
    more = tuple((c, words.label_of_column(table, c)) for c, _ in shown if c not in dict(known))
    return {"conditions": (*shown, *[("", "")] * CONDITIONS), "options": (*more, *known)}


def _pairs(model: type[BaseModel], name: str, value: Any, said: Said, key: str) -> dict[str, Any]:
    theirs, own = before_sign(model, name, said), str(said.get("ledger") or "")
    lines = [
        f"{words.label_of_column(theirs, one)}="
        f"{other if name == 'fields' else words.label_of_column(own, other)}"
        for one, other in (value or {}).items()
    ]
    hint = "每行一个：栏目=名称" if name == "fields" else "每行一个：对方栏目=本方栏目"
    return {"value": "\n".join(lines), "hint": hint}


def _many(model: type[BaseModel], name: str, value: object, said: Said, key: str) -> dict[str, Any]:
    table = table_of(model, name, said)
    if not isinstance(value, list | tuple):
        return {"value": _text(value), "options": tuple(words.columns(table))}
    told = [shown_word(model, name, str(one), table) for one in value]
    options = words.columns(table) if _holds_column(model, name) else ()
    return {"value": "、".join(told), "options": tuple(options), "hint": "多个用顿号分开"}


_COLUMN_OR_NUMBER = {"bound"}


def shown_word(model: type[BaseModel], name: str, code: str, table: str) -> str:
    """A column or a word as people read it."""
    if _holds_column(model, name) or name in _COLUMN_OR_NUMBER:
        return words.label_of_column(table, code)
    return words.word(code)


def read_word(model: type[BaseModel], name: str, text: str, table: str) -> str:
    """The column or the word that is meant."""
    if not _holds_column(model, name) and name not in _COLUMN_OR_NUMBER:
        return words.code_of_word(text)
    known = words.named(table, text)
    return known if known in dict(words.columns(table)) else words.column_named(text)


def _choice(
    model: type[BaseModel], name: str, value: object, said: Said, key: str
) -> dict[str, Any]:
    now = _text(value)
    if name in TABLES:
        return {"value": now, "options": _with(now, words.tables(), words.title_of(now))}
    if _holds_column(model, name):
        table = table_of(model, name, said)
        return {
            "value": now,
            "options": _with(now, words.columns(table), words.label_of_column(table, now)),
        }
    codes = [code for one in _parts(model, name) for code in get_args(one) if code]
    empty = [] if now and model.model_fields[name].is_required() else [("", "（不填）")]
    return {"value": now, "options": (*empty, *((code, words.choice(code)) for code in codes))}


def _with(now: str, known: list[tuple[str, str]], label: str) -> tuple[tuple[str, str], ...]:
    other = () if not now or now in dict(known) else ((now, label),)
    return (("", "（没有）"), *other, *known)


def _parted(model: type[BaseModel], name: str, value: Any, said: Said, key: str) -> dict[str, Any]:
    part = part_of(model, name)
    several = sort_of(model, name) == "rows"
    held = [*(value or ()), *[{}] * MORE] if several else [value or {}]
    beside = (
        {"ledger": said.get("ledger")}
        if part is not None and "ledger" not in part.model_fields
        else {}
    )
    rows = tuple(
        tuple(fields_of(part, beside | dict(one), f"{key}-{at}-", empty=not one)) if part else ()
        for at, one in enumerate(held)
    )
    return {"rows": rows, "hint": "一行也不填的不算；要去掉一行，把它清空。" if several else ""}


def _plain(
    model: type[BaseModel], name: str, value: object, said: Said, key: str
) -> dict[str, Any]:
    if sort_of(model, name) != "text":
        return {"value": _text(value)}
    return {"value": shown_word(model, name, _text(value), table_of(model, name, said))}


_SHOWN: dict[str, Callable[..., dict[str, Any]]] = {
    "where": _where,
    "pairs": _pairs,
    "list": _many,
    "choice": _choice,
    "check": lambda _model, _name, value, _said, _key: {"value": "1" if value else ""},
    "part": _parted,
    "rows": _parted,
    "number": _plain,
    "date": _plain,
    "text": _plain,
}
"""What a field shows, by its sort."""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _values(table: str, column: str, wanted: object) -> str:
    listed = wanted if isinstance(wanted, list) else [wanted]
    return "；".join(words.label_of(table, column, one) for one in listed)
