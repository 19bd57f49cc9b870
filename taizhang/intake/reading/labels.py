"""What documents call the fields of a ledger: its own labels, and words that can only mean one of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from taizhang.intake.reading.pieces import plain
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS

LONGEST = 10
"""A label is no longer than this."""


@lru_cache(maxsize=128)
def exact(slug: str) -> dict[str, str]:
    """Label, bare → name, as the kind says it itself."""
    return {plain(label): name for label, name in label_names(KINDS[slug]).items()}


def names(kind: LedgerKind, words: Iterable[str]) -> dict[str, str]:
    """Label → name: those that are known, and of the words those that can only be one of them in
    other words.

    谈话地点 is 地点, 内容 is 谈话内容 where no other field is called so; 时间 is the day; 主要谈话情况 is 谈话内容.
    """
    own = {plain(one.label): one.name for one in kind.fields()}
    words_ = list(words)
    every = {plain(word) for word in words_}
    known = _from_to(own.values(), every) | exact(kind.slug)
    silent = {_core(plain(word)) for word in kind.not_taken}
    known = _in_brackets(words_, known) | known
    for label in every - known.keys():
        if not 2 <= len(label) <= LONGEST or _core(label) in silent or _COUNTED.match(label):
            continue
        if label in ("时间", "日期"):
            name = kind.day if _has_one_day(kind) or kind.day in _EVENTS else ""
        else:
            name = _like(kind, label, own)
        if name:
            known[label] = name
    return known


def _in_brackets(words: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """组长（主持）: a label that nobody knows and that says in brackets what it asks."""
    every = {word.strip() for word in words}
    found = (
        (word, _IN_BRACKETS.fullmatch(word))
        for word in every
        if re.sub(r"[（(].*", "", word) not in every
    )
    return {
        plain(word): known[plain(inside[1])]
        for word, inside in found
        if inside and plain(inside[1]) in known
    }


def _like(kind: LedgerKind, label: str, own: Mapping[str, str]) -> str:
    """The one field that a label in other words can mean."""
    every = exact(kind.slug)
    for alike in (
        {name for other, name in every.items() if _core(other) == _core(label)},
        _longest({other: name for other, name in own.items() if _alike(label, other)}, label),
        _longest({other: name for other, name in every.items() if _ends(label, other)}, label),
        {name for other, name in every.items() if _letters(other) == _letters(label)},
        {
            name
            for other, name in every.items()
            if len(label) > _WORDS_OF
            and other.startswith(label)
            and _REST.fullmatch(other[len(label) :])
        },
        _both_of_two(label, every),
        _one_behind_another(label, every),
        _first_of_two(label, every),
        _same_ending(label, every),
    ):
        if alike:
            return alike.pop() if len(alike) == 1 else ""
    return ""


_WORDS_OF = 3
_REST = re.compile(r"文号|日期|时间|情况|事项|内容|意见|编号|名称|人数|结果|摘要|要点")
"""What a label may leave out: 上级批复 is 上级批复文号."""
_TWO = re.compile(r"([^与及和、/]{3,})[与及和、/]([^与及和、/]{2,})")
_ENDING = re.compile(
    r"措施|打算|合用|共用|用途|成效|效果|收获|体会|事由|缘由|进度|进展|结余|余额|设备|设施|方案|流程|依据|渠道|住址|地址|来源|途径|诉求|状况"
)
"""Words at the end of a label that say what it asks; values end otherwise."""


@lru_cache(maxsize=8192)
def _letters(label: str) -> str:
    """A label in any order of its words: 设施配备 is 配备设施."""
    return "".join(sorted(_core(label)))


def _both_of_two(label: str, every: Mapping[str, str]) -> set[str]:
    """进展和结果, where either asks the same: 进展情况 and 结果 are 完成情况."""
    found = _PAIR.fullmatch(label)
    cores: dict[str, set[str]] = {}
    for other, name in every.items() if found else ():
        cores.setdefault(_core(other), set()).add(name)
    each = [cores.get(_core(one), set()) for one in found.groups()] if found else []
    return each[0] if each and each[0] == each[1] and len(each[0]) == 1 else set()


def _one_behind_another(label: str, every: Mapping[str, str]) -> set[str]:
    """走访慰问情况, where 走访情况 and 慰问情况 ask the same."""
    cores: dict[str, set[str]] = {}
    for other, name in every.items() if len(label) > _WORDS_OF else ():
        cores.setdefault(_core(other), set()).add(name)
    own = _core(label)
    for at in range(2, len(own) - 1):
        first, second = cores.get(own[:at], set()), cores.get(own[at:], set())
        if first and first == second and len(first) == 1:
            return first
    return set()


_PAIR = re.compile(r"([^与及和、/]{2,})[与及和、/]([^与及和、/]{2,})")


def _first_of_two(label: str, every: Mapping[str, str]) -> set[str]:
    """学习要求与目标 is 学习要求, where nobody asks for the other."""
    found = _TWO.fullmatch(label)
    return {every[found[1]]} if found and found[1] in every and found[2] not in every else set()


def _same_ending(label: str, every: Mapping[str, str]) -> set[str]:
    """The field of which several labels, and no other's, end as this one does: 处理措施, 改进措施, 帮扶措施."""
    end = label[-2:]
    alike = [name for other, name in every.items() if other.endswith(end)]
    return set(alike) if len(alike) >= _SEVERAL and _ENDING.fullmatch(end) else set()


_SEVERAL = 3
_IN_BRACKETS = re.compile(r"[^（()）]{2,8}[（(]([^（()）]{2,8})[)）]\s*[：:]?")
_FROM_TO = {
    "起止时间",
    "起止月份",
    "起止年月",
    "起止",
    "起讫年月",
    "期间",
    "时段",
    "任期",
    "任期起止",
    "任职期间",
    "任职起止",
    "起讫时间",
    "起止日期",
    "时间段",
    "使用时间段",
    "活动时间段",
    "活动起止时间",
    "使用起止时间",
}
_FROM_TO_OF = re.compile(r".{2,4}(?:起止|起讫)(?:时间|日期|月份|年月)?")
_BEGINS = ("starts_at", "from_on", "from_month", "started_on", "valid_from")
"""The fields for the beginning of what one cell says from when to when."""
_COUNTED = re.compile(r"第|\d")
"""第一党小组 is one of several, and no label."""
_WORDS = (("缴", "交"), ("时间", "日期"), ("方式", "形式"), ("状况", "情况"), ("类型", "类别"), ("其它", "其他"), ("年月日", "日期"), ("年月", "日期"), ("月份", "月"), ("人员", "人"), ("党员姓名", "姓名"), ("及", ""), ("和", ""), ("与", ""), ("、", ""), ("/", ""))  # fmt: skip
"""Words for the same thing, and those that join two."""
_PADS = re.compile(
    r"^是否|其中|本次|具体|主要|简要|详细|基本|何时$|(?:情况|记录|摘要|摘录|摘记|要点|概况|简介|简述|概述|名单)+$"
)


@lru_cache(maxsize=8192)
def _core(label: str) -> str:
    """What a label asks, without the words that every other form says differently."""
    for one, other in _WORDS:
        label = label.replace(one, other)
    bare = _PADS.sub("", label)
    return bare if len(bare) > 1 else label


def _from_to(fields: Iterable[str], labels: set[str]) -> dict[str, str]:
    """Labels of cells that say from when to when → the field for the beginning, where the ledger
    has one.
    """
    begins = next((one for one in _BEGINS if one in set(fields)), "")
    if not begins:
        return {}
    return dict.fromkeys({*_FROM_TO, *filter(_FROM_TO_OF.fullmatch, labels)}, begins)


def _longest(alike: Mapping[str, str], label: str) -> set[str]:
    """Of labels that one ends with the longest: 互评基本合格票 is 基本合格票, and no 合格票."""
    ends = [other for other in alike if label.endswith(other)]
    best = max(ends, key=len, default="")
    return {name for other, name in alike.items() if other not in ends or other == best}


_EVENTS = ("held_on", "used_on", "pushed_on", "spent_on")
"""The day of something that happened on one, whatever other days are told of it."""


def _has_one_day(kind: LedgerKind) -> bool:
    """Whether a bare 时间 can only be the day: of a kind with many days (入党, 转正, 进入) it says too
    little.
    """
    days = [one for one in kind.fields() if one.kind == "date"]
    needed = [one.name for one in days if one.required]
    return len(days) <= 2 and needed == [kind.day]


def _alike(label: str, other: str) -> bool:
    return len(other) > 1 and (label.endswith(other) or other.endswith(label))


_SAYS_LITTLE = re.compile(
    r".*(?:记录|情况|出席|请假|缺席|列席|结论|名称|主题|类型|类别|时间|日期|发言|身份|参加|总结|要求|说明|人数|编号|结果|依据|原因|对象|范围|党小组)"
)


def _ends(label: str, other: str) -> bool:
    """A label with more words before one that says enough by itself."""
    long = len(other) > _SHORT and not _SAYS_LITTLE.fullmatch(other)
    return label.endswith(other) and (long or other in _ENOUGH)


_SHORT = 2
_ENOUGH = {"事由", "用途", "内容", "地点", "金额", "职务", "成效", "效果"}
