"""What the page of one rule shows and reads: parameters, words, days, and up to a few things that
it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from taizhang.catalogue.model import Item, code_of
from taizhang.checks.catalogue_versions import examples, rule_form, words
from taizhang.kernel.errors import BadInput, Problem
from taizhang.rules.base import FILLED, Rule
from taizhang.web.params import day_or_none

CLASSES = ("台账要求", "法规", "本区规定", "系统提示")
SEVERITIES = (("error", "错误"), ("warn", "提醒"), ("info", "提示"))
_WORDS = ("says", "finding", "official")
_BASIS = ("class", "document", "article", "verbatim", "gist", "from", "until")
MORE = 1
"""So many sources more than there are can be entered at once."""


def page(
    item: Item,
    known: Rule | None,
    said: Mapping[str, Any],
    posted: QueryDict | None,
    tried: examples.Tried | None = None,
    example: QueryDict | None = None,
) -> dict[str, Any]:
    """All of it."""
    entered = _posted(said, posted) if posted is not None else dict(said)
    code = code_of(known.id) if known else ""
    return {
        "item": item,
        "known": known,
        "code": code,
        "kind": words.KIND_NAMES[str(said["kind"])],
        "fields": rule_form.fields_of(entered),
        "said": _as_text(entered),
        "bases": _bases(entered),
        "classes": CLASSES,
        "severities": SEVERITIES,
        "filled": "".join(f"{{{name}}}" for name in FILLED),
        "tried": tried,
        "seen": "、".join(tried.found) if tried else "",
        "example": example,
        "own_examples": _examples(item, code),
        "tables": _tables(known, example) if known and not known.across else [],
        "across": bool(known and known.across),
    }


def _posted(said: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """What was typed, as far as it can be read, so that nothing is typed twice."""
    try:
        return read(said, posted)
    except BadInput:
        return dict(said) | {name: posted.get(name, "") for name in (*_WORDS, "severity")}


def _as_text(said: Mapping[str, Any]) -> dict[str, str]:
    plain = {name: str(said.get(name) or "") for name in (*_WORDS, "severity", "from", "until")}
    for name, never in (("from", date.min), ("until", date.max)):
        plain[name] = "" if plain[name] == f"{never}" else plain[name]
    return plain


def _bases(said: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = said.get("basis") or ()
    shown = [{name: str(one.get(name) or "") for name in _BASIS} for one in listed]
    return [*shown, *({"class": ""} for _ in range(MORE if shown else 1))]


def _examples(item: Item, code: str) -> list[tuple[int, examples.Tried, list[tuple[str, Any]]]]:
    found = []
    for at, one in enumerate(item.examples, start=1):
        if one.rule == code:
            rows = [(words.title_of(name), _shown(name, held)) for name, held in one.tables.items()]
            found.append((at, examples.tried(one, examples.rules_of(item, code)), rows))
    return found


def _shown(table: str, rows: tuple[dict[str, str], ...]) -> dict[str, Any]:
    labels = dict(words.columns(table))
    head = list(dict.fromkeys(name for row in rows for name in row))
    return {
        "head": [labels[name] for name in head],
        "rows": [[row.get(n, "") for n in head] for row in rows],
    }


def _tables(rule: Rule, example: QueryDict | None) -> list[tuple[str, str, str]]:
    """(table, title, text) of the ledgers whose rows are typed: the line of columns is given."""
    found = []
    for name in examples.tables_of(rule):
        labels = dict(words.columns(name))
        head = " | ".join(labels[column] for column in examples.head_of(rule, name))
        typed = example.get(f"t-{name}", "") if example else ""
        found.append((name, words.title_of(name), typed or head))
    return found


def read(said: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """The rule that the form says; raises BadInput with the field."""
    made = rule_form.read(said, posted)
    made |= {name: posted.get(name, "").strip() for name in _WORDS}
    made["severity"] = posted.get("severity", "")
    problems = [
        Problem("必须填写。", column=rule_form.LABELS[name])
        for name in ("says", "finding")
        if not made[name]
    ]
    for name in ("from", "until"):
        made.pop(name, None)
        if (value := day_or_none(posted.get(name), rule_form.LABELS[name])) is not None:
            made[name] = value
    made["basis"] = _read_bases(posted, problems)
    if problems:
        raise BadInput(problems)
    return made


def _read_bases(posted: QueryDict, problems: list[Problem]) -> list[dict[str, Any]]:
    """The sources as typed. One without a class is none; what a class must say and may not is asked
    for here.
    """
    columns = {name: posted.getlist(f"b-{name}") for name in _BASIS}
    found: list[dict[str, Any]] = []
    for at, kind in enumerate(columns["class"]):
        one = {name: texts[at].strip() for name, texts in columns.items() if at < len(texts)}
        if not kind:
            continue
        if kind == "台账要求" and not one.get("verbatim"):
            problems.append(Problem("请抄录台账要求的原文。", column=f"依据{at + 1} 原文"))
        if kind in ("法规", "本区规定") and not (one.get("document") and one.get("gist")):
            problems.append(Problem("请填写文件和要义。", column=f"依据{at + 1}"))
        kept = {"class", "from", "until"}
        kept |= {"verbatim", "document"} if kind == "台账要求" else set()
        kept |= {"document", "article", "gist"} if kind in ("法规", "本区规定") else set()
        found.append({name: text for name, text in one.items() if text and name in kept})
    return found or [{"class": "系统提示"}]
