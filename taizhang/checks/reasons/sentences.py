"""The Chinese sentence of a suspicion, made from the rule's template when it is shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.checks.reasons.record_links import kind_of
from taizhang.checks.verdicts import TABLES
from taizhang.kernel.calendar import in_words
from taizhang.kernel.text import nested
from taizhang.kernel.writing import formal
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
    """(kind, key) of a record → its day in words."""
    owners: Mapping[tuple[str, int], str]
    """(kind, key) of a record → whose it is."""
    called: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """(kind, key) of a record → what it is called, without its day."""

    def person(self, rule: Rule, suspicion: Suspicion) -> str:
        """Whom it is about, if anybody."""
        return self.persons.get(suspicion.other, "") if rule.other_is == "person" else ""


def names_for(rules: Mapping[str, Rule], suspicions: Iterable[Suspicion]) -> Names:
    """What the sentences need: two queries, and one or two for each kind of records of which they say the day or the owner."""
    others: dict[str, set[int]] = {}
    own: dict[str, set[int]] = {}
    called: dict[str, set[int]] = {}
    for suspicion in suspicions:
        rule = rules.get(suspicion.rule)
        if rule is None:
            continue
        if suspicion.other >= 0:
            others.setdefault(_stands_for(rule), set()).add(suspicion.other)
        if suspicion.other >= 0 and "{another}" in rule.finding:
            called.setdefault(kind_of(rule), set()).add(suspicion.other)
        if suspicion.subject >= 0 and "{whose}" in rule.finding:
            own.setdefault(kind_of(rule), set()).add(suspicion.subject)
        if suspicion.other >= 0 and "{theirs}" in rule.finding:
            own.setdefault(kind_of(rule), set()).add(suspicion.other)
    persons, groups = others.pop("person", ()), others.pop("group", ())
    return Names(
        _named(Person, persons),
        _named(PartyGroup, groups),
        _days(others),
        _owners(own),
        _called(called),
    )


def _stands_for(rule: Rule) -> str:
    """What a rule's `other` is the key of: a person, a group, a record of a kind of which the sentence says the day, or nothing."""
    if rule.other_is == "record":
        return kind_of(rule) if "{other}" in rule.finding else ""
    return rule.other_is


def _named(model: type[Person | PartyGroup], keys: Collection[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _days(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    return {
        (slug, key): _day(KINDS[slug].day, day.isoformat())
        for slug, keys in wanted.items()
        for key, day in (_column(slug, KINDS[slug].day, keys) if slug else ())
        if day is not None
    }


def _owners(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    return {
        (slug, key): name
        for slug, keys in wanted.items()
        if slug and KINDS[slug].owner
        for key, name in _column(slug, KINDS[slug].owner, keys)
        if name
    }


def _called(wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    return {
        (slug, entry.pk): _DATED.sub("", str(entry))
        for slug, keys in wanted.items()
        for entry in KINDS[slug].model._default_manager.filter(pk__in=keys)
    }


def _column(slug: str, path: str, keys: Collection[int]) -> Iterable[tuple[int, Any]]:
    model: Any = KINDS[slug].model
    found: Iterable[tuple[int, Any]] = model.objects.filter(pk__in=keys).values_list("pk", path)
    return found


def _day(column: str, day: str) -> str:
    """A day in words; where a column keeps a month or a year by its first day, that month or year."""
    return in_words(day[: _WRITTEN.get(column, len(day))])


def _label(rule: Rule, window: str) -> str:
    """As much of a window as is said."""
    column = rule.told_day()
    if column == "on" and (kind := kind_of(rule)):
        column = KINDS[kind].day
    return window[: _WRITTEN.get(column, len(window))] if window.count("-") == 2 else window


def sentence(rule: Rule, suspicion: Suspicion, names: Names) -> str:
    """The draft finding."""
    if not suspicion.certain:
        told = TABLES.get(suspicion.detail, suspicion.detail)
        return f"无法判断：{rule.says}" + (
            f"（{told}没有记录）" if told else "（工作日历缺少该年）"
        )
    return in_plain_words(rule.finding.format(**said(rule, suspicion, names)))


def official(rule: Rule, suspicion: Suspicion, said: Mapping[str, str]) -> str:
    """The same for a letter: in its own words, and days, windows and amounts as papers write them; `said` as `said()` gives it."""
    return in_plain_words(rule.letter.format(**officially(rule, suspicion, said)))


def officially(rule: Rule, suspicion: Suspicion, said: Mapping[str, str]) -> dict[str, str]:
    """What fills the template of a letter."""
    return {
        **said,
        "window": formal.window(_label(rule, suspicion.window)),
        "found_yuan": formal.money(max(suspicion.found, 0)),
        "wanted_yuan": formal.money(max(suspicion.wanted, 0)),
    }


def said(rule: Rule, suspicion: Suspicion, names: Names) -> dict[str, str]:
    """What fills the template, by the names of `FILLED`."""
    day = names.days.get((_stands_for(rule), suspicion.other))
    return {
        "window": in_words(_label(rule, suspicion.window)),
        "found": str(suspicion.found),
        "wanted": str(suspicion.wanted),
        "found_yuan": yuan(max(suspicion.found, 0)),
        "wanted_yuan": yuan(max(suspicion.wanted, 0)),
        "detail": _detail(suspicion.detail),
        "person": names.person(rule, suspicion),
        "theirs": names.owners.get((kind_of(rule), suspicion.other), "另一人"),
        "another": names.called.get((kind_of(rule), suspicion.other), "记录"),
        "group": names.groups.get(suspicion.other, "党小组") if rule.other_is == "group" else "",
        "whose": names.owners.get((kind_of(rule), suspicion.subject), ""),
        "apart": f"早{-suspicion.found}天" if suspicion.found < 0 else f"晚{suspicion.found}天",
        "other": f"{day}的" if day else "",
    }


def in_plain_words(text: str) -> str:
    """A filled sentence as people write it: nothing is `有0名`, and quotation marks inside others are single."""
    text = _YEAR_TWICE.sub("年度", _NOBODY.sub("没有人", text))
    text = _NO_WORD.sub("没有文字", text)
    text = _NO_TIME.sub(r"有不到1\1", text)
    return nested(_NONE.sub("没有", text))


_YEAR_TWICE = re.compile("(?<=[0-9])年年度")
_NOBODY = re.compile(r"[只仅]?有0人")
_NO_WORD = re.compile(r"[只仅]?有0字")
_NONE = re.compile(r"[只仅]?有0(?:名|个|条|次|张|篇|项|份|处|笔|种)")
_NO_TIME = re.compile(r"有0(天|分钟|学时)")


def _detail(detail: str) -> str:
    """A post by its name, a day in words."""
    if _DAY.fullmatch(detail):
        return in_words(detail)
    return _POSTS.get(detail, detail)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2} *")
_WRITTEN = {
    "year_on": 4,
    "month": 7,
    "last_month": 7,
    "accepted_month": 7,
    "dues_paid_through": 7,
    "from_month": 7,
}
"""Columns that hold a year or a month as its first day → so much of the day is said."""
_POSTS = {str(code): str(label) for code, label in Post.choices}
