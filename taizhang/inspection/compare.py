"""回头看: what became of the problems of the last round — 已整改, 未整改, 反弹, 新增 — by unit, item and area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from taizhang.inspection.models import Finding, LookBack, Round

WORDS = ("已整改", "未整改", "反弹", "新增")


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


def comparison(opened: Round) -> Comparison:
    """Compare a round with the one it looks back on."""
    fates = [*_earlier(opened), *_fresh(opened)]
    return Comparison(
        fates, _numbers(fates, lambda f: f.unit), _numbers(fates, lambda f: f.item), _numbers(fates, lambda f: f.area),
        _row(fates),
    )  # fmt: skip


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


def _earlier(opened: Round) -> list[Fate]:
    seen = {
        b.earlier_id: b.verdict
        for b in LookBack.objects.filter(visit__unit__area__round=opened, holds=True).order_by(
            "made_at"
        )
    }
    repeats = {f.repeat_of_id: f for f in _related(opened.pk) if f.repeat_of_id}
    return [
        _fate(_word(f, seen.get(f.pk), repeated=f.pk in repeats), f, f, repeats.get(f.pk))
        for f in _related(opened.previous_id)
        if f.standing in Finding.ISSUED
    ]


def _word(earlier: Finding, seen: str | None, *, repeated: bool) -> str:
    """A closed problem that is there again came back; one that nobody looked at is what its standing says."""
    closed = earlier.standing == Finding.Standing.CLOSED
    if repeated or seen in (LookBack.Verdict.NOT_MENDED, LookBack.Verdict.PARTLY):
        return "反弹" if closed else "未整改"
    if earlier.standing == Finding.Standing.REOPENED:
        return "反弹"
    return "已整改" if closed or seen == LookBack.Verdict.MENDED else "未整改"


def _fresh(opened: Round) -> list[Fate]:
    return [_fate("新增", f, None, f) for f in _related(opened.pk) if f.repeat_of_id is None]


def _fate(word: str, shown: Finding, earlier: Finding | None, found: Finding | None) -> Fate:
    unit = shown.visit.unit
    item = f"{shown.item.catalogue_item} {shown.item.title}".strip() if shown.item else "其他"
    return Fate(word, unit.name, unit.area.name, item, shown.facts, earlier, found)
