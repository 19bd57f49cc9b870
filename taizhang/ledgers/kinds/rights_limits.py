"""权利受限: times without the right to vote, elect or stand."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.models import RightsLimit

KIND = LedgerKind(
    slug="rights-limits",
    title="表决权受限登记",
    section="党员和组织",
    titles=("表决权受限登记", "表决权受限登记表", "表决权受限党员名单"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_on"),
    model=RightsLimit,
    asked=("person", "limit", "from_on", "to_on"),
    listed=("person", "limit", "from_on", "to_on"),
    day="from_on",
    items=("L24",),
    facts=(entry_facts("rights_limits", RightsLimit, "person_id", "limit", "from_on", "to_on"),),
    also_called={
        "受限原因": "类别",
        "限制类别": "类别",
        "限制情形": "类别",
        "原因": "类别",
        "事由": "类别",
        "情形": "类别",
        "受限类别": "类别",
        "受限情形": "类别",
        "起始时间": "起始日期",
        "开始日期": "起始日期",
        "开始时间": "起始日期",
    },
    example={
        "姓名": "示例甲",
        "类别": "留党察看",
        "起始日期": "2016-03-01",
        "截止日期": "2017-03-01",
    },
)
