"""The papers of a round and of its units, by name."""

from __future__ import annotations

from collections.abc import Callable

from taizhang.inspection.models import Round, Visit
from taizhang.inspection.papers import issued, letters, mending, of_round, of_visit
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper

OF_ROUND: dict[str, tuple[str, Callable[[Round], Paper | Official]]] = {
    "notice": ("督查通知", issued.paper("notice")),
    "sessions": ("场次表", of_round.sessions),
    "changes": ("安排变动表", of_round.plan_changes),
    "findings": ("问题清单", of_round.findings),
    "closing-ledger": ("销号台账", of_round.closing_ledger),
    "circular": ("情况通报", issued.paper("circular")),
    "circular-anonymous": ("情况通报（不点名）", issued.paper("circular-anonymous")),
}
OF_VISIT: dict[str, tuple[str, Callable[[Visit], Paper | Official]]] = {
    "checklist": ("检查表", of_visit.checklist),
    "checklist-team": ("检查表（督查组用）", of_visit.team_checklist),
    "consultation": ("会商记录", of_visit.consultation),
    "letter": ("反馈意见", letters.letter),
    "findings": ("问题清单", mending.unit_findings),
    "rectification-notice": ("整改通知书", letters.notice_of),
    "plan": ("整改方案", mending.plan),
    "report": ("整改报告", mending.report),
    "closing-request": ("销号申请表", mending.closing_request),
    "scores": ("评分表", of_visit.score_table),
}
