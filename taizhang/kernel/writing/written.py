"""Days, months and hours as people write them: the one reader for sheets, forms, minutes, notices
and the API.

What is written in two readings is not guessed: `NotReadable` says in Chinese what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from taizhang.kernel.text import chinese_number

DASH = r"(?:--|——|[—–\-－~～至到―─])"
HALVES = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间"
_AFTERNOON = {"下午", "傍晚", "晚上", "晚间"}
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_CHINESE = re.compile(
    r"[〇零○Oo一二三四五六七八九十廿卅0-9]{1,4}(?=[年月日号点时])"
    r"|(?<=[点时])[零一二三四五六七八九十]{1,3}(?=分|$|[，,。；;—–~～\-至到 　）)])"
)
_AS_CHINESE = str.maketrans(
    {"O": "〇", "o": "〇", "廿": "二十", "卅": "三十"}
    | {str(n): c for n, c in enumerate("〇一二三四五六七八九")}
)
_DATED = r"(?P<y>\d{4}) ?[年./-] ?(?P<m>\d{1,2}) ?[月./-] ?(?P<d>\d{1,2}) ?"
_DAY = re.compile(rf"{_DATED}(?:[日号]|(?![\d年月日号]))(?P<rest>.*)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_RUN = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<at>\d{4}(?:\d{2})?)| (?P<rest>.*))?")
_IN_TEXT = re.compile(rf"(?<!\d){_DATED}(?:[日号]|(?![\d年月日号]))")
_SHORT_YEAR = re.compile(r"[’']?\d{2} ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?[日号]?")
_MONTH = re.compile(r"(\d{4}) ?[年./-] ?(\d{1,2}) ?月?|(\d{4})(\d{2})")
_NO_YEAR = re.compile(r"\d{1,2} ?月 ?\d{1,2} ?[日号]?|\d{1,2}[./-]\d{1,2}")
_CLOCK = re.compile(
    rf"(?P<half>{HALVES})? ?(?P<h>\d{{1,2}}) ?[:点时] ?(?:(?P<m>\d{{1,2}}) ?分?|(?P<past>半|整)|"
    r"(?P<quarter>一刻|三刻))?"
    r"(?: ?: ?(?P<s>\d{1,2})(?:\.\d+)?)?(?: ?(?P<pm>[AaPp][Mm]))?"
)
_NAMELESS = re.sub(r"\?P<\w+>", "?:", _CLOCK.pattern)
_BEHIND = re.compile(
    rf"T?[,，]? ?(?:\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)? ?"
    rf"(?:(?:{HALVES})|{_NAMELESS}(?: ?{DASH} ?{_NAMELESS})?)? ?(?:\+08:?00)?"
)
_JANUARY = "“{}”分不清是1月还是10月（Excel 去掉了末尾的0）"
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class NotReadable(ValueError):
    """What is written is no day or hour, or more than one; the message is for whoever wrote it."""


class OnlyMonth(NotReadable):
    """A month where a day is asked."""


class Serial1904(float):
    """A number of a workbook that counts days from 1904."""


def plain(text: str) -> str:
    """Half width, one blank where there are several; blanks are kept, for they part a day from its
    hour.
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def in_digits(text: str) -> str:
    """`二〇一七年六月一日` in digits."""

    def swap(found: re.Match[str]) -> str:
        if not re.search(r"[〇零○一二三四五六七八九十廿卅]", found[0]):
            return found[0]
        number = chinese_number(found[0].translate(_AS_CHINESE))
        return found[0] if number is None else str(number)

    return _CHINESE.sub(swap, text)


def day(raw: str | float) -> date:
    """The day that a cell says. A time behind it is left off, whatever it is; raises
    NotReadable.
    """
    if not isinstance(raw, str):
        return _of_number(raw)
    if found := _ISO.fullmatch(raw):
        return real_day(int(found[1]), int(found[2]), int(found[3]), raw)
    text = plain(raw)
    found = _DAY.fullmatch(in_digits(text)) or _RUN.fullmatch(text)
    if found:
        _must_be_hours(text, found)
        return real_day(int(found["y"]), int(found["m"]), int(found["d"]), text)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _of_serial(float(text), text)
    raise _no_day(text)


def _must_be_hours(text: str, found: re.Match[str]) -> None:
    rest = (found["rest"] or "").strip()
    if re.search(r"\d(?:Z|\+(?!08)\d{2}:?\d{2})$|^T.*-\d{2}:?\d{2}$", rest):
        raise NotReadable(f"“{text}”是别的时区的时间，可能差一天，应写作 2018-10-25。")
    if not _BEHIND.fullmatch(rest):
        raise NotReadable(f"“{text}”不是日期，应写作 2018-10-25；时间与日期之间请空一格。")


def _of_number(raw: float) -> date:
    if isinstance(raw, Serial1904) and 1 <= raw < 80000:
        return _in_range(_EPOCH_1904 + timedelta(days=int(raw)), f"{raw:g}")
    text = f"{raw:.10f}".rstrip("0").rstrip(".")
    if re.fullmatch(r"(?:19|20)\d{2}\.1", text):
        raise OnlyMonth(f"{_JANUARY.format(text)}，也没有写到日，应写作 2018-10-25。")
    if re.fullmatch(r"\d{5}\.\d+", text):
        return _of_serial(raw, text)
    return day(text)


def _of_serial(serial: float, text: str) -> date:
    if 20000 <= serial <= 73050:
        return _EPOCH + timedelta(days=int(serial))
    raise _no_day(text)


def _no_day(text: str) -> NotReadable:
    written = in_digits(text)
    if _MONTH.fullmatch(written) and 1 <= int("".join(_month_parts(written)[1:])) <= 12:
        return OnlyMonth(f"“{text}”只写到月份，请补齐到日，如 2018-10-25。")
    if _SHORT_YEAR.fullmatch(written):
        return NotReadable(f"“{text}”的年份只有两位，请写全，如 2015-09-01。")
    if _NO_YEAR.fullmatch(written):
        return NotReadable(f"“{text}”没有写年份，应写作 2018-10-25。")
    return NotReadable(f"“{text}”不是日期，应写作 2018-10-25。")


def _month_parts(text: str) -> tuple[str, str]:
    found = _MONTH.fullmatch(text)
    assert found  # noqa: S101  (who asks has matched it)
    return found[1] or found[3], found[2] or found[4]


def real_day(year: int, month: int, number: int, text: str) -> date:
    """The day, if there is such a day and the year is one of ours."""
    try:
        found = date(year, month, number)
    except ValueError as no_such_day:
        raise NotReadable(f"没有“{text}”这一天。") from no_such_day
    return _in_range(found, text)


def _in_range(found: date, text: str) -> date:
    if not 1900 <= found.year <= 2100:
        raise NotReadable(f"“{text}”的年份不对。")
    return found


def month(raw: str | float) -> date:
    """The first day of the month that a cell says, written as a month or as one of its days."""
    if isinstance(raw, float) and re.fullmatch(r"(?:19|20)\d{2}\.1", f"{raw:g}"):
        raise NotReadable(f"{_JANUARY.format(f'{raw:g}')}，应写作 2018-10。")
    if isinstance(raw, float):
        text = f"{raw:.10f}".rstrip("0").rstrip(".")
    else:
        text = in_digits(plain(str(raw)))
    if _MONTH.fullmatch(text):
        year, number = _month_parts(text)
        return real_day(int(year), int(number), 1, text)
    return day(raw).replace(day=1)


def days_in(text: str) -> list[tuple[date, int, int]]:
    """(day, start, end) of every whole day in `in_digits(plain(text))`, as far as there are such
    days.
    """
    found = []
    for one in _IN_TEXT.finditer(text):
        try:
            found.append(
                (real_day(int(one["y"]), int(one["m"]), int(one["d"]), one[0]), *one.span())
            )
        except NotReadable:
            continue
    return found


_WITHOUT_YEAR = re.compile(r"(?<![\d年./-])(?<!年 )\d{1,2} ?月 ?\d{1,2} ?[日号]")


def with_year(text: str, year: int) -> str:
    """`3月5日` in `in_digits(plain(text))` with the year that stands elsewhere."""
    return _WITHOUT_YEAR.sub(lambda found: f"{year}年{found[0]}", text)


_CENTURY = re.compile(
    r"(?<![\d./年月-])[’‘']?([0-4]\d) ?([年./-]) ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?![\d./-])"
)


def with_century(text: str) -> str:
    """`18.3.5` in `in_digits(plain(text))` as a day of 2018, for who asks for it: whoever wrote it
    is to be asked.
    """
    return _CENTURY.sub(
        lambda found: f"20{found[1]}年{found[3]}月{found[4]}{'' if found[2] == '年' else '日'}",
        text,
    )


def clock(text: str) -> time:
    """The hour that a cell says, also behind a day; raises NotReadable."""
    written = plain(text)
    found = _CLOCK.fullmatch(_without_day(written))
    if not found:
        raise NotReadable(f"“{written}”不是时间，应写作 14:30。")
    at = time_of(found["half"] or "", found)
    if at is None or (found["s"] and int(found["s"]) > 59):
        raise NotReadable(f"没有“{written}”这个时间。")
    return at


def _without_day(text: str) -> str:
    behind = re.fullmatch(rf"{_DATED}(?:[日号] ?| |T)(?P<at>.*[:点时].*)", text)
    return behind["at"] if behind else text


def hour_behind(raw: object) -> time | None:
    """The hour that stands behind a day in one cell; None when there is none, or midnight, which
    programs add.
    """
    if isinstance(raw, datetime):
        return None if raw.time() == time() else raw.time().replace(second=0, microsecond=0)
    days = days_in(in_digits(plain(str(raw))))
    found = clocks_in(in_digits(plain(str(raw)))[days[0][2] :]) if days else []
    return found[0] if found and found[0] != time() else None


def clocks_in(text: str) -> list[time]:
    """The hours in `plain(text)`; 下午 said once holds for the hours behind it (`下午3:30—4:40`)."""
    found, half = [], ""
    for one in re.finditer(rf"(?<!\d){_CLOCK.pattern}", text):
        half = one["half"] or half
        at = time_of(half, one)
        if at is not None:
            found.append(at)
    return found


def time_of(half: str, found: re.Match[str]) -> time | None:
    """The time of a matched clock, None when there is no such time."""
    minutes = int(found["m"] or 0)
    if found["past"] == "半":
        minutes = 30
    if found["quarter"]:
        minutes = 15 if found["quarter"] == "一刻" else 45
    hour, english = int(found["h"]), (found["pm"] or "").lower()
    if english == "am" and hour == 12:
        hour = 0
    return at_half("下午" if english == "pm" else half, hour, minutes)


def at_half(half: str, hour: int, minutes: int) -> time | None:
    """An hour as the half of the day that was said means it: 下午2 is 14, 下午14 too, 中午11 stays; 24:00
    is none.
    """
    if (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif hour == 12 and half in ("晚上", "晚间", "凌晨"):
        return None  # midnight of which day, nobody can tell
    return time(hour, minutes) if hour < 24 and minutes < 60 else None
