"""A file as it is printed: the text of each page, and where each word stands."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

MM = 72 / 25.4
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A run of characters without a blank; in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    """One page."""

    width: float
    height: float
    lines: list[str]
    words: list[Word]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.lines)


def plain(text: str) -> str:
    """Without blanks, and without the two ways of writing one character."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def pages(path: Path) -> list[Page]:
    """A PDF, by poppler."""
    raw = _said("pdftotext", "-raw", f"{path}", "-").split("\f")
    told = re.sub(r"[\x00-\x08\x0b-\x1f]", "", _said("pdftotext", "-bbox", f"{path}", "-"))
    found = ET.fromstring(told).iter(f"{_XHTML}page")  # noqa: S314  (made here)
    return [
        Page(float(page.get("width", 0)), float(page.get("height", 0)), [plain(line) for line in text.splitlines()], [_word(w) for w in page.iter(f"{_XHTML}word")])
        for page, text in zip(found, raw, strict=False)
    ]  # fmt: skip


def every(paths: Iterable[Path]) -> dict[Path, list[Page]]:
    """Many of them; poppler reads several at a time."""
    listed = list(paths)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(listed, pool.map(pages, listed), strict=True))


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603


def _word(element: ET.Element) -> Word:
    left, top, right, bottom = (float(element.get(k, 0)) for k in ("xMin", "yMin", "xMax", "yMax"))
    return Word(left, top, right, bottom, element.text or "")


def turned(page: Page) -> Page:
    """A page that lies, turned upright with its head to the left, as it is bound."""
    words = [
        Word(word.top, page.width - word.right, word.bottom, page.width - word.left, word.text)
        for word in page.words
    ]
    return Page(page.height, page.width, page.lines, words)


def lines(page: Page, *, above: float) -> int:
    """How many lines of text stand on a page, its foot apart."""
    return len({round(word.middle / 6) for word in page.words if word.middle < above})


def overprinted(page: Page) -> list[str]:
    """Words that stand on each other: each box less what fonts claim above and below their
    characters.
    """
    boxes = sorted((_inked(word), word.text) for word in page.words if word.text.strip())
    found = []
    for at, (box, text) in enumerate(boxes):
        for other, more in boxes[at + 1 :]:
            if other[0] >= box[2]:
                break
            if other[1] < box[3] and box[1] < other[3] and not _is_squeezed(box, other):
                found.append(f"{text} / {more} at {box[0]:.0f},{box[1]:.0f}")
    return found


_Box = tuple[float, float, float, float]


def _inked(word: Word) -> _Box:
    high = (word.bottom - word.top) * 0.3
    return word.left + 1, word.top + high, word.right - 1, word.bottom - high


def _is_squeezed(box: _Box, other: _Box) -> bool:
    """Two marks beside each other on a line take the room of one and a half: the empty halves of
    their boxes overlap.
    """
    size = (box[3] - box[1]) / 0.4 / 1.4
    return abs(box[1] - other[1]) < 1 and box[2] - other[0] < size * 0.6


def outside(page: Page, left: float, right: float) -> list[str]:
    """Words in the margins (mm); a mark at an edge may hang over: with its empty half, and in Word
    whole.
    """
    found = []
    for word in page.words:
        size = word.bottom - word.top
        before = size * 0.55 if word.text[:1] in "“‘（《〔【" else 1
        after = size if word.text[-1:] in "”’）》〕】，。、；：！？,.)" else 1
        if word.left < left * MM - before or word.right > page.width - right * MM + after:
            found.append(word.text)
    return found


def pitch(found: list[Page], size: float) -> float:
    """How far apart characters of this size stand, as most do; 0 without any."""
    seen = Counter(
        round((word.right - word.left) / len(word.text), 1)
        for page in found
        for word in page.words
        if len(word.text) >= 8 and all(char >= "⺀" for char in word.text)
    )
    near = {apart: n for apart, n in seen.items() if size - 1 < apart < size + 1}
    return max(near, key=lambda apart: near[apart], default=0.0)
