"""支部年度学习计划 (L18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from taizhang.ledgers.kind import (
    NOBODY,
    Entering,
    LedgerKind,
    PaperForm,
    entry_facts,
    part_facts,
    year_day,
)
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.orgs.entry import Entry


class BranchStudyPlan(Entry):
    """What the branch means to study in a year."""

    year = models.PositiveIntegerField("年度")
    adopted_on = models.DateField("通过日期")
    requirement = models.TextField("学习要求", blank=True)
    assessment = models.TextField("考核方式", blank=True)
    year_on = models.DateField(editable=False, null=True)
    n_items = models.PositiveIntegerField(default=0, editable=False)
    n_with_time = models.PositiveIntegerField(default=0, editable=False)
    n_with_form = models.PositiveIntegerField(default=0, editable=False)
    n_ideals = models.PositiveIntegerField(default=0, editable=False)
    n_skills = models.PositiveIntegerField(default=0, editable=False)
    n_culture = models.PositiveIntegerField(default=0, editable=False)
    text_length = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "支部学习计划"

    def __str__(self) -> str:
        """The year."""
        return f"{self.year}年支部学习计划"


class StudyItem(models.Model):
    """One planned study."""

    class Tag(models.TextChoices):
        IDEALS = "ideals", "理想信念"
        SKILLS = "skills", "业务能力"
        CULTURE = "culture", "文化素质"
        OTHER = "other", "其他"

    plan = models.ForeignKey(BranchStudyPlan, on_delete=models.CASCADE, related_name="items")
    content = models.CharField("内容", max_length=200)
    month = models.PositiveIntegerField("月份", null=True)
    form = models.CharField("形式", max_length=40, blank=True)
    tag = models.CharField("类别", max_length=10, choices=Tag, blank=True)
    planned_on = models.DateField(null=True, editable=False)
    """The middle of the month."""

    class Meta:
        verbose_name = "学习安排"

    def __str__(self) -> str:
        """The content."""
        return self.content


_WRITING = labelled(
    StudyItem, "content", {"月份": "month", "形式": "form", "类别": "tag"}, "学习安排"
)


def _prepare(draft: Draft) -> None:
    year_day(draft)
    values, rows = draft.values, draft.parts.get("items", [])
    values["n_items"] = len(rows)
    values["n_with_time"] = sum(_filled(row, "month") for row in rows)
    values["n_with_form"] = sum(_filled(row, "form") for row in rows)
    for tag in ("ideals", "skills", "culture"):
        values[f"n_{tag}"] = sum(row.get("tag") == tag for row in rows)
    if any(row.get("month") and not 1 <= row["month"] <= 12 for row in rows):
        draft.wrong("学习安排", "月份应为1至12。")
        return
    for row in rows:
        month = row.get("month")
        row["planned_on"] = date(values["year"], month, 15) if month else None


def _filled(row: dict[str, Any], column: str) -> bool:
    return bool(row.get(column))


KIND = LedgerKind(
    slug="study-plans",
    entering=Entering(worked_out={"n_with_time": "items", "n_with_form": "items", "n_ideals": "items"}),
    title="支部学习计划",
    section="党员教育",
    titles=("支部学习计划", "党支部学习计划", "年度学习计划", "党支部年度学习计划", "支部学习安排表", "理论学习安排表", "政治学习安排表", "集中学习安排表", "学习安排表", "党员学习计划", "学习计划表", "理论学习计划", "党员理论学习计划", "党员教育学习计划", "集中学习计划", "政治理论学习计划", "党员年度学习计划"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=BranchStudyPlan,
    asked=("year", "adopted_on", "requirement", "assessment"),
    listed=("year", "adopted_on", "requirement", "assessment"),
    day="year_on",
    prepare=_prepare,
    texts=("requirement", "assessment"),
    items=("L18",),
    unique=("year",),
    parts=(
        Part(
            name="items", label="学习安排", model=StudyItem, owner="plan", writing=_WRITING, is_plan=True, lines=8,
            hint="每项一行，如：学习党章（月份：3；形式：集中学习；类别：理想信念）",
            sheet=PartSheet(
                heads=("学习内容", "内容", "学习专题", "学习主题", "主题", "专题", "学习篇目", "主要内容", "学习重点", "学习课题", "学习主要内容", "学习材料", "学习书目"),
                columns={"月份": ("月份", "学习月份", "时间", "学习时间", "时间安排", "学习日期", "月度", "时段", "学习时段", "日期"), "形式": ("形式", "学习形式", "学习方式", "方式", "学习方法", "组织形式"), "类别": ("类别", "学习类别")},
            ),
        ),
    ),
    facts=(
        entry_facts(
            "study_plans", BranchStudyPlan, "year", "year_on", "adopted_on", "n_items", "n_with_time", "n_with_form", "n_ideals",
            "n_skills", "n_culture", requirement="requirement__length", assessment="assessment__length",
        ),
        part_facts("study_items", StudyItem, "plan", "month", "tag", "planned_on", on="plan__year_on", year="plan__year"),
    ),
    also_called={
        "要求": "学习要求", "学习目标及要求": "学习要求", "考核": "考核方式", "考核办法": "考核方式", "考核要求": "考核方式", "考核方法": "考核方式", "学习内容安排": "学习安排", "具体安排": "学习安排",
        "内容安排": "学习安排", "学习内容及安排": "学习安排", "学习计划": "学习安排", "计划安排": "学习安排", "学习内容": "学习安排", "制定日期": "通过日期", "制定时间": "通过日期",
        "制订日期": "通过日期", "计划制定日期": "通过日期", "审议通过日期": "通过日期", "支委会通过日期": "通过日期", "讨论通过日期": "通过日期", "学习目标": "学习要求", "目标要求": "学习要求", "学习目的": "学习要求",
        "学习目的及要求": "学习要求", "总体要求": "学习要求", "目标任务": "学习要求", "学习要求和目标": "学习要求", "学习任务": "学习要求", "检查考核": "考核方式", "考评方式": "考核方式", "督查考核": "考核方式", "学习考核": "考核方式",
        "检查方式": "考核方式", "考核措施": "考核方式", "检查与考核": "考核方式", "考核与检查": "考核方式", "考核评价": "考核方式", "学习考核方式": "考核方式", "检查考核办法": "考核方式", "学习内容和时间安排": "学习安排",
        "学习进度": "学习安排", "全年学习安排": "学习安排", "月度学习安排": "学习安排", "学习进度安排": "学习安排", "时间安排": "学习安排", "学习内容与安排": "学习安排", "学习时间安排": "学习安排", "学习内容及时间安排": "学习安排",
        "学习配档表": "学习安排",
    },
    example={
        "年度": "2016", "通过日期": "2016-02-26", "学习要求": "每次学习不少于1小时，做好笔记", "考核方式": "年底检查笔记，交流心得",
        "学习安排": "学习党章（月份：3；形式：集中学习；类别：理想信念）\n课堂教学研究（月份：5；形式：讨论；类别：业务能力）",
    },
)  # fmt: skip
