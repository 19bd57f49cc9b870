"""Whether a text can only be where people meet."""

from __future__ import annotations

import re

from taizhang.notices.values import half_width

_ROOM = re.compile(
    r"(?:会议室|会议厅|报告厅|礼堂|大厅|多功能厅|活动室|教室|阅览室|接待室|研讨室|影剧院|会堂|门前|门口|大院|\d+室|[一二三四五六七八九十\d]楼(?:[东西南北]侧)?)$"
)


def is_room(text: str) -> bool:
    """Whether a piece of a sentence can only be where people meet."""
    plain = half_width(text).strip()
    return bool(_ROOM.search(plain)) and len(plain) <= 24 and not re.search(r"[、:]", plain)
