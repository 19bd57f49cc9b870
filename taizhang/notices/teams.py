"""Who inspects: leader, deputies and members of a cell or sentence."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN
from taizhang.notices.model import Area, Notice, Team
from taizhang.notices.values import half_width, person_names

_ROLE = (
    r"副\s*组\s*长|组\s*长|带队领导|带\s*队|领\s*队|组\s*员|成\s*员|联\s*络\s*员|督查人员|检查人员"
)
ROLES = re.compile(
    rf"({_ROLE})\s*(?:[:：]|[ \t]+(?=[{HAN}])|(?=[{HAN}]{{2,3}}(?:[，,、；;。\s]|$)))"
)
BEHIND = re.compile(rf"([{HAN}·]{{1,12}}(?: +[{HAN}])?)\s*[(（]\s*({_ROLE})\s*[)）]")


def team(text: str, notice: Notice, where: str) -> Team | None:
    """Leader, deputies and members of a cell or sentence: the role before the names, or in brackets behind one."""
    plain = half_width(text).replace("\u3000", " ")
    if not plain.strip():
        return None
    found = Team()
    marks = list(ROLES.finditer(plain))
    if not marks:
        for named in BEHIND.finditer(plain):
            _seat(found, re.sub(r"\s", "", named[2]), person_names(named[1]))
        seated = {found.leader, *found.deputies, *found.members}
        found.members += [name for name in person_names(plain) if name not in seated]
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(plain)
        _seat(found, re.sub(r"\s", "", mark[1]), person_names(plain[mark.end() : end]))
    if not (found.leader or found.members or found.deputies):
        return None
    if not found.leader:
        notice.warn("no_leader", "督查组没有写明组长。", where)
    return found


def _seat(found: Team, role: str, names: list[str]) -> None:
    if role == "副组长":
        found.deputies += names
    elif role in ("组长", "带队", "带队领导", "领队"):
        if names and found.leader is None:
            found.leader, names = names[0], names[1:]
        found.deputies += names
    else:
        found.members += names


def one_team(text: str, areas: list[Area], notice: Notice, where: str) -> None:
    """A team that a section of the letter names for everybody, when no area has one of its own."""
    if not areas or any(area.team for area in areas) or not ROLES.search(half_width(text)):
        return
    found = team(text.replace("；", "\n").replace("。", "\n"), notice, where)
    for area in areas:
        area.team = found.model_copy(deep=True) if found else None
