"""The requirement table of a notice beside what we can check: which catalogue, and which of its
items each line means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from taizhang.catalogue import load
from taizhang.catalogue.mapping import Mapped, mapping
from taizhang.catalogue.matching.lines import Line, Match, in_company, match
from taizhang.catalogue.model import Catalogue
from taizhang.catalogue.sentences import adopting, answer
from taizhang.catalogue.sentences.adopting import Compared
from taizhang.catalogue.sentences.contents import (
    Bound,
    Contains,
    bounds,
    contains,
    deadlines,
)
from taizhang.catalogue.sentences.frequency import Proposed, proposed
from taizhang.catalogue.sentences.reading import lines_of
from taizhang.checks import editions, engine
from taizhang.inspection.models import LineDecision, Round, RoundItem, RuleDecision
from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kinds import KINDS
from taizhang.notices.model import Notice

LONGEST = 300
_OF_TITLE, _OF_FREQUENCY = 200, 99
BEFORE = "以前确认过"
NONE = f"没有（{BEFORE}不对应）"


@dataclass(frozen=True)
class Part:
    """A line, or that part of it which one of our items judges (`item` empty: only a
    person does).
    """

    title: str
    item: str
    first: bool


def catalogue_for(notice: Notice) -> str:
    """The version in force of the catalogue that was made for the days inspected; empty where no
    line means any of its items.
    """
    if not notice.items:
        return ""
    name = editions.latest(_base_for(notice))
    found = engine.catalogue(name)
    return name if any(match(line, found) for line in lines_of(notice)) else ""


def names_of(notice: Notice) -> dict[int, str]:
    """For the lines of a notice that is looked at, by number: the items that they will be judged
    by, in words.

    A line that is titled as its item is told by the number alone; one that a person found to mean
    none says so.
    """
    name = catalogue_for(notice)
    if not name:
        return {}
    known, found = engine.catalogue(name), lines_of(notice)
    decided = remembered(found)
    return {
        line.no: "、".join(
            item.id if item.name == line.title else f"{item.id} {item.name}"
            for one in meant(line, known, decided)
            if (item := known.item(one.item))
        )
        or (NONE if mark_of(line) in decided else "")
        for line in found
    }


def _base_for(notice: Notice) -> str:
    """Of the catalogues that come with the system the youngest that had begun when the period ends,
    else the first.
    """
    known = [load.named(path.stem) for path in sorted(load.DATA.glob("*.yaml"))]
    period = notice.period
    end = (period.to or period.from_) if period else None
    end = end or notice.ends_on or notice.issued_on
    begun = [one for one in known if end and one.period.from_ <= end]
    return max(begun, key=lambda one: one.period.from_, default=known[0]).catalogue


def mark_of(line: Line) -> str:
    """What two lines with the same words have in common; of a long title and frequency as much as a
    round keeps of them however it divides the line.
    """
    title, frequency = line.title[:_OF_TITLE], line.frequency[:_OF_FREQUENCY]
    return fingerprint(f"{title}|{line.requirement}|{frequency}")


def remembered(lines: Iterable[Line]) -> dict[str, list[str]]:
    """What people decided of lines with these words."""
    marks = [mark_of(line) for line in lines]
    found = LineDecision.objects.filter(mark__in=marks).values_list("mark", "items")
    return dict(found)


def meant(line: Line, catalogue: Catalogue, decided: Mapping[str, list[str]]) -> list[Match]:
    """The items of a line: those that a person chose for these words before, else what the words
    say.
    """
    chosen = decided.get(mark_of(line))
    if chosen is not None:
        return [Match(key, 1.0, BEFORE) for key in chosen if catalogue.item(key)]
    parted = next((i for i in catalogue.items if line.title.endswith(f"（{i.name}）")), None)
    if parted is not None:  # as `parts_of` wrote it into a notice of ours
        return [Match(parted.id, 1.0, parted.name)]
    return match(line, catalogue)


def parts(line: Line, catalogue: str, decided: Mapping[str, list[str]]) -> list[Part]:
    """One part for each item that a line means, by its words or by what was decided."""
    if not catalogue:
        return [Part(line.title[:LONGEST], "", first=True)]
    known = engine.catalogue(catalogue)
    return parts_of(line, known, [one.item for one in meant(line, known, decided)])


def parts_of(line: Line, catalogue: Catalogue, items: Collection[str]) -> list[Part]:
    """One part for each of these items; titled as the line, with the item's own title where there
    are several.
    """
    if len(items) < 2:
        return [Part(line.title[:LONGEST], next(iter(items), ""), first=True)]
    found = [item for item in catalogue.items if item.id in items]
    return [
        Part(f"{line.title[: LONGEST - len(item.name) - 2]}（{item.name}）", item.id, first=at == 0)
        for at, item in enumerate(found)
    ]


def mapped(opened: Round) -> list[Mapped]:
    """What became of the last round's requirements, where it was judged by another catalogue."""
    last = opened.previous
    if last is None or not (last.catalogue and opened.catalogue):
        return []
    if editions.base_of(last.catalogue) == editions.base_of(opened.catalogue):
        return []
    return mapping(engine.catalogue(last.catalogue), engine.catalogue(opened.catalogue))


def unlinked(opened: Round) -> int:
    """How many of a round's requirements only a person judges, besides its campaigns."""
    return opened.items.filter(is_topic=False, catalogue_item="").count()


def lines(opened: Round) -> list[tuple[Line, list[RoundItem]]]:
    """The lines of a round's notice, each with the rows that it was divided into; campaigns are
    none.
    """
    known = engine.catalogue(opened.catalogue) if opened.catalogue else None
    found: list[tuple[Line, list[RoundItem]]] = []
    rows = list(opened.items.filter(is_topic=False))
    told = in_company((_line(row, known) for row in rows), opened.title)
    for row, line in zip(rows, told, strict=True):
        if found and mark_of(found[-1][0]) == mark_of(line) and row.title != line.title:
            found[-1][1].append(row)
        else:
            found.append((line, [row]))
    return found


def _line(row: RoundItem, catalogue: Catalogue | None) -> Line:
    """As the notice has it, without the item's own title behind."""
    item = catalogue.item(row.catalogue_item) if catalogue else None
    return Line(
        no=row.no,
        category=row.category,
        subcategory=row.subcategory,
        title=row.title.removesuffix(f"（{item.name}）") if item else row.title,
        requirement=row.requirement,
        frequency=row.frequency,
    )


@dataclass(frozen=True)
class Offer:
    """A rule that a line proposes, beside the catalogue, with what was decided of it before."""

    mark: str
    item: str
    rule: Proposed
    told: str
    compared: Compared
    before: RuleDecision | None


@dataclass(frozen=True)
class Asked:
    """A line with the items it is judged by, what the words say of that, and the rules that it
    proposes.
    """

    mark: str
    line: Line
    at: int
    """Which line of the notice it is, from 1."""
    numbers: list[int]
    """Those under which the round asks for it; several where it is judged by several items."""
    items: list[str]
    said: list[str]
    """The items as a field names them, by number and name."""
    matches: list[Match]
    decided: bool
    """Whether a person said before what these words mean; without a match then, that they mean
    none.
    """
    offers: list[Offer]
    contains: list[Contains]
    bounds: list[Bound]
    deadlines: list[str]


def asked(opened: Round) -> list[Asked]:
    """Every line of a round's requirement table, as a person confirms it."""
    found = lines(opened)
    known = engine.catalogue(editions.before(opened.catalogue)) if opened.catalogue else None
    decided = remembered(line for line, _ in found)
    read = {mark_of(line): proposed(line) for line, _ in found}
    marks = [_mark_of_rule(mark, rule) for mark, rules in read.items() for rule in rules]
    before = {one.mark: one for one in RuleDecision.objects.filter(mark__in=marks)}
    return [
        Asked(
            mark_of(line),
            line,
            at,
            [row.no for row in rows],
            [row.catalogue_item for row in rows if row.catalogue_item],
            [_said(row.catalogue_item, known) for row in rows if row.catalogue_item],
            meant(line, known, decided) if known else [],
            mark_of(line) in decided,
            [
                _offer(mark_of(line), rule, rows, known, before)
                for rule in read[mark_of(line)]
                if known
            ],
            contains(line.asks),
            bounds(line.asks),
            deadlines(line.asks),
        )
        for at, (line, rows) in enumerate(found, start=1)
    ]


def _said(item: str, catalogue: Catalogue | None) -> str:
    known = catalogue.item(item) if catalogue else None
    return f"{item} {known.name}" if known else item


def offers(opened: Round) -> list[Offer]:
    """All rules that a round's lines propose."""
    return [offer for one in asked(opened) for offer in one.offers]


def _offer(
    mark: str,
    rule: Proposed,
    rows: list[RoundItem],
    catalogue: Catalogue,
    before: Mapping[str, RuleDecision],
) -> Offer:
    keys = [row.catalogue_item for row in rows if row.catalogue_item]
    item = rule.item if rule.item in keys else next(iter(keys), "")
    own = _mark_of_rule(mark, rule)
    told = answer.told(rule, KINDS[rule.ledger].title)
    return Offer(own, item, rule, told, adopting.compared(catalogue, item, rule), before.get(own))


def _mark_of_rule(mark: str, rule: Proposed) -> str:
    said = f"{mark}|{rule.ledger}|{rule.what}|{rule.every}|{rule.at_least}|{rule.per}"
    return fingerprint(f"{said}|{rule.by}" if rule.by else said)
