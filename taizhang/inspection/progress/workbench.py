"""The head of every page of a round: how far it has come, when and by whom, and its pages side by
side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from taizhang.inspection.flows import OFFICE, ROUND
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.kernel.actions import journal
from taizhang.kernel.db.questions import Question
from taizhang.kernel.flow import Step
from taizhang.ledgers.today import reckoned

_STANDING = Round.Standing
_PAGES = (
    ("round", "概况"), ("units", "单位对应"), ("plan", "片区和场次"), ("requirements", "要求和规则"), ("progress", "现场进度"), ("findings", "问题"),
    ("rectification", "整改"), ("heads", "公文格式"), ("compare", "与上轮比较"), ("frozen", "冻结的结论"), ("follow-up", "回头看"),
)  # fmt: skip
"""Names of addresses, in the order of the work."""
_TO_MEND = set(Finding.OPEN) - {Finding.Standing.LONG_TERM}
_LEADS_TO = {f"inspection.round.{step.verb}": step.after for step in ROUND.steps}
"""The journal's words for a step, and the state after it."""


@dataclass(frozen=True)
class Stage:
    """A state of the round: passed, where it stands, ahead, or gone over without being taken."""

    label: str
    state: str
    """done, now, ahead, skipped."""
    at: datetime | None = None
    by: str = ""

    @property
    def word(self) -> str:
        """The state for those who do not see its colour."""
        return {"done": "已完成", "now": "现在", "ahead": "未到", "skipped": "略过"}[self.state]


@dataclass(frozen=True)
class Tab:
    """A page of the round, with how much there is to see on it."""

    label: str
    url: str
    here: bool
    count: str = ""


@dataclass(frozen=True)
class Top:
    """What every page of a round begins with."""

    opened: Round
    stages: list[Stage]
    tabs: list[Tab]


def top(opened: Round, here: str) -> Top:
    """For the organisation section; `here` is the address's name. Two queries whatever the number
    of units.
    """
    return Top(opened, stages(opened), list(_tabs(opened, here)))


def stages(opened: Round) -> list[Stage]:
    """Every state in order; the journal says when each was reached and by whom.

    A notice that was taken back begins anew: what came before counts no more.
    """
    reached: dict[str, tuple[datetime, str]] = {}
    if opened.opened_by is not None:
        reached[_STANDING.DRAFT] = (opened.opened_at, opened.opened_by.name)
    order = list(ROUND.labels)
    for line in journal.about(f"round:{opened.pk}", *_LEADS_TO):
        code = _LEADS_TO[line.verb]
        later = order[order.index(code) :]
        reached = {known: when for known, when in reached.items() if known not in later}
        reached[code] = (line.at, line.actor.name if line.actor else "")
    now = order.index(opened.standing)
    passed = ["done" if code in reached else "skipped" for code in order[:now]]
    states = [*passed, "now", *["ahead"] * (len(order) - now - 1)]
    return [
        Stage(ROUND.labels[code], state, *reached.get(code, (None, "")))
        for code, state in zip(order, states, strict=True)
    ]


def _tabs(opened: Round, here: str) -> Iterator[Tab]:
    counts = _counts(opened, reckoned())
    shown = {
        "compare": opened.previous_id is not None,
        "frozen": opened.standing != _STANDING.DRAFT,
        "follow-up": opened.standing != _STANDING.DRAFT,
    }
    for name, label in _PAGES:
        if shown.get(name, True):
            url = reverse(f"inspection:{name}", args=[opened.pk])
            yield Tab(label, url, name == here, counts.get(name, ""))


def _counts(opened: Round, today: date) -> dict[str, str]:
    live = _LIVE(opened.pk)
    late = sum(standing in _TO_MEND and due is not None and due < today for standing, due in live)
    return {
        "findings": str(len(live)) if live else "",
        "rectification": f"{late} 超期" if late else "",
    }


_LIVE: Question[tuple[str, date | None]] = Question(
    lambda opened: (
        Finding.objects.filter(visit__unit__area__round=opened)
        .exclude(standing=Finding.Standing.DROPPED)
        .values_list("standing", "deadline")
    )
)


def steps(opened: Round) -> list[tuple[Step, str]]:
    """The steps that are open to the organisation section, each with what it would leave behind, in
    words.
    """
    told = _left_behind(opened)
    return [(step, told.get(step.verb, "")) for step in ROUND.open_to(opened.standing, [OFFICE])]


def not_closed(standings: Mapping[str, int]) -> str:
    """How many problems are not closed, of the numbers by standing: all that 整改 shows as open,
    those kept on for long among them; empty: none.
    """
    n = sum(standings.get(code, 0) for code in Finding.OPEN)
    lasting = standings.get(Finding.Standing.LONG_TERM, 0)
    among = f"（其中 {lasting} 个长期坚持）" if lasting else ""
    return f"{n} 个问题没有销号{among}" if n else ""


def _left_behind(opened: Round) -> dict[str, str]:
    visits = Visit.objects.filter(unit__area__round=opened)
    tally = Counter(visits.values_list("standing", flat=True))
    standing = Visit.Standing
    unread = tally[standing.WAITING] + tally[standing.READING]
    unsigned = unread + tally[standing.TO_CONSULT]
    unfed = unsigned + tally[standing.CONSULTED]
    rows = Finding.objects.filter(visit__unit__area__round=opened)
    found = Counter(rows.values_list("standing", flat=True))
    unissued = found[Finding.Standing.DRAFT] + found[Finding.Standing.CONFIRMED]
    facts = {
        "consult": [(unread, "个单位还没有查完")],
        "feed_back": [
            (unsigned, "个单位还没有会商确认"),
            (unfed - unsigned, "个单位还没有反馈"),
            (unissued, "个问题还没有反馈"),
        ],
    }
    told = {verb: "，".join(f"{n} {w}" for n, w in some if n) for verb, some in facts.items()}
    still = not_closed(found)
    return {
        verb: words for verb, words in (told | {"close": still, "archive": still}).items() if words
    }
