"""Who inspects: leader, deputies and members of a cell or sentence, or the units that send them."""

from __future__ import annotations

import re
from itertools import takewhile

from taizhang.documents.blocks import Paragraph
from taizhang.notices.model import Area, Contact, Notice, Team
from taizhang.notices.values import half_width, outside_brackets
from taizhang.notices.words import labels, persons

SEATS = ("team", "leader", "deputy", "members", "liaison", "team_units")


def names_a_team(text: str) -> bool:
    """Whether a text says who has which seat."""
    return any(role in SEATS for role, _ in labels.parts(text)[1:])


def team(text: str, notice: Notice, where: str) -> Team | None:
    """The team of a cell or sentence that is about one: the role before the names, or in brackets
    behind one.
    """
    if not half_width(text).strip():
        return None
    return seated(labels.parts(text), notice, where)


def seated(parts: list[tuple[str, str]], notice: Notice, where: str) -> Team | None:
    """The team of labelled parts; what stands before all labels are members."""
    found = Team()
    for role, value in _of_one(parts, notice, where):
        if role in ("", "team", "members", "liaison"):
            _seat(found, "members", value, notice, where)
        elif role in ("leader", "deputy"):
            own, *others = re.split(r"[;；](?=\s*\S)", value, maxsplit=1)
            _seat(found, role, own, notice, where)
            _seat(found, "members", "".join(others), notice, where)
        elif role == "team_units":
            _sending(found, value, notice, where)
    found.members = [one for one in found.members if one not in (found.leader, *found.deputies)]
    if not (found.leader or found.members or found.deputies or found.units):
        return None
    if not found.leader and not found.units:
        unread = any(role in ("leader", "strange") and value.strip() for role, value in parts)
        notice.warn("no_leader", LEADER_UNREAD if unread else NO_LEADER, where)
    return found


_OTHER_NAMED = re.compile(
    r"(?:^|[；;。\n])\s*(?P<name>[^；;。\n:：]*(?:片区?|小?组|学区|协作区|分队))\s*$"
)


def _of_one(parts: list[tuple[str, str]], notice: Notice, where: str) -> list[tuple[str, str]]:
    """The parts up to where the name of another group stands before the label of who leads it;
    what comes from there on is told.
    """
    for at, (role, value) in enumerate(parts[:-1]):
        other = _OTHER_NAMED.search(half_width(value)) if at else None
        if other and role in SEATS and parts[at + 1][0] == "leader":
            message = f"“{other['name']}”像是另一个组，它的人员没有读入这个督查组。"
            notice.warn("not_read", message, where)
            return [*parts[:at], (role, half_width(value)[: other.start()])]
    return parts


NO_LEADER = "督查组没有写明组长。"
LEADER_UNREAD = "督查组的组长没有读出，请对照原文。"


def _sending(found: Team, text: str, notice: Notice, where: str) -> None:
    """The units that send the team; who alone 牵头 by name leads it."""
    units = persons.units(_sentence(text))
    found.units += units
    if not units and all(map(persons.like_person, persons.people(text).names())):
        _seat(found, "leader", text, notice, where)


def who_sits(
    name: str, parts: list[tuple[str, str]], notice: Notice, where: str, *, attended: bool
) -> list[tuple[str, str]]:
    """Who has which seat; 责任单位 send the team where it is said who leads and, apart from them, who
    is looked at.
    """
    roles = {role for role, _ in parts}
    sending = set() if attended else {"taking_part"}
    sending |= {"charged"} if {"leader", "units"} <= roles else set()
    for role, value in parts:
        if role == "charged" and role not in sending:
            told = " ".join(value.split())[:30]
            message = f"{name}的责任单位“{told}”不能确定是检查的还是被检查的，没有读入。"
            notice.warn("not_read", message, where)
    return [
        ("team_units" if role in sending else role, value)
        for role, value in parts
        if role in SEATS or role in sending or role == "strange"
    ]


def _sentence(text: str) -> str:
    """Up to the end of the sentence."""
    return re.split(r"。", text, maxsplit=1)[0]


def _seat(found: Team, role: str, text: str, notice: Notice, where: str) -> None:
    text = _NAMED_LIAISON.sub(_without_seat, half_width(text))
    listed = persons.people(_without_numbers(_sentence(text)))
    for token in listed.unsure:
        message = f"“{token}”不能确定是不是姓名，没有读入督查组。"
        notice.warn("not_read", message, where)
    names = listed.names()
    found.posts |= {name: post for name, post in listed.persons if post}
    found.units += listed.units
    if role == "leader" and names and found.leader is None:
        found.leader, names = names[0], names[1:]
        if names:
            notice.warn(
                "several_leaders", f"组长写了不止一人，“{names[0]}”等按副组长读入，请核对。", where
            )
    seats = found.members if role == "members" else found.deputies
    taken = {found.leader, *found.deputies, *found.members}
    seats += [name for name in dict.fromkeys(names) if name not in taken]


def one_team(text: str, areas: list[Area], notice: Notice, where: str) -> None:
    """A team that a section of the letter names for everybody; areas without one of their own have
    it.
    """
    if notice.team or any(area.team for area in areas):
        return
    parts = [one for one in labels.parts(text) if one[0]]
    if not names_a_team(text):
        listed = persons.people(text)
        sure = (
            listed.persons and not listed.unsure and all(map(persons.like_person, listed.names()))
        )
        parts = [("members", text)] if sure else []
    if sum(role == "leader" for role, _ in parts) > 1:
        return  # several teams that no group was read for
    notice.team = seated(parts, notice, where)
    given_to_all(notice)


def one_run(paragraphs: list[Paragraph], notice: Notice) -> None:
    """Lines of seats below each other, the only ones of a letter: the team for everybody, whatever
    stands above.
    """
    runs: list[list[Paragraph]] = []
    before = ""
    for line in paragraphs:
        seated_here = says_a_seat(line)
        goes_on = runs and runs[-1] and before == runs[-1][-1].text and _is_one_more(line)
        if goes_on or (seated_here and runs and runs[-1] and before == runs[-1][-1].text):
            runs[-1].append(line)
        elif seated_here:
            runs.append([] if _OTHER_GROUP.search(before) else [line])
        before = line.text
    text = "\n".join(one.text for one in runs[0]) if len(runs) == 1 else ""
    roles = [role for role, _ in labels.parts(text)[1:]]
    if roles.count("leader") == 1 and len(roles) > 1 and set(roles) <= set(SEATS):
        one_team(text, notice.areas, notice, runs[0][0].where)


_NAMED_ABOVE = re.compile(rf"(?:{labels.VERBS}|工作|专班)+小?组|工作专班")
_OTHER_GROUP = re.compile(r"领导小组|党小组|协调小组")


def in_lines(paragraphs: list[Paragraph], notice: Notice) -> None:
    """`督导组组成如下：` with a line for each seat below it: the team for everybody."""
    for at, head in enumerate(paragraphs):
        if not _NAMED_ABOVE.search(head.text) or _OTHER_GROUP.search(head.text):
            continue
        below = list(takewhile(says_a_seat, paragraphs[at + 1 : at + 2]))
        rest = paragraphs[at + 1 + len(below) :]
        below += takewhile(lambda one: says_a_seat(one) or _is_one_more(one), rest) if below else ()
        text = "\n".join(one.text for one in below)
        roles = [role for role, _ in labels.parts(text)[1:]]
        if "leader" in roles and len(roles) > 1 and set(roles) <= set(SEATS):
            one_team(text, notice.areas, notice, below[0].where)


def says_a_seat(line: Paragraph) -> bool:
    """Whether a line begins with the label of a seat."""
    first, *said = labels.parts(line.text)
    return bool(said) and not first[1].strip() and said[0][0] in SEATS


def _is_one_more(line: Paragraph) -> bool:
    """One name with a post, below a line of people."""
    listed = persons.people(line.text)
    return len(listed.persons) == 1 and bool(listed.persons[0][1]) and not listed.unsure


_MOST_GOING = 15


def those_who_go(text: str, notice: Notice, where: str) -> None:
    """参加人员, where all of them are persons by name: who goes from unit to unit."""
    listed = persons.people(text)
    sure = listed.persons and not (listed.units or listed.unsure)
    if sure and len(listed.persons) <= _MOST_GOING and len(notice.areas) > 1:
        one_team(f"成员：{text}", notice.areas, notice, where)


_MARKS = "*★☆▲△#●◎※"
_MARKED = re.compile(
    rf"[“\"]?([{_MARKS}])[”\"]?(?:号|标记|符号)?(?:的|者|表示|同志|人员)*(?:为|是)?(?:该组|本组|各组)?(?:组长|领队|带队)"
)
"""`带*为组长`: what a sign beside a name says."""


def mark_of_leaders(text: str) -> str:
    """The sign that, as a remark says, marks who leads; "" without one."""
    found = _MARKED.search(half_width(text))
    return found[1] if found else ""


def unmarked(text: str, mark: str) -> str:
    """The piece with the sign, whatever stands beside the name, behind the label of who leads."""
    listed = outside_brackets(half_width(text), "、，,;\n")
    seats = [f"组长：{one.replace(mark, ' ')}" if mark in one else f"成员：{one}" for one in listed]
    return "\n".join(seats) if mark in half_width(text) else text


def given_to_all(notice: Notice) -> None:
    """The areas have the team that is named for everybody, where none has one of its own."""
    if notice.team and not any(area.team for area in notice.areas):
        for area in notice.areas:
            area.team = notice.team.model_copy(deep=True)


_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-—\s]?)?\d{7,8}(?:[-—转]\d{1,5})?(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)"
    r"\d{3,4}-\d{4}(?!\d)"
    r"|(?<=内线|短号|分机|小号)(?<!\d)\d{3,6}(?!\d)|(?<=(?:内线|短号|分机|小号):)\d{3,6}(?!\d)"
)
"""With what an exchange of a house gives out: 内线61023."""


_SHORT = re.compile(r"\d{3,6}")
"""A number of the house, where nothing else stands under the label."""
_NUMBERS = re.compile(r"(?:(?:内线|短号|分机|小号)\s*[:：]?\s*)?[\d\-—]{3,}")


def _without_numbers(text: str) -> str:
    return re.sub(r"[（(][、\s]*[）)]", "、", _NUMBERS.sub("、", text))


_NAMED_LIAISON = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4})[（(](?P<post>[^（）()]*?)"
    r"[，,、；;\s]*联\s*络\s*员(?P<more>[^（）()]*)[）)]"
)
"""`某某（某科科员，联络员，电话0000-8888888）` in a list of people."""


def _without_seat(found: re.Match[str]) -> str:
    post = found["post"].strip()
    return f"{found['name']}（{post}）" if post else found["name"]


def _liaison_among(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who alone of the people is 联络员 by the bracket behind the name, and the telephone
    in it.
    """
    text = half_width("\n".join(value for role, value in parts if role in ("", *SEATS)))
    found = list(_NAMED_LIAISON.finditer(text))
    if len(found) != 1 or not persons.may_be_person(found[0]["name"]):
        return []
    return [("liaison", f"{found[0]['name']}，{found[0]['more']}")]


def contact(parts: list[tuple[str, str]]) -> Contact | None:
    """A group's own line about whom to ask."""
    if not any(role in ("contact", "liaison") and value.strip() for role, value in parts):
        parts = [*parts, *_liaison_among(parts)]
    said = "\n".join(value for role, value in parts if role == "contact")
    numbers = half_width("\n".join(v for r, v in parts if r in ("contact", "liaison"))).strip()
    phone = _PHONE.search(numbers) or _SHORT.fullmatch(numbers)
    named = [value for role, value in parts if role == "liaison"]
    people = persons.people(_without_numbers("\n".join([said, *named]))).names()
    if not (phone or people):
        return None
    return Contact(person=people[0] if people else None, phone=phone[0] if phone else None)
