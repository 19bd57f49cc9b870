"""发展党员年度计划 (L17): how many, and whom."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, year_day
from taizhang.orgs.entry import Entry


class DevelopmentPlan(Entry):
    """The admissions planned for a year."""

    year = models.PositiveIntegerField("年度")
    planned_count = models.PositiveIntegerField("计划发展人数")
    names = models.TextField("计划发展名单", blank=True)
    approved_on = models.DateField("支委会通过日期", null=True, blank=True)
    reported_on = models.DateField("上报日期", null=True, blank=True)
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "发展党员计划"

    def __str__(self) -> str:
        """The year."""
        return f"{self.year}年发展党员计划"


KIND = LedgerKind(
    slug="development-plans",
    title="发展党员计划",
    section="发展党员",
    titles=("发展党员工作规划", "发展党员计划", "年度发展党员计划", "发展党员工作计划", "发展党员规划", "党员发展计划", "发展党员计划表", "党员发展工作计划", "发展党员年度计划"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=DevelopmentPlan,
    asked=("year", "planned_count", "names", "approved_on", "reported_on"),
    listed=("year", "planned_count", "names", "approved_on", "reported_on"),
    day="year_on",
    prepare=year_day,
    items=("L17",),
    unique=("year",),
    facts=(
        entry_facts("development_plans", DevelopmentPlan, "year", "year_on", "planned_count", "approved_on", "reported_on"),
    ),
    also_called={
        "拟发展人员": "计划发展名单", "拟发展党员": "计划发展名单", "计划发展人员": "计划发展名单", "拟发展党员数": "计划发展人数", "计划发展数": "计划发展人数", "计划发展党员": "计划发展人数", "报送时间": "上报日期", "支委会研究日期": "支委会通过日期",
        "讨论通过日期": "支委会通过日期", "通过时间": "支委会通过日期",
        "计划年度": "年度", "计划发展党员数": "计划发展人数", "计划人数": "计划发展人数", "拟发展人数": "计划发展人数", "发展人数": "计划发展人数", "计划发展党员人数": "计划发展人数", "拟发展对象": "计划发展名单",
        "发展对象名单": "计划发展名单", "计划发展对象": "计划发展名单", "拟发展名单": "计划发展名单", "通过日期": "支委会通过日期", "研究日期": "支委会通过日期", "报送日期": "上报日期",
        "计划数": "计划发展人数", "发展名额": "计划发展人数", "计划发展名额": "计划发展人数", "计划发展数量": "计划发展人数", "拟发展党员人数": "计划发展人数", "拟发展党员名额": "计划发展人数", "拟发展数": "计划发展人数",
        "计划发展人数（名）": "计划发展人数", "发展党员数": "计划发展人数", "年度计划数": "计划发展人数", "拟发展党员名单": "计划发展名单", "计划发展对象名单": "计划发展名单", "拟发展人员名单": "计划发展名单", "计划发展党员名单": "计划发展名单",
        "发展对象": "计划发展名单", "拟发展对象名单": "计划发展名单", "拟发展人选": "计划发展名单", "计划发展人选": "计划发展名单", "审议通过日期": "支委会通过日期", "讨论日期": "支委会通过日期", "支委会讨论日期": "支委会通过日期",
        "支委会审议日期": "支委会通过日期", "会议通过日期": "支委会通过日期", "支委会讨论通过日期": "支委会通过日期", "支委会审议通过日期": "支委会通过日期", "报上级党委日期": "上报日期", "报上级日期": "上报日期", "呈报日期": "上报日期",
        "报党委日期": "上报日期",
    },
    example={"年度": "2016", "计划发展人数": "1", "计划发展名单": "示例丙", "支委会通过日期": "2016-02-26"},
)  # fmt: skip
