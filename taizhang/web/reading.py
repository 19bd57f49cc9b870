"""Keys and days as they come in an address or a form."""

from __future__ import annotations

from datetime import date

from taizhang.kernel.errors import BadInput, Problem

LONGEST_KEY = 18


def key_of(text: str | None) -> int:
    """A key from an address or form; 0, which no row has, for what is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_KEY else 0


def day(text: str | None, label: str) -> date:
    """A day that must be there."""
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError as wrong:
        raise BadInput([Problem(f"“{text or ''}”不是日期。", column=label)]) from wrong


def day_or_none(text: str | None, label: str) -> date | None:
    """A day, or nothing."""
    return day(text, label) if (text or "").strip() else None
