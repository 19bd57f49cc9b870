"""回头看: what became of the problems of the last round — 已整改, 未整改, 反弹, 未核对 — and what is
新增, by unit, item and area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taizhang.catalogue.mapping import mapping
from taizhang.checks import engine
from taizhang.inspection.models import Finding, LookBack, Round

MENDED, UNSEEN = "已整改", "未核对"
WORDS = (MENDED, "未整改", "反弹", "新增", UNSEEN)
"""Colours go by their places."""


@dataclass(frozen=True)
class Fate:
    """One problem and what it is in the new round."""

    word: str
    unit: str
    area: str
    item: str
    facts: str
    earlier: Finding | None
    found: Finding | None


@dataclass(frozen=True)
class Comparison:
    """All problems of two rounds, and their numbers by unit, item and area."""

    fates: list[Fate]
    by_unit: list[tuple[str, list[int]]]
    by_item: list[tuple[str, list[int]]]
    by_area: list[tuple[str, list[int]]]
    total: list[int]


WHOLE = "全部"
Bar = list[tuple[int, int, int]]
"""The parts of a bar from the left: which word it stands for, where it begins, how wide it is of a
hundred.
"""


def bars(rows: list[tuple[str, list[int]]]) -> list[Bar]:
    """A bar for each row, as long as its problems are many; that of all fills its line."""
    most = max((sum(ns) for name, ns in rows if name != WHOLE), default=0) or 1
    return [_bar(ns, sum(ns) or 1 if name == WHOLE else most) for name, ns in rows]


def _bar(numbers: list[int], most: int) -> Bar:
    parts, before = [], 0
    for at, n in enumerate(numbers):
        first, last = 100 * before // most, 100 * (before + n) // most
        if n:
            parts.append((at, first, last - first))
        before += n
    return parts


def comparison(opened: Round) -> Comparison:
    """Compare a round with the one it looks back on."""
    called = _called(opened)
    fates = [*_earlier(opened, _as_called_now(opened, called)), *_fresh(opened, called)]
    return Comparison(
        fates,
        _numbers(fates, lambda f: f.unit),
        _numbers(fates, lambda f: f.item),
        _numbers(fates, lambda f: f.area),
        _row(fates),
    )


Names = Mapping[str, str]
"""Id of an item of a catalogue → what the new round calls it."""


def _called(opened: Round) -> Names:
    """One name for each item: of lines that mean the same item, the first."""
    items = opened.items.exclude(catalogue_item="").order_by("-no")
    return {item.catalogue_item: item.called for item in items}


def _as_called_now(opened: Round, called: Names) -> Names:
    """For the items of the last round, which may have been judged by another catalogue."""
    last = opened.previous
    if last is None or not (last.catalogue and opened.catalogue):
        return called
    old, new = (engine.catalogue(one.catalogue) for one in (last, opened))
    return {m.old: called[m.new] for m in mapping(old, new) if m.old and m.new in called}


def _row(fates: list[Fate]) -> list[int]:
    tally = Counter(fate.word for fate in fates)
    return [tally[word] for word in WORDS]


def _numbers(fates: list[Fate], key: Callable[[Fate], str]) -> list[tuple[str, list[int]]]:
    groups: dict[str, list[Fate]] = {}
    for fate in fates:
        groups.setdefault(key(fate), []).append(fate)
    return [(name, _row(listed)) for name, listed in groups.items()]


def _related(opened_id: int | None) -> list[Finding]:
    found = Finding.objects.filter(visit__unit__area__round=opened_id).exclude(
        standing__in=(Finding.Standing.DROPPED, Finding.Standing.CANCELLED)
    )
    return list(
        found.select_related("item", "visit__unit__area", "visit__unit__organisation").order_by(
            "number", "pk"
        )
    )


def _earlier(opened: Round, called: Names) -> list[Fate]:
    seen = {
        b.earlier_id: b.verdict
        for b in LookBack.objects.filter(visit__unit__area__round=opened, holds=True).order_by(
            "made_at"
        )
    }
    repeats = {f.repeat_of_id: f for f in _related(opened.pk) if f.repeat_of_id}
    return [
        _fate(word(f, seen.get(f.pk), repeated=f.pk in repeats), f, f, repeats.get(f.pk), called)
        for f in _related(opened.previous_id)
        if f.standing in Finding.ISSUED
    ]


def word(earlier: Finding, seen: str | None, *, repeated: bool) -> str:
    """A closed problem that is there again came back, and so did one that was reopened; of one that
    nobody looked at in the new round nothing is known, whatever was said of it when it was closed.

    `seen` is the verdict of the look back that holds, None where there is none yet.
    """
    closed = earlier.standing == Finding.Standing.CLOSED
    if repeated or seen in (LookBack.Verdict.NOT_MENDED, LookBack.Verdict.PARTLY):
        return "反弹" if closed else "未整改"
    if earlier.standing == Finding.Standing.REOPENED:
        return "反弹"
    return UNSEEN if seen is None else MENDED


def _fresh(opened: Round, called: Names) -> list[Fate]:
    return [
        _fate("新增", f, None, f, called) for f in _related(opened.pk) if f.repeat_of_id is None
    ]


def _fate(
    word: str, shown: Finding, earlier: Finding | None, found: Finding | None, called: Names
) -> Fate:
    unit = shown.visit.unit
    own = shown.item
    item = called.get(own.catalogue_item, own.called) if own else "其他"
    return Fate(word, unit.name, unit.area.name, item, shown.facts, earlier, found)
