"""党员个人学习计划 (L18)."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kind import LedgerKind, PaperForm, entry_facts, year_day
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class PersonalStudyPlan(Entry):
    """What one member means to study in a year."""

    person = person_key()
    year = models.PositiveIntegerField("年度")
    content = models.TextField("学习内容", blank=True)
    time = models.CharField("学习时间", max_length=200, blank=True)
    form = models.CharField("学习形式", max_length=100, blank=True)
    requirement = models.TextField("学习要求", blank=True)
    signed_on = models.DateField("制定日期", null=True, blank=True)
    year_on = models.DateField(editable=False, null=True)
    mark = models.CharField(max_length=16, default="", editable=False)

    class Meta:
        verbose_name = "个人学习计划"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年个人学习计划"


def _prepare(draft: Draft) -> None:
    year_day(draft)
    draft.values["mark"] = fingerprint(draft.values["content"] + draft.values["requirement"])


KIND = LedgerKind(
    slug="personal-study-plans",
    title="党员个人学习计划",
    section="党员教育",
    titles=("党员个人学习计划", "个人学习计划"),
    kept_years=10,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=PersonalStudyPlan,
    asked=("person", "year", "content", "time", "form", "requirement", "signed_on"),
    listed=("person", "year", "content", "time", "form", "signed_on"),
    day="year_on",
    prepare=_prepare,
    texts=("time", "form"),
    items=("L18",),
    unique=("person", "year"),
    facts=(
        entry_facts(
            "personal_plans", PersonalStudyPlan, "person_id", "year", "year_on", "time", "form", "mark",
            content="content__length", requirement="requirement__length",
        ),
    ),
    also_called={
        "制订日期": "制定日期", "制订时间": "制定日期",
        "内容": "学习内容", "学习书目": "学习内容", "学习篇目": "学习内容", "主要学习内容": "学习内容", "计划学习内容": "学习内容", "时间安排": "学习时间", "时间": "学习时间", "学习时间安排": "学习时间",
        "学习方式": "学习形式", "学习方法": "学习形式", "形式": "学习形式", "要求": "学习要求", "学习目标": "学习要求", "预期目标": "学习要求", "目标": "学习要求", "目标要求": "学习要求", "计划年度": "年度",
        "日期": "制定日期",
        "计划人": "姓名", "制定人": "姓名", "学习人": "姓名", "学习重点": "学习内容", "学习内容安排": "学习内容", "学习主要内容": "学习内容", "学习资料": "学习内容", "阅读书目": "学习内容", "自学内容": "学习内容",
        "拟学内容": "学习内容", "计划内容": "学习内容", "学习任务": "学习内容", "学习篇目书目": "学习内容", "读书计划": "学习内容", "时间进度": "学习时间", "时间计划": "学习时间", "学时安排": "学习时间", "学习进度": "学习时间",
        "学习时段": "学习时间", "时间要求": "学习时间", "学习途径": "学习形式", "方式方法": "学习形式", "学习措施": "学习形式", "学习方式方法": "学习形式", "目标任务": "学习要求", "学习目的": "学习要求", "个人目标": "学习要求",
        "学习目标要求": "学习要求", "达到目标": "学习要求", "学习目标和要求": "学习要求", "个人要求": "学习要求", "签订日期": "制定日期", "填写日期": "制定日期", "制表日期": "制定日期", "计划日期": "制定日期", "承诺日期": "制定日期",
        "签名日期": "制定日期", "填表日期": "制定日期",
    },
    example={"姓名": "示例甲", "年度": "2016", "学习内容": "党章党规，语文学科核心素养", "学习时间": "每周三下午", "学习形式": "自学和集中学习", "学习要求": "每月一篇心得"},
)  # fmt: skip
