"""概况 of one unit over all its rounds: verdicts, problems by kind, what was put right and what came
back, records by year.

Of a round only what both sides signed is told, and only problems that were fed back: the same to
whoever may read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from taizhang.inspection.models import Answer, Finding, LookBack, Visit
from taizhang.inspection.progress import board
from taizhang.inspection.progress.round_comparison import word
from taizhang.inspection.rights import roles
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import counted
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

OF_NO_ITEM = "其他"
YEARS = 6
"""The records of so many years are counted, the latest."""


@dataclass(frozen=True)
class OfRound:
    """One round of the unit."""

    visit: Visit
    day: date | None
    signed: bool
    """Whether both sides signed: before that no verdict is told."""
    verdicts: list[tuple[str, int]]
    findings: list[Finding]

    @property
    def closed(self) -> int:
        """How many of its problems were closed."""
        return sum(one.standing == Finding.Standing.CLOSED for one in self.findings)

    @property
    def repeated(self) -> int:
        """How many of its problems are such of the round before."""
        return sum(one.repeat_of_id is not None for one in self.findings)


@dataclass(frozen=True)
class Returned:
    """A problem of an earlier round and what a later one saw of it."""

    earlier: Finding
    word: str
    later: Finding | None


Row = tuple[str, list[tuple[int, int]]]
"""What problems have in common → (the visit, how many there are) of each round."""


@dataclass(frozen=True)
class Profile:
    """The page."""

    rounds: list[OfRound]
    """The earliest first."""
    verdicts: list[str]
    by_kind: list[Row]
    """大类 → its problems in each round."""
    by_severity: list[Row]
    seen_again: list[Returned]
    years: list[int]
    records: list[tuple[LedgerKind, list[tuple[int, int]]]]
    """Kind of ledger → (year, its records in it)."""

    @property
    def fates(self) -> list[tuple[str, int]]:
        """How many of the problems that were looked at again are what."""
        return list(Counter(one.word for one in self.seen_again).items())


def profile(branch: Organisation, actor: Actor, seen: QuerySet[Finding]) -> Profile:
    """All that the actor may know of the unit's rounds; `seen` are the problems that he may see."""
    visits = [visit for visit in reversed(board.own_visits(branch)) if roles(visit, actor)]
    rounds = _rounds(visits, seen)
    found = counted.counts_by_year(branch, actor, KINDS)
    years = sorted({year for _, year in found})[-YEARS:]
    return Profile(
        rounds,
        [str(label) for label in Answer.Verdict.labels],
        _by(rounds, lambda one: one.item.category if one.item else OF_NO_ITEM),
        _by(rounds, lambda one: str(one.get_severity_display())),
        _seen_again(rounds),
        years,
        [
            (kind, [(year, found.get((slug, year), 0)) for year in years])
            for slug, kind in KINDS.items()
            if any((slug, year) in found for year in years)
        ],
    )


def _rounds(visits: list[Visit], seen: QuerySet[Finding]) -> list[OfRound]:
    issued = seen.filter(visit__in=visits, standing__in=Finding.ISSUED)
    findings: dict[int, list[Finding]] = {}
    for one in issued.order_by("number", "pk"):
        findings.setdefault(one.visit_id, []).append(one)
    held = Answer.objects.filter(visit__in=visits, holds=True).values("visit", "verdict").order_by()
    told = {
        (row["visit"], row["verdict"]): row["n"]
        for row in held.annotate(n=Count("item", distinct=True))
    }
    return [
        OfRound(
            visit,
            visit.session.date if visit.session else None,
            signed := bool(visit.team_signed_at and visit.branch_signed_at),
            [(label, told.get((visit.pk, code), 0)) for code, label in Answer.Verdict.choices]
            if signed
            else [],
            findings.get(visit.pk, []),
        )
        for visit in visits
    ]


def _by(rounds: list[OfRound], kind: Callable[[Finding], str]) -> list[Row]:
    """The problems by what they have in common, the most frequent first."""
    found = Counter((kind(finding), one.visit.pk) for one in rounds for finding in one.findings)
    names = Counter(kind(finding) for one in rounds for finding in one.findings)
    return [
        (name, [(one.visit.pk, found[name, one.visit.pk]) for one in rounds])
        for name, _ in names.most_common()
    ]


def _seen_again(rounds: list[OfRound]) -> list[Returned]:
    """The problems that a later round looked at: put right, not put right, come back."""
    every = [finding for one in rounds for finding in one.findings]
    later = {one.repeat_of_id: one for one in every if one.repeat_of_id}
    looked = LookBack.objects.filter(earlier__in=every, holds=True).order_by("made_at")
    seen = {one.earlier_id: one.verdict for one in looked}
    return [
        Returned(one, word(one, seen.get(one.pk), repeated=one.pk in later), later.get(one.pk))
        for one in every
        if one.pk in later or one.pk in seen or one.standing == Finding.Standing.REOPENED
    ]
