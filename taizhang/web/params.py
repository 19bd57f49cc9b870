"""Keys and days as they come in an address or a form."""

from __future__ import annotations

import re
from datetime import date

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import brief

LONGEST_KEY = 18


def key_of(text: str | None) -> int:
    """A key from an address or form; 0, which no row has, for what is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_KEY else 0


def day(text: str | None, label: str) -> date:
    """A day that must be there, written as `2018-10-31`; of digits of ASCII alone, as an address
    has them.
    """
    plain = (text or "").strip()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
            raise ValueError(plain)
        return date.fromisoformat(plain)
    except ValueError as wrong:
        told = f"“{brief(plain, 20)}”不是日期，应写作 2018-10-31。" if plain else "请填写日期。"
        raise BadInput([Problem(told, column=label)]) from wrong


def day_or_none(text: str | None, label: str) -> date | None:
    """A day, or nothing."""
    return day(text, label) if (text or "").strip() else None
