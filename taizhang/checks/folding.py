"""One fact is one line: suspicions of the same rule are folded to one matter with its extent, the gravest first (ADR 0026).

Of one person, one record or one window, where it has three or more of them: that is the matter. A sentence for all
of them is made from the rule's own template only where it is true of each; else the first is said in full, and how many
more of the like there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from taizhang.checks.records import missing
from taizhang.kernel.calendar import MONTHS, Grain, days_of, grain_of, in_words
from taizhang.rules.base import Rule

if TYPE_CHECKING:
    from taizhang.checks.queries import Reason

GRAVITY = ("error", "warn", "unsure", "info")
ALONE = 3
"""So many of one person, record or window are a matter of its own,"""
MOST_ALONE = 3
"""unless there are more such matters of one rule than these: then the rule is the matter."""
_NAMED = 3
"""So many people are named."""
_NUMBERS = {"found", "wanted", "found_yuan", "wanted_yuan", "apart"}
_WHOM = ("person", "whose", "group")
_PLAIN = re.compile(r"^(\{(?:person|whose|group)\})?\{window\}(?![起止前后内时的至])")
"""Where a window stands alone at the head of a sentence, as many may stand as one: the rest is true of each."""
_A_YEAR = re.compile(r"\{window\}年?度")
"""`2016年度`, of which there may be three: `2016年—2018年共3年`."""
_COUNTED: dict[Grain, str] = {
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}


@dataclass(frozen=True)
class Matter:
    """What is to be said once: one suspicion, or all that are one matter."""

    members: tuple[Reason, ...]
    rule: Rule

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

    @cached_property
    def text(self) -> str:
        """The sentence with its extent."""
        return self.first.text if self.n == 1 else _sentence(self.members, self.rule)

    @cached_property
    def order(self) -> tuple[int, bool, int, int]:
        """The grave before the slight, what is missing before what is amiss, the long before the short, many before few."""
        months = sum(_months(window) for window in {reason.window for reason in self.members})
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
    """Those of one rule, by whom, by record, or by window, whichever gives few matters first; the rest is one."""
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
    said = reason.said
    named = next((said[name] for name in _WHOM if said.get(name)), None)
    return (reason.other_key, named) if named else None


def _record(reason: Reason) -> Hashable:
    return reason.record


def _window(reason: Reason) -> Hashable:
    return reason.window if grain_of(reason.window) else None


def _months(window: str) -> int:
    grain = grain_of(window)
    return MONTHS[grain] if grain else 1


def _sentence(members: Sequence[Reason], rule: Rule) -> str:
    first = members[0]
    if not first.certain:
        return first.text if len({one.text for one in members}) == 1 else _and_more(members)
    template = rule.finding
    fields = set(re.findall(r"\{(\w+)\}", template))
    varied = {name for name in fields if len({one.said[name] for one in members}) > 1}
    if not varied:
        return f"{first.text}（相同的{len(members)}处）"
    if not fields & _NUMBERS and len(varied) == 1:
        (name,) = varied
        told = _windows(members, template) if name == "window" else _names(members, name, template)
        if told:
            if name == "window":
                template = _A_YEAR.sub("{window}", template)
            return template.format(**{**first.said, name: told})
    return _and_more(members)


def _and_more(members: Sequence[Reason]) -> str:
    """The first in full, then how many of the like, when, and of how many people."""
    spans = [span for one in members if (span := days_of(one.window))]
    when = ""
    if spans:
        ends = [in_words(label) for label in (members[0].window, members[-1].window) if label]
        when = "—".join(dict.fromkeys(ends))
    people = {one.other_key for one in members if one.other_key >= 0}
    who = (
        f"{len(people)}{'个党小组' if members[0].said.get('group') else '人'}"
        if len(people) > 1
        else ""
    )
    about = "，".join(filter(None, (when, who)))
    told = members[0].text.rstrip("。")
    return f"{told}；同类的共{len(members)}处" + (f"（{about}）" if about else "")


def _windows(members: Sequence[Reason], template: str) -> str:
    """`2015年6月—2018年3月共34个月`, where the windows are of one length and none comes twice."""
    labels = [one.window for one in members]
    grains = {grain_of(label) for label in labels}
    grain = grains.pop() if len(grains) == 1 else None
    if grain is None or len(set(labels)) < len(labels) or not _PLAIN.match(template):
        return ""
    runs = _runs(labels, grain)
    spans = [
        in_words(run[0]) if len(run) == 1 else f"{in_words(run[0])}—{in_words(run[-1])}"
        for run in runs
    ]
    count = f"{len(labels)}{_COUNTED[grain]}"
    if len(spans) > _NAMED:
        return f"{in_words(labels[0])}—{in_words(labels[-1])}间有{count}"
    return f"{'、'.join(spans)}共{count}"


def _runs(labels: Sequence[str], grain: Grain) -> list[list[str]]:
    """Windows that follow one another."""
    found: list[list[str]] = []
    at = None
    for label in labels:
        span = days_of(label)
        here = (span[0].year * 12 + span[0].month - 1) // MONTHS[grain] if span else None
        if at is not None and here == at + 1:
            found[-1].append(label)
        else:
            found.append([label])
        at = here
    return found


def _names(members: Sequence[Reason], name: str, template: str) -> str:
    """`甲、乙、丙等9人`, where a sentence names one person and nobody twice."""
    if name not in _WHOM or template.count("{" + name + "}") != 1:
        return ""
    people = list(dict.fromkeys(_whom(one) for one in members))
    names = list(dict.fromkeys(one.said[name] for one in members))
    if len(people) < len(members) or not all(names):
        return ""
    unit = "个党小组" if name == "group" else "人"
    told = "、".join(names[:_NAMED])
    return f"{told}{'等' if len(names) > _NAMED else ''}{len(members)}{unit}"
