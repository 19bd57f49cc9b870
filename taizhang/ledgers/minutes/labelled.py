"""The parts of a line of minutes under their labels: only a label that is known is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.kinds.meetings.labels import LABELS
from taizhang.ledgers.written import lines

NAMES = {label: name for name, labels in LABELS.items() for label in labels}
LONG = {
    "agenda",
    "discussion",
    "speeches",
    "conclusion",
    "resolutions",
    "votes",
    "content",
    "summary",
}
"""They go on over the lines below; of the others only lists of names do."""
_NUMBERED = r"(?:[（(]?\d{1,2}[)）.、．]|[一二三四五六七八九十]{1,2}、)"
_LABEL = re.compile(
    rf"(?:^\s*{_NUMBERED}?|(?<=[\s，,；;。]))\s*(?P<label>(?:"
    + "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(NAMES, key=len, reverse=True))
    + r"|[^\s：:]{0,6}\s*签\s*[名字章])(?:\s*[（(][^（）()]*[）)])?)\s*[：:]"
)
_BEGINS = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,2}[)）、.．])\s*")
"""八、会议决议: a heading that is nothing but a label."""
_OTHER = re.compile(rf"(?:[ \t]{{2,}}|\u3000)\s*(?P<label>[{HAN}]{{2,8}})\s*[：:]")
"""授课人：甲 职务：书记: a label that minutes do not ask for ends what stands before it, after a
wide blank.
"""


_FIRST_OF_SEVERAL = re.compile(
    rf"\s*(?P<label>[{HAN}]{{2,6}})\s*[：:](?P<said>[^：:，。；]{{0,20}}?)(?:[ \t]{{2,}}|\u3000+\s*)"
    r"(?P<rest>(?:"
    + "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))
    + r")\s*[：:].*)"
)
"""组数：3　　主持人：甲: a label that minutes do not ask for, before one that they do."""


def plain(text: str) -> str:
    """A label without its colon and what stands in brackets behind it; 议题一 and 议题二 are both 议题."""
    bare = re.sub(r"[（(].*?[)）]|[：:]", "", folded(text))
    of_several = re.sub(r"[一二三四五六七八九十\d]{1,2}$", "", bare)
    return of_several if bare not in NAMES and NAMES.get(of_several) in LONG else bare


def parts(line: str) -> Iterator[tuple[str, str]]:
    """(label, text); what stands under none has none: `示例甲：……` is what somebody said."""
    line = lines.spaced(lines.uncovered(line), NAMES)
    first = _LABEL.match(line)
    if not first and (other := _FIRST_OF_SEVERAL.match(line)):
        yield other["label"], other["said"].strip()
        yield from parts(other["rest"])
        return
    if not first:
        headed = plain(_BEGINS.sub("", line)) if _BEGINS.match(line) else ""
        yield (headed, "") if NAMES.get(headed, "") in LONG else ("", line)
        return
    marks = [(first.start(), plain(first["label"]), first.end())]
    while NAMES.get(marks[-1][1], "") not in LONG:
        found = [one for shape in (_LABEL, _OTHER) if (one := shape.search(line, marks[-1][2]))]
        if not found:
            break
        more = min(found, key=lambda one: one.start("label"))
        marks.append((more.start(), plain(more["label"]), more.end()))
    ends = [*(start for start, _, _ in marks[1:]), len(line)]
    for (_, label, begin), end in zip(marks, ends, strict=True):
        text = line[begin:end]
        yield label, text.strip() if end == len(line) else text.strip(" \t\u3000，,；;。")
