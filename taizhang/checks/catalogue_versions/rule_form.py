"""A rule by a form, never by its YAML: what is typed, read back into the rule that is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from django.http import QueryDict
from pydantic import BaseModel, TypeAdapter, ValidationError

from taizhang.checks.catalogue_versions import rule_fields, words
from taizhang.checks.catalogue_versions.rule_fields import Field
from taizhang.kernel.errors import BadInput, Problem
from taizhang.rules.base import Rule
from taizhang.rules.kinds import AnyRule
from taizhang.web.params import day

KINDS: dict[str, type[Rule]] = {
    one.model_fields["kind"].default: one for one in get_args(get_args(AnyRule)[0])
}
_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)
_SPLIT = re.compile(r"[、，,;；\s]+")


def offered() -> list[tuple[str, str]]:
    """(kind, name) of those that a new rule may be."""
    return [(kind, words.KIND_NAMES[kind]) for kind in KINDS]


def blank(kind: str, ledger: str) -> dict[str, Any]:
    """A new rule of a kind before anything is said of it."""
    fields = KINDS[kind].model_fields
    made = {"kind": kind} | ({"ledger": ledger} if "ledger" in fields else {})
    return made | ({"day": words.day_of(ledger)} if "day" in fields and ledger else {})


def fields_of(said: Mapping[str, Any]) -> list[Field]:
    """The parameters of a rule's kind with what it says."""
    return rule_fields.fields_of(KINDS[str(said["kind"])], said)


def read(said: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """What the form says of the kind's own parameters, over what the rule said before."""
    problems: list[Problem] = []
    told = _read_all(KINDS[str(said["kind"])], said, posted, "", problems)
    if problems:
        raise BadInput(problems)
    own = {name for name in KINDS[str(said["kind"])].model_fields if name in told}
    shown = {field.name for field in fields_of(said)}
    return {name: value for name, value in said.items() if name not in shown} | {
        name: told[name] for name in told if name in own
    }


def _read_all(
    model: type[BaseModel],
    said: Mapping[str, Any],
    posted: QueryDict,
    prefix: str,
    problems: list[Problem],
) -> dict[str, Any]:
    """The parameters of a kind or of one of its parts; first its tables, whose columns the others
    name.
    """
    fields = rule_fields.fields_of(model, said, prefix)
    tables = {
        f.name: posted.get(f"p-{f.key}", "").strip() for f in fields if f.name in rule_fields.TABLES
    }
    now = dict(said) | {name: table for name, table in tables.items() if table}
    made: dict[str, Any] = {}
    for field in fields:
        try:
            value = _read(model, field, now, posted, problems)
        except words.NoSuchValue as wrong:
            problems.append(Problem(str(wrong), column=field.label))
            continue
        except ValueError:
            problems.append(Problem("不是整数。", column=field.label))
            continue
        if value is not None:
            made[field.name] = value
    return made


def _read(
    model: type[BaseModel],
    field: Field,
    said: Mapping[str, Any],
    posted: QueryDict,
    problems: list[Problem],
) -> object:
    if field.sort == "where":
        return _conditions(model, field, said, posted)
    if field.sort in ("part", "rows"):
        return _parts(model, field, said, posted, problems)
    text = posted.get(f"p-{field.key}", "").strip()
    if field.sort == "check":
        return bool(text) or None
    if not text:
        default = model.model_fields[field.name].default
        return "" if isinstance(default, str) and default else None
    if field.sort == "number" or (field.name in ("right", "bound") and _is_number(text)):
        return int(text)
    return _words(model, field, said, text)


def _words(model: type[BaseModel], field: Field, said: Mapping[str, Any], text: str) -> object:
    """Columns and words by what they are called, or by their code."""
    table = rule_fields.table_of(model, field.name, said)
    if field.sort == "date":
        return f"{day(text, field.label)}"
    if field.sort == "pairs":
        return _pairs(model, field, said, text)
    if field.sort == "list":
        parts = [part for part in _SPLIT.split(text) if part]
        return [rule_fields.read_word(model, field.name, part, table) for part in parts]
    return text if field.sort == "choice" else rule_fields.read_word(model, field.name, text, table)


def _pairs(model: type[BaseModel], field: Field, said: Mapping[str, Any], text: str) -> object:
    theirs = rule_fields.before_sign(model, field.name, said)
    own = str(said.get("ledger") or "")
    found = {}
    for line in filter(str.strip, text.splitlines()):
        left, _, right = (part.strip() for part in line.partition("="))
        one = _column(theirs, left)
        found[one] = right if field.name == "fields" else _column(own, right)
    return found


def _column(table: str, title: str) -> str:
    """The column of a table, or of any, that is called so."""
    named = words.named(table, title)
    return named if named in dict(words.columns(table)) else words.column_named(title)


def _parts(
    model: type[BaseModel],
    field: Field,
    said: Mapping[str, Any],
    posted: QueryDict,
    problems: list[Problem],
) -> object:
    """What a parameter is built of; a row of which nothing is filled in is none."""
    part = rule_fields.part_of(model, field.name)
    if part is None:
        return None
    beside = {"ledger": said.get("ledger")} if "ledger" not in part.model_fields else {}
    own = said.get(field.name) or {}
    found = []
    for at in range(len(field.rows)):
        before = beside | (dict(own) if field.sort == "part" else {})
        told = _read_all(part, before, posted, f"{field.key}-{at}-", problems)
        kept = {name: value for name, value in told.items() if value not in ("", None)}
        if kept:
            found.append(kept)
    if field.sort == "rows":
        return found or None
    return found[0] if found else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+", text) is not None


def _conditions(
    model: type[BaseModel], field: Field, said: Mapping[str, Any], posted: QueryDict
) -> dict[str, Any] | None:
    table = rule_fields.table_of(model, field.name, said)
    found: dict[str, Any] = {}
    names = posted.getlist(f"w-{field.key}-column")
    for column, text in zip(names, posted.getlist(f"w-{field.key}-value"), strict=False):
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
