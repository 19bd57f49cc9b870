"""Who came, as minutes tell it in sentences under 出席: `到会正式党员15人：甲、乙；丙同志外出培训缺席`."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN, folded, looks_like_person, person_name
from taizhang.ledgers.written import lines

_NAME = rf"[{HAN}]{{2,4}}?"
_AWAY = re.compile(
    rf"(?:缺席|请假|未到)?(?:\d{{1,3}}[人名][：:])?(?P<who>{_NAME}(?:同志)?(?:[、，和]{_NAME}(?:同志)?)*)(?:同志)"
    rf"?(?P<why>因?(?:[病事产婚丧公]假?|外出|出差|参加|监考|培训|住院|值班|开会|带队)[{HAN}]{{0,10}}?)?(?:缺席|请假|未到会?|"
    r"未参加|未能到会)"
)
_CAME = re.compile(
    rf"(?P<head>[{HAN}]{{0,14}}?)(?:共|计)?(?P<number>\d{{1,3}})[人名]?[：:（(](?P<who>[^：:]+?)[）)]?"
)
_OBSERVED = re.compile(r"列席|邀请")
_STOPPED = re.compile(r"[。；;\n]")


def told(values: dict[str, str]) -> list[str]:
    """Part what stands under 出席 into who came and who did not; answers what says neither."""
    said = values.get("present", "")
    clauses = [one.strip() for one in _STOPPED.split(said) if one.strip()]
    if len(clauses) < 2 or not re.search(r"\d+[人名]", said):
        return []
    found: dict[str, list[str]] = {"present": [], "absent": [], "observers": []}
    rest = [one for one in clauses if not _kept(one, found)]
    if not found["present"]:
        return []
    del values["present"]
    for name, people in found.items():
        if people and name not in values:
            values[name] = "、".join(people)
    return rest


def _kept(clause: str, found: dict[str, list[str]]) -> bool:
    """Whether a clause is a list of people, who are kept then."""
    if away := _AWAY.fullmatch(folded(clause)):
        why = f"（{away['why']}）" if away["why"] else ""
        names = [one.removesuffix("同志") for one in re.split("[、，和]", away["who"])]
        found["absent"] += [f"{name}{why}" for name in names]
        return True
    came = _CAME.fullmatch(folded(clause))
    people = [name for name, _ in lines.names(came["who"] if came else clause)]
    if not people or not all(
        looks_like_person(one) and len(person_name(one)) <= 4 for one in people
    ):
        return False
    found["observers" if came and _OBSERVED.search(came["head"]) else "present"] += people
    return True
