"""Groups that are written as sentences or as outline items, without a table."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.kernel.text import HAN, brief
from taizhang.notices.groups import teams
from taizhang.notices.groups.heads import ONE_OF_SEVERAL, STRANGE, Group, groups_in
from taizhang.notices.groups.names import NAME, pieces
from taizhang.notices.groups.sessions import session, sessions_of, tell_missing
from taizhang.notices.groups.units import organisations
from taizhang.notices.groups.unnamed import (
    by_days,
    by_lines,
    by_persons,
    crossed,
    inspect_each_other,
    pairs,
    planned,
)
from taizhang.notices.groups.visits import visited
from taizhang.notices.model import Area, Contact, Inspected, Notice, Session, Team
from taizhang.notices.values import (
    day_spans,
    flat,
    half_width,
    hours,
    outside_brackets,
)
from taizhang.notices.words import labels, persons
from taizhang.notices.words.labels import VERBS
from taizhang.notices.words.rooms import is_place, is_room

_ENDS = " 。；;\n()（）"
_AREA_LIKE = re.compile(r"(?:片区|片|学区|协作区|街道|辖区)$")


def from_sentences(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """Groups written as sentences or as outline items: `第一组：A、B、C（时间……；地点……）`."""
    parted, of_groups = crossed(pieces(paragraphs), NAME)
    found = [_area(group, notice) for group in groups_in(parted)]
    areas = [area for area in found if area.organisations or area.team or area.sessions]
    areas = _without_lone_team(areas, found, notice)
    areas = areas or pairs(paragraphs, notice) or by_days(paragraphs, notice)
    areas = areas or by_lines(paragraphs, notice) or by_persons(paragraphs, notice)
    _last_team(areas, notice)
    areas = _without_team_of_all(areas, notice)
    _last_contact(areas)
    names = {area.name for area in areas}
    areas += [one for one in found if one.contact and one.name in names and one not in areas]
    inspect_each_other(areas, of_groups, notice)
    for area in areas:
        where = [*notice.origins(area), "正文"][0]
        if area.organisations:
            tell_missing(area, notice, where)
        else:
            notice.warn("no_units", f"{area.name}没有读出被督查单位。", where)
    return areas


def _without_lone_team(areas: list[Area], found: list[Area], notice: Notice) -> list[Area]:
    """`辅导组组长：…`, `辅导组成员：…`: of one group without a number and without units it is the
    team of all.
    """
    names = {area.name for area in found}
    if names & {area.name for area in notice.areas}:
        return areas  # the table below says whom it inspects
    seen = any(area.organisations or area.sessions for area in areas)
    if len(names) != 1 or seen or ONE_OF_SEVERAL.search(names.copy().pop()) or notice.team:
        return areas
    told = [area.team for area in areas if area.team]
    if sum(bool(one.leader) for one in told) != 1:
        return areas
    whole = told[0]
    for one in told[1:]:
        whole.leader = whole.leader or one.leader
        whole.deputies += one.deputies
        whole.members += one.members
        whole.units += one.units
        whole.posts |= one.posts
    notice.team = whole
    notice.warnings = [w for w in notice.warnings if w.code != "no_leader"]
    return []


def _without_team_of_all(areas: list[Area], notice: Notice) -> list[Area]:
    """The one group without a number and without units beside others that have no team is the team
    of all.
    """
    known = {area.name for area in notice.areas}
    whole = [
        a
        for a in areas
        if a.team
        and not (a.organisations or a.sessions or ONE_OF_SEVERAL.search(a.name))
        and a.name not in known
    ]
    others = [area for area in areas if area not in whole]
    if len(whole) != 1 or any(area.team for area in others) or notice.team:
        return areas
    notice.team = whole[0].team
    return others


def _area(group: Group, notice: Notice) -> Area:
    area = Area(name=group.name)
    text, where = group.text(), group.lines[0][1]
    notice.came_from(area, [where for _, where in group.lines])
    parts = labels.parts(text)
    asked = _ASKED.match(half_width(parts[0][1]).strip(" 。；;\n"))
    if asked and persons.like_person(asked["name"]) and len(parts) == 1:
        area.contact = Contact(person=asked["name"], phone=asked["phone"])
        return area
    if not (_plan(area, parts, notice, where) or _visits(area, group.lines[0][0], notice, where)):
        _units(area, text, parts, notice, where)
        _times(area, text, parts, notice, where)
    seats = teams.who_sits(area.name, parts, notice, where, attended=bool(_taking_part(parts)))
    if seats and area.team is None:
        area.team = teams.seated(seats, notice, where)
        _with_units(area, parts)
    area.contact = teams.contact(parts)
    if area.team and area.name == area.team.leader:
        message = f"通知没有写组名，以组长“{area.name}”为名，请核对。"
        notice.warn("areas_unnamed", message, where)
    return area


def _plan(area: Area, parts: list[tuple[str, str]], notice: Notice, where: str) -> bool:
    """日程 that says of each day which units are seen."""
    said = [value for role, value in parts if role == "when"]
    if len(said) != 1 or any(role == "units" for role, _ in parts):
        return False
    for when, units in planned(said[0], notice, where):
        area.organisations += [unit for unit in units if unit not in area.organisations]
        area.sessions += [when] if when not in area.sessions else []
    return bool(area.organisations)


_ASKED = re.compile(
    rf"^(?P<name>[{HAN}]{{2,4}})[，,:\s]+(?:电话:?)?(?P<phone>1\d{{10}}|(?:0\d{{2,3}}-?)?\d{{7,8}})$"
)
"""`某某，130……` behind the name of a group: whom to ask."""


def _units(area: Area, text: str, parts: list[tuple[str, str]], notice: Notice, where: str) -> None:
    """Units after their label, else what stands in front of the first label, if that is no team."""
    said = [value for role, value in parts if role == "units"] or _taking_part(parts)
    said = said or [value for role, value in parts if role == "venue" and _several(value)]
    listed = [value for value in said if "、" in value or not _AREA_LIKE.search(value.strip(_ENDS))]
    if said:
        said = listed or said  # 负责华东片区 beside a list of units says where these lie
        for value in said:
            kept = _no_times(re.split(r"。", value)[0])
            area.organisations += [
                u for u in organisations(kept, notice, where) if u not in area.organisations
            ]
        if {role for role, _ in parts} <= _NO_SEATS:
            _before_units(area, parts[0][1], notice, where)
        return
    known, strange = _strange_labels(parts[0][1])
    for line in strange:
        notice.warn("not_read", f"{area.name}的“{brief(flat(line), 30)}”没有认出。", where)
    lead = _no_times(re.split(r"[。]", known)[0])
    tokens = [t for t in outside_brackets(lead, "、，,;；\n\t \u3000") if t.strip(" :：")]
    if not tokens:
        return
    _lead(area, lead, tokens, notice, where)


def _several(text: str) -> bool:
    """Whether a place is a list of units: 暗访地点：甲镇、乙街道."""
    names = [one.strip(" 。；;\n") for one in re.split("[、，,]", text)]
    return len(names) > 1 and all(map(persons.like_unit, names))


def _taking_part(parts: list[tuple[str, str]]) -> list[str]:
    """参加单位 are looked at, where nobody else is and it is said where they come together."""
    roles = [role for role, _ in parts]
    return [v for r, v in parts if r == "taking_part"] if "venue" in roles else []


def _with_units(area: Area, parts: list[tuple[str, str]]) -> None:
    """Units named first, before it is said which others are inspected, send the team."""
    if area.team and not area.team.units and any(role == "units" for role, _ in parts):
        listed = persons.people(_no_times(parts[0][1]))
        if listed.units and not listed.persons and not listed.unsure:
            area.team.units = listed.units


_NO_SEATS = {"", "units", "when", "venue", "contact"}


def _before_units(area: Area, text: str, notice: Notice, where: str) -> None:
    """Who stands between the name of a group and its units, without a label: the persons or the
    units that inspect.
    """
    lead = _no_times(re.split(r"[。]", _strange_labels(text)[0])[0]).strip("、，,：: ")
    listed = persons.people(lead)
    sure = listed.persons and all(map(persons.like_person, listed.names()))
    if not lead or _SEE.match(lead):
        return
    staff = [one for one in listed.unsure if _STAFF.search(one)]
    for one in staff if sure else ():
        notice.warn("not_read", f"“{one}”没有写出姓名，没有读入督查组。", where)
    if listed.unsure == staff and bool(sure) != bool(listed.units):
        area.team = Team(members=listed.names(), units=listed.units)
    if area.team and sure:
        notice.warn("no_leader", "督查组没有写明组长。", where)
    elif not area.team:
        message = f"{area.name}后面的“{brief(flat(lead), 30)}”不能确定是单位还是人员，没有读入。"
        notice.warn("not_read", message, where)


_STAFF = re.compile(r"(?:全体|有关|相关)?(?:人员|干部|同志|成员)$")
"""基教科全体人员: people without a name."""
_SEE = re.compile(
    r"^(?:具体|详细)?(?:安排)?(?:详见|参见|见|按照?)(?:附[件表]?|[^、，,；;]{0,12}表)|^另行通知|^附后"
)
"""What says where something stands, and nothing else."""


def _strange_labels(text: str) -> tuple[str, list[str]]:
    """The text without the lines whose label is not known, and these."""
    lines = text.splitlines()
    strange = [line for line in lines if STRANGE.match(line)]
    return "\n".join(line for line in lines if line not in strange), strange


def _lead(area: Area, lead: str, tokens: list[str], notice: Notice, where: str) -> None:
    """Units or persons without a label: told by how they end; when unsure, that is said."""
    units = [t for t in tokens if persons.like_unit(t) and not _AREA_LIKE.search(t)]
    places = [t for t in tokens if _AREA_LIKE.search(t)]
    people = [t for t in tokens if persons.like_person(t) and not persons.like_unit(t)]
    rest = [t for t in tokens if not _AREA_LIKE.search(t)]
    if (
        places
        and not units
        and rest
        and all(persons.may_be_person(re.sub(r"\s", "", t)) for t in rest)
    ):
        area.team = Team(members=persons.people("、".join(rest)).names())
        area.organisations = [Inspected(name=place) for place in places]
        notice.warn("no_leader", "督查组没有写明组长。", where)
    elif people and len(people) == len(tokens):
        area.team = Team(members=persons.people("、".join(tokens)).names())
        notice.warn("no_leader", "督查组没有写明组长。", where)
    elif units or places or re.search(r"片|区", area.name):
        area.organisations = organisations(lead, notice, where)
    elif not _SEE.match(lead.strip()):
        message = f"{area.name}后面的“{brief(flat(lead), 30)}”不能确定是单位还是人员，没有读入。"
        notice.warn("not_read", message, where)


def _times(area: Area, text: str, parts: list[tuple[str, str]], notice: Notice, where: str) -> None:
    """When and where: after their labels, else anywhere in the group's lines."""
    own = [] if area.sessions else _of_units(parts, notice, where)
    if own:
        area.sessions = own
        return
    when = [value for role, value in parts if role == "when"]
    venues = [value for role, value in parts if role == "venue"]
    if when and len(day_spans(when[0])) > 1:
        area.sessions = sessions_of(when[0], notice, where)
    else:
        about = "\n".join(when) if when else _without_people(text, parts)
        found = session(about, notice, where)
        if found or (venues and not _several(venues[0])):
            area.sessions.append(found or Session())
    for one in area.sessions:
        if one.venue is None and not (venues and _several(venues[0])):
            one.venue = _first_line(venues[0]) if venues else _venue_in_bracket(text)
    area.sessions = [one for one in area.sessions if one != Session()]


def _of_units(parts: list[tuple[str, str]], notice: Notice, where: str) -> list[Session]:
    """The sessions that the units say themselves."""
    told = [value for role, value in parts if role == "units"] or [parts[0][1]]
    found = [one for text in told for one in visited(text, notice, where)]
    return list({one.model_dump_json(): one for one in found}.values()) if len(found) > 1 else []


def _first_line(text: str) -> str | None:
    return re.split(r"[\n，,；;。]", text.strip())[0].strip() or None


def _without_people(text: str, parts: list[tuple[str, str]]) -> str:
    """The text, or only what is no team's and no telephone, where there are labels."""
    if len(parts) == 1:
        return text
    kept = [value for role, value in parts if role in ("", "units", "when", "venue")]
    return "\n".join(kept) if any(day_spans(v) or hours(v)[0] for v in kept) else ""


def _no_times(text: str) -> str:
    """A sentence without the brackets or clauses that give time or place."""
    timed = _is_timed(text)
    text = re.sub(
        r"[（(][^（）()]*[）)]", lambda found: "" if _is_timed(found[0]) else found[0], text
    )
    pieces = [
        piece
        for piece in outside_brackets(text, "，,\n；;")
        if not day_spans(piece)
        and not hours(piece)[0]
        and not re.fullmatch(r"\s*[:：]*\s*", piece)
        and not (timed and is_room(piece))
    ]
    return "、".join(pieces)


def _is_timed(text: str) -> bool:
    return bool(day_spans(text) or hours(text)[0] or re.search(r"[上下]午|时间[:：]", text))


def _last_contact(areas: list[Area]) -> None:
    """A line about whom to ask that stands behind the last group alone is the letter's own."""
    if len(areas) > 1 and areas[-1].contact and not any(area.contact for area in areas[:-1]):
        areas[-1].contact = None


def _last_team(areas: list[Area], notice: Notice) -> None:
    """Who inspects, named behind the last group alone: that is for all of them."""
    if (
        len(areas) > 2
        and areas[-1].team
        and not any(a.team for a in areas[:-1])
        and not notice.team
    ):
        notice.team, areas[-1].team = areas[-1].team, None


def _venue_in_bracket(text: str) -> str | None:
    """`（10月25日上午 甲小会议室）`: what a bracket says beside the time."""
    for inside in re.findall(r"[（(]([^（）()]*)[）)]", text):
        if day_spans(inside):
            for piece in re.split(r"[，,；;、\s]+", inside):
                if not (day_spans(piece) or hours(piece)[0]) and is_place(piece):
                    return piece
    return None


_VISIT = re.compile(r"^(?P<when>[^，；。]*?)(?:到|赴|前往|去)\s*(?P<units>[^，；。]{2,60})$")


_COMES_TOGETHER = re.compile(r"(?:集合|集中|汇合|会合|报到|碰头)$")


def _visits(area: Area, text: str, notice: Notice, where: str) -> bool:
    """`11月20日上午9时到甲小，下午2时到乙小；……`: each visit is a session, at the unit that is visited."""
    visits = [_VISIT.match(piece.strip()) for piece in re.split(r"[，,；;。]", text)]
    said = [v for v in visits if v and (day_spans(v["when"]) or hours(v["when"])[0])]
    said = [v for v in said if not _COMES_TOGETHER.search(v["units"])]
    if not said:
        return False
    day = ""
    for visit in said:
        spans = day_spans(visit["when"])
        day = spans[0].text if spans else day
        units = organisations(
            re.sub(rf"(?:进行|开展)?(?:{VERBS})$", "", visit["units"]), notice, where
        )
        when = visit["when"] if spans else day + visit["when"]
        found = session(when, notice, where) or Session()
        if len(units) == 1:
            found.venue = found.venue or units[0].name
        area.organisations += [unit for unit in units if unit not in area.organisations]
        area.sessions.append(found)
    return True
