"""Who inspects: leader, deputies and members of a cell or sentence, or the units that send them."""

from __future__ import annotations

import re

from taizhang.notices.model import Area, Contact, Notice, Team
from taizhang.notices.values import half_width
from taizhang.notices.words import labels, persons

SEATS = ("team", "leader", "deputy", "members", "liaison", "team_units")


def names_a_team(text: str) -> bool:
    """Whether a text says who has which seat."""
    return any(role in SEATS for role, _ in labels.parts(text)[1:])


def team(text: str, notice: Notice, where: str) -> Team | None:
    """The team of a cell or sentence that is about one: the role before the names, or in brackets behind one."""
    if not half_width(text).strip():
        return None
    return seated(labels.parts(text), notice, where)


def seated(parts: list[tuple[str, str]], notice: Notice, where: str) -> Team | None:
    """The team of labelled parts; what stands before all labels are members."""
    found = Team()
    for role, value in parts:
        if role in ("", "team", "members", "liaison"):
            _seat(found, "members", value, notice, where)
        elif role in ("leader", "deputy"):
            _seat(found, role, value, notice, where)
        elif role == "team_units":
            listed = persons.people(_sentence(value))
            found.units += [*listed.units, *listed.unsure]
    found.members = [one for one in found.members if one not in (found.leader, *found.deputies)]
    if not (found.leader or found.members or found.deputies or found.units):
        return None
    if not found.leader and not found.units:
        notice.warn("no_leader", "督查组没有写明组长。", where)
    return found


def _sentence(text: str) -> str:
    """Up to the end of the sentence."""
    return re.split(r"。", text, maxsplit=1)[0]


def _seat(found: Team, role: str, text: str, notice: Notice, where: str) -> None:
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
    """A team that a section of the letter names for everybody; areas without one of their own have it."""
    if notice.team or any(area.team for area in areas):
        return
    parts = [one for one in labels.parts(text) if one[0]]
    if not names_a_team(text):
        listed = persons.people(text)
        sure = (
            listed.persons and not listed.unsure and all(map(persons.like_person, listed.names()))
        )
        parts = [("members", text)] if sure else []
    notice.team = seated(parts, notice, where)
    given_to_all(notice)


def given_to_all(notice: Notice) -> None:
    """The areas have the team that is named for everybody, where none has one of its own."""
    if notice.team and not any(area.team for area in notice.areas):
        for area in notice.areas:
            area.team = notice.team.model_copy(deep=True)


_PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-—\s]?)?\d{7,8}(?:[-—转]\d{1,5})?(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{3,4}-\d{4}(?!\d)"
    r"|(?<=内线|短号|分机|小号)(?<!\d)\d{3,6}(?!\d)|(?<=(?:内线|短号|分机|小号):)\d{3,6}(?!\d)"
)
"""With what an exchange of a house gives out: 内线61023."""


_SHORT = re.compile(r"\d{3,6}")
"""A number of the house, where nothing else stands under the label."""
_NUMBERS = re.compile(r"(?:(?:内线|短号|分机|小号)\s*[:：]?\s*)?[\d\-—]{3,}")


def _without_numbers(text: str) -> str:
    return re.sub(r"[（(][、\s]*[）)]", "、", _NUMBERS.sub("、", text))


def contact(parts: list[tuple[str, str]]) -> Contact | None:
    """A group's own line about whom to ask."""
    said = "\n".join(value for role, value in parts if role == "contact")
    numbers = half_width("\n".join(v for r, v in parts if r in ("contact", "liaison"))).strip()
    phone = _PHONE.search(numbers) or _SHORT.fullmatch(numbers)
    named = [value for role, value in parts if role == "liaison"]
    people = persons.people(_without_numbers("\n".join([said, *named]))).names()
    if not (phone or people):
        return None
    return Contact(person=people[0] if people else None, phone=phone[0] if phone else None)
