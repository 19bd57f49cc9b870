"""What changed since an earlier check of everybody: what is missing that was not, what was put
right, which suspicions are new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from taizhang.checks import current, editions, engine
from taizhang.checks.history import kept
from taizhang.checks.history.kept import BAD, Marks
from taizhang.checks.models import CheckRun, CheckScope, Outcome, RunStanding
from taizhang.rules.base import Suspicion

RIGHT = (Outcome.OK, Outcome.NOT_DUE, Outcome.NOT_APPLICABLE)
_SAID = ("branch", "rule", "window", "subject", "other", "found", "wanted", "detail", "certain")


@dataclass(frozen=True)
class Change:
    """One item of one branch: what was told of it then, what is told now, and how many suspicions
    came and went.
    """

    branch: int
    item: str
    was: str
    now: str
    came: int
    went: int

    @property
    def is_missing(self) -> bool:
        """Whether it is missing now and was not."""
        return self.now == Outcome.MISSING != self.was

    @property
    def is_mended(self) -> bool:
        """Whether it was missing or wrong and is in order now."""
        return self.was in BAD and self.now in RIGHT

    @property
    def labels(self) -> tuple[str, str]:
        """Both outcomes in words."""
        return Outcome(self.was).label, Outcome(self.now).label

    def is_of(self, sort: str) -> bool:
        """Whether it counts for one of the figures."""
        return bool(getattr(self, SORTS[sort][1])) if sort in SORTS else True


SORTS = {
    "missing": ("新缺失", "is_missing"),
    "mended": ("已改好", "is_mended"),
    "came": ("新疑点", "came"),
    "went": ("消除疑点", "went"),
}
"""What is counted: what it is called, and where a change says it."""


@dataclass(frozen=True)
class Since:
    """What changed in some branches since a run."""

    run: CheckRun
    runs: list[CheckRun]
    """Those that can be compared with."""
    changes: list[Change]
    compared: frozenset[int]
    """The branches that were judged then and are now; of all others nothing is said."""
    same_rules: bool
    """Whether the run judged by what is in force now."""

    @property
    def day(self) -> date:
        """The day of the run."""
        return timezone.localdate(self.run.started_at)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(sort, what it is called, how many)."""
        return counted(self.changes)

    def only(self, items: Iterable[str]) -> Since:
        """The same of some items."""
        wanted = set(items)
        return replace(self, changes=[one for one in self.changes if one.item in wanted])

    @property
    def by_branch(self) -> dict[int, list[Change]]:
        """The changes of each branch that has any."""
        found: dict[int, list[Change]] = {}
        for one in self.changes:
            found.setdefault(one.branch, []).append(one)
        return found


def counted(changes: Collection[Change]) -> list[tuple[str, str, int]]:
    """(sort, what it is called, how many): items for what is missing or put right, suspicions for
    what came and went.
    """
    return [
        (sort, label, sum(int(getattr(one, name)) for one in changes))
        for sort, (label, name) in SORTS.items()
    ]


def chosen_run(runs: list[CheckRun], asked: str, today: date) -> CheckRun | None:
    """The run asked for; else the last one of a day before today, so that all of today's changes
    show; else the first.
    """
    for run in runs:
        if asked == str(run.pk):
            return run
    before = [run for run in runs if timezone.localdate(run.started_at) < today]
    return before[0] if before else runs[-1] if len(runs) > 1 else None


def since(*, scope: CheckScope, branches: Iterable[int], asked: str, today: date) -> Since | None:
    """What changed in these branches; nothing where there is no earlier run of these
    requirements.
    """
    base = editions.base_of(scope.catalogue)
    runs = [run for run in kept.runs() if editions.base_of(run.catalogue) == base]
    run = chosen_run(runs, asked, today)
    if run is None:
        return None
    keys = list(branches)
    then = dict(RunStanding.objects.filter(run=run, branch__in=keys).values_list("branch", "told"))
    now = _now(scope, keys)
    both = sorted(then.keys() & now.keys())
    found = [one for key in both for one in _of_branch(key, then[key], now[key])]
    return Since(run, runs, found, frozenset(both), run.by == current.mark_of(scope))


@dataclass
class _Now:
    outcome: str
    marks: set[int] = field(default_factory=set)


def _now(scope: CheckScope, branches: list[int]) -> dict[int, dict[str, _Now]]:
    """Branch → item → what is told of it now."""
    found: dict[int, dict[str, _Now]] = {}
    verdicts = current.verdicts(scope).filter(branch__in=branches)
    for branch, item, outcome in verdicts.values_list("branch", "item", "outcome"):
        found.setdefault(branch, {})[item] = _Now(outcome)
    rows = current.suspicions(scope).open().filter(branch__in=branches, certain=True)
    rules = engine.rules(scope.catalogue)
    for item, branch, rule, *said in rows.values_list("item", *_SAID):
        suspicion = Suspicion(rule, branch, *said)
        now = found.get(branch, {}).get(item)
        if now is not None and kept.counts(suspicion, rules):
            now.marks.add(kept.mark_of(suspicion))
    return found


def _of_branch(branch: int, then: dict[str, list[str]], today: dict[str, _Now]) -> Iterable[Change]:
    for item, now in today.items():
        if item not in then:
            continue
        was, packed = then[item]
        before: Marks = kept.unpacked(packed)
        made = Change(
            branch, item, was, now.outcome, len(now.marks - before), len(before - now.marks)
        )
        if made.was != made.now or made.came or made.went:
            yield made
