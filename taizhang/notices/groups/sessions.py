"""When and where: the session of a cell, of a sentence, or of everybody."""

from __future__ import annotations

import re
from datetime import date

from taizhang.kernel.text import HAN, brief
from taizhang.notices.letter.parts import Letter, Section, lines_of
from taizhang.notices.letter.timing import days_of_work, deadline_spans, is_held, year_made
from taizhang.notices.model import Area, Notice, Session
from taizhang.notices.values import DaySpan, all_hours, day_spans, flat, half_width, hours, real_day
from taizhang.notices.words.labels import VERBS
from taizhang.notices.words.rooms import is_room

_WEEK = "一二三四五六日"


def session(text: str, notice: Notice, where: str) -> Session | None:
    """Day, hours and venue of a cell or sentence; None when it holds none of them."""
    found = Session()
    spans = days_of_work(text)
    if spans:
        found.date = _day(spans[0], notice, where)
        if found.date is None:
            found.keep_day(spans[0].text)
        if spans[0].first != spans[0].last:
            last = DaySpan(
                spans[0].last_year, spans[0].last, None, spans[0].last, None, spans[0].text
            )
            found.until = _day(last, notice, where)
        if len(spans) > 1:
            told = "、".join(span.text for span in spans)
            message = f"“{told}”写了多个日期，只取“{spans[0].text}”，请核对。"
            notice.warn("several_days", message, where)
    found.start, found.end = hours(text)
    if found.start and found.end and found.end <= found.start:
        notice.warn("hours_reversed", f"结束时间{found.end}不晚于开始时间{found.start}。", where)
    found.venue = _venue(text) or (_room(text) if found.date or found.start else None)
    return found if found.date or found.start or found.venue else None


_VENUE = re.compile(
    r"(?:地\s*点|会\s*场|集中点|督查点|检查点)\s*(?:设在|为|是|[:：])\s*([^\n，,；;。]+)|设在\s*([^\n，,；;。]+)"
    r"|(?<=[\d点时分半日号午天)）])\s*[，,]?在\s*(?![\d])([^\n，,；;。]{2,24}?)(?:集中|会合|汇合|召开|举行)"
)


def _venue(text: str) -> str | None:
    found = _VENUE.search(half_width(text).replace("\u3000", " "))
    told = next(filter(None, found.groups()), "").strip() if found else ""
    return _CLOSED.sub(r"\1", told).strip() or None


_CLOSED = re.compile(r"^([^()]*)\).*$")
"""The end of a bracket that began before."""


_MIXED = re.compile(rf"(?<=[{HAN}]) (?=[A-Za-z\d])|(?<=[A-Za-z\d]) (?=[{HAN}])")
"""The blank that a PDF has between a number and a character beside it."""


def place(text: str) -> str:
    """A place on one line; a room on the line below its house belongs to it."""
    first, *more = text.strip().splitlines() or [""]
    text = first + "".join(line.strip() if is_room(line) else f" {line}" for line in more)
    return _MIXED.sub("", " ".join(text.split()))


_IN = re.compile(r"^\s*(?:地点)?[在于]")


def _room(text: str) -> str | None:
    """The one piece of a sentence that is a room."""
    pieces = [_IN.sub("", piece) for piece in re.split(r"[，,；;。\n]", text)]
    rooms = [place(piece) for piece in pieces if is_room(piece)]
    return rooms[0] if len(set(rooms)) == 1 else None


def _day(span: DaySpan, notice: Notice, where: str) -> str | None:
    year = span.year or _year(notice)
    if year is None:
        notice.warn("unknown_year", f"“{span.text}”没有写年份。", where)
        return None
    day = real_day(year, span.first)
    if day is None:
        notice.warn("impossible_date", f"{year}年没有“{span.text}”这一天。", where)
        return None
    known = notice.issued_on or notice.made_on()
    if span.year is None and known and (day - known).days < -180:
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
    if made := year_made(notice):
        return made
    titled = re.findall(r"(20\d\d)年", half_width(notice.title or ""))
    return int(titled[0]) if len(set(titled)) == 1 else None


_NEXT_DAY = r"[、，,和](?=\s*(?:20\d\d年)?\d{1,2}月\d{1,2}[日号])"
"""`12月9日（周一）、12月10日（周二）`: each is a day of its own."""


def sessions_of(text: str, notice: Notice, where: str) -> list[Session]:
    """The sessions of a text that parts them by semicolons or lines; what a bracket behind one says
    may be its venue.
    """
    pieces: list[str] = []
    for piece in re.split(rf"[；;。\n]|{_NEXT_DAY}", text):
        if pieces and (not days_of_work(piece) or not days_of_work(pieces[-1])):
            pieces[-1] += f"\n{piece}"
        else:
            pieces.append(piece)
    if len(pieces) < 2:
        one = session(text, notice, where)
        return [one] if one else []
    found = [one for piece in pieces if (one := _in_piece(piece, notice, where))]
    _shared_end(found)
    return found


def _in_piece(piece: str, notice: Notice, where: str) -> Session | None:
    bracket = re.search(r"[（(]([^（）()]*)[）)]\s*$", piece.rstrip())
    inside = bracket[1].strip() if bracket and not day_spans(bracket[1]) else ""
    weekday = re.fullmatch(r"(?:周|星期|礼拜).", inside)
    one = session(
        piece[: bracket.start()] if bracket and inside and not weekday else piece, notice, where
    )
    if one and inside and one.venue is None and not re.search(r"[、，,]|周.|星期.", inside):
        one.venue = inside
    return one


def _shared_end(found: list[Session]) -> None:
    """`11月8日、11月9日，上午9:00，地点：甲小`: what only the last one says holds for all."""
    if found and not any(one.start or one.venue for one in found[:-1]):
        for one in found[:-1]:
            one.start, one.end, one.venue = found[-1].start, found[-1].end, found[-1].venue


def tell_missing(area: Area, notice: Notice, where: str) -> None:
    """Say what an area's sessions lack."""
    if not area.sessions:
        notice.warn("no_session", f"{area.name}没有督查时间地点。", where)
    for one in area.sessions:
        for value, label in ((one.date, "日期"), (one.start, "时间"), (one.venue, "地点")):
            if value is None:
                notice.warn("session_incomplete", f"{area.name}的场次缺少{label}。", where)


_SAID = re.compile(r"(?:定于|将于|拟于|时间(?:安排)?\s*[:：]|时间(?:均|都|统一|一律)[为是])")
_AT = re.compile(r"在\s*([^，。；\n]{2,24}?)(?:对|集中|召开|举行|开展|进行|统一)")


def _on_the_one_day(areas: list[Area], notice: Notice) -> None:
    """Hours without a day are of the one day that the notice is about."""
    sessions = [one for area in areas for one in area.sessions]
    if notice.starts_on and notice.starts_on == notice.ends_on:
        undated = [one for one in sessions if one.start and not one.date]
        for one in undated if len(undated) == len(sessions) else ():
            one.date = notice.starts_on.isoformat()


_LEAVING = re.compile(r"乘车|上车|出发|发车|集合时间")
"""When somebody sets out is not when anything is looked at."""
_EACH = re.compile(r"每[天日]|均[为在从]|统一[为在从]|各片区|各组|开始|集中|[上下]午")


def one_for_all(letter: Letter, areas: list[Area], notice: Notice, groups_own: set[str]) -> None:
    """A session, or an hour, that the letter gives for everybody, where the areas have none of
    their own.

    `groups_own` are the places of lines in which groups say their own times.
    """
    _on_the_one_day(areas, notice)
    timed = [s for s in letter.sections if "时间" in s.heading and not _LEAVING.search(s.heading)]
    sections = [line for s in timed for line in [(s.heading, s.where), *s.lines]]
    said = [
        (_without_deadlines(line[0]), line[1])
        for line in lines_of(letter)
        if (line[1] not in groups_own or re.search(r"每[天日]", line[0]))
        and (_SAID.search(half_width(line[0])) or is_held(line[0]) or line in sections)
    ]
    said = [line for line in said if not _LEAVING.search(line[0])]
    hour = next((line for line in said if hours(line[0])[0]), None)
    if any(area.sessions for area in areas):
        _same_place(letter, areas, notice)
        if (
            hour
            and not any(one.start for area in areas for one in area.sessions)
            and _EACH.search(hour[0])
            and _says_one_hour(hour[0])
        ):
            _same_hour(hour, areas, notice)
        return
    if hour is None:
        _same_days(timed, areas, notice)
        return
    if _says_several(hour, said, areas, notice):
        _tell_none(areas, notice)
        return
    found = _of_all(letter, hour[0], [text for text, _ in said if text], notice)
    if found.venue is None and any("地点" in s.heading and hour in s.lines for s in timed):
        found.venue = _behind_hour(hour[0])
    if not areas:
        notice.session = found
        return
    for area in areas:
        area.sessions = [found.model_copy()]
        notice.warnings = [w for w in notice.warnings if w.code != "no_session"]
    notice.warn("session_shared", "各片区没有单独的时间地点，按正文的统一安排。", hour[1])


_ABOUT_WORK = re.compile(rf"(?:{VERBS}|工作)+(?:时间|日期)(?:安排)?")
_ONE_DAY = r"(?:20\d\d年)?\d{1,2}月\d{1,2}[日号](?:\((?:周|星期|礼拜).\))?"
_ONLY_DAYS = re.compile(rf"{_ONE_DAY}(?:[、,和及]{_ONE_DAY})*[。;]?")


def _same_days(timed: list[Section], areas: list[Area], notice: Notice) -> None:
    """Give every area the days of the one section 督查时间 that says single days and nothing else;
    without one, tell that none has a time.
    """
    about = [one for one in timed if _ABOUT_WORK.fullmatch(flat(one.heading))]
    lines = about[0].lines if len(about) == 1 else []
    if len(lines) != 1 or not _ONLY_DAYS.fullmatch(flat(lines[0][0])):
        _tell_none(areas, notice)
        return
    found = [one for one in sessions_of(lines[0][0], notice, lines[0][1]) if one.date]
    if not (areas and found):
        _tell_none(areas, notice)
        return
    told = {f"{area.name}没有督查时间地点。" for area in areas}
    notice.warnings = [w for w in notice.warnings if w.message not in told]
    for area in areas:
        area.sessions = [one.model_copy() for one in found]
        tell_missing(area, notice, lines[0][1])
    notice.warn("session_shared", "各片区没有单独的时间地点，按正文的统一安排。", lines[0][1])


def _same_place(letter: Letter, areas: list[Area], notice: Notice) -> None:
    """The place of a section 时间、地点, where no session has one of its own."""
    found = [one for area in areas for one in area.sessions]
    placed = [s.lines for s in letter.sections if s.heading.endswith("地点") and len(s.lines) == 1]
    room = _behind_hour(placed[0][0][0]) if len(placed) == 1 else None
    if not room or not is_room(room) or any(one.venue for one in found):
        return
    for one in found:
        one.venue = room
    missing = {f"{area.name}的场次缺少地点。" for area in areas}
    notice.warnings = [w for w in notice.warnings if w.message not in missing]
    notice.warn("hour_shared", f"各片区没有单独写地点，按正文的“{room}”。", placed[0][0][1])


def _says_several(
    hour: tuple[str, str], said: list[tuple[str, str]], areas: list[Area], notice: Notice
) -> bool:
    """Whether more than one hour is said, of which none is everybody's; tells it."""
    others = "\n".join(text for text, _ in said if not deadline_spans(text))
    if _says_one_hour(hour[0] if areas else others):
        return False
    message = f"“{brief(hour[0], 30)}”写有不止一个时间，没有读作统一的时间，请对照原文。"
    notice.warn("not_read", message, hour[1])
    return True


def _without_deadlines(text: str) -> str:
    """A line without the clauses that say by when something is due."""
    clauses = re.split(r"(?<=[，,。；;])", text)
    return "".join(one for one in clauses if not deadline_spans(one))


_LONGEST_PLACE = 30


def _of_all(letter: Letter, line: str, said: list[str], notice: Notice) -> Session:
    """The hour of a line, its day or that of the section about the time, and the place; of several
    days none is chosen.
    """
    found = Session()
    found.start, found.end = hours(line)
    spans = days_of_work(line) or [span for text in said for span in days_of_work(text)]
    days = {(span.year, span.first) for span in spans}
    if len(days) == 1 and spans[0].first == spans[0].last:
        found.date = _day(spans[0], notice, "正文")
    place = _AT.search(line)
    placed = [s.lines[0][0] for s in letter.sections if s.heading.endswith("地点") and s.lines]
    found.venue = _venue(line) or _venue(letter.everything())
    if found.venue is None and len(placed) == 1 and len(placed[0]) <= _LONGEST_PLACE:
        timed = day_spans(placed[0]) or hours(placed[0])[0]
        found.venue = _behind_hour(placed[0]) if timed else placed[0].strip(" 。；;")
    if found.venue is None and place:
        found.venue = place[1].strip()
    return found


def _behind_hour(text: str) -> str | None:
    """Below a heading 时间和地点: the one piece of the line that is no time."""
    pieces = [piece.strip() for piece in re.split(r"[，,；;。\n]", text) if piece.strip()]
    others = [piece for piece in pieces if not (day_spans(piece) or hours(piece)[0])]
    return others[0] if len(others) == 1 and len(others[0]) <= 30 else None


def _says_one_hour(text: str) -> bool:
    start, end = hours(text)
    return all_hours(text) <= {start, end}


def _same_hour(hour: tuple[str, str], areas: list[Area], notice: Notice) -> None:
    start, end = hours(hour[0])
    days = days_of_work(hour[0])
    sessions = [one for area in areas for one in area.sessions]
    undated = (
        len(days) == 1 and days[0].first == days[0].last and not any(one.date for one in sessions)
    )
    for one in sessions:
        one.start, one.end = start, end
        one.date = _day(days[0], notice, hour[1]) if undated else one.date
    if undated:
        told = {f"{area.name}的场次缺少日期。" for area in areas}
        notice.warnings = [w for w in notice.warnings if w.message not in told]
    missing = {f"{area.name}的场次缺少时间。" for area in areas}
    notice.warnings = [w for w in notice.warnings if w.message not in missing]
    notice.warn("hour_shared", f"各片区没有单独写几点，按正文的{start}。", hour[1])


def _tell_none(areas: list[Area], notice: Notice) -> None:
    told = {warning.message for warning in notice.warnings if warning.code == "no_session"}
    for area in areas:
        message = f"{area.name}没有督查时间地点。"
        if message not in told:
            notice.warn("no_session", message, "正文")
