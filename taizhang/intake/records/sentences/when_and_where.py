"""The line below a title that is a day, an hour and a room, and no label: `2022.11.4　16：00　书记室`."""

from __future__ import annotations

import re
import unicodedata

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.kernel.text import HAN
from taizhang.kernel.writing import written

_TOP = 4
_PLACE = re.compile(
    rf"[{HAN}\d#＃A-Za-z-]{{1,14}}(?:室|厅|楼|馆|堂|校|园|站|中心|广场|会场|基地|线上)"
)
_WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][）)]?")


def add(read: Read, paragraphs: list[Paragraph]) -> None:
    """Fill what no label said, where the line says nothing else."""
    if "held_on" in read.values:
        return
    for one in paragraphs[:_TOP]:
        told = _told(one.text)
        if "held_on" in told:
            for name, text in told.items():
                if name not in read.values:
                    read.add(name, text, one.where)
            read.left = [text for text in read.left if text.strip() != one.text.strip()]
            return


def _told(line: str) -> dict[str, str]:
    """Field → what the line says; nothing where it says more than that."""
    text = written.in_digits(unicodedata.normalize("NFKC", line))
    days = written.days_in(text)
    if len(days) != 1 or len(text) > _LONGEST:
        return {}
    day, start, end = days[0]
    found = {"held_on": day.isoformat()}
    rest = f"{text[:start]} {text[end:]}"
    clocks = written.clocks_in(rest)
    for name, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
        found[name] = f"{clock:%H:%M}"
    words = [one for one in re.split(r"[\s　，,]+", _CLOCKS.sub(" ", rest)) if one]
    words = [one for one in words if not _WEEKDAY.fullmatch(one)]
    if len(words) > 1 or (words and not _PLACE.fullmatch(words[0])):
        return {}
    if words:
        found["place"] = words[0]
    return found if clocks or words else {}


_LONGEST = 50
_CLOCKS = re.compile(
    rf"(?:上午|下午|中午|晚上|晚)?\s*\d{{1,2}}\s*(?:[:：]\s*\d{{2}}|[点时](?:\d{{1,2}}分?|半|整)?)|"
    rf"{written.DASH}|上午|下午|中午|晚上"
)
