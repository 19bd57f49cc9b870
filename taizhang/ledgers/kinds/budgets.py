"""党建经费预算 (L35): a year's money by its own line, and the items within it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, part_facts, year_day
from taizhang.ledgers.model_fields import MoneyField
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.orgs.entry import Entry


class PartyBudget(Entry):
    """The budget of a year."""

    class Source(models.TextChoices):
        UNIT = "unit", "单位预算"
        FISCAL = "fiscal", "财政"
        DUES = "dues", "党费下拨"
        OTHER = "other", "其他"

    also_written: ClassVar = {
        "source": {
            "财政拨款": "财政",
            "财政预算": "财政",
            "下拨党费": "党费下拨",
            "上级下拨党费": "党费下拨",
            "党费返还": "党费下拨",
        },
    }

    year = models.PositiveIntegerField("年度")
    source = models.CharField("经费来源", max_length=10, choices=Source)
    amount = MoneyField("预算金额")
    carried_over = MoneyField("上年结转", default=0)
    approved_by = models.CharField("批准单位（人）", max_length=60, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    year_on = models.DateField(editable=False, null=True)
    items_total = models.BigIntegerField(default=0, editable=False)
    n_items = models.PositiveIntegerField(default=0, editable=False)
    available = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "党建经费预算"

    def __str__(self) -> str:
        """The year."""
        return f"{self.year}年党建经费预算（{self.get_source_display()}）"


class BudgetItem(models.Model):
    """One line of the budget."""

    budget = models.ForeignKey(PartyBudget, on_delete=models.CASCADE, related_name="items")
    category = models.CharField("项目", max_length=40)
    amount = MoneyField("金额", null=True)

    class Meta:
        verbose_name = "预算项目"

    def __str__(self) -> str:
        """The category."""
        return self.category


_WRITING = labelled(BudgetItem, "category", {"金额": "amount"}, "预算项目")


def _prepare(draft: Draft) -> None:
    year_day(draft)
    values, rows = draft.values, draft.parts.get("items", [])
    values["items_total"] = sum(row.get("amount") or 0 for row in rows)
    values["n_items"] = len(rows)
    values["available"] = values["amount"] + (values["carried_over"] or 0)


KIND = LedgerKind(
    slug="budgets",
    title="党建经费预算",
    section="阵地和经费",
    titles=("党建经费预算", "党建工作经费预算", "党建经费预算表", "党建经费年度预算", "党建工作经费预算表", "党建经费预算方案", "党建活动经费预算", "党建活动经费预算表", "党组织活动经费预算表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=PartyBudget,
    asked=("year", "source", "amount", "carried_over", "approved_by", "approved_on"),
    listed=("year", "source", "amount", "carried_over", "approved_by", "approved_on"),
    day="year_on",
    prepare=_prepare,
    items=("L35", "L36"),
    unique=("year", "source"),
    parts=(
        Part(
            name="items", label="预算项目", model=BudgetItem, owner="budget", writing=_WRITING, is_plan=True, lines=4,
            hint="每项一行，如：教育培训（金额：3000）",
            sheet=PartSheet(
                heads=("项目", "预算项目", "支出项目", "用途", "内容", "支出内容", "经费项目", "项目名称", "预算内容", "支出类别", "费用项目", "用款项目", "经费用途"),
                columns={"金额": ("金额", "预算金额", "预算", "预算数", "预算经费", "经费预算", "预算额", "计划金额", "安排金额")}, total="amount",
            ),
        ),
    ),
    facts=(
        entry_facts("budgets", PartyBudget, "year", "year_on", "source", "amount", "carried_over", "available", "items_total", "n_items"),
        part_facts("budget_items", BudgetItem, "budget", "category", "amount", year="budget__year", source="budget__source", on="budget__year_on"),
    ),
    also_called={
        "预算总额": "预算金额", "总金额": "预算金额", "预算总金额": "预算金额", "合计金额": "预算金额", "经费总额": "预算金额", "资金来源": "经费来源", "来源": "经费来源", "批准人": "批准单位（人）",
        "审批人": "批准单位（人）", "批准单位": "批准单位（人）", "审批单位": "批准单位（人）", "审批日期": "批准日期", "上年结余": "上年结转", "项目": "预算项目", "预算明细": "预算项目",
        "经费渠道": "经费来源", "资金渠道": "经费来源", "经费出处": "经费来源", "预算总计": "预算金额", "预算合计": "预算金额", "年度预算": "预算金额", "预算数": "预算金额", "总预算": "预算金额", "预算总数": "预算金额",
        "全年预算": "预算金额", "预算经费": "预算金额", "年度预算总额": "预算金额", "经费预算总额": "预算金额", "合计": "预算金额", "上年结转资金": "上年结转", "结转金额": "上年结转", "上年结转金额": "上年结转", "结转资金": "上年结转",
        "上年度结转": "上年结转", "上年度结余": "上年结转", "上年结转经费": "上年结转", "上年余额": "上年结转", "批准者": "批准单位（人）", "审批领导": "批准单位（人）", "签批人": "批准单位（人）", "审核人": "批准单位（人）",
        "审定人": "批准单位（人）", "批准机关": "批准单位（人）",
    },
    example={"年度": "2016", "经费来源": "单位预算", "预算金额": "8000", "批准单位（人）": "校务会", "预算项目": "教育培训（金额：3000）\n活动（金额：5000）"},
)  # fmt: skip
