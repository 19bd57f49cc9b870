"""发展党员公示 (L17, DOMAIN 4.5.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import FOR_EVER, LedgerKind, PaperForm, entry_facts, in_days
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.queries import calendar


class PublicNotice(Entry):
    """One notice to members and masses about a person."""

    class Stage(models.TextChoices):
        ACTIVIST = "activist", "确定积极分子"
        TARGET = "target", "确定发展对象"
        ADMISSION = "admission", "接收预备党员"
        CONVERSION = "conversion", "预备党员转正"

    case = models.ForeignKey(
        "ledgers.DevelopmentCase",
        verbose_name="发展对象姓名",
        on_delete=models.PROTECT,
        related_name="+",
    )
    stage = models.CharField("公示环节", max_length=10, choices=Stage)
    from_on = models.DateField("公示开始")
    to_on = models.DateField("公示结束")
    place = models.CharField("公示地点（方式）", max_length=60)
    phone = models.CharField("受理电话", max_length=30, blank=True)
    opinions = models.TextField("收到的意见", blank=True)
    conclusion = models.CharField("公示结论", max_length=200)
    days = models.PositiveIntegerField(default=0, editable=False)
    workdays = models.PositiveIntegerField(null=True, editable=False)
    """Null where the calendar of a year is not known."""

    also_written: ClassVar = {
        "stage": {
            "入党积极分子": "确定积极分子",
            "积极分子": "确定积极分子",
            "确定入党积极分子": "确定积极分子",
            "发展对象": "确定发展对象",
            "列为发展对象": "确定发展对象",
            "预备党员": "接收预备党员",
            "拟接收预备党员": "接收预备党员",
            "接收为预备党员": "接收预备党员",
            "转正": "预备党员转正",
            "按期转正": "预备党员转正",
            "拟转正": "预备党员转正",
        },
    }

    class Meta:
        verbose_name = "发展党员公示"

    def __str__(self) -> str:
        """Stage and day."""
        return f"{self.get_stage_display()}公示 {self.from_on}"


def _prepare(draft: Draft) -> None:
    in_days(draft, "from_on", "to_on", "公示结束", "公示开始")
    draft.values["days"] = max((draft.values["to_on"] - draft.values["from_on"]).days + 1, 0)
    draft.values["workdays"] = calendar.workdays(draft.values["from_on"], draft.values["to_on"])


KIND = LedgerKind(
    slug="public-notices",
    title="发展党员公示",
    section="发展党员",
    titles=("发展党员公示", "发展对象公示", "预备党员公示", "预备党员转正公示", "入党积极分子公示", "公示情况登记表", "确定发展对象公示", "拟接收预备党员公示", "确定入党积极分子公示", "发展党员公示登记表", "拟转正公示"),
    kept_years=FOR_EVER,
    owner="case__name",
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=PublicNotice,
    asked=("case", "stage", "from_on", "to_on", "place", "phone", "opinions", "conclusion"),
    listed=("case", "stage", "from_on", "to_on", "place", "conclusion"),
    day="from_on",
    prepare=_prepare,
    items=("L13", "L17"),
    facts=(entry_facts("public_notices", PublicNotice, "case_id", "stage", "from_on", "to_on", "days", "workdays"),),
    also_called={
        "公示反馈": "收到的意见", "公示反馈情况": "收到的意见", "意见情况": "收到的意见", "公示情况": "公示结论", "公示位置": "公示地点（方式）", "公示场所": "公示地点（方式）", "公示期限": "公示开始", "公示起止日期": "公示开始",
        "公示对象": "发展对象姓名", "姓名": "发展对象姓名", "公示人": "发展对象姓名", "被公示人": "发展对象姓名", "公示类别": "公示环节", "公示事项": "公示环节", "公示内容": "公示环节", "公示开始日期": "公示开始",
        "公示起始日期": "公示开始", "公示开始时间": "公示开始", "公示日期": "公示开始", "公示时间": "公示开始", "公示起止时间": "公示开始", "公示期": "公示开始", "公示结束日期": "公示结束", "公示截止日期": "公示结束",
        "公示结束时间": "公示结束", "公示截止时间": "公示结束", "公示地点": "公示地点（方式）", "公示方式": "公示地点（方式）", "公示形式": "公示地点（方式）", "公示范围": "公示地点（方式）", "联系电话": "受理电话",
        "监督电话": "受理电话", "举报电话": "受理电话", "电话": "受理电话", "反映情况": "收到的意见", "公示意见": "收到的意见", "群众反映": "收到的意见", "群众意见": "收到的意见", "公示反映情况": "收到的意见",
        "反馈意见": "收到的意见", "意见反馈": "收到的意见", "公示结果": "公示结论", "结果": "公示结论", "结论": "公示结论",
        "拟接收对象": "发展对象姓名", "拟发展对象": "发展对象姓名", "公示人员": "发展对象姓名", "公示对象姓名": "发展对象姓名", "公示人姓名": "发展对象姓名", "公示阶段": "公示环节", "公示类型": "公示环节", "公示种类": "公示环节",
        "公示名称": "公示环节", "公示项目": "公示环节", "环节": "公示环节", "公示起止": "公示开始", "公示时段": "公示开始", "公示起讫日期": "公示开始", "公示终止日期": "公示结束", "公示地点及方式": "公示地点（方式）",
        "张贴地点": "公示地点（方式）", "公示方式及地点": "公示地点（方式）", "公示载体": "公示地点（方式）", "公示途径": "公示地点（方式）", "监督举报电话": "受理电话", "受理单位电话": "受理电话", "反映电话": "受理电话",
        "咨询电话": "受理电话", "联系方式": "受理电话", "受理部门电话": "受理电话", "受理联系电话": "受理电话", "反映问题电话": "受理电话", "收到意见": "收到的意见", "群众意见反馈": "收到的意见", "收到反映": "收到的意见",
        "反馈": "收到的意见", "群众反馈": "收到的意见", "收到反映情况": "收到的意见", "收到的反映": "收到的意见", "公示结论意见": "公示结论", "公示后结论": "公示结论", "处理意见": "公示结论", "公示结果及意见": "公示结论",
    },
    example={"发展对象姓名": "示例丙", "公示环节": "确定发展对象", "公示开始": "2018-04-02", "公示结束": "2018-04-11", "公示地点（方式）": "公开栏", "公示结论": "无异议"},
)  # fmt: skip
