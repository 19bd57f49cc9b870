"""失联党员名册 (L23)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.kernel.calendar import FOREVER
from taizhang.ledgers.kind import FOR_EVER, Lasting, Leaving, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.model_fields import MonthField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Membership
from taizhang.orgs.models.people import person_key


class LostMember(Entry):
    """A member whom the branch cannot reach."""

    class Reason(models.TextChoices):
        WORK_AWAY = "work_away", "外出务工经商"
        UNIT_CLOSED = "unit_closed", "单位改制或破产"
        GRADUATED = "graduated", "毕业后去向不明"
        UNIT_CHANGED = "unit_changed", "工作单位改变"
        ABROAD = "abroad", "出国（境）"
        MOVED = "moved", "居住地改变"
        OTHER = "other", "其他"

    class Status(models.TextChoices):
        SEARCHING = "searching", "查找中"
        FOUND = "found", "已取得联系"
        SUSPENDED = "suspended", "停止党籍"
        RESTORED = "restored", "恢复党籍"
        STRUCK_OFF = "struck_off", "除名"
        MOVED_OUT = "moved_out", "转出"

    person = person_key()
    last_contact_on = models.DateField("最后联系日期")
    last_dues_month = MonthField("党费交至", null=True, blank=True)
    reason = models.CharField("失联原因", max_length=20, choices=Reason)
    registered_on = models.DateField("登记日期")
    status = models.CharField("状态", max_length=12, choices=Status)
    settled_on = models.DateField("处理日期", null=True, blank=True)
    outcome = models.CharField("处理结果和文号", max_length=200, blank=True)
    name = models.CharField(max_length=40, default="", editable=False)
    until = models.DateField(null=True, editable=False)
    year = models.PositiveIntegerField(default=0, editable=False)

    also_written: ClassVar = {
        "status": {
            "正在查找": "查找中",
            "仍在查找": "查找中",
            "已联系上": "已取得联系",
            "取得联系": "已取得联系",
        },
    }

    class Meta:
        verbose_name = "失联党员"

    def __str__(self) -> str:
        """The name."""
        return self.name


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["name"] = values["person"].name
    values["year"] = values["registered_on"].year
    values["until"] = values["settled_on"] or FOREVER
    if values["registered_on"] < values["last_contact_on"]:
        draft.wrong("登记日期", "早于最后联系日期。")
    if values["status"] != LostMember.Status.SEARCHING and not values["settled_on"]:
        draft.wrong("处理日期", "状态已不是“查找中”，应填写处理日期。")


_LEFT = {
    LostMember.Status.STRUCK_OFF: Membership.Left.REMOVED,
    LostMember.Status.MOVED_OUT: Membership.Left.MOVED_OUT,
}


def _leaving(entry: LostMember) -> Leaving | None:
    reason = _LEFT.get(LostMember.Status(entry.status))
    return Leaving(day=entry.settled_on, reason=reason) if reason else None


KIND = LedgerKind(
    slug="lost-members",
    title="失联党员名册",
    section="党员管理",
    titles=("失联党员名册", "失联党员登记", "失联党员登记表", "经查找取得联系党员登记表", "经查找仍然无法取得联系党员登记表"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="until"),
    subject_of=("lost_years",),
    model=LostMember,
    asked=("person", "last_contact_on", "last_dues_month", "reason", "registered_on", "status", "settled_on", "outcome"),
    listed=("person", "last_contact_on", "reason", "registered_on", "status", "settled_on"),
    day="registered_on",
    prepare=_prepare,
    leaving=_leaving,
    items=("L23",),
    unique=("person", "registered_on"),
    facts=(
        entry_facts(
            "lost_members", LostMember, "person_id", "last_contact_on", "registered_on", "status", "settled_on", "until", "year",
        ),
    ),
    also_called={
        "失联起始时间": "最后联系日期", "失联开始时间": "最后联系日期", "失联起始日期": "最后联系日期", "何时失联": "最后联系日期",
        "失联党员": "姓名", "失联党员姓名": "姓名", "党员姓名": "姓名", "最后联系时间": "最后联系日期", "最后一次联系时间": "最后联系日期", "失联时间": "最后联系日期", "失去联系时间": "最后联系日期", "党费交到": "党费交至",
        "党费交纳至": "党费交至", "原因": "失联原因", "日期": "登记日期", "目前状态": "状态", "联系状态": "状态", "查找状态": "状态", "处理结果": "处理结果和文号", "处置结果": "处理结果和文号",
        "处理情况": "处理结果和文号", "处置日期": "处理日期",
        "最近联系日期": "最后联系日期", "最近一次联系日期": "最后联系日期", "最后取得联系日期": "最后联系日期", "失联日期": "最后联系日期", "失去联系日期": "最后联系日期", "最后联系": "最后联系日期", "最后交纳党费月份": "党费交至",
        "最后交费月份": "党费交至", "党费最后交纳月份": "党费交至", "党费已交至": "党费交至", "最后交纳党费时间": "党费交至", "党费最后交至": "党费交至", "失去联系原因": "失联原因", "失联缘由": "失联原因", "列入日期": "登记日期", "列入名册时间": "登记日期", "列入名册日期": "登记日期",
        "登记造册日期": "登记日期", "纳入日期": "登记日期", "认定失联日期": "登记日期", "入册日期": "登记日期", "认定日期": "登记日期", "当前状态": "状态", "现状": "状态", "现状态": "状态", "查找进展": "状态",
        "目前情况": "状态", "现状况": "状态", "办结日期": "处理日期", "结案日期": "处理日期", "处置结果及文号": "处理结果和文号", "处理意见": "处理结果和文号", "处置情况": "处理结果和文号", "处理结果及文号": "处理结果和文号",
        "处置意见": "处理结果和文号", "处置结果和文号": "处理结果和文号", "处理文号": "处理结果和文号", "处置文号": "处理结果和文号", "处理结果和文件": "处理结果和文号",
    },
    example={"姓名": "示例甲", "最后联系日期": "2015-03-01", "失联原因": "外出务工经商", "登记日期": "2016-05-20", "状态": "查找中"},
)  # fmt: skip
