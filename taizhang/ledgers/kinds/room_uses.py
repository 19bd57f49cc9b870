"""阵地使用记录 (L34): which activity used the room when, with its photos as files."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.calendar import minute
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, SameEvent, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class RoomUse(Entry):
    """One use of the room."""

    room = models.ForeignKey(
        "ledgers.ActivityRoom", verbose_name="活动室", on_delete=models.PROTECT, related_name="+"
    )
    used_on = models.DateField("使用日期")
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    activity = models.CharField("活动内容", max_length=100)
    user_name = models.CharField("使用人（登记人）", max_length=40)
    people = models.PositiveIntegerField("人数", null=True, blank=True)
    starts = models.PositiveIntegerField(null=True, editable=False)
    ends = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "阵地使用"

    def __str__(self) -> str:
        """Day and activity."""
        return f"{self.used_on} {self.activity}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["starts"], values["ends"] = minute(values["starts_at"]), minute(values["ends_at"])
    if (
        values["starts"] is not None
        and values["ends"] is not None
        and values["ends"] <= values["starts"]
    ):
        draft.wrong("结束时间", "应晚于开始时间。")


KIND = LedgerKind(
    slug="room-uses",
    title="阵地使用记录",
    section="阵地和经费",
    titles=("党员活动室使用登记", "阵地使用记录", "党建阵地管理使用台账", "活动室使用记录", "活动室使用登记表", "党员活动室使用登记表", "党建阵地使用登记表", "党员活动室使用记录", "党员活动室使用登记簿", "党员之家使用记录", "党员之家使用登记表", "党员活动阵地使用记录"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(
        SameEvent(to="meetings", day="used_on"),
        SameEvent(to="activities", day="used_on"),
    ),
    search_names=(),
    model=RoomUse,
    asked=("room", "used_on", "starts_at", "ends_at", "activity", "user_name", "people"),
    listed=("used_on", "room", "activity", "user_name", "people"),
    day="used_on",
    prepare=_prepare,
    also_called={
        "开始": "开始时间", "起始时间": "开始时间", "结束": "结束时间", "终止时间": "结束时间",
        "用途": "活动内容", "使用单位": "使用人（登记人）", "负责人": "使用人（登记人）", "登记人": "使用人（登记人）", "使用人数": "人数", "参加人数": "人数", "日期": "使用日期", "活动日期": "使用日期",
        "使用内容": "活动内容", "使用事由": "活动内容", "活动名称": "活动内容", "使用用途": "活动内容", "活动主题": "活动内容", "使用目的": "活动内容", "内容": "活动内容", "使用人": "使用人（登记人）",
        "使用部门": "使用人（登记人）", "申请人": "使用人（登记人）", "管理员": "使用人（登记人）", "使用者": "使用人（登记人）", "使用人签名": "使用人（登记人）", "使用人签字": "使用人（登记人）", "登记人签名": "使用人（登记人）", "参与人数": "人数", "参会人数": "人数", "活动人数": "人数", "使用人员数": "人数",
        "使用场所": "活动室", "活动场所": "活动室", "场所": "活动室", "活动室名称": "活动室", "使用场地": "活动室", "地点": "活动室", "活动地点": "活动室",
        "使用地点": "活动室", "阵地名称": "活动室", "使用阵地": "活动室", "使用活动室": "活动室", "场地": "活动室", "使用室名": "活动室", "使用情况": "活动内容", "活动主要内容": "活动内容", "活动项目": "活动内容",
        "活动事项": "活动内容", "使用项目": "活动内容", "用途及内容": "活动内容", "开展活动内容": "活动内容", "借用人": "使用人（登记人）", "使用人员": "使用人（登记人）", "经办人": "使用人（登记人）", "记录人": "使用人（登记人）",
        "登记人员": "使用人（登记人）", "使用负责人": "使用人（登记人）", "借用单位": "使用人（登记人）", "组织者": "使用人（登记人）", "活动负责人": "使用人（登记人）", "参加人次": "人数", "到场人数": "人数", "参与人次": "人数",
        "使用人次": "人数", "参加党员数": "人数", "到会人数": "人数",
    },
    items=("L34",),
    facts=(entry_facts("room_uses", RoomUse, "room_id", "used_on", "starts", "ends", "activity", "n_files", "n_pictures"),),
    example={"活动室": "党员活动室", "使用日期": "2016-03-08", "开始时间": "15:30", "结束时间": "16:30", "活动内容": "支委会", "使用人（登记人）": "示例乙"},
    about="活动照片作为佐证材料附在记录上。",
)  # fmt: skip
