"""A branch against its own past: completeness and timeliness at each day of a check of everybody,
never beside another branch.

A day on which it was not judged is a gap in the line, not a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from taizhang.checks.models import CheckRun, RunStanding
from taizhang.kernel.db.questions import Question
from taizhang.orgs.models import Organisation

DAYS = 40
"""So many days with a check are drawn, the latest."""
WIDTH, HEIGHT, LEFT, TOP = 640, 120, 40, 10


@dataclass(frozen=True)
class Point:
    """How the branch stood on a day; None where it was not judged, or nothing was there
    to count.
    """

    day: date
    standing: RunStanding | None
    other_rules: bool
    """Whether it was judged by another scope or other rules than on the day before."""

    @property
    def judged(self) -> int:
        """Of how many items it was said that they are in order, missing or wrong."""
        return self.standing.fine + self.standing.bad if self.standing else 0

    @property
    def complete(self) -> int | None:
        """Of a hundred such items, how many are in order."""
        return _percent(self.standing.fine, self.judged) if self.standing else None

    @property
    def in_time(self) -> int | None:
        """Of a hundred records entered when it happened, how many within 30 days."""
        return _percent(self.standing.timely, self.standing.live) if self.standing else None


@dataclass(frozen=True)
class Drawn:
    """A point as it is drawn."""

    x: int
    y: int
    told: str


@dataclass(frozen=True)
class Curve:
    """The points of a branch, and the two lines through them."""

    points: list[Point]
    complete: list[list[Drawn]]
    """Stretches without a gap."""
    in_time: list[list[Drawn]]

    @property
    def lines(self) -> list[tuple[str, str, list[list[Drawn]]]]:
        """(class, name, stretches) of both."""
        return [("complete", "齐全", self.complete), ("in-time", "及时", self.in_time)]

    @property
    def heights(self) -> list[tuple[int, int]]:
        """(percent, y) of the rules across."""
        return [(percent, _y(percent)) for percent in (0, 50, 100)]


def curve(branch: Organisation) -> Curve:
    """Both lines of a branch from what the checks of everybody left."""
    points = _points(branch)
    first, last = (points[0].day, points[-1].day) if points else (date.min, date.min)
    span = max(1, (last - first).days)
    x = {
        point.day: LEFT + (WIDTH - LEFT - 60) * (point.day - first).days // span for point in points
    }
    return Curve(
        points,
        _stretches(points, x, lambda point: point.complete, "齐全"),
        _stretches(points, x, lambda point: point.in_time, "及时"),
    )


def _points(branch: Organisation) -> list[Point]:
    """One for each day with a check, by the last of that day."""
    of_day: dict[date, tuple[int, str]] = {}
    for run, started_at, by in _RUNS():
        of_day.setdefault(timezone.localdate(started_at), (run, by))
    chosen = sorted(of_day.items())[-DAYS:]
    held = _HELD(branch.pk, *(run for _, (run, _) in chosen))
    standing = {one.run_id: one for one in held}
    return [
        Point(day, standing.get(run), bool(at) and chosen[at - 1][1][1] != by)
        for at, (day, (run, by)) in enumerate(chosen)
    ]


_RUNS: Question[tuple[int, datetime, str]] = Question(
    lambda: (
        CheckRun.objects.filter(state=CheckRun.State.DONE)
        .exclude(by="")
        .order_by("-pk")
        .values_list("pk", "started_at", "by")[: 5 * DAYS]
    )
)
_HELD: Question[RunStanding] = Question(
    lambda branch, *runs: RunStanding.objects.filter(branch=branch, run__in=runs).defer("told")
)


def _stretches(
    points: Iterable[Point], x: dict[date, int], value: Callable[[Point], int | None], name: str
) -> list[list[Drawn]]:
    found: list[list[Drawn]] = [[]]
    for point in points:
        percent = value(point)
        if percent is None:
            found.append([])
        else:
            told = f"{point.day:%Y-%m-%d} {name}{percent}%"
            found[-1].append(Drawn(x[point.day], _y(percent), told))
    return [stretch for stretch in found if stretch]


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _y(percent: int) -> int:
    return TOP + HEIGHT * (100 - percent) // 100
