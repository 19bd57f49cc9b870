"""The Chinese sentence of a suspicion, made from the rule's template when it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
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

    def group(self, rule: Rule, suspicion: Suspicion) -> str:
        """Which group it is about, if any."""
        return self.groups.get(suspicion.other, "党小组") if rule.other_is == "group" else ""


def names_for(rules: Mapping[str, Rule], suspicions: Iterable[Suspicion]) -> Names:
    """What the sentences need: two queries, and one or two for each kind of records of which they
    say the day or the owner.
    """
    others: dict[str, set[int]] = {}
    own: dict[str, set[int]] = {}
    called: dict[str, set[int]] = {}
    for rule, known in _by_rule(rules, suspicions):
        kind = kind_of(rule)
        subjects = {one.subject for one in known if one.subject >= 0}
        about = {one.other for one in known if one.other >= 0}
        if about:
            others.setdefault(_stands_for(rule), set()).update(about)
        if about and "{another}" in rule.finding:
            called.setdefault(kind, set()).update(about)
        if subjects and "{whose}" in rule.finding:
            own.setdefault(kind, set()).update(subjects)
        if about and "{theirs}" in rule.finding:
            own.setdefault(kind, set()).update(about)
    persons, groups = others.pop("person", ()), others.pop("group", ())
    return Names(
        _named(Person, persons),
        _named(PartyGroup, groups),
        _days(others),
        _owners(own),
        _called(called),
    )


def _by_rule(
    rules: Mapping[str, Rule], suspicions: Iterable[Suspicion]
) -> list[tuple[Rule, list[Suspicion]]]:
    found: dict[str, list[Suspicion]] = {}
    for suspicion in suspicions:
        found.setdefault(suspicion.rule, []).append(suspicion)
    return [(rules[key], known) for key, known in found.items() if key in rules]


def _stands_for(rule: Rule) -> str:
    """What a rule's `other` is the key of: a person, a group, a record of a kind of which the
    sentence says the day, or nothing.
    """
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
    """A day in words; where a column keeps a month or a year by its first day, that
    month or year.
    """
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
    return in_plain_words(rule.finding.format_map(Said(rule, suspicion, names)))


def official(rule: Rule, suspicion: Suspicion, names: Names) -> str:
    """The same for a letter: in its own words, and days, windows and amounts as papers
    write them.
    """
    return in_plain_words(rule.letter.format_map(Said(rule, suspicion, names, OFFICIAL)))


Word = Callable[[Rule, Suspicion, Names], str]


def _day_of_other(rule: Rule, suspicion: Suspicion, names: Names) -> str:
    day = names.days.get((_stands_for(rule), suspicion.other))
    return f"{day}的" if day else ""


ON_SCREEN: Mapping[str, Word] = {
    "window": lambda rule, one, _: in_words(_label(rule, one.window)),
    "found": lambda _rule, one, _: str(one.found),
    "wanted": lambda _rule, one, _: str(one.wanted),
    "found_yuan": lambda _rule, one, _: yuan(max(one.found, 0)),
    "wanted_yuan": lambda _rule, one, _: yuan(max(one.wanted, 0)),
    "detail": lambda _rule, one, _: _detail(one.detail),
    "person": lambda rule, one, names: names.person(rule, one),
    "theirs": lambda rule, one, names: names.owners.get((kind_of(rule), one.other), "另一人"),
    "another": lambda rule, one, names: names.called.get((kind_of(rule), one.other), "记录"),
    "group": lambda rule, one, names: names.group(rule, one),
    "whose": lambda rule, one, names: names.owners.get((kind_of(rule), one.subject), ""),
    "apart": lambda _rule, one, _: f"早{-one.found}天" if one.found < 0 else f"晚{one.found}天",
    "other": _day_of_other,
}
"""By the names of `FILLED`, what fills a template of the screen."""
OFFICIAL: Mapping[str, Word] = {
    **ON_SCREEN,
    "window": lambda rule, one, _: formal.window(_label(rule, one.window)),
    "found_yuan": lambda _rule, one, _: formal.money(max(one.found, 0)),
    "wanted_yuan": lambda _rule, one, _: formal.money(max(one.wanted, 0)),
}
"""The same of a letter."""
RESTS_ON = {
    "window": "window",
    "found": "found",
    "wanted": "wanted",
    "found_yuan": "found",
    "wanted_yuan": "wanted",
    "detail": "detail",
    "person": "other",
    "theirs": "other",
    "another": "other",
    "group": "other",
    "whose": "subject",
    "apart": "found",
    "other": "other",
}
"""Of what column of a suspicion each word is made: of two that are of one rule and alike in it, it
is the same.
"""


class Said(dict[str, str]):
    """What fills a template: a word is made when it is asked for, since a template asks for two or
    three of thirteen.
    """

    def __init__(
        self,
        rule: Rule,
        suspicion: Suspicion,
        names: Names,
        words: Mapping[str, Word] = ON_SCREEN,
    ) -> None:
        """For one kind of reader."""
        super().__init__()
        self._about, self._words = (rule, suspicion, names), words

    def __missing__(self, name: str) -> str:
        """Made once."""
        word = self[name] = self._words[name](*self._about)
        return word


def in_plain_words(text: str) -> str:
    """A filled sentence as people write it: nothing is `有0名`, and quotation marks inside others are
    single.
    """
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
