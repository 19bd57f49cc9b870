"""A proposed rule beside a catalogue: what would change, and the catalogue in which a person
adopted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from taizhang.catalogue.model import Catalogue, Item
from taizhang.catalogue.sentences.answer import EVERY, measure, work
from taizhang.catalogue.sentences.frequency import Proposed
from taizhang.rules.base import Rule
from taizhang.rules.basis import Basis
from taizhang.rules.kinds.periodic import Periodic

Difference = Literal["same", "changed", "new", "person"]
MEETINGS = {
    "assembly": "members_assembly", "committee": "committee_meeting", "group": "group_meeting", "lecture": "party_lecture",
    "theme_day": "theme_day",
}  # fmt: skip
_OTHERWISE = {"personal-study-plans": "personal_plans"}


@dataclass(frozen=True)
class Compared:
    """What adopting a proposal would change: `changed` tells `每月 → 每季度`, `person` says why no rule
    comes of it.
    """

    difference: Difference
    told: str


@dataclass(frozen=True)
class Adoption:
    """A proposal that a person adopted for an item, as he wants it."""

    item: str
    rule: Proposed


def with_numbers(rule: Proposed, every: str, at_least: int) -> Proposed:
    """The proposal as a person changed it; an unknown window is refused by name."""
    grain = next(known for known in EVERY if known == every)
    return replace(rule, every=grain, at_least=at_least)  # type: ignore[arg-type]


def compared(catalogue: Catalogue, key: str, rule: Proposed) -> Compared:
    """A proposal beside the rules of the item that the line means."""
    item = catalogue.item(key)
    if item is None:
        return Compared("person", "没有对应项目，由人工核对")
    if rule.per == "member":
        return Compared("person", "按每名党员计算的次数，由人工核对")
    own = _same_subject(item, rule)
    if any((one.every, one.at_least) == (rule.every, rule.at_least) for one in own):
        return Compared("same", "与要求模板一致")
    window = [one for one in own if one.every == rule.every]
    if window or own:
        old = (window or own)[0]
        return Compared(
            "changed", f"{_often(old.every, old.at_least)} → {_often(rule.every, rule.at_least)}"
        )
    if _day(catalogue, rule) is None:
        return Compared("person", "要求模板没有这类台账的规则，由人工核对")
    return Compared("new", f"要求模板没有规定次数，增加{_often(rule.every, rule.at_least)}")


def adopt(
    catalogue: Catalogue, adoptions: Iterable[Adoption], document: str, titles: Mapping[str, str]
) -> Catalogue:
    """The catalogue with the rules that people adopted; `document` is the notice whose words they
    quote, `titles` name ledgers.
    """
    wanted = list(adoptions)
    items = []
    for item in catalogue.items:
        for one in (one for one in wanted if one.item == item.id):
            others = [other.rule for other in wanted if other.item == item.id]
            item = _adopted(catalogue, item, one.rule, others, document, titles)  # noqa: PLW2901
        items.append(item)
    return catalogue.model_copy(update={"items": tuple(items)})


def _adopted(
    catalogue: Catalogue,
    item: Item,
    rule: Proposed,
    others: list[Proposed],
    document: str,
    titles: Mapping[str, str],
) -> Item:
    """A rule of the same window takes the number; else the one of a window that nobody asks for any
    more takes both.
    """
    known = compared(catalogue, item.id, rule).difference
    if known in ("same", "person"):
        return item
    own = _same_subject(item, rule)
    asked = {one.every for one in others if _subject(one) == _subject(rule)}
    old = next((one for one in own if one.every == rule.every), None)
    gone = [old] if old else [one for one in own if one.every not in asked]
    made = _made(catalogue, item, gone[0] if gone else None, rule, document, titles)
    kept = [one for one in item.rules if one not in gone]
    return item.model_copy(update={"rules": (made, *kept)})


def _same_subject(item: Item, rule: Proposed) -> list[Periodic]:
    """The rules of how often that count the same records, of the same holder of a post, without
    those that only hint.
    """
    table, kind = _table(rule), MEETINGS.get(rule.what or "")
    return [
        one
        for one in item.rules
        if isinstance(one, Periodic)
        and one.ledger == table
        and (kind is None or one.where.get("kind") == kind)
        and (kind is not None or set(one.where) <= {"is_service", "source", "item"})
        and (one.held_by.belongs if one.held_by else "") == rule.by
        and one.severity != "info"
    ]


def _subject(rule: Proposed) -> tuple[str, str | None, str]:
    return rule.ledger, rule.what, rule.by


def _table(rule: Proposed) -> str:
    if rule.what == "life":
        return "life_meetings"
    return _OTHERWISE.get(rule.ledger, rule.ledger.replace("-", "_"))


def _day(catalogue: Catalogue, rule: Proposed) -> str | None:
    """The column that says when a record of the ledger was."""
    table = _table(rule)
    days = (
        getattr(one, "day", "") for one in catalogue.rules() if getattr(one, "ledger", "") == table
    )
    return next((day for day in days if day), None)


def _made(
    catalogue: Catalogue,
    item: Item,
    old: Periodic | None,
    rule: Proposed,
    document: str,
    titles: Mapping[str, str],
) -> Rule:
    what = work(rule, titles.get(rule.ledger, item.name))
    unit = measure(what)
    group = "{group}" if rule.per == "group" else ""
    few = f"{group}{{window}}{what}只有{{found}}{unit}，不足{{wanted}}{unit}"
    told = {
        "severity": "error",
        "every": rule.every,
        "at_least": rule.at_least,
        "says": f"{what}{EVERY[rule.every]}至少{rule.at_least}{unit}",
        "finding": few if rule.at_least > 1 else f"{group}{{window}}没有{what}的记录",
        "official": "",
        "basis": (Basis(**{"class": "本区规定"}, document=document, gist=rule.quote),),
    }
    if old is not None:
        return old.model_copy(update=told | {"id": f"{item.id}:{_code(item, old)}"})
    where = {"kind": MEETINGS[rule.what]} if rule.what in MEETINGS else {}
    held = {"held_by": {"person": "lecturer_id", "belongs": rule.by}, "needs": ["posts"]}
    return Periodic.model_validate(
        told
        | {
            "id": f"{item.id}:{item.id}.n{len(item.rules)}",
            "kind": "periodic",
            "ledger": _table(rule),
            "where": where,
            "day": _day(catalogue, rule),
            "per": "group" if rule.per == "group" else "branch",
        }
        | (held if rule.by else {})
    )


def _code(item: Item, old: Periodic) -> str:
    return old.id.removeprefix(f"{item.id}:")


def _often(every: str, at_least: int) -> str:
    return f"{EVERY[every]}{at_least}次"
