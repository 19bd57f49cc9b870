"""What changes rounds, visits and findings."""

from __future__ import annotations

from taizhang.inspection.actions.opening import (
    Head,
    NoticeText,
    change_head,
    change_items,
    change_text,
    delete,
    delete_notice,
    follow_up,
    open_blank,
    open_round,
    take_in,
)
from taizhang.inspection.actions.planning import change_plan
from taizhang.inspection.actions.running import advance

__all__ = [
    "Head",
    "NoticeText",
    "advance",
    "change_head",
    "change_items",
    "change_plan",
    "change_text",
    "delete",
    "delete_notice",
    "follow_up",
    "open_blank",
    "open_round",
    "take_in",
]
