"""Units with days of their own: in brackets behind them, or before them on a route."""

from __future__ import annotations

import re

from taizhang.kernel.writing import written
from taizhang.notices.groups.sessions import session
from taizhang.notices.model import Area, Notice, Session
from taizhang.notices.values import day_spans, half_width, hours, outside_brackets
from taizhang.notices.words import persons, rooms

ARROW = re.compile(r"\s*(?:→|➔|⇒|—+>|-+>)\s*")
_DAY = r"(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}[日号](?:\((?:周|星期).\))?"
_CLOCK = r"\d{1,2}[:点时]\d{0,2}分?"
LED = re.compile(
    rf"^(?P<when>{_DAY}\s*(?:{written.HALVES}|全天)?\s*(?:{_CLOCK}(?:[—–\-~至]{_CLOCK})?)?|"
    rf"(?:{written.HALVES})?{_CLOCK}(?:[—–\-~至]{_CLOCK})?|(?:{written.HALVES}|全天))"
    r"\s*[:，,到赴]?\s*(?P<unit>[^\d\s:].*)$"
)
_BEHIND = re.compile(r"^(?P<unit>.+?)\s*\((?P<when>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_ALONE = re.compile(r"^(\d{1,2})[日号]")


def without_time(piece: str) -> str:
    """A unit without the day that stands before it."""
    found = LED.match(half_width(piece).strip())
    return found["unit"] if found and persons.like_unit(found["unit"]) else piece


def visited(text: str, notice: Notice, where: str) -> list[Session]:
    """The session of each unit, where each says its own; on a route, one without a day is seen on
    the day before it.
    """
    plain = half_width(text)
    pieces = outside_brackets(ARROW.sub("、", plain), "、，,;；\n。")
    times = [_time(piece) for piece in pieces]
    route = bool(ARROW.search(plain))
    if not any(times) or not (all(times) or (route and times[0])):
        return []
    found, month = [], notice.starts_on.month if notice.starts_on else None
    for when in filter(None, times):
        spans = day_spans(when)
        month = spans[-1].first[0] if spans else month
        told = f"{month}月{when}" if month and not spans and _ALONE.match(when) else when
        one = session(told, notice, where)
        if one and (one.date or one.start):
            found.append(one)
    return found


def stop_times(text: str) -> list[str]:
    """The hours before the stops of one day, where each has its own; a half of the day goes on to
    the next.
    """
    found, half = [], ""
    for piece in outside_brackets(half_width(text), "、，,;；。"):
        led = LED.match(piece.strip())
        if not led or not hours(led["when"])[0] or day_spans(led["when"]):
            return []
        said = re.match(written.HALVES, led["when"])
        half = said[0] if said else half
        found.append(led["when"] if said else half + led["when"])
    return found


def _time(piece: str) -> str:
    """What a piece says of its unit's time."""
    found = LED.match(piece.strip()) or _BEHIND.match(piece.strip())
    timed = found and (
        day_spans(found["when"]) or hours(found["when"])[0] or _ALONE.match(found["when"])
    )
    return found["when"] if found and timed else ""


def hours_in(text: str) -> str:
    """The hours before or behind the one unit of a cell."""
    told = [m[0] for m in _HOURS.finditer(half_width(text))]
    return told[0] if len(told) == 1 else ""


_HOURS = re.compile(
    rf"(?:{written.HALVES})?\s*\d{{1,2}}[:点时]\d{{0,2}}分?"
    rf"(?:\s*[—–\-~至到]{{1,2}}\s*(?:{written.HALVES})?\d{{1,2}}[:点时]\d{{0,2}}分?)?"
)


def placed(found: Session | None, text: str, area: Area) -> None:
    """`9:00 甲支部（甲楼会议室）`: beside an hour the bracket behind the unit is where it is."""
    own = [unit for unit in area.organisations if unit.note and unit.note in text]
    if found and found.start and len(own) == 1 and rooms.is_place(own[0].note or ""):
        found.venue, own[0].note = found.venue or own[0].note, None
