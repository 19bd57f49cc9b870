"""计分, where a round wants it (DOMAIN 5.4): weights, deductions by severity, items that do not apply
left out and the rest scaled.

Whole numbers throughout: points are kept in hundredths. A score is reckoned for people to look at
and is never published by the machine.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from taizhang.inspection.models import Answer, Finding, Round, RoundItem, SelfScore, Visit
from taizhang.kernel.errors import WrongState

WHOLE = 10_000
"""100 points, in hundredths."""
WEIGHTS = {"制度体系": 1300, "组织机构": 1500, "党员队伍": 3000, "党内政治生活": 3200, "保障": 1000}
"""Of the 大类, by the beginning of their names; what a notice itself says goes before."""
DEDUCTIONS = {
    Finding.Severity.MINOR: 50,
    Finding.Severity.SERIOUS: 100,
    Finding.Severity.GRAVE: 200,
}
UNREAD = "未查阅，未扣分"
"""Why nothing was taken off a requirement that nobody looked at."""
_COUNTED = (Finding.Standing.CONFIRMED, *Finding.ISSUED)


@dataclass(frozen=True)
class ScoreLine:
    """One requirement: its points, what is taken off and why, what the unit gave itself;
    hundredths.
    """

    item: RoundItem
    points: int
    deducted: int
    reasons: list[str]
    self_points: int | None
    applies: bool

    @property
    def got(self) -> int:
        """What is left, never less than nothing."""
        return max(0, self.points - self.deducted) if self.applies else 0


@dataclass(frozen=True)
class ScoreSheet:
    """All requirements of a unit and the totals, scaled to 100 over what applies."""

    lines: list[ScoreLine]
    total: int
    self_total: int | None


def points_of(items: list[RoundItem]) -> dict[int, int]:
    """What each requirement is worth: the notice's own score, else its share of the weight of its
    大类.
    """
    if any(item.score is not None for item in items):
        return {item.pk: round((item.score or 0) * 100) for item in items}
    groups: dict[int, list[RoundItem]] = defaultdict(list)
    for item in items:
        weight = next((w for name, w in WEIGHTS.items() if item.category.startswith(name)), 0)
        groups[weight].append(item)
    found: dict[int, int] = {}
    for weight, listed in groups.items():
        share, rest = divmod(weight, len(listed))
        found |= {item.pk: share + (at < rest) for at, item in enumerate(listed)}
    return found


def must_be_scored(opened: Round) -> None:
    """Refuse points of a round that has none."""
    if not opened.scored:
        raise WrongState("这一轮不计分。")


def score_sheet(visit: Visit) -> ScoreSheet:
    """What the confirmed findings of a unit take off; refused where the round is not scored."""
    must_be_scored(visit.unit.area.round)
    items = list(visit.unit.area.round.items.filter(is_topic=False))
    points = points_of(items)
    off: dict[int, list[Finding]] = defaultdict(list)
    for finding in visit.findings.filter(standing__in=_COUNTED):
        off[finding.item_id or 0].append(finding)
    answers = visit.answers.filter(holds=True)
    answered = dict(answers.values_list("item", "verdict"))
    without = {
        item for item, verdict in answered.items() if verdict == Answer.Verdict.NOT_APPLICABLE
    }
    own = dict(SelfScore.objects.filter(visit=visit).values_list("item", "points"))
    lines = [
        ScoreLine(
            item,
            points[item.pk],
            sum(DEDUCTIONS[Finding.Severity(f.severity)] for f in off[item.pk]),
            [f.facts for f in off[item.pk]] or ([] if item.pk in answered else [UNREAD]),
            own.get(item.pk),
            item.pk not in without,
        )
        for item in items
    ]
    return ScoreSheet(lines, _scaled([line.got for line in lines], lines), _self_total(lines))


def _scaled(got: list[int], lines: list[ScoreLine]) -> int:
    """Over the points of what applies, to 100."""
    whole = sum(line.points for line in lines if line.applies)
    return sum(got) * WHOLE // whole if whole else 0


def _self_total(lines: list[ScoreLine]) -> int | None:
    if not any(line.self_points is not None for line in lines):
        return None
    return _scaled(
        [min(line.self_points or 0, line.points) if line.applies else 0 for line in lines], lines
    )


def told(hundredths: int | None) -> str:
    """`98.5`, without needless zeros; nothing where there is none."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
