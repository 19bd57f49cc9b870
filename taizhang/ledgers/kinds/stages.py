"""党员身份: changes of a person's stage and of the state of his membership."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Leaving, LedgerKind, PaperForm
from taizhang.ledgers.part import Draft
from taizhang.orgs.models import Membership, StageSpell


def _prepare(draft: Draft) -> None:
    if draft.values["to_on"] and draft.values["to_on"] < draft.values["from_on"]:
        draft.wrong("截止日期", "早于起始日期。")


_LEFT = {
    StageSpell.Status.STRUCK_OFF: Membership.Left.REMOVED,
    StageSpell.Status.EXPELLED: Membership.Left.OTHER,
}


def _leaving(entry: StageSpell) -> Leaving | None:
    reason = None if entry.to_on else _LEFT.get(StageSpell.Status(entry.status))
    return Leaving(day=entry.from_on, reason=reason) if reason else None


KIND = LedgerKind(
    slug="stages",
    title="党员身份变动",
    section="党员和组织",
    titles=(
        "党员身份变更登记表",
        "党籍变动登记表",
        "党员身份变化登记表",
        "党员身份变动",
        "身份变动登记表",
        "身份变动情况表",
        "身份变更登记表",
        "党员身份变动表",
        "党员身份变动登记表",
        "党员党籍变动登记表",
        "党员党籍变动",
        "党员党籍登记表",
    ),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=StageSpell,
    asked=("person", "stage", "status", "from_on", "to_on", "basis"),
    listed=("person", "stage", "status", "from_on", "to_on", "basis"),
    day="from_on",
    prepare=_prepare,
    leaving=_leaving,
    items=("L17",),
    unique=("person", "stage", "from_on"),
    completes=True,
    also_called={
        "现身份": "阶段",
        "变动后身份": "阶段",
        "变更后身份": "阶段",
        "变更日期": "起始日期",
        "变更时间": "起始日期",
        "确定日期": "起始日期",
        "确定时间": "起始日期",
        "变更依据": "依据",
        "批准依据": "依据",
        "身份": "阶段",
        "党员身份": "阶段",
        "变动日期": "起始日期",
        "变动时间": "起始日期",
        "起始时间": "起始日期",
        "日期": "起始日期",
        "时间": "起始日期",
        "变动依据": "依据",
        "变动原因": "依据",
        "党员阶段": "阶段",
        "现阶段": "阶段",
        "身份类别": "阶段",
        "人员身份": "阶段",
        "变动后类别": "阶段",
        "变化后身份": "阶段",
        "现党员身份": "阶段",
        "党籍": "党籍状态",
        "党籍情况": "党籍状态",
        "党籍类别": "党籍状态",
        "开始日期": "起始日期",
        "变化日期": "起始日期",
        "认定日期": "起始日期",
        "批准日期": "起始日期",
        "生效日期": "起始日期",
        "起始": "起始日期",
        "结束日期": "截止日期",
        "终止日期": "截止日期",
        "止": "截止日期",
        "截止": "截止日期",
        "变化依据": "依据",
        "变化原因": "依据",
        "批准文号": "依据",
        "文件依据": "依据",
        "依据文件": "依据",
        "变动说明": "依据",
        "变更原因": "依据",
    },
    example={
        "姓名": "示例甲",
        "阶段": "正式党员",
        "党籍状态": "正常",
        "起始日期": "2009-06-20",
        "依据": "支部党员大会决议",
    },
    about="入党申请人、积极分子、发展对象、预备党员、正式党员各阶段，以及停止党籍、恢复党籍等变动；截止日期即下一阶段开始之日。",
)
