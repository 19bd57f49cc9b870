"""党建工作经费使用情况 (L36): what there was, what came, what went, what is left."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, year_day
from taizhang.ledgers.model_fields import MoneyField
from taizhang.orgs.entry import Entry


class FundUseSummary(Entry):
    """The account of one year."""

    year = models.PositiveIntegerField("年度")
    opening = MoneyField("年初余额")
    income = MoneyField("本年收入")
    expense = MoneyField("本年支出")
    closing = MoneyField("年末余额")
    planned = MoneyField("预算金额")
    note = models.TextField("使用情况说明", blank=True)
    separate_accounts = models.BooleanField("党费与党建经费分开记账", null=True, blank=True)
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "党建经费使用情况"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年党建经费使用情况"


KIND = LedgerKind(
    told_blank=("separate_accounts",),
    slug="fund-summaries",
    title="党建经费使用情况",
    section="阵地和经费",
    titles=("党建经费使用情况", "党建经费使用情况表", "党建经费决算", "党建经费收支情况表", "党建经费使用情况汇总表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=FundUseSummary,
    asked=("year", "opening", "income", "expense", "closing", "planned", "note", "separate_accounts"),
    listed=("year", "opening", "income", "expense", "closing", "planned"),
    day="year_on",
    prepare=year_day,
    items=("L36",),
    unique=("year",),
    facts=(
        entry_facts(
            "fund_summaries", FundUseSummary, "year", "year_on", "opening", "income", "expense", "closing", "planned",
            "separate_accounts",
        ),
    ),
    example={"年度": "2016", "年初余额": "0", "本年收入": "8000", "本年支出": "7560", "年末余额": "440", "预算金额": "8000"},
)  # fmt: skip
