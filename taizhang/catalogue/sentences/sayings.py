"""Where a sentence says how often: a window with its count, or with a verb, in which case once is
meant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.catalogue.matching.hits import find
from taizhang.catalogue.sentences import periods
from taizhang.catalogue.sentences.periods import COUNT, WINDOW
from taizhang.kernel.calendar import Grain
from taizhang.kernel.text import chinese_number

_AT_MOST = re.compile(r"(?:不得?超过|不多于|不得多于|至多|最多|控制在|不大于|≤|<=)[^，。；]{0,4}$")
_SHORT_BY = re.compile(
    r"(?<![至不])(?:少|缺|漏|未|没有?)(?:召开|开展|组织|开|讲|上|做|交|谈|学|报|搞|办)?了?$"
)
"""`每月少1次扣1分`: by how much it falls short, and not how much is asked."""
_MORE_THAN = re.compile(r"(?<!不)(?<!不得)(?:超过|多于|大于|>)[^，。；]{0,2}$")
_VERB = re.compile(
    r"召开|开展|(?:都|均|应)开|开[讲课]|清(?=[，。；、]|$)|组织|举行|举办|进行|[开上讲](?:展|过|了)?(?:一次)?(?=党课|支|党小组)|参加|"
    r"更新|覆盖|公[开示布]|[缴交收](?:[纳清齐]|(?=党费))|(?<=[月季年度])[收缴交](?=$|[，。；、?])|收缴|收交|核定|列入|帮扶|(?:主动|按时|"
    r"及时|足额|自觉)[缴交]|(?:确定|选定|选择)(?=其中?[一1]天|[一1]天)|制[定订]|编制|固定|填写|登记|收取|列出|"
    r"撰写|提交|递交|汇报|考察|排查|[推报]送|评议|走访|活动(?=方案|记录|资料|照片)|会议(?=记录|资料)|安排|集中|[应要都均]有|有(?=[^，。；"
    r"]{0,8}(?:计划|预算))|学习|上[缴交解]|汇缴|谈心|谈话(?!记录|台账|登记|提纲|制度|内容|情况|对象)"
)
_BEGUN = re.compile(
    r"不少于|至少|不低于|^(?:并|同时|再)?(?:召开|开展|组织|举行|进行|撰写|提交|形成)"
)
"""What a clause with a count has, or begins with, that goes on with the window of the
one before.
"""
_SPEAKER = re.compile(r"(?:其中[^，。；]{0,6}?)?(?:由)?(?:党)?(?:支部|党组织)?书记")
"""A clause that begins with who does it goes on with what the sentence is about."""
_EACH = re.compile(r"(?:党员)?每(?:名|位|个)?(?:党员|人)|(?:党员)?人均")
"""So does one that says how often each of them does."""
BOOKS = re.compile(r"[本册](?:及?以上)?(?=$|[/每])")
"""`每人每年一本`: what is written in through a year, and no doing."""
LIST = re.compile(r"^(?:、|和|及|与|以及|或|/|,)?(?:[一1](?:次|堂|场))?$")
_MEASURED = re.compile(
    r"(?<![扣加得减记计.\d])(?<!固定)(?<!确定)(?<!选定)(?<!明确)(?<!安排)(?:\d+|[二两三四五六七八九十]+)个?(?!分\))(?:学时|"
    r"小时|课时|分|天|元|%|人|字|名|户|家|对|项|本)|\d+个月|[一二两三四五六七八九十\d]+[万千百]字"
)
_ASKED_FOR = re.compile("几[次回场堂篇]|多少|多久")
"""`一年开几次`: whoever asks how often does not say it."""
_OF_A_YEAR = re.compile(
    r"(?<=全年)[^，。；、一二三四五六七八九十\d]{0,6}(?:标准|总额|数额|计划|任务|目标)"
)
"""`核定全年党费标准` says what is fixed, and not that it is done every year."""
_OWN = re.compile(r"其中|每|首次|连续|第")
END = "。；！？!?"


@dataclass(frozen=True)
class Said:
    """A window with its count in a plain text; the clause it stands in reaches from `left` to
    `right`.
    """

    every: Grain
    at_least: int
    start: int
    end: int
    left: int
    right: int


def _behind(text: str) -> Iterator[tuple[re.Match[str], list[Said]]]:
    """`4次/年`, `党员大会/季度`: windows that stand behind a stroke, each with what is said by it."""
    end = 0
    found = sorted(
        [*periods.BEHIND.finditer(text), *periods.ALONE.finditer(text)], key=re.Match.start
    )
    for at, one in enumerate(found):
        if one.start() < end:
            continue
        end = one.end()
        every = periods.grain_behind(one["of"])
        counted = one.re is periods.BEHIND
        number = number_of(one, text) if counted else 1
        said = []
        if number and not _AT_MOST.search(text[: one.start()]):
            left, right = left_of(text, one.start()), right_of(text, end)
            said.append(Said(every, number, one.start(), end, left, right))
        after = next((more.start() for more in found[at + 1 :] if more.start() >= end), len(text))
        window = WINDOW.search(text, end)
        after = min(after, window.start()) if window else after
        more = _gone_on(text, one.start(), every, after, number) if counted else ()
        yield one, [*said, *more]


def sayings(text: str) -> Iterator[Said]:
    """Every window with a count, or with a verb, in which case once is meant."""
    taken: list[tuple[int, int]] = []
    for found, said_of in _behind(text):
        taken.append(found.span())
        yield from said_of
    windows = [
        w for w in WINDOW.finditer(text) if all(w.end() <= a or w.start() >= b for a, b in taken)
    ]
    yield from _on_dates(text, windows)
    windows = _told_apart(text, windows)
    for at, window in enumerate(windows):
        every_ = periods.grain_of(window)
        after = windows[at + 1].start() if at + 1 < len(windows) else len(text)
        excepted = bool(at) and _is_exception(text, windows[at - 1].end(), window.start())
        every_ = None if excepted else every_
        said = _counted(text, window, every_, after) if every_ else None
        if said is not None:
            before = windows[at - 1].end() if at else 0
            before = window.start() if text[: window.start()].endswith("、") else before
            yield Said(
                said.every, said.at_least, said.start, said.end, max(said.left, before), said.right
            )
        if every_:
            most = said.at_least if said else 0
            yield from _gone_on(text, window.start(), every_, after, most)


def _is_exception(text: str, before: int, start: int) -> bool:
    """`每季度一次（施工单位半年一次）`: who stands in brackets behind a window does it otherwise than all."""
    bracket = re.search(r"^[^。；()]*\((?P<who>[^()。；]{2,})$", text[before:start])
    return bracket is not None and not find(bracket["who"])


def _told_apart(text: str, windows: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without those that are only listed (`按月、按季召开`): which of several is done when, the order
    alone would tell.
    """
    pairs = itertools.pairwise(windows)
    listed = [p for p in pairs if LIST.fullmatch(text[p[0].end() : p[1].start()])]
    return [one for one in windows if not any(one in pair for pair in listed)]


def _on_dates(text: str, windows: list[re.Match[str]]) -> Iterator[Said]:
    """`3月、9月各公开一次` without a window is so often in a year."""
    dates = periods.dates_of(text, 0, len(text))
    if dates is None or any(
        left_of(text, w.start()) == left_of(text, dates.start()) for w in windows
    ):
        return
    right = right_of(text, dates.end())
    count = COUNT.search(text, dates.end(), right)
    if count:
        number = number_of(count, text) * periods.how_many(dates[0])
        yield Said("year", number, dates.start(), count.end(), left_of(text, dates.start()), right)


def _gone_on(text: str, start: int, every: Grain, after: int, most: int) -> Iterator[Said]:
    """A later clause of the same sentence with a count and a name of its own, but no window: the
    window still holds, unless it asks for more than there are (`每季度1次，其中书记不少于2次`).
    """
    at = right_of(text, start)
    while text[at : at + 1] == "，" and at + 1 < after:
        left, at = at + 1, min(right_of(text, at + 1), after)
        count = COUNT.search(text, left, at)
        if count is None or not _is_new(text, left, at, count.start()) or BOOKS.search(count[0]):
            continue
        number = number_of(count, text)
        if not (most and number > most and text.startswith("其中", left)):
            yield Said(every, number, start, count.end(), left, at)


def _is_new(text: str, left: int, right: int, count: int) -> bool:
    """Whether the clause asks for something of its own; 其中 only says who does some of it."""
    clause = text[left:right]
    if ordinal(text, count) or _AT_MOST.search(text[:count]):
        return False
    if _SPEAKER.match(clause) or _EACH.match(clause):
        return bool(_BEGUN.search(clause)) or clause.startswith("其中")
    return not _OWN.match(clause) and _fresh(text, left, right, count) and bool(find(clause))


def _fresh(text: str, left: int, right: int, count: int) -> bool:
    """`并开展1次…`, `评议党员一次`: a clause of its own, and no remark on the one before."""
    named = any(hit.start == 0 and hit.end == count - left for hit in find(text[left:count]))
    return named or bool(_BEGUN.search(text[left:right]))


def _counted(text: str, window: re.Match[str], every: Grain, after: int) -> Said | None:
    start, end = window.span()
    right = min(right_of(text, end + (text[end : end + 1] == "，")), after)
    count = next(
        (c for c in COUNT.finditer(text, end, right) if not ordinal(text, c.start())), None
    ) or _led_to(text, right)
    if count is None:
        return _uncounted(text, window, every, right, after)
    dates = periods.dates_of(text, end, count.start())
    number = number_of(count, text) * (periods.how_many(dates[0]) if dates else 1)
    before = text[end : count.start()]
    if not number or _AT_MOST.search(before) or _SHORT_BY.search(before):
        return None
    return Said(every, number, start, count.end(), left_of(text, start), max(right, count.end()))


def _led_to(text: str, right: int) -> re.Match[str] | None:
    """`每月召开支委会，不少于一次`: the count behind the next comma, with nothing of its own before it."""
    if text[right : right + 1] != "，":
        return None
    lead = COUNT.search(text, right, right_of(text, right + 1))
    plain = lead and re.fullmatch(
        r"，(?:每次)?(?:至少|不少于|一般|应|不低于)*", text[right : lead.start()]
    )
    return lead if plain else None


def _uncounted(
    text: str, window: re.Match[str], every: Grain, right: int, after: int
) -> Said | None:
    """Once in every window: because the form says so, or because a verb does."""
    start, end = window.span()
    left = left_of(text, start)
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return Said(every, 1, start, end, left, end)
    if done := periods.once(text, end) or periods.on_a_day(text, end):
        often = periods.far_apart(text, end, every)
        return Said(every, often, start, done.end(), left, right)
    if periods.is_doubled(window[0]):
        return Said(every, 1, start, end, left, right)
    if each := _each(text, end, after):
        return Said(every, each, start, end, left, end)
    part = text.find("、", end, right)
    verb = _VERB.search(text, end, right if part < 0 else part)
    asks = verb or _VERB.search(text, left, start) or _VERB.search(text, end, right)
    if not asks or _says_no_often(text, end, right):
        return None
    often = periods.far_apart(text, end, every)
    return Said(every, often, start, verb.end() if verb else end, left, right)


def _says_no_often(text: str, end: int, right: int) -> bool:
    return (
        bool(_MEASURED.search(text[end:right]) or _ASKED_FOR.search(text[end:right]))
        or _is_noun(text, end)
        or _deadline(text, end, right)
    )


def _each(text: str, end: int, after: int) -> int:
    """`甲每季度、乙每月各召开一次`: the number that stands once behind a list of windows, 1 for a verb alone,
    else 0.
    """
    if text[end : end + 1] != "、" or after >= len(text):
        return 0
    right = right_of(text, end)
    count = COUNT.search(text, end, right)
    part = text[end : count.start() if count else right]
    if not (re.search(r"各(?:自)?[^，。；、]{0,6}$", part) or _is_pairs(part)):
        return 0
    return number_of(count, text) if count else int(bool(_VERB.search(part)))


def _is_pairs(text: str) -> bool:
    """`党员大会每季度、支委会每月、党小组会每月召开1次`: each name with its window, and the count behind the last."""
    pairs = text.removeprefix("、").split("、")
    return all(
        (window := WINDOW.search(pair))
        and find(pair[: window.start()])
        and (pair is pairs[-1] or window.end() == len(pair))
        for pair in pairs
    )


def at_most(text: str, at: int) -> bool:
    """`不超过3次`: the count at a place bounds from above."""
    return bool(_AT_MOST.search(text[:at]))


def ordinal(text: str, at: int) -> bool:
    """`第一次`, `每次`: what stands at a place counts nothing."""
    return text[at - 1 : at] in ("第", "每", "同", "另")


def _is_noun(text: str, end: int) -> bool:
    """`每年的计划`, `每年发展党员的计划` name a thing, and say nothing of how often."""
    if _OF_A_YEAR.match(text, end):
        return True
    return bool(re.match(r"的(?!第)", text[end:])) or bool(
        re.match(r"[^，。；]{1,8}的(?:计划|名单|情况|工作)", text[end:])
    )


def _deadline(text: str, end: int, right: int) -> bool:
    """What is to be handed in by a day is no meeting."""
    part = text[end:right]
    return bool(
        re.search(r"(?:前|底前|以前|之前)", part)
        and re.search(r"上报|报送|报备|完成(?!党费|收缴)|报", part)
    )


def number_of(found: re.Match[str], text: str) -> int:
    number = chinese_number(found["n"]) or 0
    if len(found["n"]) == 2 and found["n"] in ("一两", "一二", "两三", "二三", "三四", "三五"):
        number = chinese_number(found["n"][0]) or 0
    return number + 1 if number and _MORE_THAN.search(text[: found.start()]) else number


def left_of(text: str, at: int) -> int:
    """Where the clause begins; what stands before a colon names its subject."""
    return max((text.rfind(sign, 0, at) + 1 for sign in END + "，"), default=0)


def right_of(text: str, at: int) -> int:
    return min(
        (place for sign in END + "，" if (place := text.find(sign, at)) >= 0), default=len(text)
    )
