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
    titles=("党建经费使用情况", "党建经费使用情况表", "党建经费决算", "党建经费收支情况表", "党建经费使用情况汇总表", "党建工作经费使用情况", "党建活动经费使用情况", "党建经费使用情况说明", "党组织活动经费使用情况", "党建经费收支情况", "党建经费使用情况报告", "党建经费收支情况报告", "党建经费决算报告", "党建工作经费使用情况报告", "党建活动经费使用情况报告", "党组织活动经费使用情况报告", "党建工作经费收支情况报告", "党支部经费使用情况报告", "党支部经费收支情况报告", "党支部活动经费使用情况报告", "支部工作经费使用情况报告", "党支部经费使用情况", "党支部经费收支情况", "党建经费使用情况总结", "党建经费收支情况说明"),
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
    also_called={
        "预算经费": "预算金额", "本年度预算": "预算金额", "本年度预算经费": "预算金额", "年度经费预算": "预算金额", "到账": "本年收入", "实际到账": "本年收入", "到账金额": "本年收入", "本年到账": "本年收入", "拨入经费": "本年收入", "拨入": "本年收入",
        "上年结余": "年初余额", "上年结转": "年初余额", "期初余额": "年初余额", "收入合计": "本年收入", "收入总额": "本年收入", "全年收入": "本年收入", "收入": "本年收入", "支出合计": "本年支出", "支出总额": "本年支出",
        "全年支出": "本年支出", "支出": "本年支出", "结余": "年末余额", "年末结余": "年末余额", "期末余额": "年末余额", "余额": "年末余额", "年度预算": "预算金额", "预算": "预算金额", "预算总额": "预算金额",
        "使用说明": "使用情况说明", "情况说明": "使用情况说明", "说明": "使用情况说明",
        "上年度结转": "年初余额", "上年度余额": "年初余额", "上年末结余": "年初余额", "上年底结余": "年初余额", "年底余额": "年末余额", "年底结余": "年末余额", "年底结存": "年末余额",
        "上年余额": "年初余额", "年初结余": "年初余额", "上年结转资金": "年初余额", "年初结转": "年初余额", "上年度结余": "年初余额", "期初结余": "年初余额", "上年末余额": "年初余额", "年初数": "年初余额", "收入金额": "本年收入",
        "本年收入合计": "本年收入", "全年收入合计": "本年收入", "年收入": "本年收入", "收入总计": "本年收入", "本年度收入": "本年收入", "当年收入": "本年收入", "年度收入": "本年收入", "支出金额": "本年支出", "本年支出合计": "本年支出",
        "全年支出合计": "本年支出", "支出总计": "本年支出", "年支出": "本年支出", "本年度支出": "本年支出", "当年支出": "本年支出", "年度支出": "本年支出", "实际支出": "本年支出", "年末结存": "年末余额", "期末结余": "年末余额",
        "本年结余": "年末余额", "年终余额": "年末余额", "年终结余": "年末余额", "结余金额": "年末余额", "累计结余": "年末余额", "结转下年": "年末余额", "年末数": "年末余额", "当年结余": "年末余额", "预算数": "预算金额",
        "年度预算金额": "预算金额", "本年预算": "预算金额", "全年预算": "预算金额", "当年预算": "预算金额", "预算安排": "预算金额", "使用情况": "使用情况说明", "经费使用情况": "使用情况说明", "经费使用说明": "使用情况说明",
        "支出说明": "使用情况说明", "主要用途": "使用情况说明", "支出情况": "使用情况说明", "支出情况说明": "使用情况说明", "使用情况及说明": "使用情况说明", "主要支出情况": "使用情况说明", "资金使用情况": "使用情况说明",
        "是否分开记账": "党费与党建经费分开记账", "党费与党建经费是否分开记账": "党费与党建经费分开记账", "是否分账": "党费与党建经费分开记账", "是否分开核算": "党费与党建经费分开记账", "分开记账": "党费与党建经费分开记账",
    },
    example={"年度": "2016", "年初余额": "0", "本年收入": "8000", "本年支出": "7560", "年末余额": "440", "预算金额": "8000"},
)  # fmt: skip
