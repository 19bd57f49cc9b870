"""党小组."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, NOBODY, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.models import PartyGroup


def _prepare(draft: Draft) -> None:
    if draft.values["valid_to"] and draft.values["valid_to"] < draft.values["valid_from"]:
        draft.wrong("撤销日期", "早于成立日期。")


KIND = LedgerKind(
    slug="groups",
    begins_as=4,
    title="党小组",
    section="党员和组织",
    titles=(
        "党小组",
        "党小组设置表",
        "党小组一览表",
        "党小组划分表",
        "党小组设置情况",
        "党小组情况表",
        "党小组设立情况",
    ),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="valid_to"),
    model=PartyGroup,
    asked=("name", "valid_from", "valid_to"),
    listed=("name", "valid_from", "valid_to"),
    day="valid_from",
    prepare=_prepare,
    items=("L14", "L30"),
    unique=("name", "valid_from"),
    facts=(entry_facts("groups", PartyGroup, "name", "valid_from", "valid_to"),),
    also_called={
        "组建时间": "成立日期",
        "组建日期": "成立日期",
        "划分时间": "成立日期",
        "名称": "党小组名称",
        "党小组": "党小组名称",
        "小组名称": "党小组名称",
        "成立时间": "成立日期",
        "设立日期": "成立日期",
        "设立时间": "成立日期",
        "划分日期": "成立日期",
        "建立日期": "成立日期",
        "设置日期": "成立日期",
        "启用日期": "成立日期",
        "撤并日期": "撤销日期",
        "解散日期": "撤销日期",
        "撤消日期": "撤销日期",
        "终止日期": "撤销日期",
    },
    not_taken=(
        "组长",
        "小组长",
        "党小组长",
        "组长姓名",
        "成员",
        "组员",
        "小组成员",
        "党员",
        "成员名单",
        "人数",
    ),
    example={"党小组名称": "第一党小组", "成立日期": "2012-09-01"},
)
