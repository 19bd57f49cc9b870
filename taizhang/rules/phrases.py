"""Phrases looked for in a text when it is saved, so that rules need not read the text again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from taizhang.kernel.text import folded


class Hit(NamedTuple):
    """A phrase that a text holds, and the first day on which anybody could have written it."""

    code: str
    words: str
    first_on: date | None


@dataclass(frozen=True)
class Phrase:
    """A phrase to look for."""

    code: str
    words: str
    pattern: re.Pattern[str]
    first_on: date | None


@lru_cache(maxsize=1)
def dictionary() -> tuple[Phrase, ...]:
    """All phrases of `phrases.yaml`; a code that ends in a star stands for all that begin so."""
    read = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text("utf-8"))
    lines = [(line.get("code", section), line) for section, lines in read.items() for line in lines]
    named = {code for code, _ in lines if not code.endswith("*")}
    return tuple(
        Phrase(
            one,
            line.get("words", ""),
            re.compile(line["pattern"]),
            line.get("not_before"),
        )
        for code, line in lines
        for one in sorted(c for c in named if fnmatchcase(c, code))
    )


def codes() -> set[str]:
    """Every code that a rule may name."""
    return {phrase.code for phrase in dictionary()} | {"other_unit", *_OF_DAYS}


def find(
    text: str, others: re.Pattern[str] | None = None, own: Iterable[str] = ()
) -> Iterator[Hit]:
    """The phrases in a text; `others` finds names of other units, after the unit's own were taken
    out.

    A unit with which the text says that something was done together, or that was visited, is no
    other's left in it.
    """
    plain = folded(text)
    if not plain:
        return
    yield from dict.fromkeys(
        Hit(phrase.code, phrase.words, phrase.first_on)
        for phrase in dictionary()
        if phrase.pattern.search(plain)
    )
    yield from dict.fromkeys(_revised(plain))
    if others is not None:
        plain = _without(own, plain)
        named = sorted(set(others.findall(plain)))
        partners = [n for n in named if _says(_TOGETHER, n, plain) or _says(_VISITED, n, plain)]
        for name in named:
            if not any(name in partner or partner in name for partner in partners):
                yield Hit("other_unit", name, None)


def is_joint(text: str, others: re.Pattern[str] | None, own: Iterable[str] = ()) -> bool:
    """Whether a record says that it was held together with another unit, which it names."""
    plain = folded(text)
    if others is None or not _JOINTLY.search(plain):
        return False
    plain = _without(own, plain)
    return any(_says(_TOGETHER, name, plain) for name in set(others.findall(plain)))


def _without(own: Iterable[str], plain: str) -> str:
    for name in sorted(own, key=len, reverse=True):
        plain = plain.replace(folded(name), "")
    return plain


def _says(pattern: str, name: str, plain: str) -> bool:
    return re.search(pattern.replace("NAME", re.escape(name)), plain) is not None


_JOINTLY = re.compile("联合|会同|共同|一起|合并|结对|共建|联办|合办")
_TOGETHER = (
    rf"(?:[与和同跟][^,。;]{{0,12}}?NAME[^,。;]{{0,8}}?(?:{_JOINTLY.pattern})"
    r"|(?:联合|会同|结对|共建)[^,。;]{0,2}?NAME)"
)
"""What says of a unit that it took part: 与……联合上党课 (folded punctuation)."""
_VISITED = (
    r"(?:(?:参观|观摩|走访)[^,。;]{0,2}?NAME"
    r"|(?:到|去|赴|前往)NAME[^,。;]{0,6}?(?:参观|观摩|走访|交流|听课|跟岗))"
)
"""What says that it was visited: 参观……, 到……听课."""


def _revised(plain: str) -> Iterator[Hit]:
    """Names of documents that give the year, and may give the month, of a revision: nobody knew
    them before.
    """
    for named in _REVISED.finditer(plain):
        year, month = int(named[1]), int(named[2] or 1)
        if 1 <= month <= _MONTHS:
            yield Hit("too_early", named[0], date(year, month, 1))


_REVISED = re.compile(
    r"(?:《[^《》]{2,30}》?)?\(((?:19|20)\d\d)年?(?:(\d{1,2})月)?(?:\d{1,2}日)?(?:第[一二三四五]次)?"
    r"(?:新?修订|修正|修改|印发|发布|颁布)[^()]{0,6}\)"
)
_MONTHS = 12
_OF_DAYS = ("wrong_weekday", "other_day", "other_year")
_WEEKDAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日[(,]?(?:星期|周)([一二三四五六日天])")
_WHOLE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HELD = re.compile(r"(?:会议|开会)(?:时间|日期):(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<!\d)(\d{4})年度?")
_WEEKDAYS = "一二三四五六日"


def days_in(heads: str, body: str, day: date) -> Iterator[Hit]:
    """Days that a record's words name and that cannot be right for a record of `day` (AF-D1,
    AF-D11, AF-T5).

    A weekday that the named day does not have; another day in the headings, or after “会议时间：” in the
    words; in the headings a year more than one away from the record's; if they begin with a month
    of another year, one not near it.
    """
    for year, month, number, weekday in sorted(set(_WEEKDAY.findall(folded(f"{heads}\n{body}")))):
        named = _day(year or day.year, month, number)
        if named and named.weekday() != _WEEKDAYS.index(weekday.replace("天", "日")):
            yield Hit("wrong_weekday", f"{month}月{number}日（星期{weekday}）", None)
    plain = folded(heads)
    for year, month, number in sorted({*_WHOLE_DAY.findall(plain), *_HELD.findall(folded(body))}):
        if _day(year, month, number) != day:
            yield Hit("other_day", f"{year}年{month}月{number}日", None)
    rest = _WHOLE_DAY.sub("", plain)
    years = {year for year in _YEAR.findall(rest) if abs(int(year) - day.year) > 1}
    dated = _DATED.match(rest)
    if dated and _far(int(dated[1]), int(dated[2]), day):
        years.add(dated[1])
    for year in sorted(years):
        yield Hit("other_year", f"{year}年", None)


def _far(year: int, month: int, day: date) -> bool:
    """A month of another year, at least a quarter from the day's: a heading that was taken over."""
    return year != day.year and abs((year - day.year) * 12 + month - day.month) >= _NEAR


_NEAR = 3
_DATED = re.compile(r"(\d{4})年(\d{1,2})月")


_IN_NAME = re.compile(
    r"(?<![0-9])(\d{4})(?:年(\d{1,2})月(\d{1,2})日|([-._])(\d{1,2})\4(\d{1,2})(?![0-9])|(\d{2})"
    r"(\d{2})(?![0-9]|_[0-9]{4}))"
)


def day_in_name(name: str) -> date | None:
    """The day that a file's name gives, where it gives one and no time of a camera behind it
    (AF-D11).
    """
    days = {
        day
        for year, m1, d1, _, m2, d2, m3, d3 in _IN_NAME.findall(folded(name))
        if (day := _day(year, m1 or m2 or m3, d1 or d2 or d3)) is not None
    }
    return days.pop() if len(days) == 1 else None


def _day(year: str | int, month: str, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the names, the longest first."""
    plain = sorted(
        {folded(name) for name in names if len(folded(name)) >= 3}, key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, plain))) if plain else None


def as_written(name: str) -> str:
    """A school's name without the town and the district before it, as schools write it; what is no
    school's stays.
    """
    short = _BEFORE.sub("", folded(name))
    return short if _SCHOOL.search(short) and len(short) >= _TELLING else name


_BEFORE = re.compile(r"^(?:[^省市区县]{2,4}[省市区县])+")
_SCHOOL = re.compile(r"(?:小学|中学|学校|幼儿园|中心校|职中|高中|初中|实小|外国语)$")
_TELLING = 4
"""Characters: a shorter name is many a school's."""
