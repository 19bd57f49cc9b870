"""What requirement tables of others call our work, from `lexicon.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

NO_RULES = "none"
FILE = Path(__file__).parent / "lexicon.yaml"


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One kind of work: what it is called, where it is recorded, which row of our first catalogue
    asks for it.
    """

    key: str
    names: tuple[re.Pattern[str], ...]
    item: str = ""
    rules: str = ""
    """The row that asks for its written rules (制度、流程); `NO_RULES` where none of our first catalogue
    does.
    """
    ledger: str = ""
    what: str | None = None
    expands: tuple[str, ...] = ()
    """It is said for all of these."""
    one_of: tuple[str, ...] = ()
    """It may be any of these; the words of the line (`says`) decide."""
    says: str = ""
    told: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Words beside it that mean another ledger of the same work."""
    beside: str = ""
    """It is ours only where this stands in the same line."""
    weak: bool = False
    """Said of so many things that anything else in the line goes before it."""
    generic: bool = False
    """Other offices have it too: with one of their matters beside it and no Party, it is theirs."""


@dataclass(frozen=True)
class Lexicon:
    """All concepts, and the matters of other offices."""

    concepts: Mapping[str, Concept]
    foreign: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one that comes with the system."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load(FILE.read_text("utf-8"), loader)  # noqa: S506  (a safe loader)
    concepts = {
        key: Concept(
            key=key,
            names=tuple(re.compile(name) for name in said.pop("names")),
            expands=tuple(said.pop("expands", ())),
            told=tuple((re.compile(p), ledger) for p, ledger in said.pop("told", {}).items()),
            one_of=tuple(said.pop("one_of", ())),
            **said,
        )
        for key, said in raw["concepts"].items()
    }
    return Lexicon(concepts, re.compile(raw["foreign"]))
