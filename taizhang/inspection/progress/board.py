"""How a round stands: readiness of units before it, progress of its sessions, findings and their
rectification.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from taizhang.checks import current
from taizhang.checks.reasons import outcomes
from taizhang.checks.reasons.queries import current_scope, suspected
from taizhang.inspection.models import (
    Answer,
    Finding,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    Visit,
)
from taizhang.kernel.calendar import time_left
from taizhang.ledgers.today import reckoned
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.organisations import answers_for, branches_of, line_of

SOON = (20, 10)
"""So many days before a deadline people are reminded, once and again."""


@dataclass(frozen=True)
class Readiness:
    """How ready a unit's ledgers are: of so many items so many in order."""

    unit: RoundUnit
    counts: dict[str, int]

    @property
    def judged(self) -> bool:
        """Whether the unit was judged by what is in force; a unit without a branch never is."""
        return bool(self.counts)


def readiness(opened: Round) -> list[tuple[RoundArea, list[Readiness]]]:
    """Each unit of each area with its outcomes, counted in one query."""
    areas = list(opened.areas.prefetch_related("units__organisation"))
    units = [u for area in areas for u in area.units.all()]
    below = branches_of(u.organisation for u in units if u.organisation)
    keys = {one.pk for some in below.values() for one in some}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    if (scope := current_scope()) is not None:
        found = current.verdicts(scope).filter(branch__in=keys)
        rows = found.values_list("branch", "outcome").annotate(
            n=Count("pk"), warned=Count("pk", filter=Q(warns__gt=0))
        )
        for branch, outcome, n, warned in rows.order_by():
            told = {outcomes.told_as(outcome, 0): n - warned, outcomes.told_as(outcome, 1): warned}
            counts[branch] |= told if len(told) > 1 else {outcome: n}
    return [
        (area, [Readiness(u, _together(u, below, counts)) for u in area.units.all()])
        for area in areas
    ]


def _together(
    unit: RoundUnit, below: dict[int, list[Organisation]], counts: dict[int, dict[str, int]]
) -> dict[str, int]:
    """What is counted of all branches of a unit; of a 党总支 nothing until each of its own
    was judged.
    """
    found = [counts.get(one.pk, {}) for one in below.get(unit.organisation_id or 0, [])]
    return dict(sum(map(Counter, found), Counter())) if all(found) else {}


@dataclass
class VisitLine:
    """One unit while its session runs."""

    visit: Visit
    answered: int = 0
    conflicts: int = 0
    findings: int = 0
    highlights: int = 0
    late: int = 0
    """Minutes after its hour at which it was begun, or is not begun yet."""
    missed: bool = False
    """Its day is over and nobody came."""

    @property
    def mark(self) -> str:
        """The standing as a mark that is told apart without colour."""
        return _MARKS[Visit.Standing(self.visit.standing)]


_MARKS = {
    Visit.Standing.WAITING: "○",
    Visit.Standing.READING: "◐",
    Visit.Standing.TO_CONSULT: "◕",
    Visit.Standing.CONSULTED: "●",
    Visit.Standing.FED_BACK: "✓",
}


@dataclass
class SessionLine:
    """A session with its units in the order of their hours."""

    area: RoundArea
    session: RoundSession | None
    visits: list[VisitLine] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """待开始, 进行中, 已完成; told by its units."""
        done = {line.visit.standing for line in self.visits}
        if done <= {Visit.Standing.WAITING}:
            return "待开始"
        return "已完成" if done <= {Visit.Standing.CONSULTED, Visit.Standing.FED_BACK} else "进行中"


@dataclass(frozen=True)
class Progress:
    """The whole round."""

    sessions: list[SessionLine]
    items: int
    standing: list[tuple[str, int]]


def progress(opened: Round, now: datetime) -> Progress:
    """What is done and what is not at a local moment, in seven queries whatever the number of
    units.

    Nobody is late where the page reckons from a day of the past.
    """
    visits = list(
        Visit.objects.filter(unit__area__round=opened)
        .select_related("unit__area", "unit__organisation", "session")
        .order_by(
            "unit__area__order", "session__date", "session__starts_at", "planned_at", "unit__order"
        )
    )
    lines = {visit.pk: VisitLine(visit) for visit in visits}
    _count(lines)
    today = reckoned()
    for line in lines.values():
        _time(line, now if now.date() == today else None, today)
    sessions: dict[tuple[int, int], SessionLine] = {}
    for visit in visits:
        key = (visit.unit.area_id, visit.session_id or 0)
        sessions.setdefault(key, SessionLine(visit.unit.area, visit.session)).visits.append(
            lines[visit.pk]
        )
    tally = Counter(visit.standing for visit in visits)
    standing = [(str(label), tally[code]) for code, label in Visit.Standing.choices]
    return Progress(list(sessions.values()), opened.items.count(), standing)


def _time(line: VisitLine, now: datetime | None, today: date) -> None:
    """How late a visit was begun; where no hour is planned nothing is late."""
    visit = line.visit
    day = visit.session.date if visit.session else None
    if day is None:
        return
    waiting = visit.standing == Visit.Standing.WAITING
    line.missed = waiting and day < today
    begun = now if waiting and day == today else visit.started_at
    if visit.planned_at is None or begun is None:
        return
    local = timezone.localtime(begun)
    if local.date() == day:
        planned = datetime.combine(day, visit.planned_at, tzinfo=local.tzinfo)
        line.late = max(0, int((local - planned).total_seconds()) // 60)


def _count(lines: dict[int, VisitLine]) -> None:
    held = Answer.objects.filter(visit__in=lines, holds=True)
    for visit, item, verdicts in (
        held.values("visit", "item")
        .annotate(n=Count("verdict", distinct=True))
        .values_list("visit", "item", "n")
        .order_by()
    ):
        del item
        lines[visit].answered += 1
        lines[visit].conflicts += verdicts > 1
    live = Finding.objects.filter(visit__in=lines).exclude(standing=Finding.Standing.DROPPED)
    for visit, n in live.values_list("visit").annotate(n=Count("pk")).order_by():
        lines[visit].findings = n
    shown = Visit.objects.filter(pk__in=lines).annotate(
        n=Count("highlights", filter=Q(highlights__gone_at__isnull=True))
    )
    for visit, n in shown.values_list("pk", "n"):
        lines[visit].highlights = n


@dataclass(frozen=True)
class Rectifying:
    """A finding on the board of rectification."""

    finding: Finding
    days_left: int | None
    light: str
    """overdue, red (10 days or fewer), amber (20), green, done."""
    percent: int

    @property
    def told(self) -> str:
        """How long there is still, or how long ago it was due; empty where no time runs (any more),
        which its state says.
        """
        return "" if self.days_left is None else time_left(self.days_left)


def rectifying(findings: Iterable[Finding], today: date) -> list[Rectifying]:
    """The overdue first, then by deadline; what is closed last."""
    made = [_rectifying(finding, today) for finding in findings]
    return sorted(
        made, key=lambda r: (r.light == "done", r.days_left if r.days_left is not None else 9999)
    )


def _rectifying(finding: Finding, today: date) -> Rectifying:
    percent = max((p.percent for p in finding.progress.all()), default=0)
    if finding.standing == Finding.Standing.CLOSED:
        return Rectifying(finding, None, "done", 100)
    lasting = finding.standing == Finding.Standing.LONG_TERM
    left = (finding.deadline - today).days if finding.deadline and not lasting else None
    return Rectifying(finding, left, light(left), percent)


def light(left: int | None) -> str:
    """红黄绿 by the days that are left."""
    if left is None:
        return "green"
    if left < 0:
        return "overdue"
    return "red" if left <= SOON[1] else "amber" if left <= SOON[0] else "green"


@dataclass(frozen=True)
class CameBack:
    """A closed finding of which the machine sees the like again; whether it came back, a person
    says.
    """

    finding: Finding
    word: str


def came_back(findings: Iterable[Finding]) -> list[CameBack]:
    """Closed findings whose rule suspects something now: the same still, or the like in a later
    window.
    """
    return list(_seen_again(f for f in findings if f.standing == Finding.Standing.CLOSED))


def still_suspected(finding: Finding) -> str:
    """What the machine says now of an issued problem that it had suspected, for whoever verifies
    it; empty: nothing.
    """
    if finding.standing not in Finding.ISSUED:
        return ""
    return next((one.word for one in _seen_again([finding])), "")


def _seen_again(findings: Iterable[Finding]) -> Iterator[CameBack]:
    known = [f for f in findings if f.rule and f.visit.unit.organisation_id]
    below = branches_of(f.visit.unit.organisation for f in known if f.visit.unit.organisation)
    keys = {f.pk: [one.pk for one in below[f.visit.unit.organisation_id or 0]] for f in known}
    now = suspected({key for some in keys.values() for key in some}, {f.rule for f in known})
    for finding in known:
        windows = [w for key in keys[finding.pk] for w in now.get((key, finding.rule), [])]
        if any(window > finding.window for window in windows):
            yield CameBack(finding, "同类问题再次出现")
        elif finding.window in windows:
            yield CameBack(finding, "系统核对仍有同样疑点")


def lights(lines: Iterable[Rectifying]) -> list[tuple[str, str, int]]:
    """How many are of each light: (code, word, number)."""
    tally = Counter(line.light for line in lines)
    words = {
        "overdue": "超期",
        "red": f"{SOON[1]}天内到期",
        "amber": f"{SOON[0]}天内到期",
        "green": "正常",
        "done": "已销号",
    }
    return [(code, word, tally[code]) for code, word in words.items()]


def own_visits(branch: Organisation) -> list[Visit]:
    """The branch's place in every round that is published, its own, as a part of its 党总支, and of
    those dissolved into it, the latest first.
    """
    keys = line_of(branch) | answers_for(branch)
    found = Visit.objects.filter(unit__organisation__in=keys).exclude(
        unit__area__round__standing=Round.Standing.DRAFT
    )
    return list(
        found.select_related("unit__area__round", "session", "letter")
        .prefetch_related("attendees", "notices")
        .order_by("-pk")
    )
