"""What several papers of a round share: days, teams, and the two tables of problems."""

from __future__ import annotations

from datetime import date

from taizhang.inspection.models import (
    Finding,
    Rectification,
    Round,
    RoundSession,
    RoundUnit,
    Visit,
)
from taizhang.kernel.calendar import clock
from taizhang.orgs.models import Organisation
from taizhang.papers.official import in_full
from taizhang.papers.paper import Table

BLANK = "　　　　"


_BLANK_DAY = "　　年　月　日"


def day_told(day: date | None) -> str:
    return in_full(day) if day else _BLANK_DAY


def team_told(visit_or_area: Visit | object) -> str:
    area = visit_or_area.unit.area if isinstance(visit_or_area, Visit) else visit_or_area
    members = list(area.team.all())  # type: ignore[attr-defined]
    parts = []
    for role, label in (("leader", "组长"), ("deputy", "副组长"), ("member", "组员")):
        names = [m.name for m in members if m.role == role]
        if names:
            parts.append(f"{label}：{'、'.join(names)}")
    return "\n".join(parts)


def when_told(session: RoundSession | None) -> str:
    if session is None:
        return ""
    hours = "—".join(filter(None, (clock(session.starts_at), clock(session.ends_at))))
    return f"{day_told(session.date)} {hours}\n{session.venue}".strip()


def organ(opened: Round, day: date | None = None) -> str:
    """Whose papers they are: as the round says, else the committee above its units; else room to write it."""
    if opened.issuer:
        return opened.issuer
    unit = RoundUnit.objects.filter(area__round=opened, organisation__isnull=False).first()
    if unit is None or unit.organisation is None:
        return BLANK
    top = Organisation.objects.get(pk=int(unit.organisation.path.partition("/")[0]))
    return top.full_name_on(day)


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
    Finding.Standing.LONG_TERM: "长期坚持",
    Finding.Standing.DISPUTED: "申诉中",
    Finding.Standing.REOPENED: "反弹",
}


def _day(day: date | None) -> str:
    return in_full(day) if day else ""


_FINDING_HEAD = [
    "序号", "被督查党组织", "问题类别", "问题具体表现", "涉及台账", "依据", "严重程度", "整改类型", "整改时限", "责任人", "备注",
]  # fmt: skip


_FINDING_WIDTHS = [0.5, 1.3, 1.1, 3.6, 1.5, 1.8, 0.8, 0.9, 1.1, 0.8, 1.4]


def plan_of(finding: Finding) -> Rectification | None:
    return finding.rectification if hasattr(finding, "rectification") else None


def _finding_row(n: int, f: Finding) -> list[str]:
    plan = plan_of(f)
    again = "上轮问题未整改到位" if f.repeat_of_id else ""
    return [
        str(n), f.visit.unit.name, f.item.category if f.item else "", f.facts, f.item.title if f.item else "",
        f.basis, f.get_severity_display(), f.get_manner_display(), _day(f.deadline), plan.responsible_name if plan else "",
        again or f.number,
    ]  # fmt: skip


def finding_table(found: list[Finding]) -> Table:
    return Table(
        "",
        _FINDING_HEAD,
        [_finding_row(n, f) for n, f in enumerate(found, start=1)],
        _FINDING_WIDTHS,
    )


_LEDGER_HEAD = [
    "序号", "反馈问题", "具体表现", "整改措施", "责任领导", "责任人", "整改时限", "整改进展（完成情况）", "佐证材料", "是否完成", "核查人", "核查意见", "销号日期",
]  # fmt: skip


_LEDGER_WIDTHS = [0.5, 1.4, 2.4, 2.2, 0.8, 0.8, 1, 2, 1.2, 0.7, 0.8, 1.2, 1]


def _ledger_row(n: int, f: Finding) -> list[str]:
    plan = plan_of(f)
    told = plan.result if plan and plan.result else "；".join(p.text for p in f.progress.all())
    evidence = "、".join(f"{one.get_stage_display()}：{one.file.name}" for one in f.files.all())
    who = plan.verified_by.name if plan and plan.verified_by else ""
    return [
        str(n), f"{f.visit.unit.name}\n{f.number}", f.facts, plan.measure if plan else "", plan.leader_name if plan else "",
        plan.responsible_name if plan else "", _day(plan.deadline if plan else f.deadline), told, evidence,
        "是" if f.standing == Finding.Standing.CLOSED else f"否（{progress_told(f)}）", who, plan.opinion if plan else "", _day(plan.closed_on) if plan else "",
    ]  # fmt: skip


def closing_table(found: list[Finding]) -> Table:
    """销号台账: each problem with its plan, progress, evidence and verification."""
    return Table(
        "", _LEDGER_HEAD, [_ledger_row(n, f) for n, f in enumerate(found, start=1)], _LEDGER_WIDTHS
    )


_PLANNED = 7
"""The first columns of 销号台账: what a plan says before anything was done."""


def planned_table(found: list[Finding]) -> Table:
    """整改台账 as it is adopted: without results."""
    whole = closing_table(found)
    rows = [row[:_PLANNED] for row in whole.rows]
    return Table("", whole.columns[:_PLANNED], rows, whole.widths[:_PLANNED])
