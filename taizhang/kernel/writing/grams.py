"""Pairs of characters, by which a text in Chinese is found: every substring of it, and nothing
else.

A run of letters and characters gives each pair of neighbours, then its last character alone, so
that a pair never stands beside one of the next run. A word of two characters or more is found as
the phrase of its pairs, one character as the beginning of a pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(r"[^\W_]+")


def runs(text: str) -> list[str]:
    """The runs of letters, digits and characters, in half width and small letters."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def of_text(text: str) -> list[str]:
    """What a text is found by, in order."""
    return [gram for run in runs(text) for gram in of_run(run)]


def of_run(run: str) -> Iterator[str]:
    """The pairs of a run and its last character."""
    for at in range(len(run) - 1):
        yield run[at : at + 2]
    yield run[-1]


def phrases(words: str) -> list[list[str]]:
    """What is asked for: each run as the pairs that must stand side by side; a single character
    stands alone.
    """
    return [
        [run[at : at + 2] for at in range(len(run) - 1)] if len(run) > 1 else [run]
        for run in runs(words)
    ]
