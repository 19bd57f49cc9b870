"""党课计划 (L31)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, year_day
from taizhang.orgs.entry import Entry


class LecturePlan(Entry):
    """The lectures planned for a year."""

    year = models.PositiveIntegerField("年度")
    adopted_on = models.DateField("制定日期", null=True, blank=True)
    items = models.TextField("计划安排", help_text="时间、主题、主讲人，每次一行")
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "党课计划"

    def __str__(self) -> str:
        """The year."""
        return f"{self.year}年党课计划"


KIND = LedgerKind(
    slug="lecture-plans",
    title="党课计划",
    section="党内政治生活",
    titles=(
        "党课安排",
        "党课教育安排表",
        "党课教育计划安排表",
        "书记讲党课计划",
        "党课计划",
        "党课教育计划",
        "年度党课计划",
        "党课安排表",
        "党课计划表",
        "党课计划安排表",
        "党课教育计划表",
        "年度党课安排表",
        "党课学习计划",
        "讲党课计划",
        "书记上党课计划",
        "党课教学计划",
    ),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=LecturePlan,
    asked=("year", "adopted_on", "items"),
    listed=("year", "adopted_on", "items"),
    day="year_on",
    prepare=year_day,
    items=("L31",),
    unique=("year",),
    rows_in="items",
    facts=(entry_facts("lecture_plans", LecturePlan, "year", "year_on"),),
    also_called={
        "制订时间": "制定日期",
        "制订日期": "制定日期",
        "拟定日期": "制定日期",
        "党课计划": "计划安排",
        "内容安排": "计划安排",
        "具体安排": "计划安排",
        "党课安排": "计划安排",
        "授课安排": "计划安排",
        "安排": "计划安排",
        "制定时间": "制定日期",
        "制表时间": "制定日期",
        "计划制定时间": "制定日期",
        "授课计划": "计划安排",
        "党课内容安排": "计划安排",
        "全年党课安排": "计划安排",
        "讲课安排": "计划安排",
        "党课教育安排": "计划安排",
        "计划内容": "计划安排",
        "党课计划内容": "计划安排",
    },
    example={
        "年度": "2016",
        "制定日期": "2016-02-26",
        "计划安排": "3月 学习党章 示例甲\n6月 两学一做专题 示例乙",
    },
)
