"""A text in half width without blanks and quotation marks, that still knows where each character
stood.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LEFT_OUT = frozenset(" \t\r\n\u3000\u200b\ufeff“”\"'‘’「」『』《》〈〉*★▲")


def _half_width(sign: str) -> str:
    """`①一年一次` is no eleven: a number in a circle stands in brackets."""
    plain = unicodedata.normalize("NFKC", sign)
    return f"({plain})" if unicodedata.decomposition(sign).startswith("<circle>") else plain


@dataclass(frozen=True)
class Plain:
    """`text` is what is compared; `quote` gives back the words of the source."""

    source: str
    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> Plain:
        """Line breaks become full stops where the line before ends without one: they end a sentence
        too.
        """
        text: list[str] = []
        at: list[int] = []
        for place, sign in enumerate(source):
            if sign == "\n" and text and text[-1] not in "。；;：:，,、":
                text.append("；")
                at.append(place)
            if sign in _LEFT_OUT:
                continue
            for one in _half_width(sign):
                text.append({",": "，", ";": "；", ":": "：", "!": "！"}.get(one, one))
                at.append(place)
        return cls(source, "".join(text), tuple(at))

    def quote(self, start: int, end: int) -> str:
        """The words of the source from one place of the plain text to another."""
        if start >= end:
            return ""
        return self.source[self.at[start] : self.at[end - 1] + 1].strip()
