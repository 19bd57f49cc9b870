"""A catalogue from its YAML, checked against the rule kinds and the ledgers' columns: an error
names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from taizhang.catalogue import inherit, sources
from taizhang.catalogue.model import Catalogue
from taizhang.rules.base import Rule, Schema
from taizhang.rules.due_tables import Due, is_derived

DATA = Path(__file__).parent / "data"
_LINE = "__line__"
NO_BASIS = "没有依据。请在依据表中按规则编号写明，或者在规则后写 basis：台账要求、法规、本区规定或系统提示。"
FREE_TEXT = "依据不能只写一句话，请写类别（class）和原文，或者类别、文件和要义。"
Words = dict[str, dict[str, frozenset[Any]]]
"""Table → column → the values that it may have, where it is a choice."""


class BadCatalogue(ValueError):
    """The file cannot be used; the message says where and why."""


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where there


class _Loader(_SafeLoader):  # type: ignore[misc]
    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Every mapping remembers its line."""
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made | {_LINE: node.start_mark.line + 1}


def _mapping(loader: _Loader, node: object) -> dict[Any, Any]:
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path, schema: Schema | None = None, words: Words | None = None) -> Catalogue:
    """The catalogue of a file; with the schema of the facts, every table and column is checked too,
    with the words of the ledgers every value of a condition.
    """
    raw = _raw(path)
    base = raw.pop("extends", None)
    change, without = raw.pop("change", {}), raw.pop("without_rules", [])
    lines: dict[str, int] = {}
    try:
        if base is not None:
            raw = inherit.extended(raw, _raw(DATA / f"{base}.yaml"))
        document = _expanded(raw, path, lines)
        if base is not None:
            inherit.changed(document["items"], change, without)
    except inherit.NotThere as wrong:
        raise BadCatalogue(f"{path.name}：{wrong}") from wrong
    try:
        catalogue = sources.from_table(Catalogue.model_validate(_without_lines(document)))
    except ValidationError as wrong:
        raise BadCatalogue(_told(wrong, document, path)) from wrong
    if base is not None:
        catalogue = sources.taken_over(catalogue)
    _must_be_sound(catalogue, lines, path, schema, words or {})
    try:
        return sources.settled(catalogue)
    except sources.NoSource as wrong:
        rule = str(wrong).partition("：")[0]
        raise BadCatalogue(f"{path.name} 第{lines.get(rule, 0)}行 {wrong}") from wrong


def _raw(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  (a safe loader)
    except FileNotFoundError as gone:
        raise BadCatalogue(f"没有要求模板文件 {path.name}。") from gone
    except yaml.YAMLError as broken:
        raise BadCatalogue(f"{path.name}：不是有效的 YAML：{broken}") from broken
    if not isinstance(raw, dict):
        raise BadCatalogue(f"{path.name}：内容为空。")
    return raw


@lru_cache(maxsize=4)
def named(name: str) -> Catalogue:
    """One of the catalogues that come with the system."""
    return read(DATA / f"{name}.yaml")


def _expanded(raw: dict[str, Any], path: Path, lines: dict[str, int]) -> dict[str, Any]:
    """Rule sets written out, and ids made unique by their item."""
    sets = raw.pop("sets", {})
    for item in raw.get("items") or ():
        rules = list(_rules(item, sets, path))
        seen: dict[str, int] = {}
        for rule in rules:
            key = f"{item.get('id')}:{rule.get('id')}"
            seen[key] = seen.get(key, 0) + 1
            rule["id"] = key if seen[key] == 1 else f"{key}@{rule.get('from')}"
            lines[rule["id"]] = rule.get(_LINE, 0)
            if isinstance(rule.get("basis"), str):
                raise BadCatalogue(f"{path.name} 第{rule.get(_LINE)}行 {rule['id']}：{FREE_TEXT}")
        if rules:
            item["rules"] = rules
        lines.update({str(ask.get("id")): ask.get(_LINE, 0) for ask in item.get("ask") or ()})
    return raw


def _rules(item: dict[str, Any], sets: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    for rule in item.get("rules") or ():
        if "use" not in rule:
            yield dict(rule)
            continue
        if rule["use"] not in sets:
            raise BadCatalogue(f"{path.name} 第{rule.get(_LINE)}行：没有规则组“{rule['use']}”。")
        for one in sets[rule["use"]]:
            yield _filled(one, rule.get("with", {}))


def _filled(value: Any, given: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", lambda found: str(given[found[1]]), value)
    if isinstance(value, list):
        return [_filled(one, given) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, given) for key, one in value.items()}
    return value


def _without_lines(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_lines(one) for key, one in value.items() if key != _LINE}
    return [_without_lines(one) for one in value] if isinstance(value, list) else value


def _told(wrong: ValidationError, document: Any, path: Path) -> str:
    error = wrong.errors()[0]
    at, line = document, document.get(_LINE, 0)
    for step in error["loc"]:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            continue
        line = at.get(_LINE, line) if isinstance(at, dict) else line
    place = ".".join(str(step) for step in error["loc"])
    return f"{path.name} 第{line}行 {place}：{error['msg']}"


def _must_be_sound(
    catalogue: Catalogue,
    lines: dict[str, int],
    path: Path,
    schema: Schema | None,
    words: Words,
) -> None:
    places = {
        rule.id: f"{path.name} 第{lines.get(rule.id, 0)}行 {rule.id}" for rule in catalogue.rules()
    }
    must_be_sound(catalogue, places, schema, words)


def must_be_sound(
    catalogue: Catalogue, places: Mapping[str, str], schema: Schema | None, words: Words
) -> None:
    """Refuse rules without a basis, dates that overlap, tables, columns and values that there are
    not; `places` says where each rule stands.
    """
    by_code: dict[str, list[Rule]] = {}
    for rule in catalogue.rules():
        place = places[rule.id]
        _must_rest_on_something(rule, place, catalogue)
        if rule.from_ >= rule.until:
            raise BadCatalogue(f"{place}：起始日期不早于截止日期。")
        for other in by_code.setdefault(rule.id.partition("@")[0], []):
            if rule.from_ < other.until and other.from_ < rule.until:
                raise BadCatalogue(f"{place}：与同名规则的日期重叠。")
        by_code[rule.id.partition("@")[0]].append(rule)
        if schema is not None:
            _must_know(rule, place, schema)
        _must_have_a_meaning(rule, place, words)
    names = [item.id for item in catalogue.items]
    if len(set(names)) < len(names):
        raise BadCatalogue("有重复的项目编号。")


def _must_rest_on_something(rule: Rule, place: str, catalogue: Catalogue) -> None:
    if not rule.basis:
        raise BadCatalogue(f"{place}：{NO_BASIS}")
    if rule.severity == "error" and not sources.may_be_error(rule, catalogue.period.from_):
        raise BadCatalogue(f"{place}：{sources.NO_ERROR}")


def _must_know(rule: Rule, place: str, schema: Schema) -> None:
    for table in {*rule.uses(), *rule.needs}:
        if table not in schema and not is_derived(table):
            raise BadCatalogue(f"{place}：没有台账“{table}”。")
    own = rule.own().table
    if not own:
        return
    known = set(Due._fields) if is_derived(own) else set(schema[own])
    for column in sorted(rule.columns_named() - known):
        raise BadCatalogue(f"{place}：台账“{own}”没有栏目“{column}”。")


def _must_have_a_meaning(rule: Rule, place: str, words: Words) -> None:
    """A condition that no row can ever meet makes a rule that never speaks."""
    for table, where in rule.looks_at():
        for column, wanted in where.items():
            known = words.get(table, {}).get(column)
            values = wanted if isinstance(wanted, list) else [wanted]
            unknown = [value for value in values if known and value not in known]
            if unknown:
                raise BadCatalogue(
                    f"{place}：台账“{table}”的栏目“{column}”没有“{unknown[0]}”这个值。"
                )
