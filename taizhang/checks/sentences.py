"""The Chinese sentence of a suspicion, made from the rule's template when it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from taizhang.checks.records import kind_of
from taizhang.checks.verdicts import TABLES
from taizhang.kernel.calendar import in_words
from taizhang.ledgers.fields import yuan
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import PartyGroup, Person, Post
from taizhang.rules.base import Rule, Suspicion


@dataclass(frozen=True)
class Names:
    """What keys stand for in words."""

    persons: Mapping[int, str]
    groups: Mapping[int, str]
    days: Mapping[tuple[str, int], str]
    """(kind, key) of a record → its day."""


def names_for(rules: Mapping[str, Rule], suspicions: Iterable[Suspicion]) -> Names:
    """What the sentences need: two queries, and one for each kind of records that are compared."""
    wanted: dict[str, set[int]] = {}
    for suspicion in suspicions:
        rule = rules.get(suspicion.rule)
        if rule is not None and suspicion.other >= 0:
            wanted.setdefault(_stands_for(rule), set()).add(suspicion.other)
    return Names(_named(Person, wanted.pop("person", ())), _named(PartyGroup, wanted.pop("group", ())), _days(wanted))  # fmt: skip


def _stands_for(rule: Rule) -> str:
    """What a rule's `other` is the key of: a person, a group, a record of a kind of which the sentence says the day, or nothing."""
    if rule.other_is == "record":
        return kind_of(rule) if "{other}" in rule.finding else ""
    return rule.other_is


def _named(model: type[Person | PartyGroup], keys: Collection[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _days(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    return {
        (slug, key): in_words(day.isoformat())
        for slug, keys in wanted.items()
        if slug
        for key, day in KINDS[slug]
        .model.objects.filter(pk__in=keys)
        .values_list("pk", KINDS[slug].day)
        if day is not None
    }


def sentence(rule: Rule, suspicion: Suspicion, names: Names) -> str:
    """The draft finding."""
    if not suspicion.certain:
        told = TABLES.get(suspicion.detail, suspicion.detail)
        return f"无法判断：{rule.says}" + (
            f"（{told}没有记录）" if told else "（工作日历缺少该年）"
        )
    return rule.finding.format(
        window=in_words(suspicion.window),
        found=suspicion.found,
        wanted=suspicion.wanted,
        found_yuan=yuan(max(suspicion.found, 0)),
        wanted_yuan=yuan(max(suspicion.wanted, 0)),
        detail=_POSTS.get(suspicion.detail, suspicion.detail),
        person=names.persons.get(suspicion.other, "") if rule.other_is == "person" else "",
        group=names.groups.get(suspicion.other, "党小组") if rule.other_is == "group" else "",
        other=f"{day}的" if (day := names.days.get((_stands_for(rule), suspicion.other))) else "",
    )


_POSTS = {str(code): str(label) for code, label in Post.choices}
