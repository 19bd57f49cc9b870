"""Whether a text can only be where people meet."""

from __future__ import annotations

import re

from taizhang.notices.values import half_width
from taizhang.notices.words import persons

_ROOM = re.compile(
    r"(?:会议室|会议厅|报告厅|礼堂|大厅|多功能厅|活动室|教室|阅览室|接待室|研讨室|影剧院|会堂|门前|门口|大院|[展餐门]厅|食堂|大堂|前台|"
    r"书屋|[办教综实]\w{1,2}楼|大楼|\d+室|"
    r"[一二三四五六七八九十\d]楼(?:[东西南北]侧)?)$"
)


_NUMBERED = re.compile(r"[\u4e00-\u9fff][楼座栋厅区]\s*[A-Za-z]?-?\d{2,5}$")
"""`理学楼302`."""


def is_place(text: str) -> bool:
    """Whether a piece beside a day can be where people meet: a room, or a unit."""
    plain = half_width(text).strip()
    shaped = persons.like_unit(plain) and not re.search(r"[上下]午|全天|周|[:：]|前$", plain)
    return is_room(plain) or (shaped and len(plain) > 1)


def is_room(text: str) -> bool:
    """Whether a piece of a sentence can only be where people meet."""
    plain = half_width(text).strip()
    ends = _ROOM.search(plain) or _NUMBERED.search(plain)
    return bool(ends) and len(plain) <= 24 and not re.search(r"[、:]", plain)
