"""Groups that are told in several places, as one table of people and another of units, are one."""

from __future__ import annotations

import re

from taizhang.kernel.text import chinese_number
from taizhang.notices.model import Area, Notice
from taizhang.notices.values import flat
from taizhang.notices.words import labels


def merged(first: list[Area], more: list[Area], notice: Notice) -> list[Area]:
    """Groups of one name told in several places are one; of `more` only what says something about
    the others.
    """
    kept: dict[str, Area] = {}
    for at, area in enumerate([*first, *more]):
        key = key_of(area.name)
        if key not in kept and at < len(first):
            kept[key] = area
        elif key in kept and kept[key] is not area:
            _add(kept[key], area, notice)
    return list(kept.values())


_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?=组|片|$)")


def key_of(name: str) -> str:
    """第一督查组, 一组, 第一小组, 第1组 and a bare 一 are the same."""
    plain = re.sub(rf"第|小(?=组)|{labels.VERBS}|工作(?=组)", "", flat(name))
    plain = _NUMBER.sub(lambda found: str(chinese_number(found[0]) or found[0]), plain)
    return f"{plain}组" if plain.isdigit() else plain


def _add(area: Area, other: Area, notice: Notice) -> None:
    if len(flat(area.name)) < _LEAST <= len(flat(other.name)):
        area.name = other.name
    known = [unit.name for unit in area.organisations]
    area.organisations += [unit for unit in other.organisations if unit.name not in known]
    days = {one.date for one in area.sessions}
    more = [one for one in other.sessions if one.date not in days]
    area.sessions = area.sessions + more if all(days) else area.sessions or other.sessions
    area.team = area.team or other.team
    area.contact = area.contact or other.contact
    notice.came_from(area, notice.origins(other))


_LEAST = 2
"""A single character is the number of a group, and no name."""
