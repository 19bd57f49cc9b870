"""When and where: the session of a cell, of a sentence, or of everybody."""

from __future__ import annotations

import re
from datetime import date

from taizhang.notices.model import Area, Notice, Session
from taizhang.notices.values import DaySpan, day_spans, half_width, hours, real_day

_WEEK = "一二三四五六日"


def session(text: str, notice: Notice, where: str) -> Session | None:
    """Day, hours and venue of a cell or sentence; None when it holds none of them."""
    found = Session()
    spans = day_spans(text)
    if spans:
        found.date = _day(spans[0], notice, where)
        if len(spans) > 1 or spans[0].first != spans[0].last:
            notice.warn(
                "several_days", f"“{spans[0].text}”写了多个日期，只取第一个，请核对。", where
            )
    found.start, found.end = hours(text)
    if found.start and found.end and found.end <= found.start:
        notice.warn("hours_reversed", f"结束时间{found.end}不晚于开始时间{found.start}。", where)
    found.venue = _venue(text)
    return found if found.date or found.start or found.venue else None


_VENUE = re.compile(
    r"(?:地\s*点|会\s*场|集中点|督查点|检查点)\s*(?:设在|为|是|[:：])\s*([^\n，,；;。]+)|设在\s*([^\n，,；;。]+)"
)


def _venue(text: str) -> str | None:
    found = _VENUE.search(half_width(text).replace("\u3000", " "))
    return (found[1] or found[2]).strip() or None if found else None


def _day(span: DaySpan, notice: Notice, where: str) -> str | None:
    year = span.year or _year(notice)
    if year is None:
        notice.warn("unknown_year", f"“{span.text}”没有写年份。", where)
        return None
    day = real_day(year, span.first)
    if day is None:
        notice.warn("impossible_date", f"{year}年没有“{span.text}”这一天。", where)
        return None
    if span.year is None and notice.issued_on and (day - notice.issued_on).days < -180:
        day = real_day(year + 1, span.first) or day
    if span.weekday is not None and day.weekday() != span.weekday:
        real = _WEEK[day.weekday()]
        message = f"{day.isoformat()}是周{real}，原文写作周{_WEEK[span.weekday]}。"
        notice.warn("weekday_mismatch", message, where)
    return day.isoformat()


def _year(notice: Notice) -> int | None:
    for day in (notice.starts_on, notice.issued_on):
        if isinstance(day, date):
            return day.year
    titled = re.findall(r"(20\d\d)年", half_width(notice.title or ""))
    return int(titled[0]) if len(set(titled)) == 1 else None


def sessions_of(text: str, notice: Notice, where: str) -> list[Session]:
    """The sessions of a text that parts them by semicolons or lines; what a bracket behind one says may be its venue."""
    pieces = [p for p in re.split(r"[；;。\n]", text) if day_spans(p)]
    if len(pieces) < 2:
        one = session(text, notice, where)
        return [one] if one else []
    found = []
    for piece in pieces:
        bracket = re.search(r"[（(]([^（）()]*)[）)]\s*$", piece)
        inside = bracket[1].strip() if bracket and not day_spans(bracket[1]) else ""
        one = session(piece[: bracket.start()] if bracket and inside else piece, notice, where)
        if one:
            if inside and one.venue is None and not re.search(r"[、，,]", inside):
                one.venue = inside
            found.append(one)
    return found


def tell_missing(area: Area, notice: Notice, where: str) -> None:
    """Say what an area's sessions lack."""
    if not area.sessions:
        notice.warn("no_session", f"{area.name}没有督查时间地点。", where)
    for one in area.sessions:
        for value, label in ((one.date, "日期"), (one.start, "时间"), (one.venue, "地点")):
            if value is None:
                notice.warn("session_incomplete", f"{area.name}的场次缺少{label}。", where)


_SAID = re.compile(r"(?:定于|将于|拟于|(?:督查|检查|考核|集中)?时间\s*[:：])")
_AT = re.compile(r"在\s*([^，。；\n]{2,24}?)(?:集中|召开|举行|开展|进行|统一)")


def one_for_all(letter_text: str, areas: list[Area], notice: Notice) -> None:
    """A session that the letter gives for everybody, when the areas have none of their own."""
    if not areas or any(area.sessions for area in areas):
        return
    for line in letter_text.splitlines():
        if _SAID.search(half_width(line)) and hours(line)[0]:
            found = (
                session(letter_text if _venue(letter_text) else line, notice, "正文") or Session()
            )
            place = _AT.search(line)
            if found.venue is None and place:
                found.venue = place[1].strip()
            for area in areas:
                area.sessions = [found.model_copy()]
            notice.warn("session_shared", "各片区没有单独的时间地点，按正文的统一安排。", "正文")
            return
    told = {warning.message for warning in notice.warnings if warning.code == "no_session"}
    for area in areas:
        message = f"{area.name}没有督查时间地点。"
        if message not in told:
            notice.warn("no_session", message, "正文")
