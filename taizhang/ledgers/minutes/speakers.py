"""Who said what in a discussion: lines that begin with a name are 发言要点, whatever the heading above
them calls them.
"""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN, looks_like_person, person_name
from taizhang.ledgers.written import lines

_LEAST = 2
"""One line with a name and a colon may be anything."""
_LONGEST = 4
_NOT_SAID = re.compile(
    r"(?:会议|大会|大家|与会|全体|一致|经|最后|综上|散会|主持人)|[一二三四五六七八九十]{1,2}、(?:请|由|听取|讨论|表决|投票|宣读|宣布|传达|通报|审议|"
    r"推选|形成)"
)
"""How a line begins that tells of the meeting, and goes on with nobody's words."""
_LABELLED = re.compile(rf"[{HAN}]{{2,6}}[：:]")
"""小组意见：… is said by nobody, and goes on with nobody's words."""
_NOBODY = re.compile(
    r"[一二三四五六七八九十]是|.*(?:会议|议题|议程|支部|党员|书记|委员|内容|时间|地点|要求|结果|意见|决议|决定|措施|学习|传达|问题|情况|方案|活动|注意|"
    r"建议|安排)"
)
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[一二三四五六七八九十]{1,2}、)\s*")


def part(values: dict[str, str]) -> None:
    """Take the lines of speakers out of the discussion, where nothing else was read as what people
    said.
    """
    if "speeches" in values or "discussion" not in values:
        return
    told = values["discussion"].splitlines()
    speaking = [bool(_speaker(line)) for line in told]
    names = {_speaker(line) for line in told} - {""}
    if sum(speaking) < _LEAST or not _were_there(names, values):
        return
    said, rest, goes_on = list[str](), list[str](), False
    for line, begins in zip(told, speaking, strict=True):
        ends = _NOT_SAID.match(line.strip()) or _LABELLED.match(line.strip())
        goes_on = begins or (goes_on and not ends)
        (said if goes_on else rest).append(line)
    values["speeches"] = "\n".join(_NUMBER.sub("", line) for line in said)
    del values["discussion"]
    if rest:
        values["discussion"] = "\n".join(rest)


def _speaker(line: str) -> str:
    """The name before a colon at the beginning of a line; it may have blanks within."""
    who, _ = lines.speech(_NUMBER.sub("", line))
    name = person_name(re.sub(r"[（(].*?[)）]|(?:同志)?(?:发言|补充)?$", "", who))
    long = len(name) > _LONGEST and not re.fullmatch(rf"[{HAN}]+·[{HAN}·]+", name)
    return "" if not looks_like_person(name) or long or _NOBODY.match(name) else name


def _were_there(names: set[str], values: dict[str, str]) -> bool:
    """Where it is said who came, one of the speakers is among them at least."""
    came = [values.get(name, "") for name in ("present", "host_name", "recorder_name", "observers")]
    listed = (re.sub(r"(?<=\S)[ \t\u3000]+(?=\S)", "、", text) for text in came)
    there = {person_name(name) for text in listed for name, _ in lines.names(text)}
    return "present" not in values or bool(names & there)
