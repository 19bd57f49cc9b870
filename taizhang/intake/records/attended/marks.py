"""What a mark beside a name says: who came, who did not and why; by the legend of the sheet, or as
custom has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from taizhang.kernel.text import folded

_CAME = r"准时到会|已签到|签到|出勤|出席|到会|到课|到场|参加|参会|参学|实到|已到|正常|到"
_LATE = r"迟到|早退"
_AWAY = (
    r"[病事产婚丧公]假|陪产假|哺乳假|探亲假|年休假|请假|休假|缺席|缺勤|缺课|未到会?|未参加|未出席|旷会|旷课|旷到|"
    r"因公外出|公出|出差|外出|公差|外派|支教|挂职|培训|值班|住院|生病|退休未到|缺|假"
)
_WORD = re.compile(rf"{_AWAY}|{_LATE}|{_CAME}")
_SAID_AWAY = re.compile(rf"(?:{_AWAY})[^，。；]{{0,8}}|[^，。；√]{{1,6}}(?:请假|未到|缺席)")
_SYMBOL = re.compile(r"[√✓✔☑○〇◯△▲▽▼×✕✖╳⊙◎●☆★◇◆□■※#Xx]")
_TICK = re.compile(r"[√✓✔☑Vv]")
_CROSS = re.compile(r"[×✕✖╳Xx]")


class Sense(Enum):
    """What a cell says of somebody on a day."""

    CAME = "came"
    LATE = "late"
    AWAY = "away"
    NOTHING = "nothing"
    """The cell is blank."""
    UNKNOWN = "unknown"


Legend = Mapping[str, str]
"""Mark → the word for it."""


def legend(lines: Iterable[str]) -> dict[str, str]:
    """The marks that a line explains: `√出勤 △病假`, `病假：△`; none where one is explained twice and
    differently, or marks and words do not go in pairs.
    """
    found: dict[str, str] = {}
    for line in lines:
        for mark, word in _pairs(folded(line)):
            if found.setdefault(mark, word) != word:
                return {}
    return found


def _pairs(line: str) -> list[tuple[str, str]]:
    tokens: list[tuple[bool, str]] = []
    at = 0
    while at < len(line):
        if word := _WORD.match(line, at):
            tokens.append((False, word[0]))
            at = word.end()
            continue
        if _SYMBOL.match(line[at]):
            tokens.append((True, line[at]))
        at += 1
    firsts, seconds = tokens[::2], tokens[1::2]
    if len(firsts) != len(seconds) or not tokens:
        return []
    if all(mark for mark, _ in firsts) and not any(mark for mark, _ in seconds):
        return [(one[1], two[1]) for one, two in zip(firsts, seconds, strict=True)]
    if all(mark for mark, _ in seconds) and not any(mark for mark, _ in firsts):
        return [(two[1], one[1]) for one, two in zip(firsts, seconds, strict=True)]
    return []


def sense(cell: object, name: str, told: Legend) -> tuple[Sense, str]:
    """What a cell beside a name says, and the reason of who was away; a name that was signed
    is one who came.

    ○ and △ mean what the legend says and nothing without one.
    """
    said = folded(str(cell)).strip("()")
    if not said:
        return Sense.NOTHING, ""
    word = told.get(said, said)
    if word == said and _SYMBOL.fullmatch(said) and not _TICK.fullmatch(said):
        cross = _CROSS.fullmatch(said) and not told
        return (Sense.AWAY, "") if cross else (Sense.UNKNOWN, "")
    if _TICK.fullmatch(word) or said == folded(name) or re.fullmatch(_CAME, word):
        return Sense.CAME, ""
    if re.fullmatch(_LATE, word):
        return Sense.LATE, word
    if re.fullmatch(_AWAY, word) or _SAID_AWAY.fullmatch(word):
        return Sense.AWAY, "" if word == "缺" else word
    return Sense.UNKNOWN, ""


@dataclass
class Day:
    """Who came on a day and who did not; of whom nothing can be said is told."""

    came: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, name: str, cell: object, told: Legend) -> None:
        """What stands in somebody's cell."""
        what, why = sense(cell, name, told)
        if what is Sense.AWAY:
            self.away.append(f"{name}（{why}）" if why else name)
        elif what is Sense.UNKNOWN:
            self.unknown.append(f"{name}“{str(cell).strip()}”")
        elif what is Sense.NOTHING:
            self.blank.append(name)
        else:
            self.came.append(name)
            if what is Sense.LATE:
                self.late.append(f"{name}（{why}）")

    @property
    def read(self) -> int:
        """How many marks were understood."""
        return len(self.came) + len(self.away)

    def notes(self, place: str, *, away: bool) -> list[str]:
        """What is to be said of the day besides; with `away` whom no column can take."""
        told = (
            (self.late, "迟到、早退而记作到会的"),
            (self.blank, "没有记号、未作到会或缺席读入的"),
            (self.unknown, "记号没有看懂、未读入的"),
            (self.away if away else [], "没有到的"),
        )
        return [f"{place}{what}：{'、'.join(people)}。" for people, what in told if people]
