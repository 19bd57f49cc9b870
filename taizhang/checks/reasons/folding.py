"""One fact is one line: suspicions of the same rule are folded to one matter with its extent, the
gravest first (ADR 0026).

Of one person, one record or one window, where it has three or more of them: that is the matter. A
sentence for all of them is made from the rule's own template only where it is true of each; else
the first is said in full, and how many more of the like there are.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from taizhang.checks.reasons import explanations, sentences
from taizhang.checks.reasons.beside import form_places
from taizhang.checks.reasons.explanations import Explained
from taizhang.checks.reasons.record_links import missing
from taizhang.kernel.calendar import COUNTED, MONTHS, days_of, grain_of, in_words, runs
from taizhang.kernel.writing import formal
from taizhang.rules.base import Rule

if TYPE_CHECKING:
    from taizhang.checks.reasons.reason import Reason

GRAVITY = ("error", "warn", "unsure", "info")
ALONE = 3
"""So many of one person, record or window are a matter of its own,"""
MOST_ALONE = 3
"""unless there are more such matters of one rule than these: then the rule is the matter."""
MOST_LISTED = 12
"""So many of a matter a page lists one by one; all of them on a page of their own."""
_NAMED = 3
"""So many people are named."""
_NUMBERS = {"found", "wanted", "found_yuan", "wanted_yuan", "apart"}
_WHOM = ("person", "whose", "group")
_PLAIN = re.compile(r"^(\{(?:person|whose|group)\})?\{window\}(?![起止前后内时的至])")
"""Where a window stands alone at the head of a sentence, as many may stand as one: the rest is true
of each.
"""
_A_YEAR = re.compile(r"\{window\}年?度")
"""`2016年度`, of which there may be three: `2016年—2018年共3年`."""


@dataclass(frozen=True)
class Matter:
    """What is to be said once: one suspicion, or all that are one matter."""

    members: tuple[Reason, ...]
    rule: Rule
    at: str = ""
    """The input of a row below the record in which it is to be mended, where that is known."""

    entered: str = ""
    """What was written of it beside a form that is not saved yet."""

    @property
    def place(self) -> str:
        """The input of the record's form of which it speaks; empty where it speaks of none."""
        return self.at or form_places.place(self.rule, self.first.suspicion)

    @property
    def field(self) -> str:
        """The field or part that this input belongs to."""
        return self.place.partition("-")[0]

    @property
    def first(self) -> Reason:
        """The earliest of its members."""
        return self.members[0]

    @property
    def last(self) -> Reason:
        """The latest."""
        return self.members[-1]

    @property
    def n(self) -> int:
        """How many it folds."""
        return len(self.members)

    @property
    def listed(self) -> tuple[Reason, ...]:
        """Those that a page lists before it is asked for all."""
        return self.members[:MOST_LISTED]

    @property
    def rest(self) -> tuple[Reason, ...]:
        """The others."""
        return self.members[MOST_LISTED:]

    @property
    def unlisted(self) -> int:
        """How many these are."""
        return len(self.rest)

    @property
    def explained(self) -> list[tuple[Explained, int]]:
        """What the branch says of its members, each wording once, with of how many."""
        return explanations.told([reason.explained for reason in self.members])

    @cached_property
    def text(self) -> str:
        """The sentence with its extent."""
        return self.first.text if self.n == 1 else _on_screen(self.members, self.rule).sentence()

    @cached_property
    def official(self) -> str:
        """The same for a letter."""
        if self.n == 1:
            return self.first.official
        return _in_letter(self.members, self.rule).sentence()

    @cached_property
    def order(self) -> tuple[int, bool, int, int]:
        """The grave before the slight, what is missing before what is amiss, the long before the
        short, many before few.
        """
        months = sum(months_of(window) for window in {reason.window for reason in self.members})
        return GRAVITY.index(self.first.severity), not missing(self.rule)[0], -months, -self.n


def fold(reasons: Iterable[Reason], rules: Mapping[str, Rule]) -> list[Matter]:
    """The matters, the gravest first; of those that weigh the same, as they came."""
    alike: dict[tuple[int, str, str], list[Reason]] = {}
    for reason in reasons:
        alike.setdefault((reason.branch, reason.rule, reason.severity), []).append(reason)
    found = [
        Matter(tuple(sorted(members, key=lambda one: one.window)), rules[members[0].rule])
        for listed in alike.values()
        for members in _matters(listed)
    ]
    return sorted(found, key=lambda matter: matter.order)


def _matters(listed: list[Reason]) -> list[list[Reason]]:
    """Those of one rule, by whom, by record, or by window, whichever gives few matters first; the
    rest is one.
    """
    keys: tuple[Callable[[Reason], Hashable], ...] = (_whom, _record, _window)
    for key in keys:
        parts: dict[Hashable, list[Reason]] = {}
        for reason in listed:
            parts.setdefault(key(reason), []).append(reason)
        own = [part for at, part in parts.items() if at is not None and len(part) >= ALONE]
        if 0 < len(own) <= MOST_ALONE:
            kept = {id(reason) for part in own for reason in part}
            rest = [reason for reason in listed if id(reason) not in kept]
            return [*own, rest] if rest else own
    return [listed]


def _whom(reason: Reason) -> Hashable:
    named = reason.whom
    return (reason.other_key, named) if named else None


def _record(reason: Reason) -> Hashable:
    return reason.record


def _window(reason: Reason) -> Hashable:
    return reason.window if grain_of(reason.window) else None


def months_of(window: str) -> int:
    """How many months a window is long; what names no window counts as one."""
    grain = grain_of(window)
    return MONTHS[grain] if grain else 1


@dataclass(frozen=True)
class _Told:
    """The members of a matter as one kind of reader is told them: on the screen, or in a letter."""

    members: Sequence[Reason]
    template: str
    text: Callable[[Reason], str]
    said: Callable[[Reason], dict[str, str]]
    word: Callable[[str], str]
    to: str
    same: str
    more: str

    def sentence(self) -> str:
        """All of them at once where that is true of each, else the first and how many more."""
        first = self.members[0]
        if not first.certain:
            texts = {self.text(one) for one in self.members}
            return texts.pop() if len(texts) == 1 else self._and_more()
        fields = set(re.findall(r"\{(\w+)\}", self.template))
        own = self.said(first)
        varied = {name for name in fields if self._differs(name, own[name])}
        if not varied:
            return f"{self.text(first)}（{self.same}{len(self.members)}处）"
        if not fields & _NUMBERS and len(varied) == 1:
            (name,) = varied
            told = self._windows() if name == "window" else self._names(name)
            if told:
                template = self.template
                if name == "window":
                    template = _A_YEAR.sub("{window}", template)
                return template.format_map(ChainMap({name: told}, own))
        return self._and_more()

    def _differs(self, name: str, word: str) -> bool:
        """Whether a word is not the same of all; of those alike in what it is made of, one is
        asked.
        """
        rests_on = sentences.RESTS_ON[name]
        alike = {getattr(one.suspicion, rests_on): one for one in self.members}
        return any(self.said(one)[name] != word for one in alike.values())

    def _and_more(self) -> str:
        """The first in full, then how many of the like, when, and of how many people."""
        members = self.members
        when = ""
        if any(days_of(one.window) for one in members):
            ends = [self.word(label) for label in (members[0].window, members[-1].window) if label]
            when = self.to.join(dict.fromkeys(ends))
        people = {one.other_key for one in members if one.other_key >= 0}
        who = (
            f"{len(people)}{'个党小组' if self.said(members[0])['group'] else '人'}"
            if len(people) > 1
            else ""
        )
        about = "，".join(filter(None, (when, who)))
        told = self.text(members[0]).rstrip("。")
        return f"{told}{self.more}{len(members)}处" + (f"（{about}）" if about else "")

    def _windows(self) -> str:
        """`2015年6月—2018年3月共34个月`, where the windows are of one length and none comes twice."""
        labels = [one.window for one in self.members]
        grains = {grain_of(label) for label in labels}
        grain = grains.pop() if len(grains) == 1 else None
        if grain is None or len(set(labels)) < len(labels) or not _PLAIN.match(self.template):
            return ""
        spans = [self._span(run[0], run[-1]) for run in runs(labels)]
        count = f"{len(labels)}{COUNTED[grain]}"
        if len(spans) > _NAMED:
            return f"{self._span(labels[0], labels[-1])}间有{count}"
        return f"{'、'.join(spans)}共{count}"

    def _span(self, first: str, last: str) -> str:
        return self.to.join(dict.fromkeys((self.word(first), self.word(last))))

    def _names(self, name: str) -> str:
        """`甲、乙、丙等9人`, where a sentence names one person and nobody twice."""
        if name not in _WHOM or self.template.count("{" + name + "}") != 1:
            return ""
        people = list(dict.fromkeys(_whom(one) for one in self.members))
        names = list(dict.fromkeys(self.said(one)[name] for one in self.members))
        if len(people) < len(self.members) or not all(names):
            return ""
        unit = "个党小组" if name == "group" else "人"
        told = "、".join(names[:_NAMED])
        return f"{told}{'等' if len(names) > _NAMED else ''}{len(self.members)}{unit}"


def _on_screen(members: Sequence[Reason], rule: Rule) -> _Told:
    text, said = attrgetter("text"), attrgetter("said")
    return _Told(members, rule.finding, text, said, in_words, "—", "相同的", "；同类的共")


def _in_letter(members: Sequence[Reason], rule: Rule) -> _Told:
    text, said = attrgetter("official"), attrgetter("officially")
    return _Told(members, rule.letter, text, said, formal.window, "至", "共", "，此类情况共")
