"""党费上缴 (L25.4): what of a quarter's dues went up to the superior, and what the branch kept."""

from __future__ import annotations

from datetime import date

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.model_fields import MoneyField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class DuesRemittance(Entry):
    """One remittance."""

    for_year = models.PositiveIntegerField("年度")
    for_quarter = models.PositiveIntegerField("季度")
    amount = MoneyField("上缴金额")
    kept = MoneyField("留存金额", default=0)
    remitted_on = models.DateField("上缴日期")
    receipt_no = models.CharField("上缴收据号", max_length=40, blank=True)
    received_by = models.CharField("收款党组织", max_length=60, blank=True)
    last_month = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = "党费上缴"

    def __str__(self) -> str:
        """The quarter."""
        return f"{self.for_year}年第{self.for_quarter}季度党费上缴"


def _prepare(draft: Draft) -> None:
    values = draft.values
    if not 1949 <= values["for_year"] <= 2100:
        draft.wrong("年度", f"“{values['for_year']}”不是年份。")
    elif not 1 <= values["for_quarter"] <= 4:
        draft.wrong("季度", "应为1至4。")
    else:
        values["last_month"] = date(values["for_year"], values["for_quarter"] * 3, 1)


KIND = LedgerKind(
    slug="dues-remittances",
    title="党费上缴登记",
    section="党费",
    titles=("党费上缴登记", "党费上缴登记表", "党费上缴收据", "党费上缴统计表", "上缴党费登记表", "党费上缴明细表", "党费上缴情况表", "上缴党费情况表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=DuesRemittance,
    asked=("for_year", "for_quarter", "amount", "kept", "remitted_on", "receipt_no", "received_by"),
    listed=("for_year", "for_quarter", "amount", "kept", "remitted_on", "receipt_no"),
    day="remitted_on",
    prepare=_prepare,
    items=("L25",),
    unique=("for_year", "for_quarter"),
    facts=(entry_facts("dues_remittances", DuesRemittance, "amount", "kept", "remitted_on", "last_month"),),
    also_called={
        "缴纳季度": "季度",
        "所属年度": "年度", "所属季度": "季度", "上缴党费": "上缴金额", "上交党费": "上缴金额", "金额": "上缴金额", "上缴数额": "上缴金额", "上缴总额": "上缴金额", "上缴党费金额": "上缴金额", "日期": "上缴日期",
        "时间": "上缴日期", "上缴时间": "上缴日期", "收据编号": "上缴收据号", "收据号": "上缴收据号", "票据号": "上缴收据号", "收据号码": "上缴收据号", "票据编号": "上缴收据号", "收款单位": "收款党组织",
        "接收单位": "收款党组织", "上级党组织": "收款党组织", "收缴单位": "收款党组织", "留存党费": "留存金额", "留存": "留存金额",
        "上缴季度": "季度", "党费季度": "季度", "费款所属季度": "季度", "党费所属季度": "季度", "上缴额": "上缴金额", "上缴款": "上缴金额", "上缴党费数额": "上缴金额", "上缴党费额": "上缴金额", "实际上缴金额": "上缴金额",
        "上交金额": "上缴金额", "上交数额": "上缴金额", "留用": "留存金额", "留用金额": "留存金额", "留用党费": "留存金额", "支部留存": "留存金额", "留成": "留存金额", "自留": "留存金额", "留存数额": "留存金额",
        "支部留用": "留存金额", "留存额": "留存金额", "支部留存金额": "留存金额", "上交日期": "上缴日期", "缴款日期": "上缴日期", "缴款凭证号": "上缴收据号", "上缴票据号": "上缴收据号", "凭证号": "上缴收据号", "缴款单号": "上缴收据号",
        "收据编码": "上缴收据号", "收款党委": "收款党组织", "收款人": "收款党组织", "接收党组织": "收款党组织", "收款方": "收款党组织", "上级党组织名称": "收款党组织",
    },
    example={
        "年度": "2016", "季度": "1", "上缴金额": "3600.00", "留存金额": "0", "上缴日期": "2016-04-08", "上缴收据号": "S000123",
    },
)  # fmt: skip
