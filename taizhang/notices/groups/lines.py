"""What a line is by its shape: its number, how deep that is, and units that stand alone on it."""

from __future__ import annotations

import re

from taizhang.notices.values import outside_brackets
from taizhang.notices.words import persons

BULLETS = "•·●○◆◇■□▲△▶►▪★☆※➢✓√"
"""What a list begins its lines with, besides numbers."""
NUMBER = re.compile(rf"^\s*(?:[（(]?\d{{1,2}}[）).．、]|[①②③④⑤⑥⑦⑧⑨⑩]|[-–—{BULLETS}])\s*")
_LEVELS = (
    r"[一二三四五六七八九十]{1,3}[、.．]",
    r"[（(][一二三四五六七八九十]{1,3}[）)]",
    r"\d{1,2}[.．、]",
    r"[（(]?\d{1,2}[）)]",
    r"[①②③④⑤⑥⑦⑧⑨⑩]",
)


def unnumbered(text: str) -> str:
    """A line without its number, of whatever level."""
    found = next((m for way in _LEVELS if (m := re.match(rf"\s*{way}(?!\d(?!\d?月))", text))), None)
    return NUMBER.sub("", text) if found is None else text[found.end() :].lstrip()


def level(text: str) -> int:
    """How deep the number in front of a line is; 0 without one."""
    return next((n for n, way in enumerate(_LEVELS, 1) if re.match(rf"\s*{way}(?!\d)", text)), 0)


def is_one_unit(text: str) -> bool:
    """One unit and nothing besides, but for a bracket behind it."""
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", NUMBER.sub("", text).strip(" ；;。"))
    return (
        persons.like_unit(plain) and len(plain) <= 30 and not re.search(r"[:：，,。；;\s]", plain)
    )


def are_units(text: str) -> bool:
    """A list of which most are units."""
    tokens = [t for t in outside_brackets(text, "、，,;；\t。 \u3000") if t]
    return (
        bool(tokens)
        and sum(persons.like_unit(t) for t in tokens) * 2 > len(tokens)
        and len(text) < 300
        and ("、" in text or len(tokens) > 1)
    )
