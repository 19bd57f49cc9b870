"""党建经费支出 (L35)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, SameEvent, entry_facts
from taizhang.ledgers.model_fields import MoneyField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class ExpenseEntry(Entry):
    """One expense, for one activity."""

    spent_on = models.DateField("支出日期")
    source = models.CharField(
        "经费来源",
        max_length=10,
        choices=[("unit", "单位预算"), ("fiscal", "财政"), ("dues", "党费下拨"), ("other", "其他")],
        blank=True,
    )
    category = models.CharField("项目", max_length=40)
    amount = MoneyField("金额")
    activity = models.CharField("对应活动", max_length=100, blank=True)
    activity_on = models.DateField("活动日期", null=True, blank=True)
    payee = models.CharField("收款方", max_length=80, blank=True)
    voucher_no = models.CharField("凭证号", max_length=40, blank=True)
    invoice_no = models.CharField("发票号", max_length=60, blank=True)
    handler = models.CharField("经办人", max_length=40, blank=True)
    approver = models.CharField("审批人", max_length=40, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    year = models.PositiveIntegerField(default=0, editable=False)
    month = models.PositiveIntegerField(default=0, editable=False)
    same_hands = models.BooleanField(default=False, editable=False)
    days_after = models.IntegerField(null=True, editable=False)
    days_before = models.IntegerField(null=True, editable=False)

    also_written: ClassVar = {
        "source": {
            "财政拨款": "财政",
            "下拨党费": "党费下拨",
            "上级下拨党费": "党费下拨",
            "党费返还": "党费下拨",
        },
    }

    class Meta:
        verbose_name = "党建经费支出"

    def __str__(self) -> str:
        """Day and category."""
        return f"{self.spent_on} {self.category}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    spent, activity = values["spent_on"], values["activity_on"]
    values["year"], values["month"] = spent.year, spent.month
    values["same_hands"] = bool(values["handler"]) and values["handler"] == values["approver"]
    values["days_before"] = (activity - spent).days if activity else None
    values["days_after"] = (spent - activity).days if activity else None


KIND = LedgerKind(
    told_blank=("source",),
    slug="expenses",
    title="党建经费支出",
    section="阵地和经费",
    titles=(
        "党建经费使用明细表", "党建经费使用台账", "党建活动经费使用明细", "经费使用明细账",
        "党建经费支出", "党建经费支出明细", "党建经费支出明细表", "党建经费支出登记表", "党建经费管理使用台账", "党建活动经费支出台账", "党建工作经费支出明细", "党组织活动经费支出明细表", "党建活动经费支出明细表", "党建工作经费支出台账"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(
        SameEvent(to="activities", day="activity_on"),
    ),
    search_names=(),
    model=ExpenseEntry,
    asked=(
        "spent_on", "source", "category", "amount", "activity", "activity_on", "payee", "voucher_no", "invoice_no", "handler",
        "approver", "remark",
    ),
    listed=("spent_on", "category", "amount", "activity", "payee", "voucher_no", "handler", "approver"),
    day="spent_on",
    prepare=_prepare,
    items=("L35", "L36"),
    also_called={
        "开支事项": "项目", "支付事项": "项目", "经费事项": "项目", "使用内容": "项目", "使用说明": "项目",
        "经办": "经办人", "经手人员": "经办人","支出事由": "项目", "使用事由": "项目", "开支项目": "项目", "开支内容": "项目", "费用项目": "项目",
        "摘要": "项目", "支出项目": "项目", "用途": "项目", "支出": "金额", "支出金额": "金额", "经手人": "经办人", "日期": "支出日期", "时间": "支出日期", "使用日期": "支出日期", "报销日期": "支出日期",
        "列支日期": "支出日期", "支出内容": "项目", "经费用途": "项目", "使用项目": "项目", "支出事项": "项目", "内容": "项目", "支出用途": "项目", "支出明细": "项目", "事由": "项目", "使用金额": "金额",
        "支出额": "金额", "金额元": "金额", "票据号": "发票号", "发票号码": "发票号", "票据编号": "发票号", "票据号码": "发票号", "票号": "发票号", "凭证编号": "凭证号", "凭证号码": "凭证号",
        "记账凭证号": "凭证号", "批准人": "审批人", "审核人": "审批人", "签批人": "审批人", "收款单位": "收款方", "收款人": "收款方", "资金来源": "经费来源", "来源": "经费来源", "报销人": "经办人",
        "说明": "备注",
        "开支日期": "支出日期", "付款日期": "支出日期", "报账日期": "支出日期", "支付日期": "支出日期", "支出年月日": "支出日期", "发生日期": "支出日期", "支出渠道": "经费来源", "开支渠道": "经费来源", "列支渠道": "经费来源",
        "经费渠道": "经费来源", "经费项目": "项目", "支出类别": "项目", "开支用途": "项目", "报销事由": "项目", "费用名称": "项目", "支出名称": "项目", "款项用途": "项目", "报销内容": "项目", "开支事由": "项目",
        "费用用途": "项目", "支付内容": "项目", "购买内容": "项目", "采购内容": "项目", "开支金额": "金额", "报销金额": "金额", "支付金额": "金额", "费用": "金额", "付款金额": "金额", "金额（人民币）": "金额",
        "开支": "金额", "发生额": "金额", "所属活动": "对应活动", "关联活动": "对应活动", "活动名称": "对应活动", "收款对象": "收款方", "供应商": "收款方", "销货单位": "收款方", "付款对象": "收款方", "收款户名": "收款方",
        "收款商家": "收款方", "供货单位": "收款方", "记账凭证": "凭证号", "凭证": "凭证号", "会计凭证号": "凭证号", "发票编号": "发票号", "发票": "发票号", "发票（收据）号": "发票号", "票据": "发票号", "经手": "经办人",
        "报账人": "经办人", "采购人": "经办人", "承办人": "经办人", "具体经办人": "经办人", "审批": "审批人", "审批领导": "审批人", "审签人": "审批人", "审批人签字": "审批人", "批准": "审批人",
    },
    not_taken=("收入", "余额", "结余"),
    second={"项目": {"用途": "对应活动", "资金用途": "对应活动", "支出用途": "对应活动", "摘要": "备注", "支出内容": "备注", "支出摘要": "备注"}},
    facts=(
        entry_facts(
            "expenses", ExpenseEntry, "spent_on", "year", "month", "source", "category", "amount", "activity", "activity_on",
            "payee", "voucher_no", "invoice_no", "handler", "approver", "same_hands", "days_after", "days_before",
        ),
    ),
    example={"支出日期": "2016-03-20", "项目": "活动", "金额": "560.00", "对应活动": "学雷锋志愿服务", "活动日期": "2016-03-05", "收款方": "示例文具店", "凭证号": "2016-03-0012", "发票号": "00012345", "经办人": "示例乙", "审批人": "示例甲"},
)  # fmt: skip
