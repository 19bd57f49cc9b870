"""支委任职: who held which post of the committee."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Draft, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.models import CommitteePost


def _prepare(draft: Draft) -> None:
    if draft.values["to_on"] and draft.values["to_on"] < draft.values["from_on"]:
        draft.wrong("免职日期", "早于任职日期。")


KIND = LedgerKind(
    told_blank=("how",),
    slug="posts",
    begins_as=3,
    title="支委任职",
    section="班子建设",
    titles=(
        "支委会成员任职情况",
        "支部委员任免登记表",
        "支委任免登记表",
        "支委会成员任免登记",
        "支委成员名册",
        "支部委员会成员名单",
        "支委名单",
        "支部委员任职情况",
        "支委任职",
        "支委任职表",
        "支部委员名单",
        "历届支部委员名单",
        "历届支部委员会成员名单",
        "支委会成员名单",
        "支部班子成员名单",
    ),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_on"),
    model=CommitteePost,
    asked=("person", "post", "from_on", "how", "approval_no", "approved_on", "to_on", "end_reason"),
    listed=("post", "person", "from_on", "to_on", "how"),
    day="from_on",
    prepare=_prepare,
    items=("L14", "L15", "L16"),
    unique=("person", "post", "from_on"),
    facts=(
        entry_facts(
            "posts",
            CommitteePost,
            "person_id",
            "post",
            "from_on",
            "to_on",
            "how",
            "end_reason",
            "approval_no",
        ),
    ),
    also_called={
        "离任原因": "免职原因",
        "卸任原因": "免职原因",
        "去职原因": "免职原因",
        "成员姓名": "姓名",
        "委员姓名": "姓名",
        "党内职务": "职务",
        "支部职务": "职务",
        "担任职务": "职务",
        "任职职务": "职务",
        "任职起始日期": "任职日期",
        "任职起始时间": "任职日期",
        "起始日期": "任职日期",
        "任职开始时间": "任职日期",
        "任命日期": "任职日期",
        "离任时间": "免职日期",
        "离任日期": "免职日期",
        "任职结束时间": "免职日期",
        "离职时间": "免职日期",
        "任职截止日期": "免职日期",
        "卸任日期": "免职日期",
        "批准文号": "批准（备案）文号",
        "备案文号": "批准（备案）文号",
        "批复文号": "批准（备案）文号",
        "任职文号": "批准（备案）文号",
        "任职批准文号": "批准（备案）文号",
        "批准备案文号": "批准（备案）文号",
        "批准日期": "批准（备案）日期",
        "批复日期": "批准（备案）日期",
        "备案日期": "批准（备案）日期",
        "任职方式": "产生方式",
        "产生办法": "产生方式",
    },
    example={"姓名": "示例甲", "职务": "组织委员", "任职日期": "2015-09-20", "产生方式": "选举"},
)
