"""What a round's notice asks of who hosts a session."""

from __future__ import annotations

import re
from collections.abc import Sequence

THE_PLACE = "会场"
"""Where the notice names nothing: that the place itself is ready."""
_ASKS = re.compile(r"准备|备好|提供|落实|配备")
_THINGS = re.compile(r"会议室|会场|笔记本电脑|笔记本|电脑|投影(?:仪|设备)?|打印机|一体机|音响|话筒")


def asked_of_host(demands: Sequence[str]) -> list[str]:
    """What the host is to prepare, in the words of the notice's demands and their order; a thing
    that no demand asks to be prepared is not asked.
    """
    said = (m[0] for text in demands if _ASKS.search(text) for m in _THINGS.finditer(text))
    return list(dict.fromkeys(said)) or [THE_PLACE]
