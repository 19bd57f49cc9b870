"""党小组组长: who led which group."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.models import GroupLeader

KIND = LedgerKind(
    told_blank=("origin",),
    slug="group-leaders",
    begins_as=6,
    title="党小组组长",
    section="党员和组织",
    titles=("党小组组长", "党小组组长名单", "党小组长名单"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_on"),
    model=GroupLeader,
    asked=("group", "person", "origin", "from_on", "to_on"),
    listed=("group", "person", "origin", "from_on", "to_on"),
    day="from_on",
    items=("L14", "L30"),
    unique=("person", "group", "from_on"),
    facts=(entry_facts("group_leaders", GroupLeader, "person_id", "group_id", "from_on", "to_on"),),
    also_called={
        "任职起始时间": "起始日期",
        "起任时间": "起始日期",
        "产生办法": "产生方式",
        "任命方式": "产生方式",
        "小组": "党小组",
        "党小组名称": "党小组",
        "小组名称": "党小组",
        "所在党小组": "党小组",
        "姓名": "组长",
        "小组长": "组长",
        "党小组长": "组长",
        "组长姓名": "组长",
        "党小组组长": "组长",
        "任职日期": "起始日期",
        "任职时间": "起始日期",
        "起始时间": "起始日期",
        "担任时间": "起始日期",
        "担任日期": "起始日期",
        "免职日期": "截止日期",
        "免职时间": "截止日期",
    },
    example={
        "党小组": "第一党小组",
        "组长": "示例甲",
        "产生方式": "党支部指定",
        "起始日期": "2012-09-01",
    },
)
