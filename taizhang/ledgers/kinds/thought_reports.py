"""思想汇报 (L17)."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.calendar import label_of
from taizhang.kernel.text import fingerprint, wording
from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.rules.marks import COMPARED_FROM


class ThoughtReport(Entry):
    """One report of an activist or a probationary member."""

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_on = models.DateField("汇报日期")
    title = models.CharField("题目", max_length=100, blank=True)
    text = models.TextField("汇报内容")
    window = models.CharField(max_length=7, default="", editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)
    """Of a text too short for its sketch."""

    class Meta:
        verbose_name = "思想汇报"

    def __str__(self) -> str:
        """Day."""
        return f"{self.written_on}思想汇报"


def _prepare(draft: Draft) -> None:
    draft.values["window"] = label_of("quarter", draft.values["written_on"])
    text = draft.values["text"]
    draft.values["mark"] = fingerprint(text) if len(wording(text)) < COMPARED_FROM else ""


KIND = LedgerKind(
    slug="thought-reports",
    title="思想汇报",
    section="发展党员",
    titles=("思想汇报", "思想汇报登记表"),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=ThoughtReport,
    asked=("case", "written_on", "title", "text"),
    listed=("case", "written_on", "title"),
    day="written_on",
    prepare=_prepare,
    texts=("title",),
    items=("L17",),
    facts=(entry_facts("thought_reports", ThoughtReport, "case_id", "written_on", "window", "mark"),),
    also_called={
        "汇报人": "发展对象姓名", "姓名": "发展对象姓名", "汇报人姓名": "发展对象姓名", "日期": "汇报日期", "时间": "汇报日期", "标题": "题目", "汇报题目": "题目", "汇报主题": "题目", "内容": "汇报内容",
        "正文": "汇报内容", "主要内容": "汇报内容", "汇报主要内容": "汇报内容",
        "汇报人员": "发展对象姓名", "撰写人": "发展对象姓名", "汇报同志": "发展对象姓名", "撰写日期": "汇报日期", "书写日期": "汇报日期", "递交日期": "汇报日期", "提交日期": "汇报日期", "汇报情况": "汇报内容",
        "思想汇报内容": "汇报内容", "汇报正文": "汇报内容", "报告内容": "汇报内容",
    },
    example={"发展对象姓名": "示例丙", "汇报日期": "2017-09-30", "题目": "三季度思想汇报", "汇报内容": "敬爱的党组织：……"},
)  # fmt: skip
