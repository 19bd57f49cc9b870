"""大走访记录 (L27): whom members visited, what was said, and what became of each opinion."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.kernel.text import fingerprint
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, part_facts
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.ledgers.parts.people import NamedRow, names_part
from taizhang.orgs.entry import Entry


class Visit(Entry):
    """One visit."""

    class Object(models.TextChoices):
        COMPANY = "company", "企业"
        PEOPLE = "people", "群众"
        FAMILY = "family", "家庭"
        COMMUNITY = "community", "社区"

    held_on = models.DateField("走访日期")
    object_kind = models.CharField("走访对象类别", max_length=10, choices=Object)
    object_name = models.CharField("走访对象", max_length=80)
    address = models.CharField("地址", max_length=100, blank=True)
    content = models.TextField("走访内容")
    no_opinions = models.BooleanField("对方没有意见建议", default=False)
    n_visitors = models.PositiveIntegerField(default=0, editable=False)
    n_opinions = models.PositiveIntegerField(default=0, editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)

    also_written: ClassVar = {
        "object_kind": {
            "学生家庭": "家庭",
            "学生家长": "家庭",
            "家长": "家庭",
            "居民": "群众",
            "村民": "群众",
            "居委会": "社区",
            "企事业单位": "企业",
        },
    }

    class Meta:
        verbose_name = "走访"

    def __str__(self) -> str:
        """Day and object."""
        return f"{self.held_on} {self.object_name}"


class Visitor(NamedRow):
    """A member who went."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="visitors")

    class Meta:
        verbose_name = "走访党员"


class Opinion(models.Model):
    """An opinion or wish that was told, and what became of it."""

    class Status(models.TextChoices):
        DONE = "done", "已办结"
        UNDER_WAY = "under_way", "办理中"
        FORWARDED = "forwarded", "转办"
        IMPOSSIBLE = "impossible", "无法办理"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="opinions")
    text = models.CharField("意见建议", max_length=300)
    category = models.CharField("类别", max_length=40, blank=True)
    status = models.CharField("状态", max_length=12, choices=Status, blank=True)
    handled_by = models.CharField("承办人", max_length=40, blank=True)
    result = models.CharField("处理结果", max_length=200, blank=True)
    replied_on = models.DateField("答复日期", null=True)
    forwarded_to = models.CharField("转办单位", max_length=80, blank=True)
    forwarded_on = models.DateField("转办日期", null=True)
    settled_on = models.DateField(null=True, editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)

    class Meta:
        verbose_name = "意见建议"

    def __str__(self) -> str:
        """The text."""
        return self.text


_WRITING = labelled(
    Opinion, "text",
    {
        "类别": "category", "状态": "status", "承办人": "handled_by", "结果": "result", "答复日期": "replied_on",
        "转办单位": "forwarded_to", "转办日期": "forwarded_on",
    },
    "意见建议",
)  # fmt: skip


def _prepare(draft: Draft) -> None:
    values, rows = draft.values, draft.parts.get("opinions", [])
    values["n_visitors"], values["n_opinions"] = len(draft.parts.get("visitors", ())), len(rows)
    values["mark"] = fingerprint(values["content"])
    for row in rows:
        row["settled_on"] = row.get("replied_on") or row.get("forwarded_on")
        row["mark"] = fingerprint(row["text"])
    if values["no_opinions"] and rows:
        draft.wrong("对方没有意见建议", "下面又登记了意见建议。")


KIND = LedgerKind(
    slug="visits",
    title="大走访记录",
    section="联系服务群众",
    titles=("大走访记录", "大走访记录表", "走访记录", "走访慰问记录", "慰问记录", "走访记录表", "大走访活动台账", "“三大一实干”之“大走访”活动台账", "群众意见建议汇总表", "家访记录", "大走访登记表", "大走访活动登记表", "大走访活动记录表"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=Visit,
    asked=("held_on", "object_kind", "object_name", "address", "content", "no_opinions"),
    listed=("held_on", "object_kind", "object_name", "content"),
    day="held_on",
    prepare=_prepare,
    texts=("object_name",),
    items=("L27",),
    parts=(
        names_part("visitors", "走访党员", Visitor, "visit"),
        Part(
            name="opinions", label="意见建议和处理", model=Opinion, owner="visit", writing=_WRITING, lines=4,
            hint="每条一行，如：校门口停车难（类别：交通；状态：转办；转办单位：示例交警；转办日期：2017-05-10；结果：已增设岗位；答复日期：2017-05-30）",
            sheet=PartSheet(
                heads=("意见建议", "意见和建议", "反映问题", "群众意见", "意见", "问题", "反映的问题", "意见或建议", "群众意见建议", "建议", "诉求"),
                columns={"类别": ("类别",), "承办人": ("承办人", "责任人", "办理人"), "结果": ("处理结果", "办理结果", "办理情况", "处理情况", "结果"), "答复日期": ("答复日期", "答复时间"), "状态": ("状态", "办理状态")},
            ),
        ),
    ),
    facts=(
        entry_facts("visits", Visit, "held_on", "object_kind", "n_visitors", "n_opinions", "mark", "no_opinions"),
        part_facts("visitors", Visitor, "visit", "person_id", "name", on="visit__held_on"),
        part_facts("opinions", Opinion, "visit", "status", "settled_on", "result", "mark", on="visit__held_on"),
    ),
    also_called={
        "党员姓名": "走访党员", "走访党员姓名": "走访党员", "走访教师姓名": "走访党员",
        "学生家庭": "走访对象", "走访学生姓名": "走访对象", "学生": "走访对象", "学生姓名": "走访对象", "受访户": "走访对象","反映的问题和建议": "意见建议和处理", "问题和建议": "意见建议和处理", "意见或建议": "意见建议和处理", "反映的问题及建议": "意见建议和处理", "反映情况": "意见建议和处理", "困难和问题": "意见建议和处理", "存在困难": "意见建议和处理", "主要诉求": "意见建议和处理", "建议": "意见建议和处理", "诉求": "意见建议和处理",
        "日期": "走访日期", "时间": "走访日期", "慰问时间": "走访日期", "慰问日期": "走访日期", "家访时间": "走访日期", "慰问对象": "走访对象", "被走访人": "走访对象", "走访对象姓名": "走访对象", "走访户": "走访对象",
        "走访单位": "走访对象", "走访家庭": "走访对象", "被走访对象": "走访对象", "走访对象名称": "走访对象", "家访对象": "走访对象", "家庭住址": "地址", "住址": "地址", "走访地点": "地址", "家庭地址": "地址",
        "地点": "地址", "走访地址": "地址", "走访情况": "走访内容", "慰问情况": "走访内容", "内容": "走访内容", "主要内容": "走访内容", "走访主要内容": "走访内容", "走访记录": "走访内容", "走访情况记录": "走访内容",
        "慰问内容": "走访内容", "走访情况摘要": "走访内容", "家访内容": "走访内容", "走访人": "走访党员", "走访人员": "走访党员", "参加人员": "走访党员", "走访人姓名": "走访党员", "慰问人员": "走访党员",
        "慰问人": "走访党员", "走访干部": "走访党员", "参加党员": "走访党员", "走访教师": "走访党员", "意见建议": "意见建议和处理", "意见和建议": "意见建议和处理", "群众意见": "意见建议和处理", "收集意见": "意见建议和处理",
        "群众意见建议": "意见建议和处理", "收集到的意见建议": "意见建议和处理", "征求到的意见建议": "意见建议和处理", "反映问题": "意见建议和处理", "反映的问题": "意见建议和处理", "问题及建议": "意见建议和处理",
        "群众诉求": "意见建议和处理", "收集的意见建议": "意见建议和处理", "对象类别": "走访对象类别", "走访类别": "走访对象类别",
        "走访类型": "走访对象类别", "对象类型": "走访对象类别", "走访对象类型": "走访对象类别", "对象姓名": "走访对象", "对象名称": "走访对象", "走访农户": "走访对象", "走访群众": "走访对象", "走访学生": "走访对象",
        "家访学生": "走访对象", "受访对象": "走访对象", "受访人": "走访对象", "被访对象": "走访对象", "走访企业": "走访对象", "走访社区": "走访对象", "户主姓名": "走访对象", "户主": "走访对象", "被访人": "走访对象",
        "走访住户": "走访对象", "受访家庭": "走访对象", "被访家庭": "走访对象", "走访学生家庭": "走访对象", "对象": "走访对象", "详细地址": "地址", "住所": "地址", "走访住址": "地址", "单位地址": "地址", "所在地址": "地址",
        "家庭所在地": "地址", "受访地址": "地址", "走访主要情况": "走访内容", "走访过程": "走访内容", "走访纪实": "走访内容", "走访事项": "走访内容", "了解情况": "走访内容", "走访内容及情况": "走访内容", "家访记录": "走访内容",
        "访谈内容": "走访内容", "走访了解情况": "走访内容", "家访主要内容": "走访内容", "走访者": "走访党员", "参与走访人员": "走访党员", "走访组成员": "走访党员", "家访教师": "走访党员", "走访成员": "走访党员", "参与人员": "走访党员",
        "走访人员姓名": "走访党员", "参加走访人员": "走访党员", "走访党员干部": "走访党员", "家访人": "走访党员", "走访党员教师": "走访党员", "群众反映": "意见建议和处理", "对方意见": "意见建议和处理", "提出意见": "意见建议和处理",
        "征集意见": "意见建议和处理", "反映意见": "意见建议和处理", "提出的意见建议": "意见建议和处理", "对方意见建议": "意见建议和处理", "群众反映问题": "意见建议和处理", "反映的情况": "意见建议和处理", "家长意见": "意见建议和处理",
        "家长意见建议": "意见建议和处理", "走访对象意见": "意见建议和处理", "收集的意见": "意见建议和处理", "收集问题": "意见建议和处理", "提出的意见": "意见建议和处理", "群众反映的问题": "意见建议和处理", "收集意见建议": "意见建议和处理",
    },
    example={
        "走访日期": "2017-04-12", "走访对象类别": "家庭", "走访对象": "示例家庭", "走访内容": "了解孩子在家学习情况……", "走访党员": "示例甲、示例乙",
        "意见建议和处理": "希望增加课后服务（状态：已办结；承办人：示例甲；结果：已开设；答复日期：2017-04-28）",
    },
)  # fmt: skip
