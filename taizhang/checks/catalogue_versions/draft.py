"""The draft of a version: the items that somebody edited on the pages, over the version in force;
kept in his session.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from pydantic import ValidationError

from taizhang.catalogue import load, sources
from taizhang.catalogue.model import Catalogue, Example, Item, code_of
from taizhang.checks import editions, engine, fact_tables
from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.rules.base import Rule

KEY = "catalogue_draft"
Kept = dict[str, Any]
"""`base`: the version that it began from; `items`: what was edited or added, as JSON by id; `gone`:
ids taken out.
"""


def kept_in(session: SessionBase, base: str) -> Kept:
    """The draft of a session; one that began from another version does not count any more."""
    found: Kept = session.get(KEY) or {}
    return found if found.get("base") == base else {"base": base, "items": {}, "gone": []}


def is_empty(kept: Kept) -> bool:
    """Whether nothing was edited."""
    return not (kept["items"] or kept["gone"])


def composed(catalogue: Catalogue, kept: Kept) -> Catalogue:
    """The catalogue with what was edited."""
    edited = {key: Item.model_validate(one) for key, one in kept["items"].items()}
    items = [edited.pop(i.id, i) for i in catalogue.items if i.id not in kept["gone"]]
    return catalogue.model_copy(update={"items": (*items, *edited.values())})


def drafted(kept: Kept, changes: editions.Changes) -> Catalogue:
    """The version that a draft would be: what was edited, and then the numbers that
    were changed.
    """
    edited = composed(engine.catalogue(kept["base"]), kept)
    return must_be_sound(editions.changed(edited, changes))


def with_item(catalogue: Catalogue, kept: Kept, item: Item) -> Kept:
    """The draft with an item edited or added; what cannot be published is refused now, with its
    place.
    """
    entered = item.model_dump(mode="json", by_alias=True)
    made = kept | {
        "items": kept["items"] | {item.id: entered},
        "gone": [key for key in kept["gone"] if key != item.id],
    }
    must_be_sound(composed(catalogue, made))
    return made


def without_item(catalogue: Catalogue, kept: Kept, key: str) -> Kept:
    """The draft without an item."""
    items = {name: one for name, one in kept["items"].items() if name != key}
    known = any(item.id == key for item in catalogue.items)
    return kept | {"items": items, "gone": [*kept["gone"], key] if known else kept["gone"]}


def must_be_sound(catalogue: Catalogue) -> Catalogue:
    """The catalogue with every basis checked against the words that it quotes."""
    places = {rule.id: code_of(rule.id) for rule in catalogue.rules()}
    try:
        load.must_be_sound(catalogue, places, fact_tables.schema(), fact_tables.words())
        return sources.settled(catalogue)
    except (load.BadCatalogue, sources.NoSource) as wrong:
        raise BadInput(str(wrong)) from wrong


def item_of(catalogue: Catalogue, key: str) -> Item:
    """One item of a catalogue."""
    found = catalogue.item(key)
    if found is None:
        raise NotFound("没有这一项要求。")
    return found


def new_item(catalogue: Catalogue, said: Mapping[str, Any]) -> Item:
    """An item that is added at the end, with the next number after the last."""
    numbers = [int(item.id[1:]) for item in catalogue.items if item.id[1:].isdecimal()]
    return changed_item(
        Item(
            id=f"L{max(numbers, default=0) + 1:02d}",
            category="",
            subcategory="",
            title="",
            requirement="",
        ),
        said,
    )


def changed_item(item: Item, said: Mapping[str, Any]) -> Item:
    """An item with what a form says of it."""
    problems = [] if said["title"] else [Problem("请填写内容。", column="内容")]
    required = said["required"]
    if not required and not said["reason"]:
        problems.append(Problem("不要求的，请写明原因。", column="不要求的原因"))
    if problems:
        raise BadInput(problems)
    applies = {"required": required, "reason": said["reason"], "zero_report": said["zero_report"]}
    if said["with"]:
        applies["with"] = said["with"]
    entered = item.model_dump(mode="json", by_alias=True) | {
        name: said[name] for name in ("category", "subcategory", "title", "requirement", "heading")
    }
    entered["applies"] = applies
    entered["kept_in"] = said["kept_in"]
    try:
        return Item.model_validate(entered)
    except ValidationError as wrong:
        raise BadInput("填写的内容不能用，请核对适用条件和台账。") from wrong


def with_rule(item: Item, rule: Rule) -> Item:
    """An item with a rule put in the place of the one of its id, or added."""
    known = any(one.id == rule.id for one in item.rules)
    rules = tuple(rule if one.id == rule.id else one for one in item.rules)
    return item.model_copy(update={"rules": rules if known else (*rules, rule)})


def without_rule(item: Item, key: str) -> Item:
    """An item without a rule, and without the examples of a code that it has no more."""
    rules = tuple(one for one in item.rules if one.id != key)
    codes = {code_of(one.id) for one in rules}
    kept = tuple(one for one in item.examples if one.rule in codes)
    return item.model_copy(update={"rules": rules, "examples": kept})


def new_rule_id(item: Item) -> str:
    """The id of a rule that is added."""
    codes = {code_of(one.id) for one in item.rules}
    at = next(n for n in range(1, 1000) if f"{item.id}.x{n}" not in codes)
    return f"{item.id}:{item.id}.x{at}"


def with_example(item: Item, example: Example) -> Item:
    """An item with an example more."""
    return item.model_copy(update={"examples": (*item.examples, example)})


def without_example(item: Item, at: int) -> Item:
    """An item without one of its examples."""
    kept = tuple(one for n, one in enumerate(item.examples) if n != at)
    return item.model_copy(update={"examples": kept})


def rule_said(rule: Rule) -> dict[str, Any]:
    """A rule as its form begins."""
    return rule.model_dump(mode="json", by_alias=True)
