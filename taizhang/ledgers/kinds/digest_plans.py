"""失联党员年度消化计划 (L23)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, year_day
from taizhang.orgs.entry import Entry


class DigestPlan(Entry):
    """The plan of one year."""

    year = models.PositiveIntegerField("年度")
    targets = models.TextField("消化对象")
    due_on = models.DateField("完成期限")
    responsible = models.CharField("责任人", max_length=40)
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.TextField("完成情况", blank=True)
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "失联党员消化计划"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年消化计划"


KIND = LedgerKind(
    slug="digest-plans",
    title="失联党员年度消化计划",
    section="党员管理",
    titles=("失联党员年度消化计划", "失联党员年度消化计划表", "失联党员消化计划"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=DigestPlan,
    asked=("year", "targets", "due_on", "responsible", "done_on", "result"),
    listed=("year", "targets", "due_on", "responsible", "done_on"),
    day="year_on",
    prepare=year_day,
    items=("L23",),
    unique=("year",),
    facts=(entry_facts("digest_plans", DigestPlan, "year", "year_on", "due_on", "done_on"),),
    also_called={
        "对象": "消化对象", "拟消化对象": "消化对象", "时限": "完成期限", "期限": "完成期限", "完成时限": "完成期限", "负责人": "责任人", "落实情况": "完成情况",
        "消化人员": "消化对象", "消化党员": "消化对象", "拟消化人员": "消化对象", "消化对象姓名": "消化对象", "计划消化对象": "消化对象", "姓名": "消化对象", "失联党员": "消化对象", "失联党员姓名": "消化对象",
        "计划完成日期": "完成期限", "计划完成时限": "完成期限", "消化期限": "完成期限", "消化时限": "完成期限", "计划消化时间": "完成期限", "消化完成期限": "完成期限", "责任人员": "责任人", "包干责任人": "责任人", "承办人": "责任人",
        "责任人姓名": "责任人", "实际完成日期": "完成日期", "实际消化日期": "完成日期", "消化情况": "完成情况", "消化结果": "完成情况", "完成结果": "完成情况", "进展情况": "完成情况", "结果": "完成情况",
    },
    example={"年度": "2016", "消化对象": "示例甲", "完成期限": "2016-12-31", "责任人": "示例乙"},
)  # fmt: skip
