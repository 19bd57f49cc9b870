"""Phrases looked for in a text when it is saved, so that rules need not read the text again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from taizhang.kernel.text import folded


class Hit(NamedTuple):
    """A phrase that a text holds, and the first day on which anybody could have written it."""

    code: str
    words: str
    first_on: date | None


@dataclass(frozen=True)
class Phrase:
    """A phrase to look for."""

    code: str
    words: str
    pattern: re.Pattern[str]
    first_on: date | None


@lru_cache(maxsize=1)
def dictionary() -> tuple[Phrase, ...]:
    """All phrases of `phrases.yaml`."""
    read = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text("utf-8"))
    return tuple(
        Phrase(
            line.get("code", section),
            line.get("words", ""),
            re.compile(line["pattern"]),
            line.get("not_before"),
        )
        for section, lines in read.items()
        for line in lines
    )


def codes() -> set[str]:
    """Every code that a rule may name."""
    return {phrase.code for phrase in dictionary()} | {"other_unit"}


def find(
    text: str, others: re.Pattern[str] | None = None, own: Iterable[str] = ()
) -> Iterator[Hit]:
    """The phrases in a text; `others` finds names of other units, after the unit's own were taken out."""
    plain = folded(text)
    if not plain:
        return
    for phrase in dictionary():
        if phrase.pattern.search(plain):
            yield Hit(phrase.code, phrase.words, phrase.first_on)
    if others is not None:
        for name in sorted(own, key=len, reverse=True):
            plain = plain.replace(folded(name), "")
        for name in sorted(set(others.findall(plain))):
            yield Hit("other_unit", name, None)


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the names, the longest first."""
    plain = sorted(
        {folded(name) for name in names if len(folded(name)) >= 3}, key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, plain))) if plain else None
