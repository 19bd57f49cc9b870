"""政治审查 (L17): that there is a conclusion, and when; the raw material stays outside (DOMAIN 9.5)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts, in_days
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class PoliticalReview(Entry):
    """The review of one person."""

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    letters_sent_on = models.DateField("函调发出日期", null=True, blank=True)
    letters_back_on = models.DateField("函调收回日期", null=True, blank=True)
    concluded_on = models.DateField("结论日期")
    conclusion = models.CharField("结论", max_length=200, help_text="只写结论，不登记审查内容")

    class Meta:
        verbose_name = "政治审查"

    def __str__(self) -> str:
        """Day."""
        return f"{self.concluded_on}政治审查结论"


def _prepare(draft: Draft) -> None:
    in_days(draft, "letters_sent_on", "letters_back_on", "函调收回日期", "函调发出日期")


KIND = LedgerKind(
    slug="political-reviews",
    title="政治审查结论",
    section="发展党员",
    titles=("政治审查结论", "政治审查材料", "政治审查报告", "政审材料", "政审结论", "政审登记表", "政治审查表", "综合性政审报告", "政审综合报告", "政治审查情况综合报告", "政治审查综合报告", "综合政审材料", "政审报告", "政治审查登记表", "综合性政审材料"),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=PoliticalReview,
    asked=("case", "letters_sent_on", "letters_back_on", "concluded_on", "conclusion"),
    listed=("case", "letters_sent_on", "letters_back_on", "concluded_on", "conclusion"),
    day="concluded_on",
    prepare=_prepare,
    items=("L17",),
    facts=(entry_facts("political_reviews", PoliticalReview, "case_id", "letters_sent_on", "letters_back_on", "concluded_on"),),
    also_called={
        "综合结论": "结论", "审查意见": "结论", "政审综合结论": "结论", "综合性政审结论": "结论", "政治审查意见": "结论", "审查时间": "结论日期", "结论时间": "结论日期", "形成日期": "结论日期",
        "函调时间": "函调发出日期", "函调日期": "函调发出日期", "发函时间": "函调发出日期", "回函时间": "函调收回日期", "收函时间": "函调收回日期",
        "姓名": "发展对象姓名", "政审对象": "发展对象姓名", "审查对象": "发展对象姓名", "函调发出时间": "函调发出日期", "发函日期": "函调发出日期", "函调收回时间": "函调收回日期", "收函日期": "函调收回日期",
        "回函日期": "函调收回日期", "审查日期": "结论日期", "政审日期": "结论日期", "日期": "结论日期", "政审结论": "结论", "审查结论": "结论", "政治审查结论": "结论", "综合审查结论": "结论", "政审意见": "结论",
        "被审查人": "发展对象姓名", "被政审人": "发展对象姓名", "政审对象姓名": "发展对象姓名", "审查对象姓名": "发展对象姓名", "发函": "函调发出日期", "函调发函日期": "函调发出日期", "发函调查日期": "函调发出日期",
        "外调函发出日期": "函调发出日期", "回函": "函调收回日期", "函调回函日期": "函调收回日期", "函调回收日期": "函调收回日期", "函调证明收回日期": "函调收回日期", "收到回函日期": "函调收回日期", "出具日期": "结论日期",
        "形成结论日期": "结论日期", "政审结论日期": "结论日期", "作出结论日期": "结论日期", "政审结果": "结论", "审查结果": "结论", "结论性意见": "结论", "综合政审意见": "结论", "审查结论意见": "结论", "综合意见": "结论",
        "政治审查结果": "结论",
    },
    example={"发展对象姓名": "示例丙", "函调发出日期": "2018-04-15", "函调收回日期": "2018-05-02", "结论日期": "2018-05-08", "结论": "合格"},
)  # fmt: skip
