"""What a circular without names tells: what the fault is, and no detail by which a unit could be
told.

Of many units the year or the month stays; a day, a sum or a document is known to be of just these,
so it never does.
"""

from __future__ import annotations

import re
from functools import partial

MANY = 3
"""A year or a month that so many units have in common belongs to none of them."""
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|‘[^‘’]*’|「[^「」]*」")
_INSTEAD = {"“": "“某内容”", "《": "《某文件》", "‘": "“某内容”", "「": "“某内容”"}
_YEAR = r"(?<![0-9.,])[12][0-9]{3}"
_YEARS = (
    rf"(?:{_YEAR}|[〇零一二三四五六七八九十]{{4}})(?:\s*[-—~～至]\s*[0-9]{{2,4}})?\s*(?:学年|年)"
)
_TIMES: tuple[tuple[str, str], ...] = (
    (r"[^\s“”《》。，；：、（）]{0,8}〔[0-9]{4}〕\s*(?:第?[0-9]+)?号?", "某文件"),
    (rf"(?:{_YEARS}度?)?[0-9]{{1,2}}\s*月\s*[0-9]{{1,2}}\s*[日号]", "某日"),
    (rf"{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}", "某日"),
    (rf"(?:{_YEARS}度?)?第?[一二三四1-4](?:个)?季度", "某季度"),
    (rf"{_YEARS}[上下]半年", "某半年"),
    (rf"(?:{_YEARS}度?)?[0-9]{{1,2}}\s*月份?", "某月"),
    (rf"{_YEAR}[-./][0-9]{{1,2}}(?![0-9元万])", "某月"),
    (rf"{_YEARS}度?", "某年"),
    (r"[0-9]{1,2}\s*日", "某日"),
    (r"(?:上午|中午|下午|晚上)?[0-9]{1,2}\s*[:：时点]\s*[0-9]{0,2}分?", "某时"),
)
_DAYS: tuple[tuple[str, str], ...] = (
    (r"[^\s“”《》。，；：、（）]{0,8}〔[0-9]{4}〕\s*(?:第?[0-9]+)?号?", "某文件"),
    (rf"({_YEAR})\s*年度?[0-9]{{1,2}}\s*月\s*[0-9]{{1,2}}\s*[日号]", r"\1年"),
    (rf"({_YEAR})[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}", r"\1年"),
    (r"[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号]", "某日"),
    (r"(?<![0-9年月])[0-9]{1,2}\s*日", "某日"),
    (r"(?:上午|中午|下午|晚上)?[0-9]{1,2}\s*[:：时点]\s*[0-9]{0,2}分?", "某时"),
)
_NOTHING = re.compile("(?!)")
_OF_MANY = re.compile(
    rf"{_YEARS}(?:[上下]半年|第?[一二三四1-4](?:个)?季度|[0-9]{{1,2}}\s*月份?)?(?:[、和至][0-9]{{1,2}}\s*月份?)*"
    r"|(?<![0-9.,])[0-9]{1,2}(?=[次项条篇])"
)
"""No closer than a month, and how often: of many units it is told."""
_RUN = re.compile(r"(某(?:日|月|季度|半年|年|时))(?:[、，至到—~～和及与-]\1)+")
_GROUP = re.compile(r"第[0-9一二三四五六七八九十]+(?=党小组|党支部|支部|小组)")
_PEOPLE = re.compile(r"[二两三四五六七八九十百]+(?:余|多)?(?=[名位]|人(?![民大]))")
_NAMED = re.compile(r"(?=[A-Za-z_.-]*[0-9])[A-Za-z][A-Za-z0-9_.-]{2,}")
_ORDINAL = re.compile(r"第[0-9]+")
_NUMBER = re.compile(r"[0-9](?:[0-9,.]*[0-9])?(?:\s*(?P<unit>[%‰]|[\u4e00-\u9fff]))?")


class Blur:
    """Texts without their details; what the requirements say themselves is no detail of a unit."""

    def __init__(self, common: str) -> None:
        """`common`: the words that are the same for every unit."""
        self._common = common

    def over(self, text: str) -> str:
        """The text with 某 and 若干 for its days, sums, numbers, and for what it quotes."""
        return self._without(text, _TIMES, _NOTHING)

    def of_few(self, text: str) -> str:
        """The same as people write it: what is only a place left open is left out."""
        return _written(self.over(text))

    def of_many(self, text: str) -> str:
        """The text with its years and months, and with how often; a day is its year, and no other
        detail is left.
        """
        return _written(self._without(text, _DAYS, _OF_MANY))

    def _without(
        self, text: str, times: tuple[tuple[str, str], ...], stays: re.Pattern[str]
    ) -> str:
        kept: list[str] = []
        plain = _QUOTED.sub(lambda found: self._quoted(found[0], kept), text)
        for pattern, instead in times:
            plain = re.sub(pattern, instead, plain)
        plain = stays.sub(lambda found: _hold(found[0], kept), plain)
        plain = _RUN.sub(r"\1", plain)
        plain = _GROUP.sub("某", plain)
        plain = _PEOPLE.sub("若干", plain)
        plain = _NAMED.sub("某文件", plain)
        plain = _ORDINAL.sub("某", plain)
        plain = _NUMBER.sub(self._number, plain)
        return _KEPT.sub(lambda at: kept[ord(at[0]) - _FIRST], plain)

    def _quoted(self, said: str, kept: list[str]) -> str:
        return _hold(said, kept) if said[1:-1] in self._common else _INSTEAD[said[0]]

    def _number(self, found: re.Match[str]) -> str:
        """`4次` of a requirement stays, but no sum and no number of people; else `若干次`, and without
        a measure `某数`.
        """
        unit = found["unit"] or ""
        if (
            unit
            and unit not in "元万名人位"
            and re.search(rf"(?<![0-9.]){re.escape(found[0])}", self._common)
        ):
            return found[0]
        if unit in ("%", "‰"):
            return "一定比例"
        return f"若干{unit}" if unit else "某数"


_FIRST, _MOST = 0xE000, 1000
_KEPT = re.compile(f"[\ue000-{chr(_FIRST + _MOST - 1)}]")
"""What stands for a quotation while the rest is gone over: characters that no text has."""


def _hold(said: str, kept: list[str]) -> str:
    if len(kept) == _MOST:
        return "某内容"
    kept.append(said)
    return chr(_FIRST + len(kept) - 1)


_OPEN = "某|若干|一定比例"
_VAIN: tuple[tuple[str, str], ...] = (
    (r"（([^（）]*)）", r"[，、；]"),
    (r"[：:]([^：:]*)$", r"[，、；]"),
    (r"，(此类情况共若干[处个项次条])", r"$"),
)
"""What is left out if each of its parts is open, and what parts it."""
_SPOKEN: tuple[tuple[str, str], ...] = (
    (r"(^|[，；、])某日(?![未没无不缺至到、和与各])", r"\1"),
    (
        r"(?<![至到从自于在和与、一二第])某(年|月|季度)(?![至到、和与各起止前后内时的之以])",
        r"个别\1",
    ),
    (r"个别年(?!度)", "个别年度"),
    (r"个别月(?!份)", "个别月份"),
    (r"某同志", "有的同志"),
)


def _written(text: str) -> str:
    """Without brackets and sums in which nothing is left, and times as people leave them open."""
    for pattern, parting in _VAIN:
        text = re.sub(pattern, partial(_unless_vain, parting), text)
    for pattern, instead in _SPOKEN:
        text = re.sub(pattern, instead, text)
    return text


def _unless_vain(parting: str, found: re.Match[str]) -> str:
    parts = [part for part in re.split(parting, found[1]) if part]
    return "" if parts and all(re.search(_OPEN, part) for part in parts) else found[0]
