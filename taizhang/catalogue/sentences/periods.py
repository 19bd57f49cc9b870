"""The ways in which a sentence names a period of ours and counts in it: units and forms of speech
as data, joined here.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from taizhang.kernel.calendar import Grain

_ONE = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
TIMES = (
    rf"(?P<n>{_ONE})(?:[-—–~～至到或、](?P<m>{_ONE}))?个?(?:次|半天|场|回|堂|期|篇|份|轮|批|讲|套|遍|件|条(?!例|件)|"
    r"课(?!时)|记(?!录)|[开会](?=[，。；、?？]|$)|[本册](?=(?:及?以上)?(?:$|[，。；、)?？/每])|(?:学习|读书)?笔记))"
    r"(?P<up>以上|及以上)?"
)
COUNT = re.compile(TIMES)
DONE = r"[换评交缴收上公核讲课开会记排查访谈议考汇更]"
"""What is said behind 一 in 一年一评, 一月一交."""
_ONCE = rf"(?=一(?:{DONE}|主题))"
_NEVER = r"(?=[^，。；]{0,4}(?:未|没|不))"
"""`一年内没有讲过` asks for one in the year."""
_FEW = r"(?=[^，。；]{0,10}[一1两2](?:次|轮|遍|场))"
_OWED = r"(?=(?:每[组人名])?(?:应|须|至少|不少于|不低于))"
"""`本季度应有3次`: a sheet of one window asks the same of each."""
_NEXT = r"(?=(?:至少|不少于|一般)?(?:召开|开展|上)?[一1两2][次堂开会课记])"


@dataclass(frozen=True)
class _Unit:
    """A unit of time: `long` as it is written out, `twice` the sign that is doubled (月月)."""

    grain: Grain
    long: str
    twice: str
    alone: tuple[str, ...]
    """Forms that only this one has, or has only beside other words."""


_UNITS = (
    _Unit(
        "half",
        r"半年(?:度)?|学期|(?:6|六)个月(?=[^，。；]{0,8}[一1]次)",
        "",
        (
            rf"本(?:学期|半年(?:度)?){_OWED}",
            rf"(?<!上)(?<!下)(?<!前)(?<!后)半年{_FEW}",
            r"(?:一|1)(?:个)?学期",
            r"上(?:半年)?[、和]?下半年(?=各)",
            r"(?:6|六)个月(?=[^，。；]{0,8}[一1]次)",
            rf"半年{_ONCE}",
            r"(?<![上下前后近每])半年(?:度)?(?=召开|开展|公[开布示]|更新)",
        ),
    ),
    _Unit(
        "quarter",
        r"季(?:度)?|(?:3|三)个月(?=[^，。；]{0,8}[一1]次)",
        "季",
        (
            rf"本季度?{_OWED}",
            r"(?:3|三)个月(?=[^，。；]{0,8}[一1]次)",
            rf"(?<![第每个上下本当一二三四\d])季度(?:{_NEXT}|(?=召开|开展|公开|更新|公示))",
            rf"(?<![第\d])(?:一|1)个?季度?(?:{_NEXT}|{_ONCE}|(?:内|之内)?{_NEVER})",
        ),
    ),
    _Unit(
        "month",
        r"月(?:份|度)?",
        "月",
        (
            rf"本月{_OWED}",
            rf"(?<![\d一二三四五六七八九十个半])(?:一|1)个?月(?:{_NEXT}|{_ONCE})",
            r"(?<![上下本当])月度(?=召开|开展|活动|公开|更新|公示|收缴|交纳|缴纳|集中)",
        ),
    ),
    _Unit(
        "year",
        r"(?:学)?年(?:度)?",
        "年",
        (
            rf"本年(?:度)?{_OWED}",
            r"全年",
            rf"当年{_NEVER}",
            r"年度内",
            rf"(?<![\d同近上下前后第])(?:一|1)(?:学)?年(?:内|中|度)?(?:(?=[^，。；]{{0,8}}[次回])|{_ONCE}|{_NEVER})",
            r"(?<![\d近当今往])年内",
            r"(?<![每半本当上下同近后前\d一])年度(?:(?=(?:至少|不少于)?[一1两2]次)|(?=召开|开展|核定(?!表|统计|标准)|公[示布开]|排查))",
        ),
    ),
)
_NO_WINDOW = (
    r"每(?:[两四5-9五七八九24]|隔\w)个?(?:月|年|季度)|每(?:三|3)年|每(?:\d+|半)?(?:个)?(?:周|星期|日|天|旬|次会|双月)"
    r"|每半个?月|(?<![年季半])半个?月(?=[一1两2]次)|(?:逢)?[单双]月|隔月"
)
"""What is no month, quarter, half or year: nothing is counted by it."""


def _pattern(unit: _Unit) -> str:
    each = rf"(?:每(?:个|一|1)?|[按逐])(?:{unit.long})"
    forms = [each, *([unit.twice * 2] if unit.twice else []), *unit.alone]
    return "|".join(forms)


_GRAINS: tuple[tuple[str, Grain | None], ...] = (
    (_NO_WINDOW, None),
    *((_pattern(unit), unit.grain) for unit in _UNITS),
)
WINDOW = re.compile("|".join(f"(?P<w{n}>{pattern})" for n, (pattern, _) in enumerate(_GRAINS)))
BEHIND = re.compile(
    rf"{TIMES}[/每](?:一|个|人[·.・/])?(?P<of>月|季度?|半年|学期|学?年)(?:[·.・/]人)?"
)
_OF: dict[str, Grain] = {"月": "month", "季": "quarter", "半": "half", "学期": "half"}
ALONE = re.compile(
    r"(?<![元时人分度次天\d])/(?:每)?(?P<of>月|季度?|半年|学期|学?年)(?=$|[，。；、)）])"
)
"""`党员大会/季度`: once, where nothing is counted."""
_DATE = (
    r"(?:\d{1,2}月(?:份|底|末|初|\d{1,2}[日号]|[上中下]旬)?|第[一二三四1-4]个?(?:周|星期|季度)|\d{1,2}[日号]|[上中下]旬|"
    r"上半年|下半年|学期初|学期末)"
)
_DATES = re.compile(rf"{_DATE}(?:[、和及与]{_DATE})+(?=[^，。；]{{0,4}}各)")
_MONTHS = re.compile(r"\d{1,2}月(?:份|底|末|初)?(?:[、和及与]\d{1,2}月(?:份|底|末|初)?)+")
_DAYS = re.compile(r"\d{1,2}[日号](?:[、和及与]\d{1,2}[日号])+")
_FAR = 3
_SINGLE = re.compile(_DATE)
_ONCE_DONE = re.compile(rf"一(?:{DONE}|主题)")
_ON_A_DAY = re.compile(
    r"\d{1,2}[日号](?:以前|之前|前)(?=$|[，。；、])|(?:首月|[上中下]旬|[末底初]|\d{1,2}月(?:份|底|末|初)?(?:[、"
    r"和及与]\d{1,2}月(?:份|底|末|初)?)*)(?=$|[，。；)])|的?(?:第[一二三四五1-5]个?(?:周|星期)(?:[一二三四五六日])?|"
    r"最后一个?(?:周|星期)(?:[一二三四五六日])?|\d{1,2}[日号](?![至到—-]|以?前|之前))"
)


def grain_of(window: re.Match[str]) -> Grain | None:
    """The window that was named; None for a period that is none of ours."""
    return _GRAINS[int(str(window.lastgroup)[1:])][1]


def grain_behind(of: str) -> Grain:
    """`次／月`: the unit behind the count."""
    return _OF.get(of, _OF.get(of[0], "year"))


def is_doubled(window: str) -> bool:
    """`月月`: it is done in every one of them, without a count or a verb."""
    return len(window) == 2 and window[0] == window[1]


def once(text: str, end: int) -> re.Match[str] | None:
    """`一年一评`, `每月一主题`: what is done once, without a word that counts."""
    return _ONCE_DONE.match(text, end)


def on_a_day(text: str, end: int) -> re.Match[str] | None:
    """`每月第一个星期五`: one day of each window is named."""
    return _ON_A_DAY.match(text, end)


def dates_of(text: str, start: int, end: int) -> re.Match[str] | None:
    """`6月、12月各`: dates that share what is said behind them."""
    return _DATES.search(text, start, end)


def far_apart(text: str, end: int, every: Grain) -> int:
    """`每年6月和12月考察`: once on each of the dates, where they lie so far apart that no one time is
    meant.
    """
    lists = {"year": _MONTHS, "month": _DAYS}
    named = lists[every].match(text, end) if every in lists else None
    dates = [int(one) for one in re.findall(r"\d+", named[0])] if named else []
    far = all(b - a >= _FAR for a, b in itertools.pairwise(dates))
    return len(dates) if dates and far else 1


def how_many(dates: str) -> int:
    """How many such dates there are."""
    return len(_SINGLE.findall(dates))
