"""The Chinese sentence of a suspicion, made from the rule's template when it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taizhang.checks.verdicts import TABLES
from taizhang.kernel.calendar import in_words
from taizhang.ledgers.fields import yuan
from taizhang.orgs.models import PartyGroup, Person, Post
from taizhang.rules.base import Rule, Suspicion


@dataclass(frozen=True)
class Names:
    """Names of persons and groups by key."""

    persons: Mapping[int, str]
    groups: Mapping[int, str]


def names_for(rules: Mapping[str, Rule], suspicions: Iterable[Suspicion]) -> Names:
    """The names that the sentences need, in two queries."""
    wanted: dict[str, set[int]] = {"person": set(), "group": set()}
    for suspicion in suspicions:
        rule = rules.get(suspicion.rule)
        if rule is not None and rule.other_is in wanted and suspicion.other >= 0:
            wanted[rule.other_is].add(suspicion.other)
    persons = Person.objects.filter(pk__in=wanted["person"]).values_list("pk", "name")
    groups = PartyGroup.objects.filter(pk__in=wanted["group"]).values_list("pk", "name")
    return Names(dict(persons) if wanted["person"] else {}, dict(groups) if wanted["group"] else {})


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
    )


_POSTS = {str(code): str(label) for code, label in Post.choices}
