"""What several papers of a round share: days, teams, and the two tables of problems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taizhang.inspection.models import (
    Finding,
    Rectification,
    Round,
    RoundUnit,
    Visit,
)
from taizhang.orgs.models import Organisation
from taizhang.papers.official.paper import Clause, in_full

BLANK = "　　　　"

BLANK_DAY = "　　年　月　日"


def day_told(day: date | None) -> str:
    """`2018年10月25日`, or room to write it."""
    return in_full(day) if day else BLANK_DAY


def team_told(visit_or_area: Visit | object) -> str:
    area = visit_or_area.unit.area if isinstance(visit_or_area, Visit) else visit_or_area
    members = list(area.team.all())  # type: ignore[attr-defined]
    parts = []
    for role, label in (("leader", "组长"), ("deputy", "副组长"), ("member", "组员")):
        names = [m.name for m in members if m.role == role]
        if names:
            parts.append(f"{label}：{'、'.join(names)}")
    return "\n".join(parts)


def organ(opened: Round, day: date | None = None) -> str:
    """Whose papers they are: as the round says, else the committee above its units; else room to
    write it.
    """
    if opened.issuer:
        return opened.issuer
    top = committee_of(opened)
    return top.full_name_on(day) if top else BLANK


def committee_of(opened: Round) -> Organisation | None:
    """The committee above the units of a round; None where no unit is matched to an
    organisation.
    """
    unit = RoundUnit.objects.filter(area__round=opened, organisation__isnull=False).first()
    if unit is None or unit.organisation is None:
        return None
    return Organisation.objects.get(pk=int(unit.organisation.path.partition("/")[0]))


def name_of(visit: Visit, day: date | None) -> str:
    """The unit by the name that it had on a day."""
    branch = visit.unit.organisation
    return branch.full_name_on(day) if branch else visit.unit.name


def addressed(visit: Visit) -> str:
    """How a paper calls the unit that it goes to."""
    branch = visit.unit.organisation
    is_branch = branch is None or branch.org_type in Organisation.BRANCH_TYPES
    return "你支部" if is_branch else "你党组织"


def progress_told(f: Finding) -> str:
    """How far a problem is put right, in the words of a report."""
    if f.standing in _PROGRESS:
        return _PROGRESS[Finding.Standing(f.standing)]
    return "整改中" if plan_of(f) else "尚未报送整改方案"


_PROGRESS = {
    Finding.Standing.CLOSED: "已销号",
    Finding.Standing.SUBMITTED: "已申请销号，待核查",
    Finding.Standing.RETURNED: "退回整改",
    Finding.Standing.LONG_TERM: "已转为长期坚持",
    Finding.Standing.DISPUTED: "申诉中",
    Finding.Standing.REOPENED: "反弹",
}


def plan_of(finding: Finding) -> Rectification | None:
    return finding.rectification if hasattr(finding, "rectification") else None


def numbered(told: Iterable[str]) -> list[Clause]:
    """What says something, numbered if it is more than one."""
    said = [one for one in told if one]
    if len(said) == 1:
        return [Clause(said[0])]
    return [Clause(f"{n}. {one}", 3) for n, one in enumerate(said, start=1)]
