"""会议记录 written as a form in Word or as text (DOMAIN 7.11), read into the fields of the meeting form.

Nothing is guessed: a label that is not known, and text under no label, is handed back to be seen to by the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.kernel import written
from taizhang.kernel.errors import BadInput
from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.notices import read
from taizhang.notices.blocks import Paragraph, Table

_LABELS = {
    "title": ("会议名称", "名称"), "kind": ("会议类型", "会议类别", "类型"), "group": ("党小组",), "held_on": ("日期", "会议日期", "召开日期"),
    "time": ("时间", "会议时间", "召开时间", "起止时间", "时间起止"), "place": ("地点", "会议地点", "召开地点"),
    "host_name": ("主持人", "主持", "会议主持"), "recorder_name": ("记录人", "记录", "会议记录人"),
    "expected_count": ("应到人数", "应到"), "present_count": ("实到人数", "实到"), "count": ("出席情况", "人数", "到会情况"),
    "absent_count": ("缺席人数",), "observer_count": ("列席人数",),
    "present": ("出席人员", "出席人员姓名", "参加人员", "参会人员", "到会人员", "出席人"),
    "absent": ("缺席人员及原因", "缺席人员", "缺席人员及缺席原因", "请假人员", "缺席"), "observers": ("列席人员", "列席"),
    "agenda": ("议程", "会议议程", "议题", "会议议题"), "discussion": ("讨论事项", "会议内容", "讨论", "主要内容"),
    "speeches": ("发言要点", "发言", "发言记录", "讨论发言"), "conclusion": ("结论性意见", "结论"),
    "resolutions": ("决议和通过的事项", "决议", "会议决议", "形成决议", "决议事项"), "votes": ("表决", "表决情况"),
    "theme": ("党课主题",), "lecturer_name": ("主讲人",), "lecturer_role": ("主讲人身份",), "content": ("党课内容",), "summary": ("总结讲评",),
}  # fmt: skip
_NAMES = {label: name for name, labels in _LABELS.items() for label in labels}
_SIGNS = {"主持人签名", "记录人签名", "签名"}
_KINDS = (
    ("支部委员会", Meeting.Kind.COMMITTEE), ("支委会", Meeting.Kind.COMMITTEE), ("党员大会", Meeting.Kind.ASSEMBLY),
    ("党小组会", Meeting.Kind.GROUP), ("组织生活会", Meeting.Kind.LIFE), ("主题党日", Meeting.Kind.THEME_DAY), ("党课", Meeting.Kind.LECTURE),
)  # fmt: skip
_COUNT = re.compile(
    r"(应到|实到|缺席|列席)(?:会)?(?:人数|党员)?[:为]?(\d{1,4}|[一二三四五六七八九十]{1,3})人?"
)
_LINE = re.compile(
    r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[一二三四五六七八九十]{1,2}、)?\s*([^：:]{1,12}?)\s*[：:]\s*(.*)$"
)


@dataclass
class Minutes:
    """What was read: values as the form writes them, and what was not understood."""

    values: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        """A value, or one more line of it."""
        text = text.strip()
        if text:
            self.values[name] = f"{self.values[name]}\n{text}" if self.values.get(name) else text


def minutes(data: bytes) -> Minutes:
    """The fields of a form; raises BadInput where it is no form of a meeting."""
    found = Minutes()
    current = ""
    for label, text in _pairs(data):
        name = _NAMES.get(label, "") if label else current
        if label in _SIGNS:
            current = ""
        elif name:
            current = name
            found.add(name, text)
        elif label:
            current = ""
            found.left.append(f"{label}：{text}")
        elif text.strip():
            _headline(found, text)
    if len(found.values) < 3:
        raise BadInput(
            "没有认出会议记录的栏目（如 会议名称、时间、地点、主持人）。请用“空白表”里的会议记录表，或每行写成“地点：……”。"
        )
    _split_time(found)
    _split_counts(found)
    _kind(found)
    return found


def _pairs(data: bytes) -> Iterator[tuple[str, str]]:
    """(label, text): a label cell and the cell beside it, or `label：text`; text under a label has none of its own."""
    for block in read.source(data).blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _cells([cell.text.strip() for cell in row if not cell.spans])
        elif isinstance(block, Paragraph):
            yield _labelled(block.text)


def _cells(texts: list[str]) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(texts):
        label = _plain(texts[at])
        if label in _NAMES or label in _SIGNS:
            yield label, texts[at + 1] if at + 1 < len(texts) else ""
            at += 2
        else:
            for line in texts[at].splitlines():
                yield _labelled(line)
            at += 1


def _labelled(line: str) -> tuple[str, str]:
    """Only a label that is known is one: `示例甲：……` is what somebody said."""
    found = _LINE.match(line)
    if found and (_plain(found[1]) in _NAMES or _plain(found[1]) in _SIGNS):
        return _plain(found[1]), found[2]
    return "", line


def _plain(text: str) -> str:
    return re.sub(r"[（(].*?[)）]|[：:]", "", folded(text))


def _headline(found: Minutes, text: str) -> None:
    """A line before the first label names the meeting, when it says so; else it is left to be seen to."""
    if "会议记录" not in folded(text) or len(text) > 60:
        found.left.append(text.strip())
        return
    title = folded(text).replace("会议记录", "").replace("表", "")
    if title and "title" not in found.values:
        found.values["title"] = title


def _split_time(found: Minutes) -> None:
    """One cell often holds the day and both times."""
    said = f"{found.values.pop('held_on', '')} {found.values.pop('time', '')}"
    text = written.in_digits(written.plain(said))
    days = written.days_in(text)
    if days:
        day, start, end = days[0]
        found.values["held_on"] = day.isoformat()
        text = f"{text[:start]} {text[end:]}"
    elif text:
        found.left.append(f"日期：{text}")
    clocks = written.clocks_in(text)
    for name, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
        found.values[name] = f"{clock:%H:%M}"
    half = re.search(written.HALVES, text)
    if half and days and not clocks:
        found.left.append(f"时间：{half[0]}（没有写明几点）")


def _split_counts(found: Minutes) -> None:
    """`应到12人，实到11人` in one cell, or a number with its unit."""
    for name in ("count", "expected_count", "present_count", "absent_count", "observer_count"):
        text = folded(found.values.get(name, ""))
        for word, number in _COUNT.findall(text):
            if word in ("应到", "实到"):
                key = "expected_count" if word == "应到" else "present_count"
                found.values[key] = str(chinese_number(number) or number)
        alone = re.fullmatch(r"(\d{1,4})人?", text)
        if alone:
            found.values[name] = alone[1]
    for name in ("count", "absent_count", "observer_count"):  # they follow from the lists of names
        found.values.pop(name, None)


def _kind(found: Minutes) -> None:
    """The kind of meeting, as written or as the title says; a title that names two is left open."""
    asked = folded(found.values.get("kind", "")) or folded(found.values.get("title", ""))
    named = {kind for word, kind in _KINDS if word in asked}
    found.values.pop("kind", None)
    if len(named) == 1:
        found.values["kind"] = str(named.pop().label)
