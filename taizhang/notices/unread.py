"""What stands in a notice and was not read is said where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.documents.blocks import Paragraph, Source, Table
from taizhang.kernel.text import brief
from taizhang.notices import left
from taizhang.notices.letter.parts import Letter, Section
from taizhang.notices.letter.timing import days_of_work
from taizhang.notices.model import Notice
from taizhang.notices.places import spots_of
from taizhang.notices.values import day_spans, flat, half_width, hours, outside_brackets
from taizhang.notices.words import labels, persons

_GROUPS = re.compile(
    r"分组|片区|分片|(?:督查|检查|督导|考核|巡察|调研|工作)组(?!织)|(?:督查|检查|考核|督导)组织|人员(?:组成|分工|安排)|组织分工|互查|结对"
)
_TIME = re.compile(r"^[\u4e00-\u9fff]{0,6}(?:时间|日期)(?:安排)?\s*[:：]")
_NOT_OURS = re.compile(r"乘车|上车|出发|发车|集合|前[^后]|前$|下班|上班|就餐|用餐")
_TIMES = re.compile(r"时间|日程|安排|步骤")


def tell(notice: Notice, letter: Letter, source: Source) -> None:
    """Sections about groups that gave none, lines with people or hours that are no value's place,
    text boxes.
    """
    read = set(notice.places.values())
    for area in notice.areas:
        read |= set(notice.origins(area)) if area.organisations or area.team else set()
    _tell_left(notice, source)
    for section in letter.sections:
        _tell_section(section, notice, source, read)
    _tell_hours(letter, notice, read)
    boxed = {b.where for b in source.blocks if isinstance(b, Paragraph) and b.boxed}
    for spot in spots_of(source):
        if spot.where not in read:
            _tell_spot(notice, spot.text, spot.where, boxed=spot.where in boxed)
    left.tell(notice, letter, source)


_LISTS = {"", "leader", "deputy", "members", "liaison", "team", "units", "team_units", "strange"}
_GLUE = re.compile(
    r"(?:另行通知|待定|另定|暂定|空缺|无|略|机动|休息|同上|[-—–/]+|等|同志)|(?:详见|参见|见|按照?).*|.*(?:\d|[一二两三四五六七八九十几])"
    r"[个所家名人位].*"
)
"""What stands in a list and names nobody and nothing."""


def _tell_left(notice: Notice, source: Source) -> None:
    """What the lines of the groups list under a label and no group has."""
    origins = {where for area in notice.areas for where in notice.origins(area)}
    told = "".join(warning.message for warning in notice.warnings)
    known = [flat(one) for one in _names(notice)]
    for spot in spots_of(source):
        parts = labels.parts(spot.text) if spot.where in origins else []
        listed = [value for role, value in parts if role in _LISTS] if len(parts) > 1 else []
        pieces = [one for text in listed for one in outside_brackets(text, "、，,;；。\n")]
        left = [one for one in map(_plain, pieces) if one and not _is_known(one, known)]
        left = [one for one in left if one not in flat(told)]
        if left:
            message = f"“{_shown('、'.join(left))}”没有归入任何一项，请对照原文。"
            notice.warn("not_read", message, spot.where)


def _names(notice: Notice) -> Iterator[str]:
    """Names of groups, units, persons and places, and posts."""
    if notice.session and notice.session.venue:
        yield notice.session.venue
    yield from filter(None, (notice.contact.office, notice.contact.person))
    teams = [notice.team, *(area.team for area in notice.areas)]
    for team in filter(None, teams):
        yield from filter(None, [team.leader, *team.deputies, *team.members, *team.units])
        yield from team.posts.values()
    for area in notice.areas:
        yield area.name
        yield from (one.venue for one in area.sessions if one.venue)
        yield from (area.contact.person,) if area.contact and area.contact.person else ()
        for unit in area.organisations:
            yield from (unit.name, *unit.includes)


def _plain(piece: str) -> str:
    """A piece of a list without brackets and its number; nothing where it is no name at all."""
    last = half_width(piece).strip(" :").rsplit(":", 1)[-1]
    text = re.sub(r"[（(].*?[）)]|^\s*[（(]?\d{1,2}[.．、)）]", "", last)
    text = flat(text).strip("、，,;；。:：()（）")
    timed = day_spans(text) or hours(text)[0] or re.search(r"\d{5,}|[上下]午", text)
    named = len(text) > 1 and re.search(r"[\u4e00-\u9fff]", text)
    return text if named and not timed and not _GLUE.fullmatch(text) else ""


def _is_known(text: str, known: list[str]) -> bool:
    return any(one in text or text in one for one in known)


def _tell_spot(notice: Notice, text: str, where: str, *, boxed: bool) -> None:
    shown = _shown(text)
    if boxed:
        notice.warn("unread", f"文本框里的“{shown}”没有归入任何一项。", where)
    elif _units(text):
        notice.warn("unread", f"“{shown}”列有单位，没有分组，没有读入，请对照原文。", where)
    elif _seats(text):
        kept = "是领导小组，不作为督查组" if "领导小组" in text else "写有人员分工，没有读入"
        notice.warn("unread", f"“{shown}”{kept}，请对照原文。", where)
    elif days_of_work(text) and (hours(text)[0] or _TIME.match(text)):
        notice.warn("unread", f"“{shown}”写有日期和时间，没有读入，请对照原文。", where)


def _tell_section(section: Section, notice: Notice, source: Source, read: set[str]) -> None:
    places = {section.where, *(where for _, where in section.lines)}
    if _GROUPS.search(section.heading) and not (notice.areas or notice.team):
        message = f"“{section.heading}”一节没有读出分组，请对照原文补充。"
        notice.warn("section_unread", message, section.where)
    elif "附" in section.heading and notice.areas:
        return
    elif _TIMES.search(section.heading) and not (places | _in_table(section, source)) & read:
        message = f"“{section.heading}”一节没有读出内容，请对照原文。"
        notice.warn("section_unread", message, section.where)
    elif section.lines and not (places | _in_table(section, source)) & read:
        message = f"“{_shown(section.heading)}”一节没有归入任何一项，请对照原文。"
        notice.warn("section_unread", message, section.where)


def _tell_hours(letter: Letter, notice: Notice, read: set[str]) -> None:
    """A day with an hour in a line that is kept as a method or a demand, where nobody's session is
    at that hour.
    """
    known = {one.start for area in notice.areas for one in area.sessions}
    known |= {notice.session.start} if notice.session else set()
    for section in letter.sections:
        for text, where in section.lines:
            sets_out = _NOT_OURS.search(text) and not days_of_work(text)
            if where in read and not sets_out and hours(text)[0] not in (None, *known):
                message = f"“{_shown(text)}”写有时间，没有读作时间地点，请对照原文。"
                notice.warn("unread", message, where)


def _in_table(section: Section, source: Source) -> set[str]:
    """The places of the cells of a table that stands right below a heading."""
    at = next(
        (
            n
            for n, block in enumerate(source.blocks)
            if isinstance(block, Paragraph)
            and block.where == (section.lines or [("", section.where)])[-1][1]
        ),
        len(source.blocks),
    )
    below = source.blocks[at + 1] if at + 1 < len(source.blocks) else None
    if not isinstance(below, Table):
        return set()
    return {cell.where for row in below.rows for cell in row} | {below.where}


def _shown(text: str) -> str:
    return brief(" ".join(text.split()), 30)


def _units(text: str) -> bool:
    """Whether several units are listed behind a label."""
    return any(
        role == "units"
        and sum(map(persons.like_unit, re.split("[、，,]", value.strip(" 。；")))) > 1
        for role, value in labels.parts(text)[1:]
    )


def _seats(text: str) -> bool:
    """Whether somebody is named in a seat of a team."""
    return any(
        role in ("leader", "deputy", "members", "liaison") and persons.people(value).persons
        for role, value in labels.parts(text)[1:]
    )
