"""专项活动 (两学一做, 解放思想大讨论, 作风建设…): free items that a round may ask for."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import FOR_EVER, NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.entry import Entry


class CampaignRecord(Entry):
    """One record of a campaign."""

    campaign = models.CharField("专项活动名称", max_length=60)
    held_on = models.DateField("日期")
    title = models.CharField("内容标题", max_length=100)
    form = models.CharField(
        "形式", max_length=40, blank=True, help_text="如动员会、专题研讨、查摆问题、整改、总结"
    )
    content = models.TextField("具体内容")
    result = models.TextField("成效（整改情况）", blank=True)

    class Meta:
        verbose_name = "专项活动"

    def __str__(self) -> str:
        """Day and title."""
        return f"{self.held_on} {self.title}"


KIND = LedgerKind(
    slug="campaigns",
    title="专项活动记录",
    section="专项",
    titles=("学习教育活动记录", "学习教育活动记录表", "学习教育记录", "主题教育活动记录", "主题教育记录", "教育实践活动记录", "专题教育记录", "专题教育记录表", "学习教育活动台账", "专项活动记录", "专项活动记录表", "专项活动总结", "专题教育活动记录", "专题学习教育记录", "专项教育活动记录", "专项学习教育活动记录"),
    kept_years=FOR_EVER,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    is_event=True,
    model=CampaignRecord,
    asked=("campaign", "held_on", "title", "form", "content", "result"),
    listed=("held_on", "campaign", "title", "form"),
    day="held_on",
    texts=("title",),
    facts=(entry_facts("campaigns", CampaignRecord, "campaign", "held_on", "form"),),
    also_called={
        "环节": "形式", "活动环节": "形式", "阶段": "形式", "活动阶段": "形式",
        "研讨专题": "内容标题", "专题": "内容标题", "研讨主题": "内容标题", "研讨题目": "内容标题", "学习研讨主题": "内容标题", "会议主题": "内容标题", "学习题目": "内容标题",
        "专项活动": "专项活动名称", "活动名称": "专项活动名称", "专题教育名称": "专项活动名称", "时间": "日期", "活动时间": "日期", "活动日期": "日期", "开展时间": "日期", "标题": "内容标题", "活动主题": "内容标题",
        "主题": "内容标题", "题目": "内容标题", "活动形式": "形式", "方式": "形式", "活动内容": "具体内容", "内容": "具体内容", "主要内容": "具体内容", "活动情况": "具体内容", "成效": "成效（整改情况）",
        "整改情况": "成效（整改情况）", "活动成效": "成效（整改情况）", "取得成效": "成效（整改情况）",
        "学习教育名称": "专项活动名称", "主题教育名称": "专项活动名称", "教育活动名称": "专项活动名称", "活动专题": "专项活动名称", "专项名称": "专项活动名称", "教育主题": "专项活动名称", "主题教育": "专项活动名称",
        "所属专项活动": "专项活动名称", "所属活动": "专项活动名称", "活动标题": "内容标题", "学习主题": "内容标题", "活动题目": "内容标题", "活动内容标题": "内容标题", "学习专题": "内容标题", "内容主题": "内容标题", "开展形式": "形式",
        "活动方式": "形式", "学习形式": "形式", "活动类型": "形式", "组织形式": "形式", "学习方式": "形式", "活动情况记录": "具体内容", "活动过程": "具体内容", "活动主要内容": "具体内容", "开展情况": "具体内容",
        "活动记录": "具体内容", "学习内容": "具体内容", "主要做法": "具体内容", "活动具体内容": "具体内容", "活动开展情况": "具体内容", "学习情况": "具体内容", "活动效果": "成效（整改情况）", "活动收获": "成效（整改情况）",
        "整改落实情况": "成效（整改情况）", "取得的成效": "成效（整改情况）", "效果": "成效（整改情况）", "收获与成效": "成效（整改情况）", "活动成果": "成效（整改情况）", "学习成效": "成效（整改情况）", "收获体会": "成效（整改情况）",
        "活动小结": "成效（整改情况）",
    },
    example={"专项活动名称": "两学一做", "日期": "2016-04-28", "内容标题": "“两学一做”动员会", "形式": "动员会", "具体内容": "……"},
)  # fmt: skip
