"""Days and hours as an office writes them: weekday and half-day, in the time of the place."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from taizhang.inspection.papers.parts.shared import BLANK_DAY
from taizhang.kernel.calendar import month_end
from taizhang.papers.official.paper import in_full

_WEEK = "一二三四五六日"
_HALVES = ((time(12), "上午"), (time(13), "中午"), (time(18), "下午"))


def weekday(day: date) -> str:
    """`星期四`."""
    return f"星期{_WEEK[day.weekday()]}"


def day_of_week(day: date | None, *, year: bool = True) -> str:
    """`2018年10月25日（星期四）`; without its year where that goes without saying."""
    if day is None:
        return BLANK_DAY
    told = in_full(day) if year else f"{day.month}月{day.day}日"
    return f"{told}（{weekday(day)}）"


def _half(at: time) -> str:
    return next((name for end, name in _HALVES if at < end), "晚上")


def _hour(at: time) -> str:
    """The hour on a clock of twelve."""
    return f"{at.hour - 12 if at.hour > 12 else at.hour}:{at.minute:02d}"


def hours_told(start: time | None, end: time | None) -> str:
    """`上午9:00—11:30`, `上午9:00—下午2:30`; nothing where the beginning is not known."""
    if start is None:
        return ""
    told = f"{_half(start)}{_hour(start)}"
    if end is None or end == start:
        return told
    half = "" if _half(end) == _half(start) else _half(end)
    return f"{told}—{half}{_hour(end)}"


def moment_told(at: datetime | None) -> str:
    """`2018年10月25日10:00`, or nothing."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return f"{in_full(here.date())}{here:%H:%M}"


def span_told(first: datetime | None, last: datetime | None) -> str:
    """From one moment to another of the same day, `2018年10月25日（星期四）上午9:05—11:20`; an end on a later
    day is left out.
    """
    if first is None:
        return ""
    start = timezone.localtime(first)
    end = timezone.localtime(last) if last else start
    till = end.time() if end.date() == start.date() and end > start else None
    return f"{day_of_week(start.date())}{hours_told(start.time(), till)}"


def _since(first: date) -> str:
    return f"{first.year}年{first.month}月" if first.day == 1 else in_full(first)


def period_told(first: date | None, last: date | None) -> str:
    """`2015—2018年` of whole years, `2015年1月至2018年10月` of whole months, else both days; `2015年1月以来`
    without an end.
    """
    if first is None or last is None:
        return f"{_since(first)}以来" if first else ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}年度" if first.year == last.year else f"{first.year}—{last.year}年"
    if first.day == 1 and last == month_end(last):
        return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
    return f"{in_full(first)}至{in_full(last)}"
