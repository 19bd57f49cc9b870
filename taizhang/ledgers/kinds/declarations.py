"""不适用和零报告: what a branch declares instead of keeping a ledger, with its reason; counts once it is
confirmed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class Declaration(Entry):
    """What is "not applicable" or "nothing to report" for one item and some time."""

    class Kind(models.TextChoices):
        NOT_APPLICABLE = "not_applicable", "不适用"
        NOTHING = "nothing", "零报告（没有发生）"

    item = models.CharField(
        "台账项目", max_length=10, choices=[(f"L{n:02d}", f"L{n:02d}") for n in range(1, 37)]
    )
    kind = models.CharField("申报类别", max_length=20, choices=Kind)
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    reason = models.CharField("理由", max_length=200)
    declared_on = models.DateField("申报日期")
    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "不适用（零报告）申报"

    def __str__(self) -> str:
        """Item and kind."""
        return f"{self.item}{self.get_kind_display()}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    if values["to_on"] < values["from_on"]:
        draft.wrong("止", "早于起始日期。")
    values["year"] = values["from_on"].year
    values["confirmed_at"] = values["confirmed_by"] = None


KIND = LedgerKind(
    slug="declarations",
    title="不适用和零报告申报",
    section="专项",
    titles=("不适用和零报告申报", "零报告", "零报告申报表", "不适用申报表", "不适用情况说明", "零报告登记表", "零报告单", "零报告说明", "不适用申报", "不适用说明", "台账零报告", "零报告申报"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    awaits_confirmation=True,
    model=Declaration,
    asked=("item", "kind", "from_on", "to_on", "reason", "declared_on"),
    listed=("item", "kind", "from_on", "to_on", "reason", "declared_on"),
    day="from_on",
    prepare=_prepare,
    facts=(entry_facts("declarations", Declaration, "item", "kind", "from_on", "to_on", "confirmed_at"),),
    also_called={
        "项目": "台账项目", "台账名称": "台账项目", "类别": "申报类别", "申报类型": "申报类别", "申报理由": "理由", "原因": "理由", "情况说明": "理由", "说明": "理由", "起始日期": "起", "开始日期": "起",
        "截止日期": "止", "结束日期": "止",
        "台账项目编号": "台账项目", "项目编号": "台账项目", "台账编号": "台账项目", "事项编号": "台账项目", "台账项目（编号）": "台账项目", "申报种类": "申报类别", "类型": "申报类别", "申报情形": "申报类别", "报告类别": "申报类别",
        "期间": "起", "申报期间": "起", "起止日期": "起", "所属期间": "起", "申报时段": "起", "起日": "起", "适用期间": "起", "报告期间": "起", "起始": "起", "申报起始日期": "起", "起止": "起", "止日": "止",
        "截止": "止", "申报截止日期": "止", "具体原因": "理由", "零报告原因": "理由", "不适用原因": "理由", "不适用理由": "理由", "申报原因": "理由", "说明理由": "理由", "具体理由": "理由", "申报说明": "理由",
        "填报日期": "申报日期", "报告日期": "申报日期", "上报日期": "申报日期", "填表日期": "申报日期",
    },
    example={"台账项目": "L23", "申报类别": "零报告（没有发生）", "起": "2015-01-01", "止": "2018-10-25", "理由": "没有失联党员", "申报日期": "2018-09-10"},
    about="申报后须由上级党组织确认才算数；更正后须重新确认。",
)  # fmt: skip
