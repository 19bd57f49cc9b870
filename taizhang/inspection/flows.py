"""The states of rounds, findings and visits (DOMAIN 5.1), and who leads from one to the next."""

from __future__ import annotations

from django.db import models

from taizhang.inspection.models import Finding, Highlight, Round, Visit
from taizhang.kernel.flow import Flow, Step

OFFICE, LEADER, MEMBER, BRANCH = "office", "leader", "member", "branch"
"""组织科, 督查组长 (副组长), 督查组员, 被督查党组织 (书记、台账员)."""
ROLES = {OFFICE: "组织科", LEADER: "督查组长", MEMBER: "督查组员", BRANCH: "被督查党组织"}

_R, _F, _V, _H = Round.Standing, Finding.Standing, Visit.Standing, Highlight.Standing


def _labels(choices: type[models.TextChoices]) -> dict[str, str]:
    return {str(code): str(label) for code, label in choices.choices}


ROUND = Flow(
    name="督查轮次",
    labels=_labels(_R),
    first=_R.DRAFT,
    steps=(
        Step("publish", "发布", (OFFICE,), (_R.DRAFT,), _R.PUBLISHED),
        Step("withdraw", "收回发布", (OFFICE,), (_R.PUBLISHED, _R.SELF_CHECK), _R.DRAFT),
        Step("self_check", "开始自查", (OFFICE,), (_R.PUBLISHED,), _R.SELF_CHECK),
        Step("begin", "开始督查", (OFFICE,), (_R.PUBLISHED, _R.SELF_CHECK), _R.INSPECTING),
        Step("consult", "进入会商", (OFFICE,), (_R.INSPECTING,), _R.CONSULTING),
        Step("resume", "退回督查中", (OFFICE,), (_R.CONSULTING,), _R.INSPECTING),
        Step("feed_back", "反馈完毕", (OFFICE,), (_R.INSPECTING, _R.CONSULTING), _R.FED_BACK),
        Step("rectify", "进入整改", (OFFICE,), (_R.FED_BACK,), _R.RECTIFYING),
        Step("verify", "进入复核", (OFFICE,), (_R.RECTIFYING,), _R.VERIFYING),
        Step("return", "退回整改", (OFFICE,), (_R.VERIFYING,), _R.RECTIFYING),
        Step("close", "办结", (OFFICE,), (_R.FED_BACK, _R.RECTIFYING, _R.VERIFYING), _R.CLOSED),
        Step("archive", "归档", (OFFICE,), (_R.CLOSED,), _R.ARCHIVED),
    ),
)

VISIT = Flow(
    name="现场督查",
    labels=_labels(_V),
    first=_V.WAITING,
    steps=(
        Step("start", "开始查阅", (MEMBER, LEADER), (_V.WAITING,), _V.READING),
        Step(
            "end",
            "查阅完毕",
            (MEMBER, LEADER),
            (_V.WAITING, _V.READING, _V.TO_CONSULT),
            _V.TO_CONSULT,
        ),
        Step(
            "write",
            "写会商记录",
            (MEMBER, LEADER, BRANCH),
            (_V.WAITING, _V.READING, _V.TO_CONSULT),
            _V.TO_CONSULT,
        ),
        Step(
            "sign",
            "双方确认",
            (LEADER, BRANCH),
            (_V.WAITING, _V.READING, _V.TO_CONSULT),
            _V.CONSULTED,
        ),
        Step("reopen", "退回会商", (LEADER, OFFICE), (_V.CONSULTED,), _V.TO_CONSULT),
        Step("feed_back", "反馈", (OFFICE,), (_V.CONSULTED,), _V.FED_BACK),
    ),
)

HIGHLIGHT = Flow(
    name="特色亮点",
    labels=_labels(_H),
    first=_H.DRAFT,
    steps=(
        Step("confirm", "会商确认", (LEADER,), (_H.DRAFT,), _H.CONFIRMED),
        Step("reconsider", "退回草拟", (LEADER, OFFICE), (_H.CONFIRMED,), _H.DRAFT),
        Step("promote", "推广", (OFFICE,), (_H.CONFIRMED,), _H.PROMOTED),
    ),
)

FINDING = Flow(
    name="问题",
    labels=_labels(_F),
    first=_F.DRAFT,
    steps=(
        Step("drop", "撤销草拟", (MEMBER, LEADER), (_F.DRAFT,), _F.DROPPED),
        Step("restore", "恢复草拟", (MEMBER, LEADER), (_F.DROPPED,), _F.DRAFT),
        Step("confirm", "组内确认", (LEADER,), (_F.DRAFT,), _F.CONFIRMED),
        Step("reconsider", "退回草拟", (LEADER, OFFICE), (_F.CONFIRMED,), _F.DRAFT),
        Step("issue", "反馈", (OFFICE,), (_F.CONFIRMED,), _F.ISSUED),
        Step("acknowledge", "签收", (BRANCH,), (_F.ISSUED,), _F.ACKNOWLEDGED),
        Step("dispute", "申诉", (BRANCH,), (_F.ISSUED, _F.ACKNOWLEDGED), _F.DISPUTED),
        Step("uphold", "维持", (OFFICE,), (_F.DISPUTED,), _F.ACKNOWLEDGED),
        Step("cancel", "撤销问题", (OFFICE,), (_F.DISPUTED,), _F.CANCELLED),
        Step("plan", "提交整改方案", (BRANCH,), (_F.ACKNOWLEDGED, _F.REOPENED), _F.RECTIFYING),
        Step(
            "submit",
            "申请销号",
            (BRANCH,),
            (_F.RECTIFYING, _F.RETURNED, _F.LONG_TERM),
            _F.SUBMITTED,
        ),
        Step("close", "同意销号", (LEADER, OFFICE), (_F.SUBMITTED,), _F.CLOSED),
        Step("send_back", "退回", (LEADER, OFFICE), (_F.SUBMITTED,), _F.RETURNED),
        Step("keep_on", "转长期坚持", (LEADER, OFFICE), (_F.SUBMITTED,), _F.LONG_TERM),
        Step("reopen", "认定反弹", (LEADER, OFFICE), (_F.CLOSED,), _F.REOPENED),
    ),
)
