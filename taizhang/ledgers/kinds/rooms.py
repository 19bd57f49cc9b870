"""党员活动室 (L34)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.entry import Entry


class ActivityRoom(Entry):
    """One room of the branch."""

    name = models.CharField("活动室名称", max_length=60)
    available_from = models.DateField("启用日期")
    area = models.PositiveIntegerField("面积（平方米）", null=True, blank=True)
    equipment = models.TextField("设施设备", blank=True)
    is_shared = models.BooleanField("与其他用途合用", default=False)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "党员活动室"

    def __str__(self) -> str:
        """The name."""
        return self.name


KIND = LedgerKind(
    slug="rooms",
    title="党员活动室",
    section="阵地和经费",
    titles=("党员活动室", "党员活动室登记表", "党建阵地登记表", "党员活动阵地登记表", "党员活动室基本情况表", "党建阵地基本情况表", "党员活动阵地基本情况"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="closed_on"),
    model=ActivityRoom,
    asked=("name", "available_from", "area", "equipment", "is_shared", "closed_on"),
    listed=("name", "available_from", "area", "equipment", "is_shared", "closed_on"),
    day="available_from",
    items=("L34",),
    unique=("name",),
    facts=(entry_facts("rooms", ActivityRoom, "available_from", "closed_on", "area", "n_files"),),
    also_called={
        "名称": "活动室名称", "阵地名称": "活动室名称", "场所名称": "活动室名称", "启用时间": "启用日期", "建成时间": "启用日期", "建成日期": "启用日期", "面积": "面积（平方米）", "建筑面积": "面积（平方米）",
        "使用面积": "面积（平方米）", "设备": "设施设备", "设施": "设施设备", "主要设施": "设施设备", "配备设施": "设施设备", "设备设施": "设施设备",
        "活动室": "活动室名称", "室名": "活动室名称", "房间名称": "活动室名称", "党员活动室名称": "活动室名称", "投入使用日期": "启用日期", "投用日期": "启用日期", "开放日期": "启用日期", "开始使用日期": "启用日期",
        "建成启用日期": "启用日期", "占地面积": "面积（平方米）", "面积数": "面积（平方米）", "主要设备": "设施设备", "设施情况": "设施设备", "配套设施": "设施设备", "设备情况": "设施设备", "硬件设施": "设施设备",
        "现有设施": "设施设备", "设施设备情况": "设施设备", "设备配置": "设施设备", "室内设施": "设施设备", "主要设施设备": "设施设备", "配备设备": "设施设备", "室内配置": "设施设备", "基本设施": "设施设备", "配备情况": "设施设备",
        "是否合用": "与其他用途合用", "是否与其他用途合用": "与其他用途合用", "合用": "与其他用途合用", "是否共用": "与其他用途合用", "合用情况": "与其他用途合用", "是否与他用合用": "与其他用途合用",
    },
    example={"活动室名称": "党员活动室", "启用日期": "2014-09-01", "面积（平方米）": "50", "设施设备": "党旗、投影、书柜"},
)  # fmt: skip
