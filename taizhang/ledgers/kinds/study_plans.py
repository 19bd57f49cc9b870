"""支部年度学习计划 (L18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from taizhang.ledgers.kind import (
    NOBODY,
    Draft,
    LedgerKind,
    PaperForm,
    Part,
    PartSheet,
    entry_facts,
    part_facts,
    year_day,
)
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
    title="支部学习计划",
    section="党员教育",
    titles=("支部学习计划", "党支部学习计划", "年度学习计划", "党支部年度学习计划"),
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
                heads=("学习内容", "内容", "学习专题", "学习主题", "主题", "专题", "学习篇目", "主要内容"),
                columns={"月份": ("月份", "学习月份", "时间", "学习时间", "时间安排"), "形式": ("形式", "学习形式", "学习方式", "方式"), "类别": ("类别", "学习类别")},
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
    },
    example={
        "年度": "2016", "通过日期": "2016-02-26", "学习要求": "每次学习不少于1小时，做好笔记", "考核方式": "年底检查笔记，交流心得",
        "学习安排": "学习党章（月份：3；形式：集中学习；类别：理想信念）\n课堂教学研究（月份：5；形式：讨论；类别：业务能力）",
    },
)  # fmt: skip
