"""Where the lines of a group begin and end, and which lines belong to groups."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from taizhang.documents.blocks import Paragraph
from taizhang.documents.plain import ANNEX
from taizhang.kernel.text import HAN
from taizhang.notices.groups.lines import NUMBER, are_units, is_one_unit, level
from taizhang.notices.groups.names import COUNT, ENTITLED, GROUP, NO_GROUP, NUMBERED, pieces
from taizhang.notices.values import arabic_dates, day_spans, flat, half_width, hours
from taizhang.notices.words import labels, persons

_SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*\S")


@dataclass
class Group:
    """A group's own lines, the first of them without its name."""

    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    """(text, where)"""
    head: str = ""
    """The line that names it, with its number."""

    def text(self) -> str:
        """All of them; a unit on a line of its own is one of those inspected."""
        told: list[str] = []
        for text, _ in self.lines:
            alone = told and is_one_unit(text) and not told[-1].rstrip().endswith((":", "："))
            told.append(f"单位：{text}" if alone else text)
        return "\n".join(told)


ONE_OF_SEVERAL = re.compile(r"第?[一二三四五六七八九十\d]{1,3}|^[A-Za-z]|组[一二三四五六七八九十]$")


def lines_of_groups(paragraphs: list[Paragraph]) -> set[str]:
    """The places of the lines that belong to groups."""
    parted = pieces(paragraphs)
    heads = {group.head for group in groups_in(parted)}
    own = {where for group in groups_in(parted) for _, where in group.lines}
    below = False
    for piece in parted:
        below = piece.text in heads or (below and not _is_apart(piece.text))
        own |= {piece.where} if below and _SAYS_TIME.match(piece.text) else set()
    return own


_SAYS_TIME = re.compile(rf"^\s*{NUMBERED}[{HAN}]{{0,6}}(?:时间|日期)(?:安排)?\s*[:：]")


def _is_apart(text: str) -> bool:
    """Whether a line begins another part of the letter."""
    return bool(_SECTION.match(text) or ANNEX.match(text))


def groups_in(pieces: list[Paragraph]) -> list[Group]:
    groups: list[Group] = []
    open_: Group | None = None
    alike = _alike(pieces)
    for at, piece in enumerate(pieces):
        head = alike.get(at) or _head(piece.text, pieces[at + 1 :])
        if head:
            name, first = head
            open_ = Group(name, [(text, piece.where) for text in first], piece.text)
            groups.append(open_)
        elif open_ and not _signs(pieces, at) and _goes_on(piece.text, open_):
            open_.lines.append((NUMBER.sub("", piece.text), piece.where))
        else:
            open_ = None
    return _without_strays(groups)


def _without_strays(groups: list[Group]) -> list[Group]:
    """Without the one that is called unlike all others and only says a time: `第四批督导时间安排在…`."""
    kinds = Counter(map(_kind, groups))
    return [
        one
        for one in groups
        if kinds[_kind(one)] > 1
        or max(kinds.values()) < 2
        or not ONE_OF_SEVERAL.search(one.name)
        or {role for role, _ in labels.parts(one.text())} - {"", "when"}
        or not day_spans(one.text())
    ]


def _kind(group: Group) -> str:
    return re.sub(r"[一二三四五六七八九十\d]", "", group.name)


_REMARK = re.compile(r"^\s*(?:备\s*注|说\s*明|注|附注)\s*[:：]")


def _signs(pieces: list[Paragraph], at: int) -> bool:
    """Who signs, above the day of issue, or a remark below the groups."""
    below = pieces[at + 1].text if at + 1 < len(pieces) else ""
    signed = re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", arabic_dates(flat(below)))
    return bool(signed or _REMARK.match(pieces[at].text))


_HEADED = re.compile(
    rf"^\s*{NUMBERED}(?P<name>[{HAN}A-Za-z\d“”]{{1,12}})\s*[:：]\s*(?P<rest>\S.*)$", re.DOTALL
)


_WHO = {"leader", "deputy", "members", "team_units", "liaison", "team"}


def _alike(pieces: list[Paragraph]) -> dict[int, tuple[str, list[str]]]:
    """Lines that each name something, then people and units under labels: groups, whatever they are
    called.
    """
    found: dict[int, tuple[str, list[str]]] = {}
    for at, piece in enumerate(pieces):
        headed = _HEADED.match(piece.text)
        if not headed or labels.role_of(headed["name"]) or len(piece.text) > _MOST:
            continue
        said = {role for role, value in labels.parts(headed["rest"])[1:] if value.strip()}
        if "units" in said and said & _WHO:
            found[at] = (headed["name"], [headed["rest"]])
    if len({name for name, _ in found.values()}) == len(found) > 1:
        return found
    return _led(pieces)


def names_one(text: str) -> bool:
    """Whether a line is the name of a group and nothing else."""
    found = GROUP.match(text)
    behind = found and (found["rest"] or found["said"] or found["sentence"])
    return bool(found and not behind and not NO_GROUP.search(found["name"]))


_LED = re.compile(rf"^\s*{NUMBERED}(?:组\s*长|牵头人|召集人|带队领导)\s*[:：]\s*\S")


def _led(pieces: list[Paragraph]) -> dict[int, tuple[str, list[str]]]:
    """Groups without a name: lines that each begin with who leads, with a number before them, and
    go on with units.
    """
    if sum(names_one(piece.text) for piece in pieces) > 1:
        return {}
    heads = [at for at, piece in enumerate(pieces) if _LED.match(piece.text) and level(piece.text)]
    alike = {level(pieces[at].text) for at in heads}
    lead = [_who_leads(pieces[at].text) for at in heads]
    if len(heads) < 2 or len(alike) != 1 or not all(lead) or len({*lead}) < len(lead):
        return {}
    return {
        at: (who, [NUMBER.sub("", pieces[at].text)]) for at, who in zip(heads, lead, strict=True)
    }


def _who_leads(text: str) -> str:
    """The first name behind the label that a line begins with."""
    told = next((value for role, value in labels.parts(text) if role == "leader"), "")
    return next(iter(persons.people(told).names()), "")


_MOST = 600
"""A longer line names no group."""


def _head(text: str, after: list[Paragraph]) -> tuple[str, list[str]] | None:
    """(name, what stands behind it) of a line that begins a group."""
    found = GROUP.match(text)
    if not found or NO_GROUP.search(found["name"]):
        return None
    behind = found["rest"] or found["said"] or found["sentence"] or ""
    behind = "" if ENTITLED.fullmatch(text.strip()) else behind
    if found["said"] and not (labels.says_something(behind) or _listed(behind)):
        return None
    bracket = (found["bracket"] or "").strip("（()） ")
    bracket = "" if COUNT.fullmatch(bracket) else bracket
    timed = f"（{bracket}）" if day_spans(bracket) and not labels.says_something(bracket) else ""
    if not behind and not (bracket and (day_spans(bracket) or labels.says_something(bracket))):
        following = after[0].text if after else ""
        named = GROUP.match(following)
        if not _is_content(following) or (named and not NO_GROUP.search(named["name"])):
            return None
    return found["name"], [behind, timed or bracket] if bracket else [behind]


def _listed(text: str) -> bool:
    """Names with blanks or commas between."""
    tokens = [t for t in re.split(r"[、，,\s\u3000]+", text.strip(" 。；;")) if t]
    return len(tokens) > 1 and all(len(t) <= 14 for t in tokens)


def _is_content(text: str) -> bool:
    """A line below the name of a group that says something about it."""
    plain = NUMBER.sub("", text)
    if _SECTION.match(text) or ANNEX.match(text):
        return False
    return bool(
        labels.says_something(plain)
        or STRANGE.match(plain)
        or are_units(plain)
        or (day_spans(plain) and hours(plain)[0])
    )


def _goes_on(text: str, group: Group) -> bool:
    """A line that says more of the group, or that a comma at the end of the one before asks for."""
    if (
        _SECTION.match(text)
        or ANNEX.match(text)
        or re.match(r"^\s*[（(][一二三四五六七八九十]{1,2}[）)]", text)
    ):
        return False
    if GROUP.match(text) and re.match(rf"^\s*{NUMBERED}(?:领导小组|党小组)", text):
        return False
    if level(text) and level(text) <= level(group.head):
        return False
    before = group.lines[-1][0].rstrip()
    if is_one_unit(text) and (NUMBER.match(text) or before.endswith((":", "："))):
        return True
    if before.endswith(("、", "，", ",")) or _one_more(text, group):
        return True
    return (_is_content(text) or _next_day(text, group)) and len(text) < 400


def _next_day(text: str, group: Group) -> bool:
    """`5月28日上午：甲单位` below a line of that kind."""
    day, _, unit = half_width(text).rpartition(":")
    roles = [role for line, _ in group.lines for role, _ in labels.parts(line)]
    return bool(day_spans(day) and is_one_unit(unit) and roles[-1] == "when")


def _one_more(text: str, group: Group) -> bool:
    """A line with one name and its post, below a line of people: the next of them."""
    roles = [role for line, _ in group.lines for role, _ in labels.parts(line)]
    listed = persons.people(text)
    sure = len(listed.persons) == 1 and listed.persons[0][1] and not listed.unsure
    sure = sure and persons.like_person(listed.persons[0][0])
    return bool(sure and roles[-1] in ("leader", "deputy", "members") and not listed.units)


STRANGE = re.compile(rf"^\s*[{HAN}]{{2,8}}\s*[:：]\s*\S")
