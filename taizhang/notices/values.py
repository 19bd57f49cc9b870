"""Days, hours, names and numbers as notices write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.text import chinese_number
from taizhang.kernel.writing import written

_DASH = r"[—–\-－~～至到―─]{1,2}"
_APART = "\ue000"
"""Stands where a blank parted two numbers: `2019-5-2 9:00` is not `2019-5-29:00`."""
_WEEKDAYS = "一二三四五六日"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones."""
    return unicodedata.normalize("NFKC", text).replace("∶", ":")


def flat(text: str) -> str:
    """Half width without any blanks."""
    return re.sub(r"\s+", "", half_width(text))


def _parted(text: str) -> str:
    """Flat, but two numbers that a blank parts stay apart."""
    return flat(re.sub(r"(?<=\d)\s+(?=\d)", _APART, half_width(text)))


def arabic_dates(text: str) -> str:
    """`二〇一八年十月十九日` in digits."""

    def swap(found: re.Match[str]) -> str:
        number = chinese_number(found[1])
        return f"{number}{found[2]}" if number is not None else found[0]

    return re.sub(r"([〇零○一二三四五六七八九十]{1,4})([年月日])", swap, text)


@dataclass(frozen=True)
class DaySpan:
    """A day or a stretch of days; the year may be unknown."""

    year: int | None
    first: tuple[int, int]
    last_year: int | None
    last: tuple[int, int]
    weekday: int | None
    text: str


_SPAN = re.compile(
    rf"(?:(?P<y>\d{{4}})[年./-])?(?P<m>\d{{1,2}})[月./-](?P<d>\d{{1,2}})(?:[日号]|(?!\d|[:：点时月]|"
    rf"{_APART}\d{{1,2}}[日号]))"
    r"(?:\((?:周|星期|礼拜)(?P<w>[一二三四五六日天])\)|(?:周|星期|礼拜)(?P<w2>[一二三四五六日天]))?"
    rf"(?:(?:上午|下午)?{_DASH}(?:(?P<y2>\d{{4}})年)?(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号])?"
)


def day_spans(text: str) -> list[DaySpan]:
    """Every day or stretch of days in a text."""
    found = []
    for m in _SPAN.finditer(arabic_dates(_parted(text))):
        if not m["y"] and "月" not in m[0]:
            continue
        month, day = int(m["m"]), int(m["d"])
        weekday = m["w"] or m["w2"]
        last_month = int(m["m2"]) if m["m2"] else month
        last_day = int(m["d2"]) if m["d2"] else day
        if not (
            1 <= month <= 12 and 1 <= day <= 31 and 1 <= last_month <= 12 and 1 <= last_day <= 31
        ):
            continue
        year = int(m["y"]) if m["y"] else None
        found.append(
            DaySpan(
                year,
                (month, day),
                int(m["y2"]) if m["y2"] else year,
                (last_month, last_day),
                _WEEKDAYS.index(weekday.replace("天", "日")) if weekday else None,
                m[0],
            )
        )
    return found


def real_day(year: int | None, month_day: tuple[int, int]) -> date | None:
    """The day, unless there is no such day or the year is not known."""
    if year is None:
        return None
    try:
        return date(year, *month_day)
    except ValueError:
        return None


_HOURS = re.compile(
    rf"(?P<half>{written.HALVES})?(?<!\d)(?P<h>\d{{1,2}})(?:(?:[:：](?=\d\d)|[点时])"
    rf"(?P<min>\d{{1,2}})?分?)"
    rf"(?P<half_past>半)?(?:{_DASH}(?P<half2>{written.HALVES})?(?P<h2>\d{{1,2}})(?:[:：](?=\d\d)|"
    rf"[点时])(?P<min2>\d{{1,2}})?分?(?P<half_past2>半)?)?"
)


_NUMERAL = r"[零〇一二两三四五六七八九十]{1,3}"
_SPELT = re.compile(
    rf"(?:(?<=[午晨])|(?<=[早晚]上)|(?<=晚间)|(?<=\d日)|(?<=[一二三四五六日天]\)))"
    rf"({_NUMERAL})([时点])(?:({_NUMERAL})分)?(半?)"
    rf"(?:({_DASH})({written.HALVES})?({_NUMERAL})([时点])(?:({_NUMERAL})分)?(半?))?"
)
"""`上午九时至十一时三十分`: behind a day or a half of it, where 一点 is no little."""


def _clocks(text: str) -> str:
    """Flat, with hours in digits."""

    def swap(found: re.Match[str]) -> str:
        return "".join(_digits(one) for one in found.groups(""))

    return _SPELT.sub(swap, arabic_dates(_parted(text)))


def _digits(text: str) -> str:
    number = chinese_number(text.replace("两", "二")) if re.fullmatch(_NUMERAL, text) else None
    return text if number is None else str(number)


def hours(text: str) -> tuple[str | None, str | None]:
    """(start, end) as `09:00`; an afternoon's hours count from noon."""
    plain = _clocks(text)
    found = _HOURS.search(plain)
    if not found:
        return None, None
    half = found["half"] or _half_before(plain, found.start())
    start = _hour(half, found["h"], found["min"], found["half_past"])
    if not found["h2"]:
        return start, None
    end = _hour(found["half2"] or half, found["h2"], found["min2"], found["half_past2"])
    return start, end


def all_hours(text: str) -> set[str]:
    """Every hour that a text says, as `09:00`."""
    plain = _clocks(text)
    found = set()
    for one in _HOURS.finditer(plain):
        half = one["half"] or _half_before(plain, one.start())
        found.add(_hour(half, one["h"], one["min"], one["half_past"]))
        if one["h2"]:
            found.add(_hour(one["half2"] or half, one["h2"], one["min2"], one["half_past2"]))
    return {hour for hour in found if hour}


def _half_before(plain: str, at: int) -> str | None:
    found = re.findall(written.HALVES, plain[:at])
    return found[-1] if found else None


def _hour(half: str | None, hour: str, minute: str | None, half_past: str | None) -> str | None:
    at = written.at_half(half or "", int(hour), 30 if half_past else int(minute or 0))
    return f"{at:%H:%M}" if at else None


def person_names(text: str) -> list[str]:
    """Names in a list; blanks that pad a name are taken out, what stands in brackets is
    left off.
    """
    found: list[str] = []
    plain = re.sub(r"[（(][^（）()]*[）)]", "", text.replace("\u3000", " "))
    for piece in re.split(r"[、，,;；\n\t/]+", plain):
        found += _unpadded(piece.strip(" 。.:：等"))
    return [name for name in found if name and name not in _NOBODY]


_NOBODY = {"待定", "另定", "暂定", "略", "无", "空缺", "另行通知", "-", "—", "/"}


def _unpadded(piece: str) -> list[str]:
    tokens = piece.split()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        if len(tokens[at]) == 1 and at + 1 < len(tokens):
            found.append(tokens[at] + tokens[at + 1])
            at += 2
        else:
            found.append(tokens[at])
            at += 1
    return found


def outside_brackets(text: str, separators: str) -> list[str]:
    """Split where a separator stands outside all brackets."""
    pieces, depth, held = [], 0, ""
    for char in text:
        depth += char in "（(【["
        depth -= char in "）)】]"
        if char in separators and depth <= 0:
            pieces.append(held)
            held = ""
        else:
            held += char
    return [piece.strip() for piece in [*pieces, held] if piece.strip()]


def number_in(text: str) -> float | None:
    """The number of a score cell: `5`, `5分`, `（10分）`."""
    found = re.search(r"\d+(?:\.\d+)?", half_width(text))
    return float(found[0]) if found else None
