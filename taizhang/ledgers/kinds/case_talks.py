"""发展党员谈话 (L17): talks of the branch with applicants, activists and targets."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.model_fields import NameField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class CaseTalk(Entry):
    """One talk."""

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    held_on = models.DateField("谈话日期")
    place = models.CharField("地点", max_length=60, blank=True)
    talker_name = NameField("谈话人", max_length=40)
    content = SealedTextField("谈话内容")
    mark = models.CharField(max_length=16, default="", editable=False)

    class Meta:
        verbose_name = "发展党员谈话"

    def __str__(self) -> str:
        """Day."""
        return f"{self.held_on}发展党员谈话"


def _prepare(draft: Draft) -> None:
    draft.values["mark"] = fingerprint(draft.values["content"])


KIND = LedgerKind(
    slug="case-talks",
    title="发展党员谈话记录",
    section="发展党员",
    titles=("与入党申请人谈话记录", "发展对象谈话记录", "预备党员谈话记录", "派人谈话记录", "发展党员谈话记录", "首次谈话记录", "入党申请人谈话记录", "入党谈话记录", "入党积极分子谈话记录", "同入党申请人谈话记录", "入党申请人谈话登记表", "同入党申请人谈话登记表", "与发展对象谈话记录", "与预备党员谈话记录", "与入党积极分子谈话记录", "入党前谈话记录"),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=CaseTalk,
    asked=("case", "held_on", "place", "talker_name", "content"),
    listed=("case", "held_on", "place", "talker_name"),
    day="held_on",
    prepare=_prepare,
    items=("L17",),
    facts=(entry_facts("case_talks", CaseTalk, "case_id", "held_on", "mark"),),
    also_called={
        "发展对象": "发展对象姓名", "预备党员": "发展对象姓名", "被谈对象": "发展对象姓名", "谈话人姓名": "谈话人", "谈话情况记录": "谈话内容",
        "申请人": "发展对象姓名", "入党申请人": "发展对象姓名", "谈话对象": "发展对象姓名", "姓名": "发展对象姓名", "被谈话人": "发展对象姓名", "申请人姓名": "发展对象姓名", "入党积极分子": "发展对象姓名",
        "积极分子": "发展对象姓名", "被谈话人姓名": "发展对象姓名", "谈话对象姓名": "发展对象姓名", "谈话地点": "地点", "时间": "谈话日期", "日期": "谈话日期", "谈话记录": "谈话内容", "谈话情况": "谈话内容",
        "内容": "谈话内容", "主要内容": "谈话内容", "谈话要点": "谈话内容", "谈话主要内容": "谈话内容",
        "被谈话对象": "发展对象姓名", "谈话对象（申请人）": "发展对象姓名", "入党申请人姓名": "发展对象姓名", "被谈话同志": "发展对象姓名", "谈话者": "谈话人", "谈话人员": "谈话人", "派出谈话人": "谈话人", "组织谈话人": "谈话人",
        "谈话同志": "谈话人", "谈话场所": "地点", "谈话主要情况": "谈话内容", "谈话纪要": "谈话内容", "谈话具体情况": "谈话内容", "谈话基本内容": "谈话内容", "谈话意见": "谈话内容", "谈话具体内容": "谈话内容",
        "谈话基本情况": "谈话内容", "谈话内容记录": "谈话内容",
    },
    example={"发展对象姓名": "示例丙", "谈话日期": "2017-03-20", "谈话人": "示例甲", "谈话内容": "了解入党动机……"},
)  # fmt: skip
