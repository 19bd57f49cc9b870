"""What documents call the fields of a ledger: its own labels, and words that can only mean one of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from taizhang.intake.pieces import plain
from taizhang.ledgers.form_reader import label_names
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS

LONGEST = 10
"""A label is no longer than this."""


@lru_cache(maxsize=128)
def exact(slug: str) -> dict[str, str]:
    """Label, bare → name, as the kind says it itself."""
    return {plain(label): name for label, name in label_names(KINDS[slug]).items()}


def names(kind: LedgerKind, words: Iterable[str]) -> dict[str, str]:
    """Label → name: those that are known, and of the words those that are one of them with a word before it or without one.

    谈话地点 is 地点, 内容 is 谈话内容 where no other field is called so; 时间 is the day.
    """
    known = dict(exact(kind.slug))
    own = {plain(one.label): one.name for one in kind.fields()}
    for label in {plain(word) for word in words} - known.keys():
        if not 2 <= len(label) <= LONGEST:
            continue
        alike = {n for other, n in own.items() if _alike(label, other)}
        if label in ("时间", "日期"):
            if _has_one_day(kind):
                known[label] = kind.day
        elif len(alike) == 1:
            known[label] = alike.pop()
    return known


def _has_one_day(kind: LedgerKind) -> bool:
    """Whether a bare 时间 can only be the day: of a kind with many days (入党, 转正, 进入) it says too little."""
    days = [one for one in kind.fields() if one.kind == "date"]
    needed = [one.name for one in days if one.required]
    return len(days) <= 2 and needed == [kind.day]


def _alike(label: str, other: str) -> bool:
    return len(other) > 1 and (label.endswith(other) or other.endswith(label))
