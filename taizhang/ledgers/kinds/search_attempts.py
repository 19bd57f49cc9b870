"""失联党员查找记录 (L23): each way that was tried, with its trace."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.kind import LedgerKind, PaperForm, entry_facts
from taizhang.orgs.entry import Entry


class SearchAttempt(Entry):
    """One attempt."""

    class Way(models.TextChoices):
        PAPERS = "papers", "查阅档案、名册和接转材料"
        CALLS = "calls", "电话、短信、微信等通讯联系"
        VISITS = "visits", "走访住址、家属、亲友、同事"
        OFFICES = "offices", "发函或请公安、人社等部门协查"
        MEDIA = "media", "媒体、网络或张贴公告寻找"

    lost = models.ForeignKey(
        "ledgers.LostMember", verbose_name="失联党员", on_delete=models.PROTECT, related_name="+"
    )
    way = models.CharField("查找方式", max_length=10, choices=Way)
    done_on = models.DateField("查找日期")
    by = models.CharField("查找人", max_length=40)
    asked = models.CharField("查找对象", max_length=100)
    result = models.CharField("查找结果", max_length=200)

    also_written: ClassVar = {
        "way": {
            "电话联系": "电话、短信、微信等通讯联系",
            "通讯联系": "电话、短信、微信等通讯联系",
            "微信联系": "电话、短信、微信等通讯联系",
            "查阅资料": "查阅档案、名册和接转材料",
            "查档": "查阅档案、名册和接转材料",
            "上门走访": "走访住址、家属、亲友、同事",
            "实地走访": "走访住址、家属、亲友、同事",
            "走访亲属": "走访住址、家属、亲友、同事",
            "走访亲友": "走访住址、家属、亲友、同事",
            "走访家属": "走访住址、家属、亲友、同事",
            "发函协查": "发函或请公安、人社等部门协查",
            "公安协查": "发函或请公安、人社等部门协查",
            "公告寻找": "媒体、网络或张贴公告寻找",
            "登报": "媒体、网络或张贴公告寻找",
        },
    }

    class Meta:
        verbose_name = "失联党员查找"

    def __str__(self) -> str:
        """Day."""
        return f"{self.done_on}查找"


KIND = LedgerKind(
    slug="search-attempts",
    title="失联党员查找记录",
    section="党员管理",
    titles=("失联党员查找记录", "失联党员查找台账", "失联党员查找登记表", "失联党员查找情况登记表", "失联党员查找情况记录"),
    kept_years=30,
    owner="lost__person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=SearchAttempt,
    asked=("lost", "way", "done_on", "by", "asked", "result"),
    listed=("done_on", "lost", "way", "by", "asked", "result"),
    day="done_on",
    items=("L23",),
    facts=(entry_facts("search_attempts", SearchAttempt, "lost_id", "way", "done_on", "n_files"),),
    also_called={
        "失联党员姓名": "失联党员", "姓名": "失联党员", "党员姓名": "失联党员", "查找党员": "失联党员", "查找途径": "查找方式", "查找方法": "查找方式", "方式": "查找方式", "日期": "查找日期", "时间": "查找日期",
        "经办人": "查找人", "查找人员": "查找人", "联系对象": "查找对象", "询问对象": "查找对象", "被访人": "查找对象", "走访对象": "查找对象", "结果": "查找结果", "查找情况": "查找结果",
        "失联人员": "失联党员", "被查找人": "失联党员", "被查找党员": "失联党员", "失联党员名字": "失联党员", "查找渠道": "查找方式", "查找手段": "查找方式", "联系方式": "查找方式", "查找形式": "查找方式", "查找责任人": "查找人",
        "查找者": "查找人", "责任人": "查找人", "负责人": "查找人", "承办人": "查找人", "查询对象": "查找对象", "被询问人": "查找对象", "知情人": "查找对象", "受访人": "查找对象", "询问人": "查找对象", "被询问对象": "查找对象",
        "查找反馈": "查找结果", "反馈结果": "查找结果", "查询结果": "查找结果", "查找结论": "查找结果", "反馈情况": "查找结果",
    },
    example={"失联党员": "示例甲", "查找方式": "电话、短信、微信等通讯联系", "查找日期": "2016-06-01", "查找人": "示例乙", "查找对象": "本人原手机号", "查找结果": "无人接听"},
    about="五种查找方式可由上级党组织确认；每次查找的凭据作为佐证材料附在记录上。",
)  # fmt: skip
