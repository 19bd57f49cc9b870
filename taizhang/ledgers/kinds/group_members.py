"""党小组成员: who belonged to which group."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.models import GroupMember

KIND = LedgerKind(
    slug="group-members",
    begins_as=5,
    title="党小组成员",
    section="党员和组织",
    titles=("党小组成员", "党小组成员名单", "党小组成员表"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_on"),
    model=GroupMember,
    asked=("group", "person", "from_on", "to_on"),
    listed=("group", "person", "from_on", "to_on"),
    day="from_on",
    items=("L14", "L30"),
    unique=("person", "group", "from_on"),
    facts=(entry_facts("group_members", GroupMember, "person_id", "group_id", "from_on", "to_on"),),
    also_called={
        "小组": "党小组",
        "所在党小组": "党小组",
        "小组名称": "党小组",
        "党小组名称": "党小组",
        "成员": "姓名",
        "党员姓名": "姓名",
        "组员": "姓名",
        "成员姓名": "姓名",
        "编入日期": "起始日期",
        "编入时间": "起始日期",
        "起始时间": "起始日期",
        "开始日期": "起始日期",
        "开始时间": "起始日期",
    },
    example={"党小组": "第一党小组", "姓名": "示例甲", "起始日期": "2012-09-01"},
)
