"""Times that are no session: stages of the work, deadlines, and how long it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from taizhang.documents.blocks import Table
from taizhang.kernel.text import HAN, chinese_number
from taizhang.notices.model import Deadline, Duration, Notice, Stage
from taizhang.notices.values import DaySpan, arabic_dates, day_spans, flat, half_width, real_day
from taizhang.notices.words.labels import VERBS

_CLOCK = r"(?:上午|下午|中午|晚上)?(?:\d{1,2}[:：点时]\d{0,2}分?|下班|上班|放学)?"
_BEFORE = re.compile(
    rf"^(?:[（(][^（）()]{{0,8}}[）)])?{_CLOCK}(?:之|以)?前(?!后)|^[^，。；]{{0,6}}(?:截止|为止)"
)
_BY = re.compile(r"(?:截止|截至|最迟|不晚于|不迟于|期限|时限)[^，。；]{0,10}$")
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十两]{1,3})"
_DURATION = re.compile(
    rf"(?:(?:为期|历时|时长|持续|全程)(?:大?约)?\s*{_NUMBER}\s*(个工作日|个月|个星期|个小时|个半天|天|日|周|小时)"
    rf"|(?:时间|周期|共计?)\s*(?:大?约|共|为|[:：])?\s*{_NUMBER}\s*(个工作日|个月|个星期|个小时|个半天|天))"
)
_STAGE = re.compile(
    rf"^\s*(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[）).．、]\s*)?(?P<name>第[一二三四五六七八]\s*(?:阶段|步|环节)(?:[:：、"
    rf"\s]*[{HAN}、]{{2,14}}(?=[（(。，,\d]|$))?"
    rf"|[{HAN}、“”]{{2,16}}(?:阶段|环节)(?=\s*(?:[（(：:。，,；;\d—-]|$)))"
)
_INSPECTS = re.compile(rf"{VERBS}|实地|集中|现场")
_OTHERS = re.compile(r"自查|自评|自检|整改|动员|部署|准备|总结|反馈|宣传|通报|培训")
_WORK = re.compile(
    rf"{_INSPECTS.pattern}|{_OTHERS.pattern}|上报|申报|汇总|公示|评定|推荐|提升|验收"
)
Line = tuple[str, str]
"""(text, where)"""


def deadline_spans(text: str) -> list[DaySpan]:
    """The days in a text by which something is due."""
    plain = arabic_dates(flat(text))
    found, begun = [], 0
    for span in day_spans(text):
        at = max(plain.find(span.text, begun), 0)
        begun = at + len(span.text)
        behind, before = plain[at + len(span.text) :], plain[:at]
        if _BEFORE.match(behind) or _BY.search(before):
            found.append(span)
    return found


def days_of_work(text: str) -> list[DaySpan]:
    """The days in a text that are no deadlines."""
    due = deadline_spans(text)
    return [span for span in day_spans(text) if span not in due]


def is_open(text: str, span: DaySpan) -> bool:
    """Whether a day only says from when on."""
    plain = arabic_dates(flat(text))
    behind = plain[plain.find(span.text) + len(span.text) :]
    return bool(re.match(r"^(?:[（(][^（）()]*[）)])?(?:起|开始)", behind))


def only_ends(text: str, span: DaySpan) -> bool:
    """Whether a day only says until when: 即日起至…, 截至…."""
    plain = arabic_dates(flat(text))
    before = plain[: plain.find(span.text)]
    return span.first == span.last and bool(
        re.search(r"(?:即日|现在|今日|通知)?[起始]?[至到]$", before)
    )


_DAYS = (
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[（(][^（）()]{1,4}[）)])?(?:[—–\-~～至到]{1,2}(?:\d{1,2}月)"
    r"?\d{1,2}日)?"
)
_HELD = re.compile(
    rf"(?:{VERBS})[^，。；]{{0,12}}?于{_DAYS}[^。；]{{0,40}}?(?:进行|开展|实施)"
    rf"|{_DAYS}[，,]?(?:集中|统一)?(?:组织|对)[^，。；]{{0,40}}(?:{VERBS})"
    rf"|(?:{VERBS})时间(?:为|是|定于|定在|安排在){_DAYS}"
    rf"|{_DAYS}[，,]?各?(?:{VERBS}|工作)组[^。；]{{0,40}}?(?:分赴|前往|赴|进驻|深入)"
)


def is_held(text: str) -> bool:
    """Whether a sentence says on what days the inspection itself is: `考核于12月21日下午…进行`."""
    return bool(_HELD.search(arabic_dates(flat(text))))


def day_of(span: DaySpan, notice: Notice) -> date | None:
    """The first day of a span, in the notice's year where none is written."""
    return in_year_of(notice, span.year, span.first)


def in_year_of(notice: Notice, year: int | None, day: tuple[int, int]) -> date | None:
    """A day in the notice's year where none is written; in the next, where a notice of December
    speaks of January.
    """
    found = real_day(year or _year(notice), day)
    known = notice.issued_on or notice.made_on()
    if found and year is None and known and (found - known).days < -_HALF:
        return real_day(found.year + 1, day) or found
    return found


_HALF = 180
"""So many days before the notice nobody sets a day."""


def _year(notice: Notice) -> int | None:
    """The year of the letter; where that is not known, of the inspection."""
    known = notice.issued_on or notice.starts_on
    return known.year if known else year_made(notice)


def year_made(notice: Notice) -> int | None:
    """The year of the day beside who filled in the table; that it is taken is told."""
    day = notice.made_on()
    if day is None:
        return None
    message = f"日期没有写年份，按填表日期{day.isoformat()}的年份读，请核对。"
    notice.warn("year_of_table", message, "填表日期")
    return day.year


def lies_within(span: DaySpan, whole: DaySpan) -> bool:
    """Whether a stretch of days is part of another, in years that are the same or not written."""
    same = {span.year, span.last_year} <= {whole.year, None} and whole.last_year == whole.year
    return same and whole.first <= span.first and span.last <= whole.last


def last_day_of(span: DaySpan, notice: Notice) -> date | None:
    """The last day of a span."""
    return in_year_of(notice, span.last_year or span.year, span.last)


def deadlines(lines: Iterable[Line], notice: Notice) -> None:
    """What is due by a day, with the sentence that says so."""
    for text, _ in lines:
        for sentence in re.split(r"(?<=[。；;\n])", text):
            for span in deadline_spans(sentence):
                said = re.sub(r"^\s*(?:[（(]?\d{1,2}\s*[.．、)）])\s*", "", sentence)
                one = Deadline(on=day_of(span, notice), text=said.strip(" 。；;\n"))
                if one not in notice.deadlines:
                    notice.deadlines.append(one)


def duration(lines: Iterable[Line], notice: Notice) -> None:
    """How long the work takes; the day that it ends on is not reckoned."""
    for text, where in lines:
        found = _DURATION.search(half_width(text))
        said, unit = [one for one in found.groups() if one] if found else ("", "")
        number = chinese_number(said.replace("两", "二"))
        if found and number:
            notice.duration = Duration(number=number, unit=unit, text=found[0])
            message = f"写明“{found[0]}”，没有写结束日期的，不作推算。"
            notice.warn("duration", message, where)
            return


def stages(lines: list[Line], notice: Notice) -> list[tuple[Stage, str]]:
    """The stages of the work; answers each with its place."""
    found: list[tuple[Stage, str]] = []
    for at, (text, where) in enumerate(lines):
        named = _STAGE.match(text)
        if not named or re.search(
            r"^(?:本|各|该|每)|分(?:为|成)?[一二两三四五几\d]+个?(?:阶段|步|环节)|^[一二两三四五几]个",
            named["name"],
        ):
            continue
        below = (
            lines[at + 1][0] if at + 1 < len(lines) and not _STAGE.match(lines[at + 1][0]) else ""
        )
        said = text if day_spans(text) else below
        spans = days_of_work(said)
        name = named["name"].strip("、：: ")
        stage = Stage(name=name)
        if spans:
            stage.starts_on, stage.ends_on = day_of(spans[0], notice), last_day_of(spans[0], notice)
            stage.ends_on = None if is_open(said, spans[0]) else stage.ends_on
        if all(other.name != name for other, _ in found):
            found.append((stage, where))
    found = found if len(found) > 1 else found or _dated_points(lines, notice)
    found = found or _days_first(lines, notice)
    if len(found) > 1 or (found and found[0][0].starts_on):
        notice.stages = [stage for stage, _ in found]
        return found
    return []


_DATED = re.compile(
    rf"^\s*(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[）).．、]\s*)?(?P<name>[{HAN}、“”]{{2,12}}?)(?:时间)?\s*"
    r"(?:[（(](?P<inside>[^（）()]*)[）)]|[:：。]\s*(?P<behind>(?:20\d\d年)?\d{1,2}月\d{1,2}日.*))"
)


_DAYS_FIRST = re.compile(
    rf"^\s*(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[）).．、]\s*)?(?P<days>(?:20\d\d年)"
    rf"?\d{{1,2}}月\d{{1,2}}日[\d年月日\s—–\-~～至到]*?)[:：,，\s]+(?P<name>[{HAN}]{{2,10}}阶段)[。；;]?$"
)


def _days_first(lines: list[Line], notice: Notice) -> list[tuple[Stage, str]]:
    """`5月13日-5月17日 排查阶段`."""
    dated = [(found, where) for text, where in lines if (found := _DAYS_FIRST.match(text))]
    told = [(_stage(one["name"], one["days"], notice), where) for one, where in dated]
    return [(stage, where) for stage, where in told if stage]


def _dated_points(lines: list[Line], notice: Notice) -> list[tuple[Stage, str]]:
    """Points that each name a part of the work and, right behind it, its days:
    `（一）自查自纠（1月12日至23日）`.
    """
    found = []
    for text, where in lines:
        dated = _DATED.match(text)
        work = dated and _WORK.search(dated["name"])
        stage = _stage(dated["name"], dated["inside"] or dated["behind"], notice) if work else None  # type: ignore[index]
        found += [(stage, where)] if stage else []
    found = [(stage, where) for stage, where in found if not re.search(r"[组片队]$", stage.name)]
    own = any(_OTHERS.search(stage.name) for stage, _ in found) or len(found) >= _MANY
    return found if own and len(found) > 1 else []


_MANY = 3
"""So many parts of the work with their days are stages, whatever they are called."""


def _stage(name: str, days: str, notice: Notice) -> Stage | None:
    """A part of the work with its days; of a day by which it is due only the end is known."""
    stage, spans = Stage(name=name), day_spans(days)
    if len(spans) != 1 or not re.match(r"\s*(?:20\d\d年)?\d{1,2}月", half_width(days)):
        return None
    if not deadline_spans(days):
        stage.starts_on = day_of(spans[0], notice)
    stage.ends_on = None if is_open(days, spans[0]) else last_day_of(spans[0], notice)
    return stage


def of_table(table: Table, notice: Notice) -> bool:
    """Whether a table says what is done when; its rows are the stages of the work."""
    head = [flat(cell.text) for cell in table.rows[0]] if table.rows else []
    names = [c for c, text in enumerate(head) if re.search(r"阶段|步骤|环节", text)]
    times = [c for c, text in enumerate(head) if re.search(r"时间|日期|时限", text)]
    if not (names and times) or names[0] == times[0]:
        return False
    rows = [row for row in table.rows[1:] if not row[names[0]].spans and row[names[0]].text.strip()]
    told = [_stage(flat(row[names[0]].text), row[times[0]].text, notice) for row in rows]
    if len(told) < _LEAST or not all(told):
        return False
    notice.stages = notice.stages or [stage for stage in told if stage]
    of_own = of_the_inspection([(stage, table.where) for stage in told if stage])
    if of_own and not (notice.starts_on or notice.ends_on):
        notice.starts_on, notice.ends_on = of_own[0].starts_on, of_own[0].ends_on
        notice.warnings = [one for one in notice.warnings if one.code != "no_dates"]
        tell_taken(of_own[0], table.where, notice)
    return True


_LEAST = 2


def tell_taken(stage: Stage, where: str, notice: Notice) -> None:
    """Say whose days the days of the inspection are."""
    message = f"没有单独写督查时间，按“{stage.name}”的起止。"
    notice.warn("dates_of_stage", message, where)


def of_the_inspection(found: list[tuple[Stage, str]]) -> tuple[Stage, str] | None:
    """The stage in which somebody comes to look."""
    for stage, where in found:
        if _INSPECTS.search(stage.name) and not _OTHERS.search(stage.name) and stage.starts_on:
            return stage, where
    return None
