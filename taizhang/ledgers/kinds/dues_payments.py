"""党费收缴 (L25): what was paid for which month, when, how and against which receipt."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.kernel.calendar import month_end
from taizhang.ledgers.kind import (
    Entering,
    LedgerKind,
    OwnPage,
    PaperForm,
    Spread,
    by_years,
    entry_facts,
)
from taizhang.ledgers.model_fields import MoneyField, MonthField
from taizhang.ledgers.part import Draft
from taizhang.ledgers.parts import months as dues_sheet
from taizhang.ledgers.parts import spread
from taizhang.ledgers.written import lines
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class DuesPayment(Entry):
    """One member's dues for one month."""

    class Method(models.TextChoices):
        CASH = "cash", "现金"
        TRANSFER = "transfer", "转账"
        ELECTRONIC = "electronic", "电子"

    person = person_key()
    month = MonthField("月份")
    amount = MoneyField("金额")
    paid_on = models.DateField("交纳日期")
    method = models.CharField("方式", max_length=20, choices=Method, blank=True)
    collector = person_key(null=True, label="收缴人")
    receipt_no = models.CharField("收据号", max_length=40, blank=True)
    remark = models.CharField("备注", max_length=100, blank=True)
    year = models.PositiveIntegerField(default=0, editable=False)
    days_late = models.IntegerField(default=0, editable=False)
    days_early = models.IntegerField(default=0, editable=False)
    receipt_series = models.CharField(max_length=40, default="", editable=False)
    receipt_number = models.BigIntegerField(null=True, editable=False)

    also_written: ClassVar = {
        "method": {
            "现金缴纳": "现金",
            "现金交纳": "现金",
            "银行转账": "转账",
            "转帐": "转账",
            "微信": "电子",
            "微信支付": "电子",
            "支付宝支付": "电子",
            "网上缴费": "电子",
            "网上支付": "电子",
            "线上缴费": "电子",
            "扫码": "电子",
            "支付宝": "电子",
            "微信转账": "电子",
            "线上": "电子",
            "线上缴纳": "电子",
            "网上缴纳": "电子",
            "电子支付": "电子",
        },
    }

    class Meta:
        verbose_name = "党费收缴"
        indexes = [models.Index(fields=("branch", "month")), models.Index(fields=("-month", "-id"))]

    def __str__(self) -> str:
        """Name and month."""
        return f"{self.person.name}{self.month:%Y-%m}党费"


def _prepare(draft: Draft) -> None:
    values = draft.values
    month, paid = values["month"], values["paid_on"]
    values["year"] = month.year
    values["days_late"] = (paid - month_end(month)).days
    values["days_early"] = (month - paid).days
    values["receipt_series"], values["receipt_number"] = lines.serial(values["receipt_no"])


KIND = LedgerKind(
    told_blank=("method",),
    slug="dues-payments",
    title="党费收缴台账",
    section="党费",
    titles=(
        "交纳党费登记表", "党员交纳党费登记表", "交纳党费情况", "缴纳党费明细",
        "党费收缴登记簿", "党费缴纳登记簿", "党费收缴台账", "党费收缴登记表", "党费收缴明细表", "党费缴纳登记表", "党费收缴表"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.DUES,
    same_event=(),
    search_names=(),
    makes=("dues_settled",),
    entering=Entering(pages=(OwnPage(url="ledgers:dues-month", label="按月登记", enters=True),)),
    model=DuesPayment,
    asked=("person", "month", "amount", "paid_on", "method", "collector", "receipt_no", "remark"),
    listed=("month", "person", "amount", "paid_on", "method", "collector", "receipt_no"),
    day="month",
    prepare=_prepare,
    items=("L25",),
    unique=("person", "month"),
    unfold=dues_sheet.unfold,
    unfolded=tuple(dues_sheet.HEADERS),
    unfolds_where=("党费", "应交", "实交", "已交", "月交", "交纳", "交费", "缴", "收费"),
    spread=Spread(beside=spread.BESIDE, rows=spread.rows, due=spread.due_in),
    tells_of={"dues-assessments": ("base", "monthly_due")},
    indexed=False,
    not_taken=("月应交", "计算基数", "应交金额", "应交"),
    also_called={
        "交纳人": "姓名", "交费金额": "金额", "交费日期": "交纳日期", "交费月份": "月份", "收款人": "收缴人", "实交": "金额", "实交金额": "金额", "交纳时间": "交纳日期", "收据编号": "收据号", "交纳方式": "方式",
        "党员姓名": "姓名", "交费人": "姓名", "缴费党员": "姓名", "实交党费": "金额", "实交额": "金额", "交费额": "金额", "交纳金额": "金额", "实收金额": "金额", "已交金额": "金额", "交纳数额": "金额",
        "党费金额": "金额", "交纳党费": "金额", "实交党费额": "金额", "本月交费": "金额", "日期": "交纳日期", "收缴日期": "交纳日期", "收费日期": "交纳日期", "收款日期": "交纳日期", "时间": "交纳日期",
        "所属月份": "月份", "党费月份": "月份", "费款所属月份": "月份", "交纳月份": "月份", "经办人": "收缴人", "收费人": "收缴人", "经手人": "收缴人", "收款经办人": "收缴人", "经收人": "收缴人", "收党费人": "收缴人", "收缴责任人": "收缴人",
        "票据号": "收据号", "票号": "收据号", "收据号码": "收据号", "交费方式": "方式", "支付方式": "方式", "收缴方式": "方式", "缴费形式": "方式", "说明": "备注",
        "交费党员": "姓名", "交纳党员": "姓名", "交党费人": "姓名", "党员": "姓名", "交费所属月": "月份", "所属期": "月份", "费款月份": "月份", "党费所属期": "月份", "所属年月": "月份", "年月": "月份",
        "交纳所属月份": "月份", "党费所属月份": "月份", "所属月": "月份", "收缴金额": "金额", "交费数额": "金额", "收费金额": "金额", "党费": "金额", "党费数额": "金额", "实收党费": "金额", "已交党费": "金额",
        "实收": "金额", "交款金额": "金额", "交来金额": "金额", "实收数": "金额", "实交数": "金额", "实交数额": "金额", "交纳途径": "方式", "交款方式": "方式", "收款方式": "方式", "交费途径": "方式", "收取方式": "方式",
        "收取人": "收缴人", "党费收缴员": "收缴人", "收缴员": "收缴人", "代收人": "收缴人", "收费员": "收缴人", "收款者": "收缴人", "凭证号": "收据号", "收据编码": "收据号", "收据": "收据号", "票据编号": "收据号",
        "收据No": "收据号",
    },
    facts=(
        by_years(
            entry_facts(
                "dues_payments", DuesPayment, "person_id", "month", "year", "amount", "paid_on", "collector_id", "receipt_no",
                "days_late", "days_early", "receipt_series", "receipt_number",
            ),
            "month", "paid_on",
        ),
    ),
    example={
        "姓名": "示例甲", "月份": "2016-03", "金额": "78.00", "交纳日期": "2016-03-10", "方式": "现金", "收缴人": "示例乙",
        "收据号": "0001236",
    },
)  # fmt: skip
