"""谈心谈话记录 (L12). What was said is for the two, the secretary and the inspector in session only."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.calendar import minute
from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class HeartTalk(Entry):
    """One talk between two persons."""

    class Relation(models.TextChoices):
        WITHIN_COMMITTEE = "within_committee", "支委之间"
        TO_MEMBER = "to_member", "支委与党员"
        BETWEEN_MEMBERS = "between_members", "党员之间"
        TO_ACTIVIST = "to_activist", "支部与入党积极分子"
        TO_APPLICANT = "to_applicant", "支部与入党申请人"

    held_on = models.DateField("谈话日期")
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    talker = person_key(label="谈话人")
    talked_to = person_key(label="谈话对象")
    relation = models.CharField("谈话类型", max_length=20, choices=Relation)
    topic = models.CharField("主题", max_length=100)
    content = SealedTextField("谈话内容")
    follow_up = SealedTextField("后续措施", blank=True)
    mark = models.CharField(max_length=16, editable=False, default="")
    starts_minute = models.PositiveIntegerField(null=True, editable=False)
    ends_minute = models.PositiveIntegerField(null=True, editable=False)
    same_person = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "谈心谈话"

    def __str__(self) -> str:
        """Who with whom."""
        return f"{self.held_on} {self.talker.name}与{self.talked_to.name}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["mark"] = fingerprint(values["content"])
    values["same_person"] = values["talker"] == values["talked_to"]
    values["starts_minute"], values["ends_minute"] = (
        minute(values["starts_at"]),
        minute(values["ends_at"]),
    )
    if values["starts_at"] and values["ends_at"] and values["ends_at"] <= values["starts_at"]:
        draft.wrong("结束时间", "应晚于开始时间。")


KIND = LedgerKind(
    slug="talks",
    title="谈心谈话记录",
    section="党内政治生活",
    titles=("谈心谈话情况登记表",
        "谈心谈话记录", "谈心谈话记录表", "谈心谈话登记表", "谈心记录", "谈心谈话登记", "谈心谈话台账", "谈心记录表", "谈话记录", "谈话记录表", "约谈记录", "约谈记录表",
    ),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    subject_of=("talk_pairs",),
    makes=("talk_pairs",),
    model=HeartTalk,
    asked=(
        "held_on", "starts_at", "ends_at", "place", "talker", "talked_to", "relation", "topic", "content", "follow_up",
    ),
    listed=("held_on", "talker", "talked_to", "relation", "topic"),
    day="held_on",
    prepare=_prepare,
    items=("L12",),
    also_called={
        "开始": "开始时间", "起始时间": "开始时间", "结束": "结束时间", "终止时间": "结束时间",
        "下一步工作打算": "后续措施", "下步工作打算": "后续措施", "下一步工作措施": "后续措施", "下一步努力方向": "后续措施", "今后努力方向": "后续措施", "下步措施": "后续措施", "下一步措施": "后续措施", "下步打算": "后续措施", "下一步打算": "后续措施", "努力方向": "后续措施", "整改方向": "后续措施", "改进方向": "后续措施", "今后打算": "后续措施",
        "谈话者": "谈话人", "约谈者": "谈话人", "主谈者": "谈话人", "谈心谈话主题": "主题", "谈心事由": "主题", "谈话原因": "主题", "谈话缘由": "主题", "谈心谈话内容": "谈话内容",
        "谈心谈话情况": "谈话内容","谈话主要情况": "谈话内容", "谈话基本情况": "谈话内容", "交谈内容": "谈话内容", "谈话具体内容": "谈话内容", "整改情况": "后续措施", "落实情况": "后续措施",
        "谈话地点": "地点", "谈话主要内容": "谈话内容", "主要内容": "谈话内容", "谈话主题": "主题", "日期": "谈话日期", "时间": "谈话日期", "被谈话人": "谈话对象", "谈话类别": "谈话类型", "谈话记录": "谈话内容",
        "谈话情况": "谈话内容", "谈话要点": "谈话内容", "谈心内容": "谈话内容", "内容": "谈话内容", "谈话内容记录": "谈话内容", "谈话主要内容记录": "谈话内容", "谈话纪要": "谈话内容", "被谈话人姓名": "谈话对象",
        "谈心对象": "谈话对象", "谈话对象姓名": "谈话对象", "被谈话对象": "谈话对象", "被谈人": "谈话对象", "被谈话党员": "谈话对象", "谈心人": "谈话人", "谈话人姓名": "谈话人", "主谈人": "谈话人",
        "谈心时间": "谈话日期", "谈心日期": "谈话日期", "谈心地点": "地点", "谈话事由": "主题", "谈话目的": "主题", "谈话题目": "主题", "谈心主题": "主题", "谈话议题": "主题", "整改措施": "后续措施",
        "处理意见": "后续措施", "谈话效果": "后续措施", "后续工作": "后续措施", "谈话结果": "后续措施", "跟踪措施": "后续措施", "改进措施": "后续措施", "跟进措施": "后续措施", "谈话形式类型": "谈话类型",
        "谈心类型": "谈话类型", "谈心谈话类型": "谈话类型",
        "约谈时间": "谈话日期", "约谈日期": "谈话日期", "约谈地点": "地点", "约谈人": "谈话人", "约谈对象": "谈话对象", "被约谈人": "谈话对象", "约谈事由": "主题", "约谈内容": "谈话内容", "约谈情况": "谈话内容",
        "谈心谈话日期": "谈话日期", "谈话年月日": "谈话日期", "谈话场所": "地点", "谈心谈话地点": "地点", "谈心谈话人": "谈话人", "主动谈话人": "谈话人", "谈心人姓名": "谈话人", "约谈人姓名": "谈话人", "谈话人员": "谈话人",
        "谈话发起人": "谈话人", "谈心谈话对象": "谈话对象", "被谈心人": "谈话对象", "被约谈人姓名": "谈话对象", "谈心对象姓名": "谈话对象", "被谈人姓名": "谈话对象", "谈话对方": "谈话对象", "被谈话人员": "谈话对象",
        "被谈心对象": "谈话对象", "谈话双方关系": "谈话类型", "谈话关系": "谈话类型", "谈话层级": "谈话类型", "谈心谈话类别": "谈话类型", "谈心谈话事由": "主题", "话题": "主题", "谈话重点": "主题", "谈话主旨": "主题",
        "谈话由来": "主题", "谈心话题": "主题", "谈心谈话主要内容": "谈话内容", "谈心谈话纪要": "谈话内容", "谈话详情": "谈话内容", "谈话实录": "谈话内容", "谈话过程": "谈话内容", "谈心主要内容": "谈话内容", "谈心情况": "谈话内容",
        "交流内容": "谈话内容", "谈心记录": "谈话内容", "沟通内容": "谈话内容", "谈话内容及情况": "谈话内容", "谈话具体情况": "谈话内容", "谈话经过": "谈话内容", "谈话内容纪要": "谈话内容", "谈话成效": "后续措施",
        "谈话收获": "后续措施", "后续": "后续措施", "后续跟进": "后续措施", "跟进情况": "后续措施", "后续跟踪": "后续措施", "谈心效果": "后续措施", "谈心谈话效果": "后续措施", "改进意见": "后续措施", "整改意见": "后续措施", "下步工作": "后续措施",
        "今后努力": "后续措施", "今后措施": "后续措施", "后续安排": "后续措施", "处理情况": "后续措施", "解决措施": "后续措施", "帮扶措施": "后续措施", "后续跟进措施": "后续措施", "下一步工作": "后续措施", "改进打算": "后续措施",
        "谈心成效": "后续措施", "整改打算": "后续措施", "后续跟进情况": "后续措施",
    },
    facts=(
        entry_facts(
            "talks", HeartTalk, "held_on", "talker_id", "talked_to_id", "relation", "place", "mark", "same_person",
            starts="starts_minute", ends="ends_minute",
        ),
    ),
    example={
        "谈话日期": "2016-11-08", "谈话人": "示例甲", "谈话对象": "示例乙", "谈话类型": "支委与党员", "主题": "学期工作与思想",
        "谈话内容": "了解近期工作和思想情况……",
    },
)  # fmt: skip
