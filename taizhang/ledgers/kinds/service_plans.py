"""联系服务群众计划 (L26)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, year_day
from taizhang.orgs.entry import Entry


class ServicePlan(Entry):
    """The plan of one year."""

    year = models.PositiveIntegerField("年度")
    planned_count = models.PositiveIntegerField("计划服务次数")
    partner = models.CharField("结对单位", max_length=80, blank=True)
    contact = models.CharField("结对单位联系人", max_length=40, blank=True)
    activities = models.TextField("活动安排")
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "服务群众计划"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年服务群众计划"


KIND = LedgerKind(
    slug="service-plans",
    title="联系服务群众计划",
    section="联系服务群众",
    titles=("联系服务群众计划", "联系服务群众活动计划", "服务群众活动计划", "“干群零距离 服务争一流”活动计划", "服务群众计划", "党员联系服务群众计划", "党员志愿服务计划", "志愿服务活动计划", "志愿服务计划", "志愿服务工作计划", "志愿服务年度计划", "联系服务群众工作计划", "服务群众工作计划"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=ServicePlan,
    asked=("year", "planned_count", "partner", "contact", "activities"),
    listed=("year", "planned_count", "partner", "activities"),
    day="year_on",
    prepare=year_day,
    texts=("activities",),
    items=("L26",),
    unique=("year",),
    rows_in="activities",
    facts=(entry_facts("service_plans", ServicePlan, "year", "year_on", "planned_count", "partner"),),
    also_called={
        "计划活动次数": "计划服务次数", "活动次数": "计划服务次数", "全年计划次数": "计划服务次数", "社区联系人": "结对单位联系人", "对方联系人": "结对单位联系人", "单位联系人": "结对单位联系人", "结对共建单位": "结对单位", "服务计划": "活动安排",
        "活动计划": "活动安排",
        "服务次数": "计划服务次数", "计划次数": "计划服务次数", "服务单位": "结对单位", "共建单位": "结对单位", "结对社区": "结对单位", "联系人": "结对单位联系人", "服务安排": "活动安排", "具体安排": "活动安排",
        "计划安排": "活动安排", "活动内容": "活动安排", "服务内容": "活动安排", "计划年度": "年度",
        "服务活动次数": "计划服务次数", "计划开展次数": "计划服务次数", "计划开展活动次数": "计划服务次数", "全年活动次数": "计划服务次数", "年度服务次数": "计划服务次数", "拟开展次数": "计划服务次数", "计划次数（次）": "计划服务次数",
        "全年服务次数": "计划服务次数", "拟开展服务次数": "计划服务次数", "全年计划服务次数": "计划服务次数", "结对对象": "结对单位", "服务对象": "结对单位", "联系单位": "结对单位", "共建对象": "结对单位", "结对村居": "结对单位",
        "帮扶对象": "结对单位", "结对村": "结对单位", "结对村（社区）": "结对单位", "服务社区": "结对单位", "结对共建社区": "结对单位", "对接人": "结对单位联系人", "对接联系人": "结对单位联系人", "联系人姓名": "结对单位联系人",
        "社区负责人": "结对单位联系人", "对方负责人": "结对单位联系人", "结对联系人": "结对单位联系人", "活动内容及安排": "活动安排", "活动计划安排": "活动安排", "主要活动": "活动安排", "服务项目": "活动安排", "年度活动安排": "活动安排",
        "计划活动": "活动安排", "服务活动安排": "活动安排", "活动项目": "活动安排", "工作安排": "活动安排", "服务活动计划": "活动安排", "活动内容与安排": "活动安排", "服务内容及安排": "活动安排", "服务活动": "活动安排",
    },
    example={"年度": "2016", "计划服务次数": "4", "结对单位": "示例社区", "活动安排": "3月 学雷锋\n6月 家庭教育咨询\n9月 助学\n12月 走访慰问"},
)  # fmt: skip
