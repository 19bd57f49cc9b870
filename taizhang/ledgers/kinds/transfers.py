"""组织关系接转 (L21): the letter, its receipt, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models

from taizhang.kernel.calendar import plus_months
from taizhang.kernel.secret import SealedPhoneField
from taizhang.ledgers.kind import Leaving, LedgerKind, PaperForm, entry_facts, in_days
from taizhang.ledgers.model_fields import MonthField
from taizhang.ledgers.part import Draft
from taizhang.ledgers.written import lines
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Membership
from taizhang.orgs.models.people import person_key


class TransferRecord(Entry):
    """One transfer in or out."""

    class Direction(models.TextChoices):
        IN = "moved_in", "转入"
        OUT = "moved_out", "转出"
        BETWEEN = "regrouped", "支部间调整"
        KEPT = "kept", "保留"

    class Stage(models.TextChoices):
        PROBATIONARY = "probationary", "预备党员"
        FULL = "full", "正式党员"

    person = person_key()
    direction = models.CharField("接转类别", max_length=10, choices=Direction)
    letter_no = models.CharField("介绍信编号", max_length=60)
    issued_on = models.DateField("开出日期")
    issuer = models.CharField("开出单位", max_length=80)
    from_org = models.CharField("由何处", max_length=80)
    to_org = models.CharField("去何处", max_length=80)
    valid_days = models.PositiveIntegerField("有效期（天）")
    dues_paid_through = MonthField("党费交至")
    stage = models.CharField("党员类别", max_length=12, choices=Stage)
    received_on = models.DateField("接收日期", null=True, blank=True)
    receipt_on = models.DateField("回执日期", null=True, blank=True)
    receipt_by = models.CharField("回执经办人", max_length=40, blank=True)
    phone = SealedPhoneField("联系电话", blank=True)
    archive_checked = models.BooleanField("已核对党员档案", default=False)
    file_handed_on = models.DateField(
        "发展材料移交日期", null=True, blank=True, help_text="预备党员转接时填写"
    )
    remark = models.CharField("备注", max_length=200, blank=True)
    took_days = models.IntegerField(null=True, editable=False)
    receipt_due_on = models.DateField(null=True, editable=False)
    moved_on = models.DateField(null=True, editable=False)
    letter_series = models.CharField(max_length=60, default="", editable=False)
    letter_number = models.BigIntegerField(null=True, editable=False)

    also_written: ClassVar = {
        "direction": {
            "转进": "转入",
            "迁入": "转入",
            "迁出": "转出",
            "存根": "转出",
            "支部间转接": "支部间调整",
            "内部调整": "支部间调整",
        },
    }

    class Meta:
        verbose_name = "组织关系接转"

    def __str__(self) -> str:
        """Letter."""
        return f"{self.get_direction_display()} {self.letter_no}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    in_days(draft, "issued_on", "received_on", "接收日期", "开出日期")
    in_days(draft, "issued_on", "receipt_on", "回执日期", "开出日期")
    issued, received = values["issued_on"], values["received_on"]
    values["took_days"] = (received - issued).days if received else None
    out = values["direction"] == TransferRecord.Direction.OUT
    counted_from = received or issued + timedelta(days=min(values["valid_days"], 366))
    values["receipt_due_on"] = plus_months(counted_from, 1) if out else None
    values["moved_on"] = received or issued
    values["letter_series"], values["letter_number"] = lines.serial(values["letter_no"])


def _leaving(entry: TransferRecord) -> Leaving | None:
    """Until the other side has received him, he belongs to the branch that lets him go."""
    if entry.direction != TransferRecord.Direction.OUT:
        return None
    return Leaving(day=entry.received_on, reason=Membership.Left.MOVED_OUT)


KIND = LedgerKind(
    slug="transfers",
    title="党员组织关系接转",
    section="党员管理",
    titles=("党员组织关系接转", "组织关系接转登记", "组织关系接转登记表", "党员组织关系接转台账", "党员组织关系介绍信", "组织关系转接登记表", "组织关系介绍信", "党员组织关系转入登记表", "党员组织关系转出登记表", "党员组织关系转移登记表", "组织关系转移登记表"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=TransferRecord,
    asked=(
        "person", "direction", "letter_no", "issued_on", "issuer", "from_org", "to_org", "valid_days", "dues_paid_through",
        "stage", "received_on", "receipt_on", "receipt_by", "phone", "archive_checked", "file_handed_on", "remark",
    ),
    listed=("issued_on", "person", "direction", "letter_no", "from_org", "to_org", "received_on", "receipt_on"),
    day="issued_on",
    prepare=_prepare,
    leaving=_leaving,
    items=("L21",),
    unique=("letter_no",),
    also_called={
        "转到何处": "去何处", "转到": "去何处", "转入何处": "去何处", "到何处": "去何处", "去往何处": "去何处", "转往党支部名称": "去何处", "从何处": "由何处", "由何处转出": "由何处", "从何处转出": "由何处", "转自何处": "由何处", "人员类别": "党员类别", "政治面貌": "党员类别",
        "介绍信开具日期": "开出日期", "介绍信日期": "开出日期", "开出时间": "开出日期", "介绍信文号": "介绍信编号",
        "类别": "接转类别", "有效期": "有效期（天）", "经办人": "回执经办人", "接收/回执日期": "接收日期", "转出/转入": "接转类别", "转入/转出": "接转类别", "转接类别": "接转类别", "转入转出": "接转类别",
        "转接类型": "接转类别", "接转类型": "接转类别", "转移类别": "接转类别", "类型": "接转类别", "编号": "介绍信编号", "介绍信号": "介绍信编号", "介绍信号码": "介绍信编号", "介绍信号数": "介绍信编号",
        "介绍信字号": "介绍信编号", "开具日期": "开出日期", "转出日期": "开出日期", "转出时间": "开出日期", "开具时间": "开出日期", "日期": "开出日期", "开信日期": "开出日期", "办理日期": "开出日期",
        "开具单位": "开出单位", "出具单位": "开出单位", "开具党组织": "开出单位", "由何处转来": "由何处", "转出单位": "由何处", "转出党组织": "由何处", "原党组织": "由何处", "原所在党组织": "由何处",
        "转出支部": "由何处", "原单位": "由何处", "由何单位": "由何处", "转往何处": "去何处", "转入单位": "去何处", "转入党组织": "去何处", "转往单位": "去何处", "转入支部": "去何处", "去何单位": "去何处",
        "接收党组织": "去何处", "何处去": "去何处", "党费交到": "党费交至", "党费交纳至": "党费交至", "党费截至": "党费交至", "党费交纳截止": "党费交至", "转入日期": "接收日期", "接收时间": "接收日期",
        "转入时间": "接收日期", "报到日期": "接收日期", "回执时间": "回执日期", "收到回执日期": "回执日期", "党员身份": "党员类别", "党员性质": "党员类别", "正式或预备": "党员类别", "介绍信有效期": "有效期（天）",
        "说明": "备注",
        "接转方向": "接转类别", "转接方向": "接转类别", "转移方向": "接转类别", "流向": "接转类别", "转移类型": "接转类别", "转入或转出": "接转类别", "转出或转入": "接转类别", "介绍信编码": "介绍信编号", "信函编号": "介绍信编号",
        "存根号": "介绍信编号", "介绍信存根号": "介绍信编号", "介绍信序号": "介绍信编号", "开介绍信日期": "开出日期", "转接日期": "开出日期", "接转日期": "开出日期", "开出介绍信日期": "开出日期", "签发日期": "开出日期",
        "介绍信开出日期": "开出日期", "落款日期": "开出日期", "签发单位": "开出单位", "开信单位": "开出单位", "开具介绍信单位": "开出单位", "开出党组织": "开出单位", "介绍信开具单位": "开出单位", "介绍信开出单位": "开出单位",
        "开具组织": "开出单位", "原支部": "由何处", "原所在支部": "由何处", "原党支部": "由何处", "转出党支部": "由何处", "转出地": "由何处", "原隶属党组织": "由何处", "转自": "由何处", "原所属支部": "由何处",
        "转出组织": "由何处", "由何支部": "由何处", "原所在党支部": "由何处", "原组织关系所在党支部": "由何处", "转出单位党组织": "由何处", "从何处转来": "由何处", "原组织关系单位": "由何处", "现支部": "去何处", "现所在支部": "去何处",
        "转入党支部": "去何处", "转入地": "去何处", "转往党组织": "去何处", "现所在党组织": "去何处", "现党组织": "去何处", "现所在党支部": "去何处", "接收单位": "去何处", "接收支部": "去何处", "转至": "去何处", "转往": "去何处", "转向单位": "去何处", "去向": "去何处", "转往支部": "去何处",
        "转至单位": "去何处", "接收党支部": "去何处", "转入组织": "去何处", "现党支部": "去何处", "转往党支部": "去何处", "去向单位": "去何处", "转入单位党组织": "去何处", "转去何处": "去何处", "有效期限": "有效期（天）",
        "有效天数": "有效期（天）", "期限": "有效期（天）", "有效日期": "有效期（天）", "党费已交至": "党费交至", "党费交至月份": "党费交至", "党费交纳到": "党费交至", "党费交纳截止月份": "党费交至", "党费结算至": "党费交至",
        "党费收至": "党费交至", "党费交到月份": "党费交至", "党费已交纳至": "党费交至", "党费交纳截止时间": "党费交至", "党费交到何时": "党费交至", "党费交至何时": "党费交至", "党员类型": "党员类别", "预备或正式": "党员类别",
        "正式/预备": "党员类别", "转入登记日期": "接收日期", "到达日期": "接收日期", "落实日期": "接收日期", "落地日期": "接收日期", "接收报到日期": "接收日期", "接收登记日期": "接收日期", "回执收到日期": "回执日期",
        "回执返回日期": "回执日期", "回执寄回日期": "回执日期", "回执收回日期": "回执日期", "联系方式": "联系电话", "电话": "联系电话", "手机": "联系电话", "手机号": "联系电话", "手机号码": "联系电话", "电话号码": "联系电话",
        "本人联系电话": "联系电话",
    },
    facts=(
        entry_facts(
            "transfers", TransferRecord, "person_id", "direction", "letter_no", "issued_on", "valid_days", "dues_paid_through",
            "stage", "received_on", "receipt_on", "file_handed_on", "took_days", "receipt_due_on", "moved_on", "letter_series", "letter_number",
        ),
    ),
    example={
        "姓名": "示例甲", "接转类别": "转入", "介绍信编号": "示0012", "开出日期": "2016-08-25", "开出单位": "示例区委组织部", "由何处": "示例二校党支部",
        "去何处": "示例一校党支部", "有效期（天）": "30", "党费交至": "2016-08", "党员类别": "正式党员", "接收日期": "2016-09-01",
    },
)  # fmt: skip
