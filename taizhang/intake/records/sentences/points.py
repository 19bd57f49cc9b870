"""会议纪要 by points: `一、关于……` and below it what the meeting decided on it."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read

_POINT = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.、．])\s*(.{3,40}?)[。；;]?\s*$"
)
_DECIDED = re.compile(
    r"(?:^|(?<=[。；]))(?:会议|支委会|大会|与会支委|与会人员)(?:研究|讨论|经研究|经讨论)?[，,]?(?:一致)?(?:决定|议定|要求|明确|确定|同意|"
    r"通过|强调)[：:，,]?([^。；]{4,})"
)
_TOLD = {"agenda", "resolutions", "discussion", "speeches"}


_ITEM = re.compile(
    r"^\s*(?:议题|议程)[一二三四五六七八九十\d]{1,2}\s*[：:]\s*(.{3,60}?)[。；;]?\s*$"
)


def _add_agenda(read: Read, paragraphs: list[Paragraph]) -> None:
    """`议题一：……` is a line of the agenda, above what was said to it."""
    told = [(found[1], one) for one in paragraphs if (found := _ITEM.match(one.text))]
    if told and "agenda" not in read.values:
        read.add("agenda", "\n".join(text for text, _ in told), told[0][1].where)
        used = {one.text.strip() for _, one in told}
        read.left = [text for text in read.left if text.strip() not in used]


def add(read: Read, paragraphs: list[Paragraph]) -> None:
    """Points and decisions, where no label said any and there are two points and a decision below
    them at least.
    """
    _add_agenda(read, paragraphs)
    if _TOLD & read.values.keys():
        return
    points = [(found[1], one) for one in paragraphs if (found := _POINT.match(one.text))]
    if len(points) < 2:
        return
    below = paragraphs[paragraphs.index(points[0][1]) :]
    decided = [(text, one) for one in below for text in _DECIDED.findall(one.text)]
    if not decided:
        return
    for name, told in (("agenda", points), ("resolutions", decided)):
        read.add(name, "\n".join(text.strip() for text, _ in told), told[0][1].where)
    used = {one.text.strip() for _, one in [*points, *decided]}
    read.left = [text for text in read.left if text.strip() not in used]
