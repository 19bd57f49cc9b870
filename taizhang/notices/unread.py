"""What stands in a notice and was not read is said where it stands."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph, Source, Table
from taizhang.kernel.text import brief
from taizhang.notices.letter.parts import Letter, Section
from taizhang.notices.letter.timing import days_of_work
from taizhang.notices.model import Notice
from taizhang.notices.places import spots_of
from taizhang.notices.values import hours
from taizhang.notices.words import labels, persons

_GROUPS = re.compile(
    r"分组|片区|分片|(?:督查|检查|督导|考核|巡察|调研|工作)组(?!织)|(?:督查|检查|考核|督导)组织|人员(?:组成|分工|安排)|组织分工|互查|结对"
)
_TIMES = re.compile(r"时间|日程|安排|步骤")


def tell(notice: Notice, letter: Letter, source: Source) -> None:
    """Sections about groups that gave none, lines with people or hours that are no value's place, text boxes."""
    read = set(notice.places.values())
    for area in notice.areas:
        read |= set(notice.origins(area)) if area.organisations or area.team else set()
    for section in letter.sections:
        _tell_section(section, notice, source, read)
    _tell_hours(letter, notice, read)
    boxed = {b.where for b in source.blocks if isinstance(b, Paragraph) and b.boxed}
    for spot in spots_of(source):
        if spot.where not in read:
            _tell_spot(notice, spot.text, spot.where, boxed=spot.where in boxed)


def _tell_spot(notice: Notice, text: str, where: str, *, boxed: bool) -> None:
    shown = _shown(text)
    if boxed:
        notice.warn("unread", f"文本框里的“{shown}”没有归入任何一项。", where)
    elif _units(text):
        notice.warn("unread", f"“{shown}”列有单位，没有分组，没有读入，请对照原文。", where)
    elif _seats(text):
        kept = "是领导小组，不作为督查组" if "领导小组" in text else "写有人员分工，没有读入"
        notice.warn("unread", f"“{shown}”{kept}，请对照原文。", where)
    elif days_of_work(text) and hours(text)[0]:
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


def _tell_hours(letter: Letter, notice: Notice, read: set[str]) -> None:
    """A day with an hour in a line that is kept as a method or a demand, where nobody's session is at that hour."""
    known = {one.start for area in notice.areas for one in area.sessions}
    known |= {notice.session.start} if notice.session else set()
    for section in letter.sections:
        for text, where in section.lines:
            if where in read and days_of_work(text) and hours(text)[0] not in (None, *known):
                message = f"“{_shown(text)}”写有日期和时间，没有读作时间地点，请对照原文。"
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
