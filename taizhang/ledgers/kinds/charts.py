"""组织架构图 (L14): kept versions of the chart that follows from posts and groups."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.entry import Entry


class ChartVersion(Entry):
    """A chart that was printed or hung up, and from which day it holds."""

    valid_from = models.DateField("启用日期")
    remark = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "组织架构图"

    def __str__(self) -> str:
        """The day."""
        return f"{self.valid_from}架构图"


KIND = LedgerKind(
    slug="charts",
    title="组织架构图版本",
    section="班子建设",
    titles=(
        "组织架构图版本",
        "组织架构图",
        "组织机构架构图",
        "党支部组织架构图",
        "党组织架构图",
        "组织机构图",
        "党支部组织机构图",
        "组织网络图",
        "党支部组织结构图",
        "组织结构图",
        "党支部架构图",
        "党支部组织网络图",
    ),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CHART,
    same_event=(),
    search_names=(),
    lasting=Lasting(replaced=True),
    model=ChartVersion,
    asked=("valid_from", "remark"),
    listed=("valid_from", "remark"),
    day="valid_from",
    items=("L14",),
    facts=(entry_facts("charts", ChartVersion, "valid_from"),),
    also_called={
        "日期": "启用日期",
        "绘制日期": "启用日期",
        "备注": "说明",
        "更新日期": "启用日期",
        "版本日期": "启用日期",
        "制作日期": "启用日期",
        "制图日期": "启用日期",
        "编制日期": "启用日期",
        "制定日期": "启用日期",
        "调整日期": "启用日期",
        "生效日期": "启用日期",
        "修订日期": "启用日期",
        "版本说明": "说明",
        "更新说明": "说明",
        "变更说明": "说明",
        "调整说明": "说明",
        "变更原因": "说明",
        "更新原因": "说明",
        "调整原因": "说明",
        "修订说明": "说明",
        "修订原因": "说明",
    },
    example={"启用日期": "2015-09-25", "说明": "换届后更新并上墙"},
    about="架构图由支委任职和党小组自动生成；启用新版时在此登记一行。",
)
