"""活动记录: service to the public (L26), volunteering (L07), theme days; one entry serves the room and
the funds too.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.kernel.calendar import clock, minute
from taizhang.kernel.text import bare, fingerprint
from taizhang.ledgers.kind import NOBODY, Gives, LedgerKind, PaperForm, entry_facts, part_facts
from taizhang.ledgers.part import Draft
from taizhang.ledgers.parts.people import NamedRow, names_part
from taizhang.orgs.entry import Entry


class Activity(Entry):
    """One activity of the branch."""

    class Form(models.TextChoices):
        MEETING = "meeting", "结对会议"
        HELP = "help", "帮扶"
        VISIT = "visit", "走访"
        LECTURE = "lecture", "宣讲"
        VOLUNTEER = "volunteer", "志愿服务"
        OTHER = "other", "其他活动"

    held_on = models.DateField("活动日期")
    form = models.CharField("活动形式", max_length=10, choices=Form)
    theme = models.CharField("活动主题", max_length=100)
    is_service = models.BooleanField("属于服务基层活动", default=True)
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60)
    partner = models.CharField("服务（结对）单位", max_length=80, blank=True)
    content = models.TextField("活动内容")
    result = models.TextField("活动成效", blank=True)
    hours = models.PositiveIntegerField("人均时长（小时）", null=True, blank=True)
    costs = models.BooleanField("有经费支出", default=False)
    starts = models.PositiveIntegerField(null=True, editable=False)
    ends = models.PositiveIntegerField(null=True, editable=False)
    n_participants = models.PositiveIntegerField(default=0, editable=False)
    text_length = models.PositiveIntegerField(default=0, editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)

    also_written: ClassVar = {
        "form": {
            "志愿服务活动": "志愿服务",
            "志愿活动": "志愿服务",
            "义务劳动": "志愿服务",
            "结对帮扶": "帮扶",
            "走访慰问": "走访",
            "慰问": "走访",
            "宣传宣讲": "宣讲",
            "政策宣讲": "宣讲",
            "结对共建会议": "结对会议",
        },
    }

    class Meta:
        verbose_name = "活动"

    def __str__(self) -> str:
        """Day and theme."""
        return f"{self.held_on} {self.theme}"


class Participant(NamedRow):
    """Somebody who took part."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participants")

    class Meta:
        verbose_name = "参加人员"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["starts"], values["ends"] = minute(values["starts_at"]), minute(values["ends_at"])
    if (
        values["starts"] is not None
        and values["ends"] is not None
        and values["ends"] <= values["starts"]
    ):
        draft.wrong("结束时间", "应晚于开始时间。")
    values["n_participants"] = len(draft.parts.get("participants", ()))
    text = values["content"] + values["result"]
    values["text_length"], values["mark"] = len(bare(text)), fingerprint(text)


def _room_use(entry: Activity) -> dict[str, str]:
    return {
        "room": entry.place,
        "used_on": f"{entry.held_on}",
        "starts_at": clock(entry.starts_at),
        "ends_at": clock(entry.ends_at),
        "activity": entry.theme,
        "user_name": entry.recorded_by.name if entry.recorded_by else "",
        "people": str(entry.n_participants or ""),
    }


def _expense(entry: Activity) -> dict[str, str]:
    day = f"{entry.held_on}"
    return {"spent_on": day, "category": "活动", "activity": entry.theme, "activity_on": day}


KIND = LedgerKind(
    slug="activities",
    title="服务和志愿活动",
    section="联系服务群众",
    titles=(
        "结对共建活动", "共建活动", "结对共建活动记录", "结对帮扶活动",
        "志愿服务活动台账", "志愿服务台账", "志愿者活动记录",
        "服务和志愿活动",
        "活动记录",
        "活动记录表",
        "志愿服务活动记录",
        "志愿服务记录",
        "党员志愿服务活动记录表",
        "“干群零距离 服务争一流”活动台账",
        "结对帮扶记录",
        "服务群众活动登记表", "党员服务群众活动登记表", "服务群众活动记录",
    ),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    is_event=True,
    model=Activity,
    asked=(
        "held_on", "form", "theme", "is_service", "starts_at", "ends_at", "place", "partner", "content", "result", "hours",
        "costs",
    ),
    listed=("held_on", "form", "theme", "place", "partner", "is_service"),
    day="held_on",
    prepare=_prepare,
    texts=("theme",),
    items=("L07", "L26", "L34", "L35"),
    also_called={
        "开始": "开始时间", "起始时间": "开始时间", "结束": "结束时间", "终止时间": "结束时间",
        "活动地点": "地点", "主题": "活动主题", "日期": "活动日期", "时间": "活动日期", "参加人": "参加人员", "活动名称": "活动主题", "服务项目": "活动主题", "服务主题": "活动主题", "志愿服务项目": "活动主题",
        "项目名称": "活动主题", "服务名称": "活动主题", "服务日期": "活动日期", "服务时间": "活动日期", "志愿服务时间": "活动日期", "开展时间": "活动日期", "活动起止时间": "活动日期", "服务地点": "地点",
        "志愿服务地点": "地点", "活动场所": "地点", "参加党员": "参加人员", "志愿者": "参加人员", "服务人员": "参加人员", "参与人员": "参加人员", "参与党员": "参加人员", "参加志愿者": "参加人员",
        "志愿者姓名": "参加人员", "志愿者名单": "参加人员", "参加人员名单": "参加人员", "参与人": "参加人员", "活动人员": "参加人员", "帮扶人": "参加人员", "服务对象": "服务（结对）单位", "结对单位": "服务（结对）单位",
        "服务单位": "服务（结对）单位", "帮扶对象": "服务（结对）单位", "受助对象": "服务（结对）单位", "共建单位": "服务（结对）单位", "结对对象": "服务（结对）单位", "活动过程": "活动内容", "服务内容": "活动内容",
        "活动情况": "活动内容", "主要内容": "活动内容", "活动主要内容": "活动内容", "内容": "活动内容", "活动记录": "活动内容", "帮扶内容": "活动内容", "活动经过": "活动内容", "帮扶情况": "活动内容",
        "具体内容": "活动内容", "活动效果": "活动成效", "服务成效": "活动成效", "服务效果": "活动成效", "成效": "活动成效", "效果": "活动成效", "帮扶成效": "活动成效", "活动小结": "活动成效", "活动总结": "活动成效",
        "活动收获": "活动成效", "服务时长": "人均时长（小时）", "时长": "人均时长（小时）", "人均时长": "人均时长（小时）", "服务时间时长": "人均时长（小时）", "志愿服务时长": "人均时长（小时）", "服务小时数": "人均时长（小时）",
        "活动时长": "人均时长（小时）", "服务形式": "活动形式", "活动类型": "活动形式", "活动类别": "活动形式", "服务类型": "活动形式", "形式": "活动形式",
        "服务类别": "活动形式", "服务方式": "活动形式", "活动方式": "活动形式", "类型": "活动形式", "类别": "活动形式", "活动题目": "活动主题", "服务活动名称": "活动主题", "志愿活动名称": "活动主题", "服务活动主题": "活动主题",
        "志愿服务主题": "活动主题", "志愿服务名称": "活动主题", "活动项目": "活动主题", "受益对象": "服务（结对）单位", "服务群体": "服务（结对）单位", "结对社区": "服务（结对）单位", "结对村": "服务（结对）单位",
        "受助单位": "服务（结对）单位", "服务社区": "服务（结对）单位", "报到社区": "服务（结对）单位", "联系单位": "服务（结对）单位", "联系社区": "服务（结对）单位", "报到单位": "服务（结对）单位", "对象": "服务（结对）单位", "服务党员": "参加人员", "参加党员名单": "参加人员", "参与志愿者": "参加人员", "参与同志": "参加人员", "参加人员签名": "参加人员", "参加同志": "参加人员",
        "志愿服务人员": "参加人员", "出席人员": "参加人员", "参加人员姓名": "参加人员", "参与党员名单": "参加人员", "服务者": "参加人员", "志愿服务者": "参加人员", "活动参加人员": "参加人员", "党员志愿者": "参加人员",
        "活动简述": "活动内容", "服务情况": "活动内容", "活动实施情况": "活动内容", "开展情况": "活动内容", "服务过程": "活动内容", "活动主要情况": "活动内容", "服务主要内容": "活动内容", "志愿服务内容": "活动内容",
        "活动内容记录": "活动内容", "服务具体内容": "活动内容", "社会反响": "活动成效", "群众评价": "活动成效", "服务评价": "活动成效", "活动反响": "活动成效", "活动成果": "活动成效", "服务成果": "活动成效", "取得成效": "活动成效",
        "活动效果评价": "活动成效", "服务收获": "活动成效", "服务时数": "人均时长（小时）", "志愿时长": "人均时长（小时）", "活动时数": "人均时长（小时）", "服务小时": "人均时长（小时）", "人均服务时长": "人均时长（小时）",
        "用时": "人均时长（小时）", "人均小时": "人均时长（小时）", "服务工时": "人均时长（小时）", "志愿服务小时": "人均时长（小时）", "人均时间": "人均时长（小时）",
    },
    parts=(names_part("participants", "参加人员", Participant, "activity"),),
    gives=(
        Gives(to="room-uses", values=_room_use),
        Gives(to="expenses", values=_expense, when=lambda entry: bool(entry.costs)),
    ),
    facts=(
        entry_facts(
            "activities", Activity, "held_on", "form", "is_service", "theme", "place", "partner", "starts", "ends", "costs",
            "n_participants", "text_length", "mark", "entry_mode", recorded_on="recorded_at", year="held_on__year_of",
        ),
        part_facts(
            "participants", Participant, "activity", "person_id", "name", on="activity__held_on", starts="activity__starts",
            ends="activity__ends", place="activity__place",
        ),
    ),
    example={
        "活动日期": "2016-03-05", "活动形式": "志愿服务", "活动主题": "学雷锋志愿服务", "属于服务基层活动": "是", "地点": "示例社区",
        "服务（结对）单位": "示例社区", "活动内容": "党员教师到社区开展家庭教育咨询……", "参加人员": "示例甲、示例乙",
    },
    about="一次活动只登记一次：服务基层、志愿服务、阵地使用和经费支出都引用它。",
)  # fmt: skip
