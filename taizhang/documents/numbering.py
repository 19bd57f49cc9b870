"""Numbers that Word makes itself (numbering.xml), written out as if they had been typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


def _chinese(number: int, digits: str = _DIGITS, ten: str = "十") -> str:
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    head = "" if not tens else ten if tens == 1 else digits[tens] + ten
    return head + (digits[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        while number >= value:
            found, number = found + sign, number - value
    return found


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalFullWidth": lambda n: str(n).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalZero": lambda n: f"{n:02d}",
    "chineseLegalSimplified": lambda n: _chinese(n, _LEGAL, "拾"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
} | dict.fromkeys(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    ),
    _chinese,
)
_SILENT = {"bullet", "none"}


def _val(element: Any, *path: str) -> str:
    for tag in path:
        element = element.find(qn(tag)) if element is not None else None
    return str(element.get(qn("w:val"), "")) if element is not None else ""


class Numbers:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, document: Any) -> None:
        """Read the lists and the styles that carry a number."""
        part = _numbering(document)
        self._lists: dict[str, Any] = {}
        self._abstract: dict[str, Any] = {}
        if part is not None:
            self._lists = {n.get(qn("w:numId")): n for n in part.iterchildren(qn("w:num"))}
            self._abstract = {
                a.get(qn("w:abstractNumId")): a for a in part.iterchildren(qn("w:abstractNum"))
            }
        styles = document.styles.element.iterchildren(qn("w:style"))
        self._styles = {s.get(qn("w:styleId")): s for s in styles}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()

    def before(self, paragraph: Any) -> str:
        """The number in front of a paragraph, `""` where there is none; every paragraph is asked
        once, in order.
        """
        key, level = self._place(paragraph)
        listed = self._lists.get(key)
        if listed is None:
            return ""
        abstract = self._abstract_of(listed)
        if abstract is None or self._level(listed, abstract, level) is None:
            return ""
        counts = self._count(key, listed, abstract, level)
        return self._written(listed, abstract, level, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """(list, level) of a paragraph: its own, else that of its style or of the one it is based
        on.
        """
        holder, seen = paragraph, set[str]()
        style = _val(paragraph, "w:pPr", "w:pStyle")
        level = ""
        while holder is not None:
            own = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if own is not None:
                level = level or _val(own, "w:ilvl")
                if _val(own, "w:numId"):
                    return _val(own, "w:numId"), int(level or 0)
            if style in seen:
                break
            seen.add(style)
            holder = self._styles.get(style)
            style = _val(holder, "w:basedOn")
        return "", 0

    def _abstract_of(self, listed: Any) -> Any:
        abstract = self._abstract.get(_val(listed, "w:abstractNumId"))
        link = _val(abstract, "w:numStyleLink")
        if not link:
            return abstract
        for one in self._abstract.values():
            if _val(one, "w:styleLink") == link:
                return one
        return abstract

    def _level(self, listed: Any, abstract: Any, level: int) -> Any:
        for holder in (*listed.iterchildren(qn("w:lvlOverride")), abstract):
            for one in holder.iterchildren(qn("w:lvl")):
                if one.get(qn("w:ilvl")) == str(level):
                    return one
        return None

    def _count(self, key: str, listed: Any, abstract: Any, level: int) -> list[int]:
        """How far each level is; a level begins again when one above it goes on."""
        counts = self._counts.setdefault(abstract.get(qn("w:abstractNumId"), ""), [])
        if key not in self._begun:
            self._begun.add(key)
            for override in listed.iterchildren(qn("w:lvlOverride")):
                start = _val(override, "w:startOverride")
                at = int(override.get(qn("w:ilvl"), "0"))
                if start and at < len(counts):
                    counts[at:] = [int(start) - 1]
        while len(counts) <= level:
            counts.append(self._start(listed, abstract, len(counts)) - (len(counts) == level))
        counts[level] += 1
        del counts[level + 1 :]
        return counts

    def _start(self, listed: Any, abstract: Any, level: int) -> int:
        for override in listed.iterchildren(qn("w:lvlOverride")):
            if override.get(qn("w:ilvl")) == str(level) and _val(override, "w:startOverride"):
                return int(_val(override, "w:startOverride"))
        return int(_val(self._level(listed, abstract, level), "w:start") or 1)

    def _written(self, listed: Any, abstract: Any, level: int, counts: list[int]) -> str:
        here = self._level(listed, abstract, level)
        if _val(here, "w:numFmt") in _SILENT:
            return ""
        plain = here.find(qn("w:isLgl")) is not None

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = _val(self._level(listed, abstract, at), "w:numFmt")
            value = counts[at] if at < len(counts) else 1
            return str(value) if plain and at < level else _FORMS.get(form, str)(value)

        return re.sub(r"%(\d)", number, _val(here, "w:lvlText"))


def _numbering(document: Any) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None
