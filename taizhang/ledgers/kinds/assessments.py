"""民主评议党员 (L32): each member's votes and grade."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import LedgerKind, PaperForm, entry_facts, year_day
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class MemberAssessment(Entry):
    """One member's assessment of one year."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", "优秀"
        QUALIFIED = "qualified", "合格"
        BASIC = "basically_qualified", "基本合格"
        UNQUALIFIED = "unqualified", "不合格"
        NONE = "none", "不评定等次"

    person = person_key()
    year = models.PositiveIntegerField("所属年度")
    self_grade = models.CharField("自评", max_length=20, choices=Grade, blank=True)
    excellent = models.PositiveIntegerField("优秀票", null=True, blank=True)
    qualified = models.PositiveIntegerField("合格票", null=True, blank=True)
    basic = models.PositiveIntegerField("基本合格票", null=True, blank=True)
    unqualified = models.PositiveIntegerField("不合格票", null=True, blank=True)
    grade = models.CharField("评定等次", max_length=20, choices=Grade)
    reason = models.CharField("不评定的原因", max_length=100, blank=True)
    fed_back_on = models.DateField("反馈本人日期", null=True, blank=True)
    handling = models.CharField(
        "处置措施", max_length=200, blank=True, help_text="基本合格、不合格的填写"
    )
    year_on = models.DateField(editable=False, null=True)
    total = models.PositiveIntegerField(null=True, editable=False)
    half = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "民主评议"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年度民主评议"


def _prepare(draft: Draft) -> None:
    year_day(draft)
    values = draft.values
    votes = [values[name] for name in ("excellent", "qualified", "basic", "unqualified")]
    values["total"] = None if None in votes else sum(votes)
    values["half"] = None if values["total"] is None else values["total"] // 2 + 1
    if values["grade"] == MemberAssessment.Grade.NONE and not values["reason"]:
        draft.wrong("不评定的原因", "不评定等次的须写明原因，如预备党员、领导干部参加民主生活会。")


KIND = LedgerKind(
    slug="assessments",
    title="民主评议党员",
    section="党内政治生活",
    titles=("党员民主评议汇总表", "民主评议党员", "民主评议党员汇总表", "民主评议党员登记表", "民主评议测评表", "党员民主评议表", "民主评议党员结果", "民主评议党员等次评定表", "民主评议党员结果登记表", "民主评议党员情况表", "民主评议党员情况汇总表"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    subject_of=("graded_at_polls",),
    model=MemberAssessment,
    asked=(
        "person", "year", "self_grade", "excellent", "qualified", "basic", "unqualified", "grade", "reason", "fed_back_on",
        "handling",
    ),
    listed=("year", "person", "excellent", "qualified", "basic", "unqualified", "grade", "fed_back_on"),
    day="year_on",
    around=("assessment-polls",),
    prepare=_prepare,
    items=("L32",),
    unique=("person", "year"),
    also_called={
        "支部定等": "评定等次", "定等": "评定等次", "组织定等": "评定等次",
        "组织评定等次": "评定等次", "评定档次": "评定等次", "评议档次": "评定等次", "评议定等": "评定等次",
        "优秀": "优秀票", "合格": "合格票", "基本合格": "基本合格票", "不合格": "不合格票", "支部评定等次": "评定等次", "评议等次": "评定等次", "评定结果": "评定等次", "评议结果": "评定等次", "年度": "所属年度",
        "优秀票数": "优秀票", "合格票数": "合格票", "基本合格票数": "基本合格票", "不合格票数": "不合格票", "自评等次": "自评", "自评结果": "自评", "自我评价": "自评", "个人自评": "自评", "自我评定": "自评",
        "评定意见": "评定等次", "综合评定等次": "评定等次", "组织评定": "评定等次", "支部评定": "评定等次", "评定": "评定等次", "评议等级": "评定等次", "评定等级": "评定等次", "最终等次": "评定等次", "等次": "评定等次",
        "党员姓名": "姓名", "被评议人": "姓名", "被测评人": "姓名", "处置意见": "处置措施", "反馈日期": "反馈本人日期",
        "被评议党员": "姓名", "评议对象": "姓名", "被评党员": "姓名", "被测评党员": "姓名", "自评档次": "自评", "自我评议": "自评", "个人自评等次": "自评", "自评情况": "自评", "本人自评": "自评", "自我评定等次": "自评",
        "个人评价": "自评", "个人自评结果": "自评", "自评等级": "自评", "党员自评": "自评", "优秀得票": "优秀票", "优秀得票数": "优秀票", "测评优秀": "优秀票", "合格得票": "合格票", "合格得票数": "合格票", "测评合格": "合格票",
        "基本合格得票": "基本合格票", "基本合格得票数": "基本合格票", "测评基本合格": "基本合格票", "不合格得票": "不合格票", "不合格得票数": "不合格票", "测评不合格": "不合格票", "综合评定": "评定等次", "组织评价": "评定等次",
        "支部评议等次": "评定等次", "支部评定意见": "评定等次", "民主评议等次": "评定等次", "评议结论": "评定等次", "最终评定等次": "评定等次", "评议结果等次": "评定等次", "党组织评定等次": "评定等次", "支部评价等次": "评定等次",
        "支委会评定等次": "评定等次", "确定等次": "评定等次", "综合等次": "评定等次", "不评定原因": "不评定的原因", "未评定原因": "不评定的原因", "不定等次原因": "不评定的原因", "未定等次原因": "不评定的原因", "不评定等次原因": "不评定的原因",
        "未评定等次原因": "不评定的原因", "结果反馈日期": "反馈本人日期", "告知本人日期": "反馈本人日期", "向本人反馈日期": "反馈本人日期", "处理意见": "处置措施", "处置情况": "处置措施", "处置结果": "处置措施", "组织处置": "处置措施",
        "处理措施": "处置措施", "组织处理": "处置措施",
    },
    facts=(
        entry_facts(
            "assessments", MemberAssessment, "person_id", "year", "year_on", "excellent", "qualified", "basic", "unqualified",
            "grade", "fed_back_on", "handling", "total", "half",
        ),
    ),
    example={"姓名": "示例甲", "所属年度": "2016", "自评": "合格", "优秀票": "20", "合格票": "10", "基本合格票": "0", "不合格票": "0", "评定等次": "优秀", "反馈本人日期": "2017-01-10"},
)  # fmt: skip
