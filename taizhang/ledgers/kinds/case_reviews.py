"""培养考察 (L17): what the branch says of an activist or a probationary member every half-year."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class CaseReview(Entry):
    """One half-year's review."""

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveIntegerField("年度")
    half = models.CharField("半年", max_length=2, choices=[("H1", "上半年"), ("H2", "下半年")])
    reviewed_on = models.DateField("考察日期")
    reviewer = models.CharField("考察人", max_length=40)
    opinion = models.TextField("考察意见")
    window = models.CharField(max_length=7, default="", editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)

    class Meta:
        verbose_name = "半年考察"

    def __str__(self) -> str:
        """Day."""
        return f"{self.reviewed_on}半年考察"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["window"] = f"{values['year']:04d}-{values['half']}"
    values["mark"] = fingerprint(values["opinion"])


KIND = LedgerKind(
    slug="case-reviews",
    title="培养考察（半年）",
    section="发展党员",
    titles=(
        "培养考察（半年）",
        "培养考察登记表",
        "考察登记表",
        "培养教育考察登记表",
        "入党积极分子培养教育考察登记表",
        "入党积极分子考察表",
        "预备党员考察表",
        "半年考察",
        "积极分子考察登记表", "入党积极分子半年考察", "半年考察鉴定", "入党积极分子半年考察鉴定", "入党积极分子培养考察登记表", "入党积极分子考察登记表", "入党积极分子半年考察表", "发展对象考察登记表", "预备党员考察登记表", "入党积极分子考察记录", "入党积极分子培养考察记录",
    ),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=CaseReview,
    asked=("case", "year", "half", "reviewed_on", "reviewer", "opinion"),
    listed=("case", "year", "half", "reviewed_on", "reviewer"),
    day="reviewed_on",
    prepare=_prepare,
    texts=("reviewer",),
    items=("L17",),
    unique=("case", "year", "half"),
    facts=(entry_facts("case_reviews", CaseReview, "case_id", "year", "half", "window", "reviewed_on", "mark"),),
    also_called={
        "考察评语": "考察意见", "培养考察情况": "考察意见", "培养人意见": "考察意见", "联系人考察意见": "考察意见", "培养人": "考察人", "入党联系人": "考察人", "考察人员": "考察人",
        "姓名": "发展对象姓名", "积极分子姓名": "发展对象姓名", "考察对象": "发展对象姓名", "积极分子": "发展对象姓名", "培养对象": "发展对象姓名", "被考察人": "发展对象姓名", "入党积极分子": "发展对象姓名",
        "考察时间": "考察日期", "日期": "考察日期", "填写日期": "考察日期", "培养联系人": "考察人", "联系人": "考察人", "培养考察人": "考察人", "考察人签名": "考察人", "考察情况": "考察意见", "培养考察意见": "考察意见",
        "考察结论": "考察意见", "培养联系人意见": "考察意见", "培养教育考察情况": "考察意见", "考察内容": "考察意见", "培养教育和考察情况": "考察意见", "时段": "半年", "考察时段": "半年", "考察期": "半年",
        "考察年度": "年度", "所属年度": "年度", "考察阶段": "半年", "考察时期": "半年", "考察周期": "半年", "考察时间段": "半年", "半年度": "半年", "考察期间": "半年", "鉴定日期": "考察日期", "考察鉴定日期": "考察日期",
        "填表日期": "考察日期", "考察者": "考察人", "培养联系人签名": "考察人", "联系人姓名": "考察人", "负责考察人": "考察人", "培养联系人姓名": "考察人", "考察人姓名": "考察人", "鉴定人": "考察人", "考察鉴定": "考察意见",
        "鉴定意见": "考察意见", "考察鉴定意见": "考察意见", "培养情况": "考察意见", "现实表现": "考察意见", "表现情况": "考察意见", "培养教育情况": "考察意见", "支部考察意见": "考察意见", "考察评价": "考察意见", "综合评价": "考察意见",
        "考察记录": "考察意见", "考察结果": "考察意见", "考察情况及意见": "考察意见", "培养考察内容": "考察意见",
    },
    example={"发展对象姓名": "示例丙", "年度": "2017", "半年": "下半年", "考察日期": "2017-12-20", "考察人": "示例甲", "考察意见": "该同志……"},
)  # fmt: skip
