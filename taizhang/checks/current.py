"""Which verdicts hold now: those that were found by the scope and the rules that are in force. All
others are 未核对.

Pages ask for verdicts and suspicions here and nowhere else, so that none of them shows what an
earlier scope found.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Aggregate, Count, Min, Q, QuerySet, TextField

from taizhang.catalogue.model import Item
from taizhang.checks import engine
from taizhang.checks.models import (
    CheckRun,
    CheckScope,
    Judged,
    SuspicionQuerySet,
    SuspicionRow,
    Verdict,
)
from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Organisation


def mark_of(scope: CheckScope) -> str:
    """What verdicts are found by: the days that count, the day of judging, and what the rules say.

    Campaigns are for people to judge.
    """
    last = min(scope.to_on, scope.on or scope.to_on)
    told = (scope.from_on, last, scope.on, engine.content(scope.catalogue))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def verdicts(scope: CheckScope) -> QuerySet[Verdict]:
    """The verdicts that hold."""
    return verdicts_by(mark_of(scope))


def verdicts_by(mark: str) -> QuerySet[Verdict]:
    """The verdicts that were found by what a mark stands for."""
    return Verdict.objects.filter(branch__judged__by=mark)


def verdicts_of(branch: Organisation, scope: CheckScope) -> list[Verdict]:
    """Those of one branch."""
    return _VERDICTS(branch.pk, mark_of(scope))


_VERDICTS: Question[Verdict] = Question(lambda branch, by: verdicts_by(by).filter(branch=branch))


def suspicions(scope: CheckScope) -> SuspicionQuerySet:
    """The suspicions that hold, those that were dismissed too."""
    return suspicions_by(mark_of(scope))


def suspicions_by(mark: str) -> SuspicionQuerySet:
    """The suspicions that were found by what a mark stands for."""
    return SuspicionRow.objects.filter(branch__judged__by=mark)


class _Joined(Aggregate):
    output_field = TextField()
    template = "%(function)s(%(expressions)s, %(between)s)"


def _joined(column: str) -> Aggregate:
    """The texts of a group as one, which is taken apart sooner than thousands of rows are read."""
    if connection.vendor == "sqlite":
        return _Joined(column, function="group_concat", between="char(31)")
    return _Joined(column, function="string_agg", between="chr(31)")


_OPEN: Question[tuple[str, str, str, int]] = Question(
    lambda branch, by: (
        suspicions_by(by)
        .open()
        .filter(branch=branch, certain=True)
        .values("rule", "severity")
        .annotate(windows=_joined("window"), first=Min("pk"))
        .order_by("first")
        .values_list("rule", "severity", "windows", "first")
    )
)


def open_against(branch: Organisation, scope: CheckScope) -> list[tuple[str, str, Counter[str]]]:
    """What stands against a branch for certain: of each rule and severity how often it does in each
    window; which was found first comes first.
    """
    found = _OPEN(branch.pk, mark_of(scope))
    return [(rule, grave, Counter(windows.split("\x1f"))) for rule, grave, windows, _ in found]


def rows_against(branch: Organisation, scope: CheckScope) -> list[SuspicionRow]:
    """The same as rows, window by window, without mere hints."""
    return _ROWS(branch.pk, mark_of(scope))


_ROWS: Question[SuspicionRow] = Question(
    lambda branch, by: (
        suspicions_by(by)
        .open()
        .filter(branch=branch, certain=True)
        .exclude(severity="info")
        .order_by("window", "pk")
    )
)


def judged(branch: Organisation, scope: CheckScope) -> Judged | None:
    """How a branch was judged, if it was by what is in force."""
    return _JUDGED.first(branch.pk, mark_of(scope))


_JUDGED: Question[Judged] = Question(lambda branch, by: Judged.objects.filter(branch=branch, by=by))


def judged_among(scope: CheckScope, branches: QuerySet[Organisation]) -> set[int]:
    """The keys of the branches that were judged by what is in force."""
    found = Judged.objects.filter(branch__in=branches, by=mark_of(scope))
    return set(found.values_list("branch_id", flat=True))


def mark(branches: Iterable[int], scope: CheckScope, *, compared: bool, now: datetime) -> None:
    """Say that these branches were judged by the scope."""
    by = mark_of(scope)
    Judged.objects.bulk_create(
        [Judged(branch_id=key, by=by, compared=compared, at=now) for key in branches],
        update_conflicts=True,
        unique_fields=("branch",),
        update_fields=("by", "compared", "at"),
    )


@dataclass(frozen=True)
class Waiting:
    """What of the branches that a reader sees is not judged yet."""

    unjudged: int
    uncompared: int
    run: CheckRun | None
    """The check of everybody that is going on."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.unjudged or self.uncompared)


def waiting(scope: CheckScope, branches: QuerySet[Organisation]) -> Waiting:
    """How many of these branches nobody judged by what is in force, and of how many nobody compared
    the records.
    """
    by = mark_of(scope)
    found = branches.aggregate(
        n_every=Count("pk", distinct=True),
        n_judged=Count("pk", distinct=True, filter=Q(judged__by=by)),
        n_compared=Count("pk", distinct=True, filter=Q(judged__by=by, judged__compared=True)),
    )
    return _waiting(found["n_every"] - found["n_judged"], found["n_judged"] - found["n_compared"])


def waiting_of(scope: CheckScope, branch: Organisation) -> Waiting:
    """The same of one branch."""
    found = judged(branch, scope)
    return _waiting(int(found is None), int(found is not None and not found.compared))


def _waiting(unjudged: int, uncompared: int) -> Waiting:
    run = CheckRun.objects.alive().order_by("-pk").first() if unjudged or uncompared else None
    return Waiting(unjudged, uncompared, run)


@dataclass(frozen=True)
class JudgedBy:
    """The catalogue, how many items it has, and those of them that the round's notice asks for
    (none: no round asked).
    """

    title: str
    items: list[Item]
    asked: list[Item]
    round_title: str
    round_key: int | None
    only_asked: bool = False
    """Whether a page was told to show these alone."""

    @property
    def whole(self) -> int:
        """How many items are judged."""
        return len(self.items)

    @property
    def is_narrowed(self) -> bool:
        """Whether only what the notice asks for is shown; a notice that asks for all, or for none
        of them, narrows nothing.
        """
        return self.only_asked and self.is_part and bool(self.asked)

    @property
    def shown(self) -> list[Item]:
        """The items that a page shows."""
        return self.asked if self.is_narrowed else self.items

    def named(self, sheet: str) -> str:
        """What a sheet of these items is called."""
        return f"{sheet}（通知所列{len(self.asked)}项）" if self.is_narrowed else sheet

    @property
    def query(self) -> str:
        """What a link to another page of the same items bears."""
        return "?asked=1" if self.is_narrowed else ""

    @property
    def others(self) -> int:
        """How many items are judged that the notice does not ask for."""
        return self.whole - len(self.asked)

    @property
    def is_part(self) -> bool:
        """Whether the notice asks for fewer items than are judged."""
        return bool(self.round_key) and self.others > 0


def judged_by(scope: CheckScope, *, only_asked: bool = False) -> JudgedBy:
    """What the scope says of it; an item that its catalogue has no longer is asked for
    by nobody.
    """
    catalogue = engine.catalogue(scope.catalogue)
    asked = [item for item in catalogue.items if item.id in scope.asked]
    items = list(catalogue.items)
    return JudgedBy(
        catalogue.title, items, asked, scope.asked_by, scope.asked_round, only_asked=only_asked
    )
