"""培训 (L17): classes for activists and the intensive training of development targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts, in_days
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class CaseTraining(Entry):
    """One class that a person went to."""

    class Kind(models.TextChoices):
        ACTIVIST = "activist", "入党积极分子培训班"
        TARGET = "target", "发展对象集中培训"
        PROBATIONARY = "probationary", "预备党员培训"

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField("培训类别", max_length=20, choices=Kind)
    name = models.CharField("培训班名称", max_length=100)
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期")
    hours = models.PositiveIntegerField("学时")
    certificate_no = models.CharField("结业证号", max_length=60, blank=True)
    days = models.PositiveIntegerField(default=0, editable=False)
    is_enough = models.BooleanField(default=True, editable=False)

    also_written: ClassVar = {
        "kind": {
            "入党积极分子培训": "入党积极分子培训班",
            "积极分子培训": "入党积极分子培训班",
            "积极分子培训班": "入党积极分子培训班",
            "发展对象培训": "发展对象集中培训",
            "发展对象培训班": "发展对象集中培训",
            "发展对象集中培训班": "发展对象集中培训",
            "预备党员培训班": "预备党员培训",
        },
    }

    class Meta:
        verbose_name = "发展对象培训"

    def __str__(self) -> str:
        """Name of the class."""
        return self.name


def _prepare(draft: Draft) -> None:
    in_days(draft, "from_on", "to_on", "结束日期", "开始日期")
    draft.values["days"] = max((draft.values["to_on"] - draft.values["from_on"]).days + 1, 0)
    draft.values["is_enough"] = draft.values["days"] >= 3 or draft.values["hours"] >= 24


KIND = LedgerKind(
    slug="case-trainings",
    title="积极分子和发展对象培训",
    section="发展党员",
    titles=(
        "结业证书",
        "发展对象集中培训登记表", "积极分子和发展对象培训", "入党积极分子培训登记表", "发展对象培训登记表", "培训结业证书", "积极分子培训登记表", "预备党员培训登记表", "入党培训登记表", "入党积极分子培训情况登记表", "发展对象培训情况登记表"),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=CaseTraining,
    asked=("case", "kind", "name", "from_on", "to_on", "hours", "certificate_no"),
    listed=("case", "kind", "name", "from_on", "to_on", "hours", "certificate_no"),
    day="from_on",
    prepare=_prepare,
    items=("L17",),
    facts=(entry_facts("case_trainings", CaseTraining, "case_id", "kind", "from_on", "to_on", "hours", "days", "is_enough", "certificate_no"),),
    also_called={
        "结业证书": "结业证号", "证书号码": "结业证号", "结业证编号": "结业证号", "培训课时": "学时", "总学时": "学时",
        "姓名": "发展对象姓名", "学员姓名": "发展对象姓名", "培训对象": "发展对象姓名", "参训人员": "发展对象姓名", "学员": "发展对象姓名", "类别": "培训类别", "培训类型": "培训类别", "培训名称": "培训班名称",
        "培训内容": "培训班名称", "培训班": "培训班名称", "班次名称": "培训班名称", "班次": "培训班名称", "培训开始时间": "开始日期", "起始时间": "开始日期", "起始日期": "开始日期", "培训开始日期": "开始日期",
        "培训结束时间": "结束日期", "培训结束日期": "结束日期", "培训学时": "学时", "课时": "学时", "结业证书编号": "结业证号", "证书编号": "结业证号", "结业证书号": "结业证号", "证书号": "结业证号",
        "参训人姓名": "发展对象姓名", "受训人": "发展对象姓名", "参训人": "发展对象姓名", "培训人员": "发展对象姓名", "参训学员": "发展对象姓名", "参训人员姓名": "发展对象姓名", "培训种类": "培训类别", "班次类别": "培训类别",
        "培训班类别": "培训类别", "培训班类型": "培训类别", "培训班名": "培训班名称", "培训项目": "培训班名称", "参加培训班名称": "培训班名称", "培训班次": "培训班名称", "培训班期次": "培训班名称", "期次": "培训班名称",
        "培训日期": "开始日期", "开班日期": "开始日期", "培训起止日期": "开始日期", "培训起止": "开始日期", "结业日期": "结束日期", "学时数": "学时", "培训时长": "学时", "学时合计": "学时", "课时数": "学时",
        "结业证书编码": "结业证号", "证号": "结业证号", "合格证号": "结业证号", "培训证号": "结业证号", "培训证书号": "结业证号", "合格证书编号": "结业证号",
    },
    example={"发展对象姓名": "示例丙", "培训类别": "入党积极分子培训班", "培训班名称": "2017年积极分子培训班", "开始日期": "2017-10-10", "结束日期": "2017-10-12", "学时": "24"},
)  # fmt: skip
