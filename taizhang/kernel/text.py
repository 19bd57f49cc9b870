"""Text as the field writes it: one form of each name, number and sentence, for comparing."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_BLANK = re.compile(r"[\s\u3000\u200b\ufeff]+")
_NOT_WORD = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Every Han character that Unicode has or will have in its planes, and 〇, for a class
in a pattern.
"""
_PERSON = re.compile(rf"[{HAN}]{{2,8}}|[{HAN}]{{1,12}}(?:·[{HAN}]{{1,12}})+")
_DOTS = re.compile("[.•‧∙⋅・]")


def brief(text: str, longest: int) -> str:
    """A text as it is quoted or listed: of one that is longer than `longest` signs the beginning,
    with “…” for the rest.
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def folded(text: str) -> str:
    """The text in half width, without any blanks: `（ ２４ 中）` becomes `(24中)`."""
    if text.isascii():
        return "".join(text.split())
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def person_name(text: str) -> str:
    """A person's name without the blanks that tables pad it with (`张  三` is `张三`)."""
    return _DOTS.sub("·", folded(text))


def bare(text: str) -> str:
    """Only letters, digits and characters: what two texts are compared by."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def wording(text: str) -> str:
    """The bare text without its numbers: what is compared where days and counts may differ."""
    return _NUMBERS.sub("", bare(text))


def fingerprint(text: str) -> str:
    """A short stable mark of the bare text; empty for an empty text."""
    plain = bare(text)
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if plain else ""


def looks_like_person(text: str) -> bool:
    """Han characters and nothing else: two to eight, or longer with a dot between the parts."""
    return bool(_PERSON.fullmatch(person_name(text)))


def chinese_number(text: str) -> int | None:
    """`二十四` is 24; digits are taken as they are."""
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c != "十" for c in text):
        return None
    if "十" not in text:
        return int("".join(str(_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def nested(text: str) -> str:
    """Quotation marks within others as inner ones; a text whose marks do not match
    stays as it is.
    """
    depth, found = 0, []
    for sign in text:
        depth -= sign == "”"
        found.append(_INNER.get(sign, sign) if depth > 0 else sign)
        depth += sign == "“"
        if depth < 0:
            return text
    return text if depth else "".join(found)


_INNER = {"“": "‘", "”": "’"}
