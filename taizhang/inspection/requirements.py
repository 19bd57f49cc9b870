"""The requirement table of a notice beside what we can check: which catalogue, and which of its items each line means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taizhang.catalogue import load
from taizhang.catalogue.matching.lines import Line, Match, match
from taizhang.catalogue.model import Catalogue
from taizhang.catalogue.sentences.reading import lines_of
from taizhang.checks import editions, engine
from taizhang.inspection.models import LineDecision
from taizhang.kernel.text import fingerprint
from taizhang.notices.model import Notice

LONGEST = 300
BEFORE = "以前确认过"


@dataclass(frozen=True)
class Part:
    """A line, or that part of it which one of our items judges (`item` empty: only a person does)."""

    title: str
    item: str
    first: bool


def catalogue_for(notice: Notice) -> str:
    """The version in force of the catalogue that was made for the days inspected; empty where no line means any of its items."""
    if not notice.items:
        return ""
    name = editions.latest(_base_for(notice))
    found = engine.catalogue(name)
    return name if any(match(line, found) for line in lines_of(notice)) else ""


def _base_for(notice: Notice) -> str:
    """Of the catalogues that come with the system the one whose days hold the end of the period, else the first."""
    known = [load.named(path.stem) for path in sorted(load.DATA.glob("*.yaml"))]
    period = notice.period
    end = (period.to or period.from_) if period else None
    end = end or notice.ends_on or notice.issued_on
    held = [one for one in known if end and one.period.from_ <= end <= one.period.to]
    return (held or known)[0].catalogue


def mark_of(line: Line) -> str:
    """What two lines with the same words have in common."""
    return fingerprint(f"{line.title}|{line.requirement}|{line.frequency}")


def remembered(lines: Iterable[Line]) -> dict[str, list[str]]:
    """What people decided of lines with these words."""
    marks = [mark_of(line) for line in lines]
    found = LineDecision.objects.filter(mark__in=marks).values_list("mark", "items")
    return dict(found)


def meant(line: Line, catalogue: Catalogue, decided: Mapping[str, list[str]]) -> list[Match]:
    """The items of a line: those that a person chose for these words before, else what the words say."""
    chosen = decided.get(mark_of(line))
    if chosen is None:
        return match(line, catalogue)
    return [Match(key, 1.0, BEFORE) for key in chosen if catalogue.item(key)]


def parts(line: Line, catalogue: str, decided: Mapping[str, list[str]]) -> list[Part]:
    """One part for each item that a line means; titled as the line, with the item's own title where there are several."""
    if not catalogue:
        return [Part(line.title[:LONGEST], "", first=True)]
    known = engine.catalogue(catalogue)
    found = [one.item for one in meant(line, known, decided)]
    if len(found) < 2:
        return [Part(line.title[:LONGEST], found[0] if found else "", first=True)]
    items = [item for item in known.items if item.id in found]
    return [
        Part(f"{line.title}（{item.name}）"[:LONGEST], item.id, first=at == 0)
        for at, item in enumerate(items)
    ]
