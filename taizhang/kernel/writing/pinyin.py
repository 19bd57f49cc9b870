"""How names are read aloud.

Of pypinyin's idioms only those that read a character otherwise than it is usually read are kept, in
`readings.txt`: 3,000 of 47,000, which took 45 MiB of each process. The data are pypinyin's (MIT).
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("readings.txt")
_LONGEST = 4


@lru_cache(maxsize=20_000)
def syllables(name: str) -> tuple[str, ...]:
    """The syllables of a name without tones; what is no Chinese stays in one piece."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (its tables take memory, and few pages need them)

    found = list(lazy_pinyin(name))
    if len(found) != len(name):  # letters and digits stand together: no idiom is looked for
        return tuple(found)
    at = 0
    while at < len(name):
        said = _idiom(name, at)
        found[at : at + len(said)] = said
        at += max(len(said), 1)
    return tuple(found)


def _idiom(name: str, at: int) -> list[str]:
    """The reading of the longest idiom that begins here."""
    lengths = range(min(_LONGEST, len(name) - at), 1, -1)
    return next((_table()[word] for n in lengths if (word := name[at : at + n]) in _table()), [])


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    lines = (line.split(" ") for line in TABLE.read_text("utf-8").splitlines())
    return {words: said for words, *said in lines}
