"""Days, months and the windows that duties are counted in. Half-years and quarters are calendar
ones (DOMAIN 2.6).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Literal

Grain = Literal["month", "quarter", "half", "year"]
MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Window:
    """One month, quarter, half-year or year; both days belong to it."""

    grain: Grain
    label: str
    starts_on: date
    ends_on: date


def label_of(grain: Grain, day: date) -> str:
    """How the window that holds this day is written: `2016`, `2016-H1`, `2016-Q3`, `2016-09`."""
    if grain == "year":
        return f"{day.year:04d}"
    if grain == "half":
        return f"{day.year:04d}-H{(day.month + 5) // 6}"
    if grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}"


def minute(at: time | None) -> int | None:
    """The minute of the day."""
    return None if at is None else at.hour * 60 + at.minute


def clock(at: time | None) -> str:
    """`14:30`, or nothing."""
    return f"{at:%H:%M}" if at else ""


def clock_of(minutes: int) -> str:
    """`14:30`, of a minute of the day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def plus_months(day: date, months: int) -> date:
    """The same day number `months` later, else the last day of that month (DOMAIN 4.5.2)."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def windows(grain: Grain, first: date, last: date) -> Iterator[Window]:
    """Every window that touches the days from `first` to `last`, in order."""
    step = MONTHS[grain]
    start = date(first.year, (first.month - 1) // step * step + 1, 1)
    while start <= last:
        after = plus_months(start, step)
        yield Window(grain, label_of(grain, start), start, after - timedelta(days=1))
        start = after


@lru_cache(maxsize=64)
def windows_of_year(year: int) -> Mapping[str, Window]:
    """The year with its halves, quarters and months, by their labels."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return {window.label: window for grain in MONTHS for window in windows(grain, first, last)}


_SHAPES: tuple[tuple[str, Grain], ...] = (
    (r"\d{4}", "year"),
    (r"\d{4}-H[12]", "half"),
    (r"\d{4}-Q[1-4]", "quarter"),
    (r"\d{4}-\d{2}", "month"),
)


@lru_cache(maxsize=4096)
def grain_of(label: str) -> Grain | None:
    """The grain of a window's label; nothing of a day or of no window."""
    return next((grain for shape, grain in _SHAPES if re.fullmatch(shape, label)), None)


@lru_cache(maxsize=4096)
def days_of(label: str) -> tuple[date, date] | None:
    """The first and the last day of a window or of a day as it is written; nothing of what is
    neither.
    """
    if grain_of(label):
        window = windows_of_year(int(label[:4])).get(label)
        return (window.starts_on, window.ends_on) if window else None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", label):
        day = date.fromisoformat(label)
        return day, day
    return None


COUNTED: dict[Grain, str] = {
    "month": "个月",
    "quarter": "个季度",
    "half": "个半年",
    "year": "年",
}
"""How windows of one length are counted."""


def runs(labels: Iterable[str]) -> list[list[str]]:
    """Windows of one length, in order; those that follow one another are together."""
    found: list[list[str]] = []
    at = None
    for label in labels:
        here = _place(label)
        if at is not None and here == at + 1:
            found[-1].append(label)
        else:
            found.append([label])
        at = here
    return found


def _place(label: str) -> int | None:
    """Where a window stands among those of its length."""
    grain, span = grain_of(label), days_of(label)
    if grain is None or span is None:
        return None
    return (span[0].year * 12 + span[0].month) // MONTHS[grain]


_WORDS = {
    "H1": "上半年",
    "H2": "下半年",
    "Q1": "一季度",
    "Q2": "二季度",
    "Q3": "三季度",
    "Q4": "四季度",
}


def in_words(label: str) -> str:
    """A window's label as people say it: `2016-Q3` is `2016年三季度`."""
    year, _, rest = label.partition("-")
    if not rest:
        return f"{year}年" if len(year) == 4 and year.isdigit() else label
    if rest in _WORDS:
        return f"{year}年{_WORDS[rest]}"
    parts = rest.split("-")
    day = f"{int(parts[1])}日" if len(parts) > 1 else ""
    return f"{year}年{int(parts[0])}月{day}"


def time_left(days: int) -> str:
    """How long there is until a deadline that lies so many days ahead (negative: behind): `还有3天`,
    `今天到期`, `超期2天`.
    """
    if not days:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"超期{-days}天"
