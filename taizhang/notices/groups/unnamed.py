"""Groups that have no name: pairs of units, and the units of a day."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.kernel.text import HAN
from taizhang.notices.groups import teams
from taizhang.notices.groups.lines import NUMBER, are_units, is_one_unit, unnumbered
from taizhang.notices.groups.sessions import session
from taizhang.notices.groups.units import organisations
from taizhang.notices.groups.visits import ARROW, LED, stop_times
from taizhang.notices.letter.parts import Letter
from taizhang.notices.model import Area, Inspected, Notice, Session, Team
from taizhang.notices.values import day_spans, flat, half_width, hours, outside_brackets
from taizhang.notices.words import labels, persons

_PAIR = re.compile(
    rf"^(?P<name>(?P<one>[{HAN}\dA-Za-z（）()]{{2,16}}?)(?:互查|负责检查|负责督查|查|检查|督查|评查|→|-+>|—+>)"
    rf"(?P<other>[{HAN}\dA-Za-z（）()]{{2,16}}))$"
)


_TIMED_PAIR = re.compile(r"\s*[（(]([^（）()]*\d{1,2}月\d{1,2}日[^（）()]*)[）)]$")
"""`甲支部→乙支部（5月20日）`."""
_IN_A_WAY = re.compile(r"^.*(?:按照?|采取|实行)|的[^的]{0,6}(?:形式|方式|办法|顺序|次序)(?:进行)?$")
"""`按照甲支部查乙支部、乙支部查甲支部的循环形式`: what stands around the pairs."""


def pairs(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """`甲小查乙小`: each pair is a group, whose team is the unit that inspects."""
    areas = []
    mutual = any(re.search("互查|交叉|互评|互检", one.text) for one in paragraphs)
    for paragraph in paragraphs:
        if day_spans(paragraph.text.split("：")[0]) and not _TIMED_PAIR.search(
            paragraph.text.rstrip()
        ):
            continue  # a route, and when it is gone
        text = NUMBER.sub("", paragraph.text.split("：")[-1]).strip()
        text = re.sub(r"\s*(→|-+>|—+>)\s*", r"\1", text) if mutual else text
        for piece in re.split(r"[，,；;。、\s]+", text):
            timed = _TIMED_PAIR.search(piece)
            alone = piece[: timed.start()] if timed else piece
            found = _PAIR.match(_IN_A_WAY.sub("", half_width(alone)))
            if found and persons.like_unit(found["one"]) and persons.like_unit(found["other"]):
                area = Area(
                    name=found["name"],
                    organisations=[Inspected(name=found["other"])],
                    team=Team(units=[found["one"]]),
                )
                when = session(timed[1], notice, paragraph.where) if timed else None
                area.sessions = [when] if when else []
                notice.came_from(area, [paragraph.where])
                areas.append(area)
    return areas


def crossed(pieces: list[Paragraph], name: str) -> tuple[list[Paragraph], list[Crossed]]:
    """The paragraphs without those that only say which group inspects which, and what these say."""
    way = re.compile(rf"(?P<one>{name})(?:负责)?(?:{labels.VERBS}|互查|查)(?P<other>{name})")
    left, found = [], list[Crossed]()
    for piece in pieces:
        said = list(way.finditer(half_width(piece.text)))
        rest = _HEADED.sub("", way.sub("", half_width(piece.text)))
        if not said or re.search(rf"[{HAN}]{{3,}}", _TIMES.sub("", rest)):
            left.append(piece)
            continue
        day = piece.text if len(said) == 1 and day_spans(piece.text) else ""
        found += [(one["one"], one["other"], day, piece.where) for one in said]
    return left, found


_HEADED = re.compile(rf"^[^:]{{0,4}}[{HAN}]{{2,6}}:")
"""`三、互查顺序：` before them."""
Crossed = tuple[str, str, str, str]
"""(who inspects, who is inspected, the line if it says the day, its place)"""
_TIMES = re.compile(r"[\d年月日号上下午时点分:—\-~至周星期一二三四五六日（()）\s]+")


def inspect_each_other(areas: list[Area], said: list[Crossed], notice: Notice) -> None:
    """A group that another inspects has the units of that one as its team, led by who
    leads these.
    """
    named = {area.name: area for area in areas}
    teams = {area.name: area.team for area in areas}
    for one, other, day, where in said:
        if one not in named or other not in named:
            continue
        own = teams[one]
        units = [unit.name for unit in named[one].organisations]
        named[other].team = Team(
            leader=own.leader if own else None,
            posts=dict(own.posts) if own else {},
            units=units,
        )
        notice.came_from(named[other], [where, *notice.origins(named[one])])
        when = session(day, notice, where) if day else None
        if when and not named[other].sessions:
            named[other].sessions = [when]


_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_DAY_ALONE = re.compile(
    r"^(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[(（](?:周|星期).[)）])?\s*(?:[上下]午)?[:：]?$"
)
_HALF = re.compile(
    r"^\s*[上下]午\s*[:：]|^\s*(?:[上下]午)?\s*\d{1,2}[:点时](?:\d\d)"
    r"?分?(?:\s*[—–\-~至]\s*\d{1,2}[:点时](?:\d\d)?分?)?"
    r"\s*[:，,到赴]?\s*(?=[\u4e00-\u9fff])"
)


def _on_day(day: str, line: str) -> str:
    """The line with its day before it; a half of the day that both say is said once."""
    day, line = flat(day), line.strip()
    return (re.sub("[上下]午$", "", day) if _HALF_FIRST.match(line) else day) + line


_HALF_FIRST = re.compile("[上下]午")


_BOTH_HALVES = re.compile(
    r"^(?P<day>(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[(（](?:周|星期).[)）])?)\s*(?P<first>上午\s*[:：].+?)[；"
    r";。，,]\s*(?P<second>下午\s*[:：].+)$"
)


def _halves(one: Paragraph) -> list[Paragraph]:
    """`6月17日上午：甲；下午：乙` as two lines."""
    plain = half_width(unnumbered(one.text)).strip(" 。；;")
    found = _BOTH_HALVES.match(plain)
    if found:
        return [Paragraph(found["day"] + found[half], one.where) for half in ("first", "second")]
    first, *more = re.split("[；;。]", plain)
    day = _DAY_BEFORE.match(first)
    if not day or not more or not all(map(_HALF.match, more)):
        return [one]
    return [Paragraph(text, one.where) for text in (first, *(day[1] + m.strip() for m in more))]


_DAY_BEFORE = re.compile(
    r"^((?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[(（](?:周|星期).[)）])?)\s*(?:[上下]午)?\s*\d{1,2}[:点时]"
)
"""`3月9日上午9:00，甲；下午3:00，乙`: the day is that of both."""


def _under_their_days(paragraphs: list[Paragraph]) -> list[tuple[Paragraph, list[str]]]:
    """`11月17日` alone on a line stands before each `上午：…` below it; each line with its places."""
    found: list[tuple[Paragraph, list[str]]] = []
    day: Paragraph | None = None
    for one in (part for whole in paragraphs for part in _halves(whole)):
        plain = half_width(unnumbered(one.text)).strip()
        if _DAY_ALONE.match(plain):
            day = Paragraph(plain.strip(":："), one.where)
        elif day and _HALF.match(plain):
            found.append((Paragraph(_on_day(day.text, plain), one.where), [one.where, day.where]))
            continue
        else:
            day = None
        found.append((one, [one.where]))
    return found


_DAY = re.compile(
    r"^(?P<day>[^：:，。；]{3,20}?(?:日|号|[上下]午|全天)(?:[（(](?:周|星期).[）)])?)\s*[：:]\s*(?P<units>(?:[^："
    r":]|(?<=\d)[：:](?=\d))+)$"
)


_NAMED = re.compile(rf"^(?P<name>[{HAN}]{{1,8}}(?:片区?|线|组))[（(](?P<units>[^（）()]+)[）)]$")
"""`东片（甲小、乙小）`."""


def _names_units(text: str) -> bool:
    named = _NAMED.match(text.strip("。；; "))
    return bool(named and (are_units(named["units"]) or is_one_unit(named["units"])))


_PLACED = re.compile(r"[，,\s]+(?:集中|集合|会合)?地点\s*[:：]\s*")


def by_lines(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """`4月21日14:00，甲支部（某楼A305）` below each other: each unit is a group of its own."""
    areas = []
    for one, places in _under_their_days(paragraphs):
        plain, *placed = _PLACED.split(half_width(unnumbered(one.text)).strip(" 。；;"), maxsplit=1)
        led = LED.match(plain.strip())
        if not led or not day_spans(led["when"]) or not is_one_unit(led["unit"]):
            continue
        when = session(led["when"], notice, one.where)
        if when and placed and not re.search(r"[，,；;。]", placed[0]):
            when.venue = when.venue or placed[0].strip()
        _at_its_place(when, led["unit"])
        name = _IN_BRACKETS.sub("", led["unit"]) if when and when.venue else led["unit"]
        area = Area(
            name=_IN_BRACKETS.sub("", name).strip(),
            organisations=organisations(name, notice, one.where),
            sessions=[when] if when else [],
        )
        notice.came_from(area, places)
        areas.append(area)
    alike = len({area.name for area in areas}) == len(areas) > 1
    return areas if alike else []


def _at_its_place(when: Session | None, unit: str) -> None:
    """The bracket behind a unit is where it is seen, unless it says what belongs to it."""
    bracket = _IN_BRACKETS.search(unit)
    if when and bracket and not re.match(r"包?含|包括", bracket[1]):
        when.venue = when.venue or bracket[1].strip()


def _stops(lines: list[tuple[str, str]], notice: Notice) -> list[Session]:
    """`8:40 甲支部（某某中心）` below each other: when and where each unit is seen; [] where a line says
    no hour.
    """
    found = []
    for text, where in lines:
        led = LED.match(half_width(text).strip(" 。；;"))
        if not led or not hours(led["when"])[0] or not is_one_unit(led["unit"]):
            return []
        when = session(led["when"], notice, where)
        _at_its_place(when, led["unit"])
        found += [when] if when else []
    return found


_GENERAL = re.compile(r"^(?:各|全|所有|其他|其余|有关|相关|部分|本|下属|所属|辖区)")


_JUDGED = re.compile(
    r"(?:现场|大会|会议)?(?:述职|汇报|发言|参评|申报|迎检|迎查|待检)(?:述廉|评议)?的?"
    r"(?:单位|学校|医院|企业|党组织|党?支部)(?:名单|顺序)?"
)
"""Those who report before they are judged, or stand to be: nobody else is inspected."""


def _heads_judged(heading: str) -> bool:
    return bool(_JUDGED.fullmatch(re.sub(r"[（(][^（）()]*[）)]", "", flat(heading))))


def of_one_list(letter: Letter, notice: Notice) -> None:
    """`抽查对象：甲小学、乙小学` where nothing says that these are parted into groups: one group, called as the
    section is.
    """
    lists = []
    for section in letter.sections:
        listed = [(re.split("。", text)[0], text, where) for text, where in section.lines]
        whole = "、".join(text for text, *_ in listed)
        names = [unit.name for unit in organisations(whole, Notice(), section.where)]
        sure = len(names) > 1 and all(is_one_unit(one) and not _GENERAL.match(one) for one in names)
        if sure and (labels.role_of(section.heading) == "units" or _heads_judged(section.heading)):
            lists.append((section, listed, whole))
    if notice.areas or len(lists) != 1:
        return
    section, listed, whole = lists[0]
    area = Area(
        name=section.heading.strip(),
        organisations=organisations(whole, notice, section.where),
    )
    when = session("\n".join(text for _, text, _ in listed), notice, section.where)
    area.sessions = [when] if when and (when.date or when.start) else []
    if stops := _stops(section.lines, notice):
        area.sessions = stops
        area.organisations = [unit.model_copy(update={"note": None}) for unit in area.organisations]
    notice.came_from(area, [section.where, *(where for *_, where in listed)])
    message = f"通知没有分组，“{area.name}”所列单位读作一组，请核对。"
    notice.warn("areas_unnamed", message, section.where)
    notice.areas = [area]


_PERSON = re.compile(
    rf"^(?P<who>[^:：，,。；;、（(]{{2,16}}(?:[（(][^（）()]*[）)])?)\s*[:：]\s*(?:(?:{labels.VERBS}|负责|"
    r"分管|包保|挂点|挂联)+(?!组))?(?P<units>[^:：]+)$"
)
_LEADING = re.compile(r"领导|带队|组长|责任人|牵头人|负责人|分工")


def by_persons(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """`某某（副镇长）：甲村、乙村` below each other: each has units; they lead where the line above says so."""
    areas: list[Area] = []
    head = ""
    for one in paragraphs:
        found = _PERSON.match(unnumbered(one.text).strip(" 。；;"))
        named = persons.people(found["who"]) if found else persons.Listed()
        who, post = named.persons[0] if len(named.persons) == 1 else ("", "")
        listed = found and (are_units(found["units"]) or is_one_unit(found["units"]))
        sure = persons.like_person(who) and not (named.units or named.unsure)
        if not found or not listed or not sure:
            head = head if areas else one.text
            continue
        team = Team(posts={who: post} if post else {})
        if _LEADING.search(head):
            team.leader = who
        else:
            team.members = [who]
        units = organisations(found["units"].strip("。；; "), notice, one.where)
        areas.append(Area(name=who, organisations=units, team=team))
        notice.came_from(areas[-1], [one.where])
    return areas if len({area.name for area in areas}) == len(areas) > 1 else []


def _untimed(text: str) -> str:
    """A list of stops without the hours before each of them."""
    led = [LED.match(one) for one in outside_brackets(half_width(text), "、，,；;。")]
    return "、".join(one["unit"] for one in led if one) if stop_times(text) else text


def by_days(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """`7月12日：甲小、乙小` below each other: the units of a day are a group, which is called
    by the day.
    """
    said = [
        (one, places, found)
        for one, places in _under_their_days(paragraphs)
        if (found := _DAY.match(ARROW.sub("、", unnumbered(one.text))))
    ]
    listed = [
        (one, places, found)
        for one, places, found in said
        if len(day_spans(found["day"])) == 1
        and any(way(found["units"]) for way in (stop_times, are_units, is_one_unit, _names_units))
    ]
    if len(listed) < 2 or len({found["day"] for *_, found in listed}) < len(listed):
        return []
    areas = []
    for one, places, found in listed:
        when = session(found["day"], notice, one.where)
        named = _NAMED.match(found["units"].strip("。；; "))
        told = named["units"] if named else found["units"].strip("。；; ")
        name = named["name"] if named else flat(found["day"])
        stops, told = stop_times(told), _untimed(told)
        units = organisations(told, notice, one.where)
        area = Area(name=name, organisations=units, sessions=[when] if when else [])
        each = [inside for inside in _IN_BRACKETS.findall(found["units"]) if hours(inside)[0]]
        if each and len(each) == len(units):
            own = [session(f"{found['day']}{inside}", notice, one.where) for inside in each]
            area.sessions = [one for one in own if one]
        if stops and len(stops) == len(units):
            own = [session(f"{found['day']}{at}", notice, one.where) for at in stops]
            area.sessions = [one for one in own if one]
        notice.came_from(area, places)
        areas.append(area)
    _led_on_days(paragraphs, areas, notice)
    return areas


def planned(text: str, notice: Notice, where: str) -> list[tuple[Session, list[Inspected]]]:
    """`5月27日上午：甲；下午：乙` below each other under 日程 of one group: when which units are seen; []
    where a line says anything else.
    """
    lines = [Paragraph(line, where) for line in text.splitlines() if line.strip(" 。；;")]
    found = []
    for one, _ in _under_their_days(lines):
        plain = ARROW.sub("、", one.text.strip(" 。；;"))
        said, led = _DAY.match(plain), LED.match(half_width(plain))
        day, units = said.groups() if said else (led["when"], led["unit"]) if led else ("", "")
        when = session(day, notice, where)
        if not (when and when.date and (are_units(units) or is_one_unit(units))):
            return []
        found.append((when, organisations(units, notice, where)))
    return found


def _led_on_days(paragraphs: list[Paragraph], areas: list[Area], notice: Notice) -> None:
    """`带队：某某` below the lines of a day: for the groups of that day."""
    waiting: list[Area] = []
    for one in paragraphs:
        here = [area for area in areas if notice.origins(area)[0] == one.where]
        if _DAY_ALONE.match(half_width(unnumbered(one.text)).strip()):
            waiting = []
        elif here:
            waiting += here
        elif waiting and teams.says_a_seat(one):
            for area in waiting:
                area.team = teams.team(one.text, notice, one.where)
                notice.came_from(area, [one.where])
            waiting = []
        else:
            waiting = []
