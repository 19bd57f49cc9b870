"""党费减免 (L25, DUES-10): who pays less or nothing, from when to when, by whose decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import FactTable, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.model_fields import MonthField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class DuesExemption(Entry):
    """Months for which a member pays less or nothing."""

    class Kind(models.TextChoices):
        REDUCED = "reduced", "少交"
        EXEMPT = "exempt", "免交"

    person = person_key()
    kind = models.CharField("类别", max_length=10, choices=Kind)
    from_month = MonthField("起始月份")
    to_month = MonthField("截止月份")
    decided_on = models.DateField("支部决定日期")
    approval = models.CharField("上级批准文号", max_length=60, blank=True)

    also_written: ClassVar = {
        "kind": {"少缴": "少交", "免缴": "免交", "减交": "少交", "减缴": "少交"},
    }

    class Meta:
        verbose_name = "党费减免"

    def __str__(self) -> str:
        """The person's name."""
        return f"{self.person.name}{self.get_kind_display()}党费"


class ExemptMonth(models.Model):
    """One month of an exemption."""

    exemption = models.ForeignKey(DuesExemption, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()

    class Meta:
        verbose_name = "减免月份"

    def __str__(self) -> str:
        """The month."""
        return f"{self.month:%Y-%m}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    first, last = values["from_month"], values["to_month"]
    n = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= n <= 120:
        draft.wrong("截止月份", "应不早于起始月份，且不超过十年。")


def _stored(entry: DuesExemption, draft: Draft, actor: object, now: object) -> None:
    del draft, actor, now
    entry.months.all().delete()
    first, last = entry.from_month, entry.to_month
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ExemptMonth.objects.bulk_create(
        ExemptMonth(exemption=entry, month=f"{at // 12:04d}-{at % 12 + 1:02d}-01") for at in months
    )


KIND = LedgerKind(
    slug="dues-exemptions",
    title="党费减免登记",
    section="党费",
    titles=(
        "少交党费", "免交党费", "减免党费", "少交党费的决定", "免交党费的决定", "党费减免的决定",
        "党费减免登记", "党费减免登记表", "党费减免申请表", "少交免交党费审批表", "党费减免审批表", "党费少交免交登记表", "少交免交党费登记表", "党费减免情况登记表"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_month"),
    model=DuesExemption,
    asked=("person", "kind", "from_month", "to_month", "decided_on", "approval"),
    listed=("person", "kind", "from_month", "to_month", "decided_on", "approval"),
    day="from_month",
    prepare=_prepare,
    stored=_stored,
    items=("L25",),
    facts=(
        entry_facts("dues_exemptions", DuesExemption, "person_id", "kind", "from_month", "decided_on", "approval"),
        FactTable(
            name="exempt_months",
            model=ExemptMonth,
            columns={
                "id": "exemption_id", "branch_id": "exemption__branch_id", "person_id": "exemption__person_id",
                "month": "month", "kind": "exemption__kind",
            },
            where={"exemption__withdrawn_at__isnull": True},
        ),
    ),
    also_called={
        "申请人": "姓名", "减免对象": "姓名", "减免党员": "姓名", "申请党员": "姓名", "支部意见": "支部决定日期", "支部大会意见": "支部决定日期", "支部决议": "支部决定日期",
        "申请类别": "类别", "申请期限": "起始月份", "申请减免期限": "起始月份", "申请时间段": "起始月份", "申请减免类别": "类别", "减免类别": "类别", "减免类型": "类别", "减免方式": "类别", "减免开始月份": "起始月份", "开始月份": "起始月份", "起始时间": "起始月份", "减免截止月份": "截止月份", "结束月份": "截止月份", "截止时间": "截止月份",
        "决定日期": "支部决定日期", "支部研究日期": "支部决定日期", "支部大会日期": "支部决定日期", "支部通过日期": "支部决定日期", "批准文号": "上级批准文号", "批复文号": "上级批准文号",
        "少交或免交": "类别", "少交/免交": "类别", "减免情形": "类别", "减免形式": "类别", "减/免": "类别", "类型": "类别", "减免种类": "类别", "少交免交": "类别", "减免类": "类别", "减交或免交": "类别",
        "少交、免交": "类别", "起止月份": "起始月份", "减免期限": "起始月份", "减免时间": "起始月份", "减免期间": "起始月份", "起止年月": "起始月份", "减免时段": "起始月份", "减免月份": "起始月份", "减免起始月份": "起始月份",
        "起始年月": "起始月份", "开始年月": "起始月份", "减免起止月份": "起始月份", "减免起始年月": "起始月份", "减免起始时间": "起始月份", "起月": "起始月份", "减免起月": "起始月份", "终止月份": "截止月份", "截止年月": "截止月份",
        "结束年月": "截止月份", "减免结束时间": "截止月份", "减免截止时间": "截止月份", "减免终止月份": "截止月份", "终止时间": "截止月份", "止月": "截止月份", "减免止月": "截止月份", "结束时间": "截止月份",
        "支委会研究日期": "支部决定日期", "支委会讨论日期": "支部决定日期", "支部讨论日期": "支部决定日期", "研究日期": "支部决定日期", "讨论通过日期": "支部决定日期", "支委会决定日期": "支部决定日期", "支部决定": "支部决定日期", "支部会议日期": "支部决定日期",
        "通过日期": "支部决定日期", "上级批复文号": "上级批准文号", "上级党委批准文号": "上级批准文号", "批准文件号": "上级批准文号", "审批文号": "上级批准文号", "上级批准文件": "上级批准文号",
    },
    example={
        "姓名": "示例甲", "类别": "免交", "起始月份": "2016-03", "截止月份": "2016-08", "支部决定日期": "2016-02-25",
    },
)  # fmt: skip
