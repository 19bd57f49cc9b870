"""Areas that are written as sentences or as outline items, without a table."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN
from taizhang.documents.blocks import Paragraph, Source, Table
from taizhang.notices.model import Area, Notice, Session
from taizhang.notices.sessions import session, sessions_of, tell_missing
from taizhang.notices.teams import team
from taizhang.notices.units import organisations
from taizhang.notices.values import day_spans, hours, outside_brackets

_LABELS = (
    r"(?:被?(?:督查|检查|受检|督导|考核))?(?:单位|学校|党组织|支部|对象)|(?:督查|检查|督导|考核)?(?:时间地点|时间|日期)"
    r"|(?:督查|检查|集中)?地点|副组长|组长|组员|成员|带队领导|督查组"
)
_LABEL = re.compile(rf"(?P<label>{_LABELS})\s*[:：]\s*")
_GROUP = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).．、]\s*)?"
    rf"(?P<name>第[一二三四五六七八九十\d]{{1,3}}(?:督查|检查|督导|考核)?(?:小?组|片区?|批)|[{HAN}A-Za-z\d]{{1,8}}(?:片区|片|组))"
    r"\s*(?P<bracket>[（(][^（）()]*[）)])?"
    rf"\s*(?:[:：]\s*(?P<rest>.*)|[ \u3000\t]+(?P<said>(?:{_LABELS})\s*[:：].*))?$"
)
_IS_UNITS = re.compile(r"单位|学校|党组织|支部|对象")
_NO_GROUP = re.compile(r"领导小组|党小组|^(?!第).*(?:督查组|检查组|督导组|考核组|工作组)$")
_NUMBER = re.compile(r"^\s*[（(]?\d{1,2}[）).．、]\s*")


def from_sentences(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """Groups written as sentences or as outline items: `第一组：A、B、C（时间……；地点……）`."""
    areas: list[Area] = []
    held: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        found = _GROUP.match(paragraph.text)
        if (
            found
            and not _NO_GROUP.search(found["name"])
            and (found["rest"] or found["said"] or _has_labels_after(paragraphs, paragraph))
        ):
            _close(areas, held, notice)
            areas.append(Area(name=found["name"]))
            held = [
                (found["rest"] or found["said"] or "", paragraph.where),
                ((found["bracket"] or "").strip("（()） "), paragraph.where),
            ]
        elif areas and held and _goes_on(paragraph, held[-1][0]):
            held.append((paragraph.text, paragraph.where))
        elif held:
            _close(areas, held, notice)
            held = []
    _close(areas, held, notice)
    return [area for area in areas if area.organisations]


def heading_above(read: Source, table: Table) -> str:
    """The area that the line above a table names, when it names one and nothing else."""
    at = next(i for i, block in enumerate(read.blocks) if block is table)
    before = read.blocks[at - 1] if at else None
    found = _GROUP.match(before.text) if isinstance(before, Paragraph) else None
    return (
        found["name"] if found and not found["rest"] and not _NO_GROUP.search(found["name"]) else ""
    )


def _goes_on(paragraph: Paragraph, before: str) -> bool:
    """A line that begins with a label, or that a comma at the end of the one before asks for."""
    return bool(_LABEL.match(_NUMBER.sub("", paragraph.text))) or before.rstrip().endswith(
        ("、", "，", ",")
    )


def _has_labels_after(paragraphs: list[Paragraph], one: Paragraph) -> bool:
    after = paragraphs[paragraphs.index(one) + 1 :][:1]
    return bool(after and _LABEL.match(_NUMBER.sub("", after[0].text)))


def _close(areas: list[Area], held: list[tuple[str, str]], notice: Notice) -> None:
    if not areas or not held:
        return
    area, where = areas[-1], held[0][1]
    text = "\n".join(line for line, _ in held)
    labels = list(_LABEL.finditer(text))
    if not _visits(area, held[0][0], notice, where):
        _listed(area, text, labels, notice, where)
    if area.organisations:
        tell_missing(area, notice, where)
    seats = [
        text[m.start() : _end(labels, at, text)]
        for at, m in enumerate(labels)
        if re.search(r"组长|组员|成员|带队", m["label"])
    ]
    if seats:
        area.team = team(
            "\n".join(s.replace("；", "\n").replace("。", "\n") for s in seats), notice, where
        )


def _listed(area: Area, text: str, labels: list[re.Match[str]], notice: Notice, where: str) -> None:
    """Units after their label, or in front of the first; time and place anywhere."""
    parts = [(m["label"], text[m.end() : _end(labels, at, text)]) for at, m in enumerate(labels)]
    units = [said for label, said in parts if _IS_UNITS.search(label)]
    if not units:
        lead = text[: labels[0].start()] if labels else text
        units = [re.split(r"[。；;]", _without_times(lead))[0]]
    area.organisations = organisations(units[0].split("。")[0].split("；")[0], notice, where)
    timed = [said for label, said in parts if re.search(r"时间|日期", label)]
    if timed and len(day_spans(timed[0])) > 1:
        area.sessions = sessions_of(timed[0], notice, where)
    elif found := session(text, notice, where):
        found.venue = found.venue or _venue_in_bracket(text)
        area.sessions.append(found)


def _venue_in_bracket(text: str) -> str | None:
    """`（10月25日上午 甲小会议室）`: what a bracket says beside the time."""
    for inside in re.findall(r"[（(]([^（）()]*)[）)]", text):
        if day_spans(inside):
            for piece in re.split(r"[，,；;、\s]+", inside):
                if (
                    len(piece) > 1
                    and not (day_spans(piece) or hours(piece)[0])
                    and not re.search(r"[上下]午|全天|周|[:：]", piece)
                ):
                    return piece
    return None


_VISIT = re.compile(r"^(?P<when>[^，；。]*?)(?:到|赴|前往|去)\s*(?P<units>[^，；。]{2,60})$")


def _visits(area: Area, text: str, notice: Notice, where: str) -> bool:
    """`11月20日上午9时到甲小，下午2时到乙小；……`: each visit is a session, at the unit that is visited."""
    visits = [_VISIT.match(piece.strip()) for piece in re.split(r"[，,；;。]", text)]
    said = [v for v in visits if v and (day_spans(v["when"]) or hours(v["when"])[0])]
    if not said:
        return False
    day = ""
    for visit in said:
        spans = day_spans(visit["when"])
        day = spans[0].text if spans else day
        units = organisations(
            re.sub(r"(?:进行)?(?:督查|检查|督导|考核)$", "", visit["units"]), notice, where
        )
        when = visit["when"] if spans else day + visit["when"]
        found = session(when, notice, where) or Session()
        if len(units) == 1:
            found.venue = found.venue or units[0].name
        area.organisations += [unit for unit in units if unit not in area.organisations]
        area.sessions.append(found)
    return True


def _end(labels: list[re.Match[str]], at: int, text: str) -> int:
    return labels[at + 1].start() if at + 1 < len(labels) else len(text)


def _without_times(text: str) -> str:
    """A sentence without the brackets or clauses that give time or place."""
    text = re.sub(r"[（(][^（）()]*(?:月|点|午|时间)[^（）()]*[）)]", "", text)
    pieces = [
        piece
        for piece in outside_brackets(text, "，,\n")
        if not day_spans(piece) and not hours(piece)[0]
    ]
    return "、".join(pieces)
